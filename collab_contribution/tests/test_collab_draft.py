from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.collab_charte.tests.common import CharterCase

from ..models.collab_draft import CONTENT_MAX_CHARS, DRAFTS_MAX


@tagged("post_install", "-at_install")
class TestDraft(CharterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice, cls.alan = (cls._user(name, networks=[cls.blue]) for name in ("alice", "alan"))

    def _drafts(self, person):
        return self.env(user=person, su=False)["collab.draft"]

    def test_what_one_types_is_found_again_by_oneself_and_nobody_else(self):
        self._drafts(self.alice)._keep("question", "Je cher")
        self._drafts(self.alice)._keep("question", "Je cherche")
        self.assertEqual(self._drafts(self.alice)._of("question"), "Je cherche")
        self.assertIsNone(self._drafts(self.alice)._of("reponse-1"))
        self.assertIsNone(self._drafts(self.alan)._of("question"))

    def test_what_is_sent_or_given_up_is_forgotten(self):
        for forget in (lambda drafts: drafts._drop("question"), lambda drafts: drafts._keep("question", "")):
            self._drafts(self.alice)._keep("question", "Je cherche")
            forget(self._drafts(self.alice))
            self.assertIsNone(self._drafts(self.alice)._of("question"))

    def test_what_nobody_could_type_is_not_kept(self):
        self._drafts(self.alice)._keep("question", "Je cherche")
        self._drafts(self.alice)._keep("question", "x" * (CONTENT_MAX_CHARS + 1))
        self._drafts(self.alice)._keep("q" * 100, "x")
        self._drafts(self.alice)._keep("nul", "\0")
        self.assertFalse(self.env["collab.draft"].search_count([]), "an older text would pass for the latest one")
        for number in range(DRAFTS_MAX + 5):
            self._drafts(self.alice)._keep(f"reponse-{number}", "x")
        self.assertEqual(self.env["collab.draft"].search_count([]), DRAFTS_MAX)

    def test_a_draft_leaves_after_two_months_or_with_its_author(self):
        self._drafts(self.alice)._keep("old", "x")
        self.env["collab.draft"].search([]).date = fields.Datetime.now() - timedelta(days=61)
        self._drafts(self.alice)._keep("question", "x")
        self.env["collab.draft"]._gc_old()
        self.assertEqual(self.env["collab.draft"].search([]).mapped("form"), ["question"])
        self.alice.active = False
        self.alice._forget()
        self.assertFalse(self.env["collab.draft"].search_count([]))
