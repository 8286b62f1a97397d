from odoo.tests import TransactionCase


class TestCommune(TransactionCase):
    def _match(self, city, postal_code):
        return self.env["collab.commune"]._match(city, postal_code)

    def test_the_spelling_of_an_address_does_not_matter(self):
        nazaire = self.env.ref("collab_reseaux.commune_44184")
        for spelling in ("Saint-Nazaire", "SAINT NAZAIRE", "St Nazaire", "saint-nazaire cedex 2"):
            with self.subTest(spelling):
                self.assertEqual(self._match(spelling, "44600"), nazaire)

    def test_the_name_decides_among_communes_that_share_a_postal_code(self):
        self.assertEqual(self._match("Blain", "44130").name, "Blain")
        self.assertEqual(self._match("Bouvron", "44130").name, "Bouvron")

    def test_a_cedex_code_is_accepted_in_its_departement(self):
        self.assertEqual(self._match("Nantes", "44035"), self.env.ref("collab_reseaux.commune_44109"))
        self.assertFalse(self._match("Nantes", "75001"))

    def test_a_former_commune_is_found_by_a_postal_code_of_its_own(self):
        self.assertEqual(self._match("Ancien village", "85350").name, "L'Île-d'Yeu")

    def test_an_unknown_city_has_no_commune(self):
        self.assertFalse(self._match("Atlantis", "44130"))
        self.assertFalse(self._match("Nantes", ""))
        self.assertFalse(self._match(False, False))

    def test_a_commune_is_looked_up_by_its_postal_code(self):
        found = self.env["collab.commune"].name_search("85350")
        self.assertEqual([name for _id, name in found], ["L'Île-d'Yeu (85350)"])

    def test_every_commune_of_the_region_lies_in_an_employment_area(self):
        communes = self.env["collab.commune"].search([])
        self.assertEqual(len(communes), 1228)
        self.assertEqual(set(communes.territory_id.mapped("kind")), {"employment_area"})
        misplaced = communes.filtered(lambda c: c.code[:2] != c.territory_id.parent_id.code)
        self.assertFalse(misplaced, "a commune lies in its own département")
