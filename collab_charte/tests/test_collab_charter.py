import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import CharterCase


@tagged("post_install", "-at_install")
class TestCharter(CharterCase):
    def test_a_charter_is_in_force_from_the_installation(self):
        self.assertTrue(self.charter)
        self.assertEqual(self.charter.state, "published")
        self.assertEqual(self.charter.body_hash, hashlib.sha256(self.charter.body.encode()).hexdigest())

    def test_a_published_charter_never_changes(self):
        for change in ({"body": "<p>Autre</p>"}, {"state": "draft"}, {"version": 9}):
            with self.assertRaises(UserError):
                self.charter.write(change)
        with self.assertRaises(UserError):
            self.charter.unlink()

    @freeze_time("2026-10-05 08:30:00")
    def test_an_acceptance_proves_who_what_when_and_from_where(self):
        nadia = self._user("nadia", accepts=False)
        self.assertFalse(nadia._charter_accepted())
        self.assertTrue(nadia._accept_charter(self.charter, "192.0.2.7"))
        proof = self.charter.acceptance_ids.filtered(lambda a: a.user_id == nadia)
        self.assertEqual(
            (proof.login, proof.ip, proof.body_hash, str(proof.date)),
            ("nadia", "192.0.2.7", self.charter.body_hash, "2026-10-05 08:30:00"),
        )
        with self.assertRaises(UserError):
            proof.ip = "192.0.2.8"
        with self.assertRaises(UserError):
            proof.unlink()

    def test_accepting_twice_is_accepting_once(self):
        nadia = self._user("nadia")
        self.assertTrue(nadia._accept_charter(self.charter, "192.0.2.7"))
        self.assertEqual(len(self.charter.acceptance_ids.filtered(lambda a: a.user_id == nadia)), 1)

    def test_the_text_that_was_shown_must_be_the_one_in_force(self):
        nadia = self._user("nadia", accepts=False)
        self.env["collab.charter"].create({"body": "<p>Nouvelle</p>"}).action_publish()
        self.assertFalse(nadia._accept_charter(self.charter, "192.0.2.7"))
        self.assertFalse(nadia._charter_accepted())

    def test_everybody_accepts_the_new_version(self):
        nadia = self._user("nadia")
        draft = self.env["collab.charter"].create({"body": "<p>Nouvelle</p>"})
        self.assertTrue(nadia._charter_accepted(), "a draft asks nothing")
        draft.action_publish()
        self.assertEqual(draft.version, self.charter.version + 1)
        self.assertFalse(nadia._charter_accepted())

    def test_a_minor_correction_asks_nobody_again(self):
        nadia, late = self._user("nadia"), self._user("late", accepts=False)
        self.env["collab.charter"].create({"body": "<p>Sans faute</p>", "minor": True}).action_publish()
        corrected = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        self.assertEqual((corrected.version, corrected.revision), (self.charter.version, 1))
        self.assertEqual(corrected.display_name, f"Version {self.charter.version}.1")
        self.assertTrue(nadia._charter_accepted())
        self.assertFalse(late._charter_accepted())
        self.assertTrue(late._accept_charter(corrected, "192.0.2.7"))
        self.assertTrue(late._charter_accepted())
        self.env["collab.charter"].create({"body": "<p>Autres règles</p>"}).action_publish()
        self.assertFalse(nadia._charter_accepted())
        self.assertFalse(late._charter_accepted())

    def test_what_changes_is_told_paragraph_by_paragraph(self):
        before = self.env["collab.charter"].create({"body": "<h2>Un</h2><p>Reste</p><ul><li>Part</li></ul>"})
        after = self.env["collab.charter"].create({"body": "<h2>Un</h2><p><b>Reste</b></p><p>Arrive</p>"})
        self.assertEqual(after._changes_since(before), [("removed", "Part"), ("added", "Arrive")])
        self.assertEqual(after._changes_since(after), [])
        # As the editor writes what is typed without any form.
        bare = self.env["collab.charter"].create({"body": "<div>On se tutoie.</div>"})
        self.assertEqual(bare._changes_since(self.env["collab.charter"]), [("added", "On se tutoie.")])

    def test_a_refusal_is_remembered_until_the_person_accepts(self):
        nadia = self._user("nadia", accepts=False)
        nadia._refuse_charter()
        self.assertEqual(nadia.sudo().refused_charter_id, self.charter)
        self.assertFalse(nadia._charter_accepted())
        self.assertTrue(nadia._accept_charter(self.charter, "192.0.2.7"))
        self.assertFalse(nadia.sudo().refused_charter_id)
        nadia._refuse_charter()
        self.assertTrue(nadia._charter_accepted(), "who has accepted does not refuse by an old form")

    def test_two_forms_that_accept_two_versions(self):
        """Two tabs: the text of the first is no longer the rules."""
        nadia = self._user("nadia", accepts=False)
        new = self.env["collab.charter"].create({"body": "<p>Nouvelle</p>"})
        new.action_publish()
        self.assertTrue(nadia._accept_charter(new, "192.0.2.7"))
        self.assertFalse(nadia._accept_charter(self.charter, "192.0.2.7"))
        self.assertEqual(nadia.sudo().accepted_charter_id, new)

    def test_a_member_cannot_accept_by_writing(self):
        nadia = self._user("nadia", accepts=False)
        with self.assertRaises(AccessError):
            nadia.with_user(nadia).write({"accepted_charter_id": self.charter.id})
        with self.assertRaises(AccessError):
            self.env["collab.charter.acceptance"].with_user(nadia).search([])

    def test_a_member_reads_what_is_published_only(self):
        draft = self.env["collab.charter"].create({"body": "<p>Brouillon</p>"})
        nadia = self._user("nadia")
        self.assertEqual(self.env["collab.charter"].with_user(nadia).search([]), self.charter)
        self.assertTrue(draft.with_user(self._user("adam", "administrator")).has_access("write"))
