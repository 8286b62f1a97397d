import base64
import io

from PIL import Image

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase

from odoo.addons.collab_reseaux.colours import CONTRAST_MIN, contrast, readable


def picture(kind="PNG", size=(800, 200)):
    """:return bytes: a picture of one colour, encoded as a client sends it"""
    target = io.BytesIO()
    Image.new("RGB", size, "#6a3d9a").save(target, kind)
    return base64.b64encode(target.getvalue())


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

    def test_a_colour_that_cannot_be_read_is_replaced_by_the_nearest_that_can(self):
        network = self.env.ref("collab_reseaux.network_fnars")
        for chosen in ("#ffff00", "#f0a0c0", "#ffffff", "#777777"):
            with self.subTest(chosen):
                network.color = chosen
                self.assertGreaterEqual(contrast(network.color), CONTRAST_MIN)
                self.assertLess(contrast(network.color), CONTRAST_MIN + 0.3, "the nearest, and not black")
        for dark in ("#6a3d9a", "#000000", "#767676"):
            self.assertEqual(readable(dark), dark)
        self.assertAlmostEqual(contrast("#777777"), 4.48, 2)
        created = self.env["collab.network"].create({"name": "Clair", "code": "clair", "color": "#ffee00"})
        self.assertEqual(created.color, readable("#ffee00"))

    def test_whoever_chooses_a_colour_that_is_too_light_is_told_and_sees_what_it_becomes(self):
        network = self.env["collab.network"].new({"name": "Réseau 44", "color": "#ffee00"})
        said = network._onchange_color()["warning"]
        self.assertIn("#ffee00", said["message"])
        self.assertIn(network.color, said["message"])
        self.assertIn(f"background: {network.color}", network.color_preview)
        self.assertIsNone(network._onchange_color(), "it is not said twice")

    def test_a_logo_is_a_picture_by_its_content(self):
        network = self.env.ref("collab_reseaux.network_fnars")
        drawing = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
        for wrong in (
            drawing,
            picture("GIF"),
            base64.b64encode(b"a text"),
            picture("PNG", (600, 1))[:40],
        ):
            with self.subTest(wrong[:12]), self.assertRaises(UserError), self.env.cr.savepoint():
                network.logo = wrong
        network.logo = picture("JPEG")
        [shown] = [one for one in self.env["collab.network"]._branding() if one["id"] == network.id]
        content, kind = self.env["collab.network"]._logo(network.id, shown["logo"])
        self.assertEqual(kind, "image/jpeg")
        self.assertLessEqual(Image.open(io.BytesIO(content)).size, (320, 80))
        self.assertEqual(shown["logo_width"], 160)
        # Its former address, that of another network, and that of an archived network lead nowhere.
        self.assertIsNone(self.env["collab.network"]._logo(network.id, "0" * 16))
        self.assertIsNone(self.env["collab.network"]._logo(network.id + 1, shown["logo"]))
        network.active = False
        self.assertIsNone(self.env["collab.network"]._logo(network.id, shown["logo"]))
