from datetime import timedelta

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestCalendarEvent(AgendaCase):
    """A date is read by whom it addresses, written by who writes it, and by nobody else."""

    def test_who_is_not_addressed_does_not_find_it(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        for person in (self.ana, self.bob, self.mona, self.ada):
            self.assertTrue(self._as(person).search([("id", "=", event.id)]), person.login)
        for person in (self.greta, self.gus):
            self.assertFalse(self._as(person).search([("id", "=", event.id)]), person.login)
            with self.assertRaises(MissingError):
                event.with_user(person).sudo(False).check_access("read")

    def test_being_named_a_participant_by_core_opens_nothing(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        event.partner_ids = self.greta.partner_id
        self.assertFalse(self._as(self.greta).search([("id", "=", event.id)]))
        for person in (self.ana, self.mona):
            with self.assertRaises(AccessError):
                event.with_user(person).sudo(False).write({"partner_ids": [Command.link(self.greta.partner_id.id)]})
            with self.assertRaises(AccessError):
                self.env["calendar.attendee"].with_user(person).search([])

    def test_nobody_becomes_a_participant_of_core_s_and_nothing_is_mailed(self):
        before = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        event = self._event()
        event.with_user(self.mona).sudo(False).write({"start": event.start + timedelta(hours=1)})
        self.assertFalse(event.partner_ids | event.attendee_ids.partner_id)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    def test_a_member_proposes_and_a_moderator_accepts(self):
        event = self._event(self.ana)
        self.assertEqual(event.state, "pending")
        self.assertFalse(self._as(self.bob).search([("id", "=", event.id)]))
        event.with_user(self.mona).sudo(False)._accept()
        self.assertTrue(self._as(self.bob).search([("id", "=", event.id)]))

    def test_an_administrator_decides_whether_members_write_it(self):
        setting = self.env["ir.config_parameter"]
        setting.set_param("collab_agenda.proposals", "open")
        self.assertEqual(self._event(self.ana).state, "active")
        setting.set_param("collab_agenda.proposals", "closed")
        with self.assertRaises(UserError):
            self._event(self.ana)
        self.assertEqual(self._event(self.mona).state, "active")

    def test_one_speaks_for_one_s_own_network(self):
        self.assertEqual(self._event(organiser_id=self.blue.id).organiser_id, self.blue)
        with self.assertRaises(ValidationError):
            self._event(organiser_id=self.green.id)

    def test_a_calendar_takes_it_again_when_what_it_shows_changes(self):
        event = self._event()
        own = event.with_user(self.mona).sudo(False)
        own.write({"contact": "Isabelle"})
        self.assertEqual(event.revision, 0)
        own.write({"start": event.start + timedelta(hours=1), "stop": event.stop + timedelta(hours=1)})
        self.assertEqual(event.revision, 1)
        own.write({"name": event.name})
        self.assertEqual(event.revision, 1)
