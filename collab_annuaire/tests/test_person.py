import base64
import io

import vobject
from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MAIL, PHONE, DirectoryCase


def portrait():
    target = io.BytesIO()
    Image.new("RGB", (300, 300), "#2f5e9e").save(target, "JPEG")
    return base64.b64encode(target.getvalue())


@tagged("post_install", "-at_install")
class TestPerson(DirectoryCase):
    """The page of a person, as somebody of another network reads it."""

    def setUp(self):
        super().setUp()
        self._as(self.bruno)
        self.own = self.alice.partner_id

    def _page(self, number=None):
        self.env.flush_all()
        return self.url_open(f"/annuaire/{number or self.own.id}")

    def _card(self):
        self.env.flush_all()
        return vobject.readOne(self.url_open(f"/annuaire/{self.own.id}.vcf").content.decode())

    def test_a_member_meets_his_colleague_by_the_projection(self):
        leo = self._user("colleague", organisation=self.house)
        shown = self.env["collab.member"].with_user(self.alice).search([("id", "=", leo.partner_id.id)])
        self.assertEqual(shown.organisation_name, "Le Relais d’essai")
        leo.active = False
        self.assertFalse(self.env["collab.member"].with_user(self.alice).search([("id", "=", leo.partner_id.id)]))

    def test_a_member_is_seen_as_he_chooses(self):
        self.own.shows_phone = True
        self.house.website = "relais-essai.example"
        page = self._page().text
        for shown in (
            *("Alice Évrard", "Éducatrice d’essai", "Le Relais d’essai", "Portville", "3 rue du Port", "Blue"),
            *(PHONE, "tel:0255009999", "Mobilité d’essai", f"/annuaire?aide={self.mobility.id}", "Appelez le matin"),
            *(
                'href="https://relais-essai.example"',
                "lundi, mardi",
                f"/carte?structure={self.house.id}",
                f"/annuaire/structures/{self.house.id}",
            ),
        ):
            self.assertIn(shown, page)
        self.assertNotIn(MAIL, page)
        self.own.shows_email = True
        self.assertIn(f"mailto:{MAIL}", self._page().text)

    @mute_logger("odoo.http")
    def test_who_is_nobody_here_or_has_left_has_no_page_no_card_and_no_photo(self):
        self.own.image_1920 = portrait()
        self.alice.active = False
        self.env.flush_all()
        for number in (self.own.id, self.house.id, 999_999_999):
            for address in (f"/annuaire/{number}", f"/annuaire/{number}.vcf", f"/annuaire/photo/{number}"):
                with self.subTest(address):
                    self.assertEqual(self.url_open(address).status_code, 404)

    @mute_logger("odoo.http")
    def test_who_is_not_listed_shows_a_name_and_an_organisation_and_nothing_else(self):
        self.own.write({"shows_phone": True, "shows_email": True, "image_1920": portrait(), "is_listed": False})
        page = self._page().text
        for shown in ("Alice Évrard", "Le Relais d’essai"):
            self.assertIn(shown, page)
        hidden = (
            *(
                "Éducatrice",
                PHONE,
                "tel:",
                MAIL,
                "mailto:",
                "Mobilité d’essai",
                "Appelez",
                "lundi, mardi",
                "3 rue du Port",
            ),
            *("/annuaire/photo/", ".vcf", "c-network is-"),
        )
        main = page.split("<main")[1].split("</main>")[0]
        for secret in hidden:
            self.assertNotIn(secret, main)
        for address in (f"/annuaire/{self.own.id}.vcf", f"/annuaire/photo/{self.own.id}"):
            self.assertEqual(self.url_open(address).status_code, 404)
        row = self.env["collab.member"].with_user(self.bruno).search([("id", "=", self.own.id)])
        names = ("function", "help_words", "work_days", "city", "email", "phone", "has_photo")
        self.assertEqual([row[name] for name in names], [False] * len(names))

    @mute_logger("odoo.http")
    def test_a_photo_is_given_while_it_is_shown_and_no_longer(self):
        address = f"/annuaire/photo/{self.own.id}"
        self.assertEqual(self.url_open(address).status_code, 404)
        self.own.image_1920 = portrait()
        self.env.flush_all()
        given = self.url_open(address)
        self.assertEqual((given.status_code, given.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertIn("private", given.headers["Cache-Control"])
        self.assertIn(address, self._page().text)
        self.own.shows_photo = False
        self.assertNotIn(address, self._page().text)
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_the_letter_that_odoo_draws_for_an_employee_is_no_photo(self):
        staff = self._user("staff", "moderator", networks=[self.blue])
        self.assertFalse(self.env["collab.member"].search([("user_id", "=", staff.id)]).has_photo)

    # For address books

    def test_a_card_for_address_books_has_what_is_shown_and_no_more(self):
        card = self._card()
        self.assertEqual((card.fn.value, card.n.value.family, card.n.value.given), ("Alice Évrard", "Évrard", "Alice"))
        self.assertEqual((card.title.value, card.org.value), ("Éducatrice d’essai", ["Le Relais d’essai"]))
        self.assertEqual((card.adr.value.street, card.adr.value.city), ("3 rue du Port", "Portville"))
        self.assertEqual([line.name for line in card.lines() if line.name in ("TEL", "EMAIL", "PHOTO")], [])
        self.own.write({"shows_phone": True, "shows_email": True, "image_1920": portrait()})
        card = self._card()
        self.assertEqual((card.tel.value, card.email.value), (PHONE, MAIL))
        self.assertTrue(card.photo.value.startswith(b"\xff\xd8"))

    def test_what_somebody_writes_in_his_job_stays_a_line_of_the_card(self):
        self.own.function = "Éducatrice; chef, \\ de\nBEGIN:VCARD"
        self.assertEqual(self._card().title.value.replace("\n", " "), "Éducatrice; chef, \\ de BEGIN:VCARD")

    def test_the_page_of_a_person_costs_few_queries(self):
        self._page()
        with self.assertQueryCount(14):
            self._page()
