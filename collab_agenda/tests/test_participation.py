from datetime import datetime, time, timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestParticipation(AgendaCase):
    """One says whether one comes; who else knows it depends on the date, and on who asks."""

    def _answer(self, event, person, answer="yes"):
        return event.with_user(person).sudo(False)._answer(answer)

    def _named(self, event, person):
        """:return res.users: those whose answers somebody reads"""
        rows = self.env["collab.participation"].with_user(person).sudo(False)
        return rows.search([("event_id", "=", event.id)]).sudo().user_id.with_env(self.env)

    def test_who_comes_is_known_to_who_organises_it_alone(self):
        event = self._event(self.mona)
        self._answer(event, self.ana)
        self._answer(event, self.bob, "no")
        for person in (self.mona, self.gus, self.ada):
            self.assertEqual(self._named(event, person), self.ana | self.bob, person.login)
        self.assertEqual(self._named(event, self.ana), self.ana)
        self.assertFalse(self._named(event, self.greta))

    def test_a_date_that_names_its_participants_names_those_who_come(self):
        event = self._event(self.mona, shows_participants=True, seats=1)
        self._answer(event, self.ana)
        self._answer(event, self.bob)
        self._answer(event, self.gus, "maybe")
        self.assertEqual(self._named(event, self.greta), self.ana)

    def test_a_member_who_may_not_read_it_neither_answers_nor_knows_who_comes(self):
        event = self._event(self.mona, shows_participants=True, audience_network_ids=[Command.set(self.blue.ids)])
        self._answer(event, self.ana)
        for person in (self.greta, self.gus):
            self.assertFalse(self._named(event, person))
            with self.assertRaises(MissingError):
                self._answer(event, person)

    def test_who_changes_network_does_not_even_find_his_own_answer(self):
        event = self._event(self.mona, audience_network_ids=[Command.set(self.blue.ids)])
        row = self._answer(event, self.ana)
        self.ana.partner_id.network_ids = self.green
        self.assertFalse(self._named(event, self.ana))
        self.assertTrue(row.exists())

    def test_nobody_writes_an_answer_by_hand(self):
        row = self._answer(self._event(), self.ana)
        for person in (self.ana, self.mona, self.ada):
            own = row.with_user(person).sudo(False)
            for act in (lambda own=own: own.write({"answer": "no"}), own.unlink):
                with self.assertRaises(AccessError):
                    act()
            with self.assertRaises(AccessError):
                own.create({"event_id": row.event_id.id, "user_id": person.id})

    def test_one_changes_one_s_mind(self):
        event = self._event()
        for answer, number in (("yes", 1), ("maybe", 0), ("yes", 1), ("yes", 1), ("no", 0)):
            row = self._answer(event, self.ana, answer)
            self.assertEqual((row.answer, event.yes_count), (answer, number))
        self.assertEqual(len(self.env["collab.participation"].search([("event_id", "=", event.id)])), 1)

    def test_one_answers_neither_too_late_nor_to_what_does_not_ask(self):
        over = self._event(start=self._in(hours=-3))
        closed = self._event(has_answers=False)
        cancelled, waits = self._event(), self._event()
        cancelled.cancelled_date = fields.Datetime.now()
        waits.is_poll = True
        for event in (over, closed, cancelled, waits, self._event(self.ana)):
            with self.assertRaises(UserError):
                self._answer(event, self.ana)
        with self.assertRaises(UserError):
            self._answer(self._event(), self.ana, "perhaps")

    def test_who_comes_to_what_a_network_organises_is_told_to_no_moderator_of_another(self):
        event = self._event(self.mona, organiser_id=self.blue.id)
        self._answer(event, self.ana)
        for person, knows in ((self.mona, True), (self.ada, True), (self.gus, False), (self.greta, False)):
            self.assertEqual(self._as(person).browse(event.id)._organises(), knows, person.login)
            self.assertEqual(bool(self._named(event, person) & self.ana), knows, person.login)

    def test_a_whole_day_takes_answers_until_its_evening(self):
        start = datetime.combine(today(), time(8))
        event = self._event(start=start, stop=start.replace(hour=18), allday=True)
        self.assertEqual(self._answer(event, self.ana).answer, "yes")
        event.sudo().write({"start": start - timedelta(days=1), "stop": start - timedelta(hours=14)})
        with self.assertRaises(UserError):
            self._answer(event, self.bob)

    def test_who_has_left_is_counted_and_not_named(self):
        event = self._event(self.mona, shows_participants=True)
        self._answer(event, self.ana)
        self._answer(event, self.bob)
        event.write({"start": self._in(days=-3), "stop": self._in(days=-3)})
        self.bob.with_user(self.ada).sudo().write({"active": False})
        shown = event.with_user(self.greta).sudo(False)._answers_shown()["participants"]
        self.assertEqual(([row["name"] for row in shown["first"]], shown["gone"]), (["ana"], 1))

    def test_the_archive_of_one_s_own_data_holds_one_s_answers(self):
        self._answer(self._event(name="Journée mobilité"), self.ana, "maybe")
        self.assertEqual(self.ana._own_answers()[0]["rendez_vous"], "Journée mobilité")
