import email.policy
from datetime import datetime
from email import message_from_bytes

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.collab_courrier.models.collab_notification import Event

from .common import AgendaCase

# In winter, Paris is an hour ahead.
EVENING, MORNING = datetime(2027, 1, 13, 20), datetime(2027, 1, 13, 8, 1)
START = datetime(2027, 1, 14, 8)


@tagged("post_install", "-at_install")
class TestLetters(AgendaCase):
    """What people are told of a date by mail, and when."""

    def _answer(self, event, person, answer="yes"):
        return event.with_user(person).sudo(False)._answer(answer)

    def _rows(self, kind):
        return self.env["collab.notification"].search([("kind", "=", kind)], order="id")

    def _told(self, kind):
        return sorted(self._rows(kind).user_id.mapped("login"))

    def _row(self, kind, person):
        return self._rows(kind).filtered(lambda row: row.user_id == person)

    def _said(self, row):
        """:return dict | None: what the mail says that a row becomes now"""
        self.env.invalidate_all()
        return row._item()

    def _remind(self, when):
        with freeze_time(when), self.enter_registry_test_mode():
            self.env.ref("collab_agenda.cron_remind").method_direct_trigger()
        self.env.invalidate_all()

    def _tomorrow(self, **vals):
        """:return calendar.event: on the 14th of January, to which Ana comes, Bob may come, Greta does not"""
        with freeze_time(datetime(2027, 1, 4)):
            event = self._event(start=START, name="Journée mobilité", **vals)
            for person, answer in ((self.ana, "yes"), (self.bob, "maybe"), (self.greta, "no")):
                self._answer(event, person, answer)
        return event

    # The day before

    def test_who_comes_or_may_come_is_reminded_the_day_before_at_nine(self):
        event = self._tomorrow(place="Maison des associations")
        self._remind(datetime(2027, 1, 13, 7, 55))
        self.assertFalse(self._told("reminder"))
        self._remind(MORNING)
        self.assertEqual(self._told("reminder"), ["ana", "bob"])
        with freeze_time(MORNING):
            said = self._said(self._row("reminder", self.ana))
        self.assertIn("Journée mobilité", said["subject"])
        for words in ("jeudi 14 janvier", "9", "11", "Maison des associations"):
            self.assertIn(words, said["said"])
        self.assertEqual([path for _label, path in said["links"]], [self._as(self.ana).browse(event.id)._answer_path()])

    def test_the_job_that_is_run_again_reminds_nobody_twice(self):
        self._tomorrow()
        for when in (MORNING, MORNING, EVENING):
            self._remind(when)
        self.assertEqual(self._told("reminder"), ["ana", "bob"])

    def test_who_waits_for_a_seat_or_answers_that_day_is_not_reminded(self):
        event = self._tomorrow(seats=1)
        with freeze_time(datetime(2027, 1, 5)):
            self._answer(event, self.bob)
        with freeze_time(datetime(2027, 1, 13, 10)):
            self._answer(event, self.gus, "maybe")
        self._remind(EVENING)
        self.assertEqual(self._told("reminder"), ["ana"])

    def test_the_reminder_of_who_cannot_come_any_more_does_not_leave(self):
        event = self._tomorrow()
        self._remind(MORNING)
        ana, bob = (self._row("reminder", person) for person in (self.ana, self.bob))
        with freeze_time(MORNING):
            self.assertTrue(self._said(ana))
            self._answer(event, self.ana, "no")
            self.assertFalse(self._said(ana))
            event.cancelled_date = fields.Datetime.now()
            self.assertFalse(self._said(bob))

    def test_nobody_is_reminded_of_what_is_cancelled_hidden_or_waits_for_its_day(self):
        for vals in ({"cancelled_date": START}, {"state": "hidden"}, {"is_poll": True}):
            self._tomorrow().write(vals)
        self._remind(MORNING)
        self.assertFalse(self._told("reminder"))

    # What changes

    def test_those_who_have_answered_are_told_what_changes(self):
        event = self._event(name="Journée mobilité", seats=1)
        for person in (self.ana, self.bob):
            self._answer(event, person)
        self._answer(event, self.greta, "no")
        event.write({"cancelled_date": fields.Datetime.now(), "cancel_reason": "Verglas"})
        event._tell_participants("cancelled")
        rows = self._rows("event_change")
        self.assertEqual(self._told("event_change"), ["ana", "bob"])
        said = self._said(rows[0])
        self.assertIn("Verglas", said["said"])
        self.assertFalse(said["links"])
        event.write({"cancelled_date": False, "cancel_reason": False})
        event._tell_participants("restored")
        self.assertFalse(self._said(rows[0]))
        self.assertTrue(self._said(self._rows("event_change")[2])["links"])

    def test_who_may_not_read_it_any_more_is_told_nothing(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        self._answer(event, self.ana)
        event.write({"start": self._in(days=3), "stop": self._in(days=3, hours=1)})
        event._tell_participants("moved")
        row = self._rows("event_change")
        self.assertIn("Un rendez-vous", self._said(row)["subject"])
        self.ana.partner_id.network_ids = self.green
        self.assertFalse(self._said(row))

    # A seat

    def test_a_freed_seat_is_owed_to_who_gets_it(self):
        event = self._event(seats=1, name="Journée mobilité")
        for person in (self.ana, self.bob):
            self._answer(event, person)
        self.env["collab.notification.preference"]._choose(self.bob, "seat", "never")
        self._answer(event, self.ana, "no")
        row = self._rows("seat")
        self.assertEqual((row.user_id, row.rhythm), (self.bob, "each"))
        self.assertIn("Journée mobilité", self._said(row)["subject"])
        self._answer(event, self.bob, "no")
        self.assertFalse(self._said(row))

    def test_a_letter_carries_the_link_by_which_one_withdraws(self):
        event = self._event(seats=1)
        for person in (self.ana, self.bob):
            self._answer(event, person)
        self._answer(event, self.ana, "no")
        message = self._rows("seat")._write_letter()
        sent = message_from_bytes(message.as_bytes(), policy=email.policy.default)
        path = self._as(self.bob).browse(event.id)._answer_path()
        for kind in ("plain", "html"):
            self.assertIn(path, sent.get_body((kind,)).get_content())

    # What is announced

    def test_who_follows_a_territory_is_told_of_a_date_there_and_may_answer_at_once(self):
        self.port.with_user(self.bob)._set_mark("follow", True)
        event = self._event(name="Journée mobilité", audience_territory_ids=[Command.set(self.port.ids)])
        said = self._said(self._rows("event").filtered(lambda row: row.user_id == self.bob))
        self.assertIn("Journée mobilité", said["subject"])
        self.assertTrue(said["links"])
        event.cancelled_date = fields.Datetime.now()
        self.assertFalse(self._said(self._rows("event")))

    def test_the_reminder_of_a_day_from_which_it_has_moved_says_nothing(self):
        event = self._event()
        self._answer(event, self.ana)
        told = Event("reminder", event, "2020-01-01")
        self.env["collab.notification"]._notify("reminder", event, told, self.ana)
        self.assertFalse(self._said(self._rows("reminder")))
