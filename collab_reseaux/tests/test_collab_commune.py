import math

from odoo.exceptions import UserError
from odoo.tests import TransactionCase

from ..models.res_partner_pin import REGION_BOX

# As any atlas gives them: by INSEE code, latitude and longitude.
KNOWN_TOWNS = {
    "44109": (47.218, -1.554),  # Nantes
    "44184": (47.273, -2.214),  # Saint-Nazaire
    "44036": (47.717, -1.376),  # Châteaubriant
    "49007": (47.471, -0.552),  # Angers
    "49099": (47.060, -0.879),  # Cholet
    "49328": (47.260, -0.078),  # Saumur
    "53130": (48.073, -0.769),  # Laval
    "53147": (48.303, -0.617),  # Mayenne
    "72181": (48.004, 0.197),  # Le Mans
    "72154": (47.699, -0.076),  # La Flèche
    "85191": (46.670, -1.427),  # La Roche-sur-Yon
    "85194": (46.497, -1.783),  # Les Sables-d'Olonne
    "85113": (46.711, -2.350),  # L'Île-d'Yeu
}


def kilometres(one, other):
    """:param tuple[float, float] one: latitude and longitude, in degrees"""
    north = (one[0] - other[0]) * 111.2
    return math.hypot(north, (one[1] - other[1]) * 111.2 * math.cos(math.radians(one[0])))


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

    def test_a_commune_is_found_as_people_type_it(self):
        clisson = self.env["collab.commune"].search([("name", "=", "Clisson")])
        for typed in ("Clisson", "clisson", "44190 Clisson", "Clisson (44190)", " CLISSON cedex "):
            with self.subTest(typed):
                self.assertEqual(self.env["collab.commune"]._typed(typed), clisson)
        self.assertFalse(self.env["collab.commune"]._typed(" "))
        self.assertEqual(self.env["collab.commune"]._typed("85350").name, "L'Île-d'Yeu")

    def test_what_names_no_commune_or_several_says_what_to_do(self):
        for typed, said in {"Rennes": "not a commune", "75001 Paris": "not a commune", "44130": "name of the"}.items():
            with self.subTest(typed), self.assertRaisesRegex(UserError, said):
                self.env["collab.commune"]._typed(typed)

    def test_every_commune_of_the_region_lies_in_an_employment_area(self):
        communes = self.env["collab.commune"].search([])
        self.assertEqual(len(communes), 1228)
        self.assertEqual(set(communes.territory_id.mapped("kind")), {"employment_area"})
        misplaced = communes.filtered(lambda c: c.code[:2] != c.territory_id.parent_id.code)
        self.assertFalse(misplaced, "a commune lies in its own département")

    def test_every_commune_has_a_position_inside_the_region(self):
        south, west, north, east = REGION_BOX
        communes = self.env["collab.commune"].search([])
        outside = communes.filtered(lambda one: not (south < one.latitude < north and west < one.longitude < east))
        self.assertFalse(outside)
        positions = {(commune.latitude, commune.longitude) for commune in communes}
        self.assertEqual(len(positions), 1228, "each has its own")

    def test_the_position_of_a_commune_is_that_of_its_town(self):
        for code, known in KNOWN_TOWNS.items():
            commune = self.env.ref(f"collab_reseaux.commune_{code}")
            with self.subTest(commune.name):
                self.assertLess(kilometres((commune.latitude, commune.longitude), known), 3)
