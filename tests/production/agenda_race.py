"""Two people who answer to one date at the same moment; in an Odoo shell, as ``forum_race``."""

from datetime import timedelta

from odoo import fields

from odoo.addons.collab_agenda.models.calendar_event_poll import Slot

from .forum_race import Race, each_way


class AgendaRace(Race):
    def _event(self, **vals):
        def create(env):
            start = fields.Datetime.now() + timedelta(days=1)
            kind = env.ref("collab_agenda.type_meeting").id
            usual = {"name": "Réunion", "type_id": kind, "start": start, "stop": start + timedelta(hours=2)}
            return env["calendar.event"].create({**usual, **vals}).id

        return self._alone("moderation.fnars", create)

    def _counts(self, event):
        """:return tuple[int, int]: how many come, and how many wait"""
        return self._alone(None, lambda env: tuple(env["calendar.event"].browse(event)[name] for name in COUNTERS))

    def _place_of(self, event, person):
        """:return tuple[str, bool]: what somebody has answered, and whether he waits"""

        def read(env):
            row = env["collab.participation"].search([("event_id", "=", event), ("user_id", "=", self.people[person])])
            return row.answer, row.is_waiting

        return self._alone(None, read)

    @each_way
    def test_the_last_seat_goes_to_one_of_two(self, way):
        event = self._event(seats=1)
        outcome = self._at_once(way, ("bruno", answering(event)), ("emma", answering(event)))
        self.assertEqual(outcome, (2, ""))
        self.assertEqual(self._counts(event), (1, 1))
        self.assertEqual(
            [self._place_of(event, person) for person in ("bruno", "emma")], [("yes", False), ("yes", True)]
        )

    @each_way
    def test_a_seat_that_is_freed_goes_to_who_waits_and_not_to_who_comes_at_that_moment(self, way):
        event = self._event(seats=1)
        for person in ("bruno", "emma"):
            self._alone(person, answering(event))
        outcome = self._at_once(way, ("bruno", answering(event, "no")), ("alice", answering(event)))
        self.assertEqual(outcome, (2, ""))
        self.assertEqual(self._counts(event), (1, 1))
        self.assertEqual(
            [self._place_of(event, person) for person in ("emma", "alice")], [("yes", False), ("yes", True)]
        )

    @each_way
    def test_a_link_serves_once_even_when_it_is_pressed_twice(self, way):
        event = self._event()
        acts = [("bruno", by_link(event, answer)) for answer in ("yes", "no")]
        outcome = self._at_once(way, *acts)
        self.assertEqual(outcome.tries, 2)
        self.assertTrue(outcome.refusal)
        self.assertEqual(self._place_of(event, "bruno"), ("yes", False))

    @each_way
    def test_nobody_answers_a_poll_whose_day_is_chosen_at_that_moment(self, way):
        event, slots = self._alone("moderation.fnars", start_poll)
        chooses = ("moderation.fnars", lambda env: env["calendar.event"].browse(event)._choose_slot(slots[0]))
        votes = ("bruno", lambda env: env["calendar.event"].browse(event)._vote({slots[0]: "yes"}))
        outcome = self._at_once(way, chooses, votes)
        self.assertEqual(outcome.tries, 2)
        self.assertTrue(outcome.refusal)
        self.assertEqual(self._counts(event), (0, 0))


COUNTERS = ("yes_count", "waiting_count")


def answering(event, answer="yes"):
    return lambda env: env["calendar.event"].browse(event)._answer(answer)


def by_link(event, answer):
    return lambda env: env["calendar.event"].browse(event)._answer_by_link(0, answer)


def start_poll(env):
    now = fields.Datetime.now()
    slots = [Slot(now + timedelta(days=day), now + timedelta(days=day, hours=2)) for day in (2, 3)]
    vals = {"name": "Sondage", "type_id": env.ref("collab_agenda.type_meeting").id}
    event = env["calendar.event"]._start_poll(vals, slots)
    return event.id, event._poll_slots().ids
