from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import CharterCase


@tagged("post_install", "-at_install")
class TestLegalPage(CharterCase, HttpCase):
    """The texts that the law asks for are there from the first day, and an administrator completes them."""

    def test_anybody_reads_what_an_administrator_has_completed(self):
        ada = self._user("ada", "administrator")
        pages = self.env["collab.legal.page"].search([])
        self.assertEqual(set(pages.mapped("code")), {"mentions-legales", "confidentialite", "accessibilite"})
        self.assertFalse(any(pages.mapped("is_complete")))
        for page in pages:
            self.assertIn("[à compléter", self.url_open(f"/{page.code}").text)
            page.with_user(ada).body = f"<h2>Éditeur</h2><p>{page.code} : écrit</p><script>x()</script>"
            text = self.url_open(f"/{page.code}").text
            self.assertIn(f"{page.code} : écrit", text)
            self.assertNotIn("x()", text)
            self.assertTrue(page.is_complete)

    def test_nobody_else_writes_them(self):
        page = self.env["collab.legal.page"].search([], limit=1)
        for role in ("member", "moderator"):
            person = self._user(role, role, networks=self.blue)
            with self.assertRaises(AccessError):
                page.with_user(person).body = "<p>x</p>"
        with self.assertRaises(AccessError):
            page.with_user(self._user("ada", "administrator")).unlink()
