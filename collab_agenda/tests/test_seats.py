from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestSeats(AgendaCase):
    """Seats go to people in the order in which they come; the others wait, and get what is freed."""

    def _answer(self, event, person, answer="yes"):
        return event.with_user(person).sudo(False)._answer(answer)

    def _waiting(self, event):
        """:return list[str]: who waits, in their order"""
        rows = self.env["collab.participation"].search([("event_id", "=", event.id), ("is_waiting", "=", True)])
        return rows.user_id.mapped("login")

    def _told(self, kind="seat"):
        return self.env["collab.notification"].search([("kind", "=", kind)]).user_id.mapped("login")

    def test_the_next_one_gets_the_seat_of_who_withdraws_and_is_told(self):
        event = self._event(seats=2)
        for person in (self.ana, self.bob, self.greta, self.gus):
            self._answer(event, person)
        self.assertEqual((event.yes_count, event.waiting_count, self._waiting(event)), (2, 2, ["greta", "gus"]))
        self.assertEqual(self._answer(event, self.gus)._place(), 2)
        self._answer(event, self.ana, "no")
        self.assertEqual((event.yes_count, event.waiting_count, self._waiting(event)), (2, 1, ["gus"]))
        self.assertEqual(self._told(), ["greta"])

    def test_who_comes_back_waits_behind_the_others(self):
        event = self._event(seats=1)
        for person in (self.ana, self.bob, self.greta):
            self._answer(event, person)
        self._answer(event, self.bob, "maybe")
        self._answer(event, self.bob)
        self.assertEqual(self._waiting(event), ["greta", "bob"])

    def test_more_seats_let_those_who_wait_in_and_no_limit_lets_them_all_in(self):
        event = self._event(seats=1)
        for person in (self.ana, self.bob, self.greta, self.gus):
            self._answer(event, person)
        own = event.with_user(self.mona).sudo(False)
        own.write({"seats": 2})
        self.assertEqual((event.yes_count, self._waiting(event)), (2, ["greta", "gus"]))
        own.write({"seats": 0})
        self.assertEqual((event.yes_count, event.waiting_count), (4, 0))
        self.assertEqual(sorted(self._told()), ["bob", "greta", "gus"])

    def test_nobody_loses_a_seat_when_there_are_fewer(self):
        event = self._event(seats=3)
        for person in (self.ana, self.bob):
            self._answer(event, person)
        own = event.with_user(self.mona).sudo(False)
        with self.assertRaises(ValidationError) as refused:
            own.write({"seats": 1})
        self.assertEqual(refused.exception.field, "seats")
        own.write({"seats": 2})
        self.assertTrue(self._answer(event, self.greta).is_waiting)

    def test_a_seat_is_not_given_to_who_may_not_read_the_date_any_more(self):
        event = self._event(seats=1, audience_network_ids=[Command.set(self.blue.ids)])
        for person in (self.ana, self.bob, self.mona):
            self._answer(event, person)
        self.bob.partner_id.network_ids = self.green
        self._answer(event, self.ana, "no")
        self.assertEqual((event.yes_count, self._waiting(event)), (1, ["bob"]))

    def test_a_member_who_leaves_frees_his_seat(self):
        event = self._event(seats=1)
        for person in (self.ana, self.bob):
            self._answer(event, person)
        self.ana.with_user(self.ada).sudo().write({"active": False})
        self.assertEqual((event.yes_count, event.waiting_count), (1, 0))
        self.assertEqual(self._told(), ["bob"])

    def test_nothing_is_given_in_a_date_that_is_cancelled_until_it_takes_place_after_all(self):
        event = self._event(seats=1)
        for person in (self.ana, self.bob):
            self._answer(event, person)
        event.cancelled_date = fields.Datetime.now()
        self.ana.with_user(self.ada).sudo().write({"active": False})
        self.assertEqual((self._waiting(event), self._told()), (["bob"], []))
        event.cancelled_date = False
        self.assertEqual((self._waiting(event), self._told()), ([], ["bob"]))

    def test_lists_know_where_one_comes_and_how_many_seats_are_left(self):
        here, full, free = self._event(seats=3), self._event(seats=1), self._event()
        self._answer(here, self.ana)
        self._answer(full, self.bob)
        self._answer(full, self.ana)
        shown = (here | full | free).with_user(self.ana).sudo(False)
        self.assertEqual(shown._participating_ids(shown), {here.id})
        self.assertEqual(shown._free_seats(), {here.id: 2, full.id: 0})
