from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_reseaux.moments import today

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestCancelled(AgendaCase):
    """What does not take place stays in the agenda, and those who come are told."""

    def setUp(self):
        super().setUp()
        self.told = []
        # What is told, and to whom, is of another file.
        kind = type(self.env["calendar.event"])
        listen = patch.object(kind, "_tell_participants", lambda event, what: self.told.append((event.id, what)))
        self.startPatcher(listen)

    def test_its_author_cancels_it_and_everybody_reads_why(self):
        event = self._event(self.mona)
        self._as(self.mona).browse(event.id)._cancel("Pas assez\nd’inscrits")
        seen = self._as(self.bob).browse(event.id)
        self.assertTrue(seen.cancelled_date)
        self.assertEqual(seen.cancel_reason, "Pas assez d’inscrits")
        self.assertEqual(self.told, [(event.id, "cancelled")])
        self.assertEqual(event.revision, 1)

    def test_its_moderator_cancels_it_and_its_author_is_told(self):
        event = self._event(self.ana)
        moderator = self._as(self.mona).browse(event.id)
        moderator._accept()
        moderator._cancel("La salle est prise")
        action = self.env["collab.action"].search([("kind", "=", "cancel"), ("res_id", "=", event.id)])
        self.assertEqual((action.create_uid, action.author_id), (self.mona, self.ana))
        self.assertIn(event.name, action.with_user(self.ana).sudo(False)._decided())
        moderator._restore_cancelled()
        self.assertFalse(event.cancelled_date or event.cancel_reason)
        self.assertEqual(self.told, [(event.id, "cancelled"), (event.id, "restored")])

    def test_nobody_else_cancels_it(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        for person, error in ((self.bob, AccessError), (self.greta, MissingError), (self.gus, MissingError)):
            theirs = self._as(person).browse(event.id)
            for act in (lambda one: one._cancel("Piège"), lambda one: one._restore_cancelled()):
                with self.subTest(person.login), self.assertRaises(error):
                    act(theirs)
        self.assertFalse(self.told or event.cancelled_date)

    def test_another_network_hides_what_one_organises_and_does_not_cancel_it(self):
        event = self._event(self.mona, organiser_id=self.blue.id)
        theirs = self._as(self.gus).browse(event.id)
        self.assertFalse(theirs._may_cancel())
        for act in (lambda: theirs._cancel("Piège"), theirs._restore_cancelled):
            with self.assertRaisesRegex(AccessError, "Another network organises it"):
                act()
        self.assertFalse(self.told or event.cancelled_date)
        for person in (self.mona, self.ada):
            self.assertTrue(self._as(person).browse(event.id)._may_cancel(), person.login)
        theirs._hide("Hors sujet")
        self.assertFalse(event.is_shown)

    def test_twice_is_once(self):
        event = self._as(self.mona).browse(self._event().id)
        event._cancel("Grève")
        with self.assertRaises(AlreadyDone):
            event._cancel("Grève")
        event._restore_cancelled()
        event._restore_cancelled()
        self.assertEqual([what for _event, what in self.told], ["cancelled", "restored"])

    def test_what_is_over_or_read_by_nobody_is_not_cancelled(self):
        over = self._as(self.mona).browse(self._event(start=self._in(days=-2)).id)
        waiting = self._as(self.ana).browse(self._event(self.ana).id)
        for event in (over, waiting):
            with self.assertRaises(UserError):
                event._cancel("Trop tard")
        with self.assertRaises(UserError):
            self._as(self.mona).browse(self._event().id)._cancel("  ")
        self.assertFalse(self.told)

    def test_the_dates_of_a_series_are_cancelled_together(self):
        event = self._as(self.mona).browse(self._event().id)
        event._repeat("weekly", today() + timedelta(days=30))
        dates = event._series()
        dates[1]._meant("following")._cancel("Travaux")
        self.assertEqual([bool(one.cancelled_date) for one in dates], [False] + [True] * (len(dates) - 1))

    def test_those_who_come_are_told_when_it_is_moved_and_of_nothing_else(self):
        event = self._event()
        own = self._as(self.mona).browse(event.id)
        own.write({"contact": "Isabelle", "name": "Autre titre"})
        own.write({"start": event.start, "stop": event.stop})
        self.assertFalse(self.told)
        own.write({"start": event.start + timedelta(hours=1), "stop": event.stop + timedelta(hours=1)})
        own.write({"place": "Salle verte"})
        self.assertEqual([what for _event, what in self.told], ["moved", "moved"])
        waiting = self._event(self.ana)
        self._as(self.ana).browse(waiting.id).write({"place": "Salle bleue"})
        self.assertEqual(len(self.told), 2)
