import base64
import io
import re

from PIL import Image

from odoo.tests import HttpCase, tagged

from .world import World


def picture(colour):
    target = io.BytesIO()
    Image.new("RGB", (200, 80), colour).save(target, "PNG")
    return base64.b64encode(target.getvalue())


@tagged("post_install", "-at_install")
class TestIdentity(World, HttpCase):
    """The logo of a network, in the header of its members and in the letters to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls._user("both", organisation=cls._organisation("Les deux", networks=cls.blue | cls.green))
        cls.both._accept_charter(cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1")
        cls.blue.logo = picture("#204080")

    def _marks(self, person=None):
        """:return tuple[list[str], int]: the addresses of the logos in the header, and how many shapes it has"""
        if person:
            self.authenticate(person.login, f"{person.login}-password-2026")
        else:
            self.authenticate(None, None)
        page = self.url_open("/" if person else "/web/login").text
        header = page.partition('class="c-brand__mark"')[2].partition("</a>")[0]
        return re.findall(r'src="(/habillage/logo/[^"]+)"', header), header.count("<i ")

    def test_members_of_a_network_see_its_logo_and_the_others_the_marks_of_all(self):
        all_networks = self.env["collab.network"].search_count([])
        [logo], shapes = self._marks(self.wanda)
        self.assertEqual(shapes, 0, "her network alone")
        for person in (self.greta, self.both, self.ada, None):
            with self.subTest(person and person.login):
                self.assertEqual(self._marks(person), ([logo], all_networks - 1))
        answer = self.url_open(logo)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_another_logo_shows_at_once_at_another_address(self):
        [before], _shapes = self._marks(self.wanda)
        self.blue.logo = picture("#802040")
        [after], _shapes = self._marks(self.wanda)
        self.assertNotEqual(before, after)
        self.assertEqual([self.url_open(address).status_code for address in (before, after)], [404, 200])
        self.blue.logo = False
        self.assertEqual(self._marks(self.wanda)[0], [])

    def test_a_letter_carries_the_logo_of_the_network_of_its_reader(self):
        Notification = self.env["collab.notification"]
        item = {"subject": "Un fait", "said": "", "title": "Lire", "url": "/", "kind": "comment"}
        for person, carried in ((self.wanda, 1), (self.greta, 0), (self.both, 0)):
            person.email = f"{person.login}@example.org"
            message = Notification.new({"user_id": person.id})._message([item])
            pictures = [part for part in message.walk() if part.get_content_type() == "image/png"]
            with self.subTest(person.login):
                self.assertEqual(len(pictures), carried)
                page = message.get_body(("html",)).get_content()
                self.assertEqual(page.count("cid:logo"), carried)
                self.assertEqual([part["Content-ID"] for part in pictures], ["<logo>"] * carried)
