from odoo.tests import HttpCase, tagged

from odoo.addons.collab_charte.tests.common import CharterCase

PASSWORD = "Une phrase pour entrer 2026"


@tagged("post_install", "-at_install")
class TestDirectory(CharterCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice = cls._user("alice", organisation=cls._organisation("Le Relais", [cls.blue], [cls.port]))
        cls.bruno = cls._user("bruno", networks=[cls.green])
        cls.alice.partner_id.write(
            {"function": "Éducatrice", "email": "alice@relais.example", "phone": "02 40 00 00 00", "shows_phone": True}
        )
        cls.bruno.password = PASSWORD

    def _page(self, number):
        return self.url_open(f"/annuaire/{number}")

    def test_a_member_meets_his_colleague_by_the_projection(self):
        leo = self._user("leo", organisation=self.alice.partner_id.parent_id)
        shown = self.env["collab.member"].with_user(self.alice).search([("id", "=", leo.partner_id.id)])
        self.assertEqual(shown.organisation_name, "Le Relais")
        leo.active = False
        self.assertFalse(self.env["collab.member"].with_user(self.alice).search([("id", "=", leo.partner_id.id)]))

    def test_a_member_is_seen_as_he_chooses(self):
        self.authenticate("bruno", PASSWORD)
        page = self._page(self.alice.partner_id.id).text
        for shown in ("Éducatrice", "Le Relais", "tel:0240000000"):
            self.assertIn(shown, page)
        self.assertNotIn("alice@relais.example", page)
        self.assertNotIn("/mon-compte&quot;", page)

    def test_who_is_nobody_here_or_has_left_has_no_page(self):
        self.authenticate("bruno", PASSWORD)
        company = self.alice.partner_id.parent_id
        self.alice.active = False
        for number in (self.alice.partner_id.id, company.id, 999_999_999):
            with self.subTest(number):
                self.assertEqual(self._page(number).status_code, 404)
