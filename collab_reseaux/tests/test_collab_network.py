from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase


class TestNetwork(TransactionCase):
    def test_the_three_networks_are_there(self):
        codes = self.env["collab.network"].search([]).mapped("code")
        self.assertEqual(codes, ["fnars", "coorace", "reseau44"])

    def test_nothing_but_a_colour_reaches_the_style_of_a_page(self):
        network = self.env.ref("collab_reseaux.network_fnars")
        with self.assertRaises(ValidationError):
            network.color = "red; background: url(//elsewhere)"

    def test_a_new_name_shows_at_once(self):
        network = self.env.ref("collab_reseaux.network_fnars")
        self.env["collab.network"]._branding()
        network.name = "FAS"
        self.assertIn("FAS", [shown["name"] for shown in self.env["collab.network"]._branding()])
