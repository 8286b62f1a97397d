import re

from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.tests.common import CharterCase

QUAY = (47.2091, -1.5602)


@tagged("post_install", "-at_install")
class TestPlacing(CharterCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay = cls._organisation("Le Relais", [cls.blue])
        cls.relay.write({"street": "5 quai de la Fosse", "zip": "44000", "city": "Nantes"})
        cls.moderator = cls._user("mona", "moderator", networks=[cls.blue])
        cls.foreign = cls._user("max", "moderator", networks=[cls.green])
        cls.member = cls._user("zoe", organisation=cls.relay)
        cls.path = f"/annuaire/structures/{cls.relay.id}/emplacement"

    def _come(self, user):
        self.authenticate(user.login, f"{user.login}-password-2026")

    def _opened(self):
        """:return dict: what the form carries when it is opened; nothing, where there is none"""
        page = self.url_open("/mon-compte").text + self.url_open(self.path).text
        return dict(re.findall(r'name="(csrf_token|jeton)" value="([^"]+)"', page))

    def _send(self, form=None, **typed):
        return self.url_open(self.path, data={**(form or self._opened()), **typed}, allow_redirects=False)

    def test_a_moderator_places_an_organisation_of_his_network(self):
        self._come(self.moderator)
        page = self.url_open(self.path).text
        self.assertIn("5 quai de la Fosse, 44000 Nantes", page)
        answer = self._send(latitude="47,2091", longitude="-1.5602")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.relay.pin_source, "hand")
        self.assertAlmostEqual(self.relay.partner_latitude, QUAY[0])
        self._send(commune="1")
        self.assertFalse(self.relay.pin_source)

    def test_it_is_nothing_to_anybody_else(self):
        for person in (self.foreign, self.member):
            with self.subTest(person.login), mute_logger("odoo.http"):
                self._come(person)
                self.assertEqual(self.url_open(self.path).status_code, 404)
                self.assertEqual(self._send(latitude="47.2", longitude="-1.5").status_code, 404)
        self.assertFalse(self.relay.pin_source)

    def test_neither_people_nor_what_does_not_exist_are_placed(self):
        self._come(self._user("ada", "administrator"))
        for number in (self.member.partner_id.id, self.env.company.partner_id.id, 999_999_999):
            with self.subTest(number), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/annuaire/structures/{number}/emplacement").status_code, 404)

    def test_what_is_no_point_of_the_region_is_refused_and_kept(self):
        self._come(self.moderator)
        points = [("le quai", "-1,56"), ("48.8566", "2.3522"), ("nan", "-1"), ("", ""), ("1e400", "0")]
        for latitude, longitude in points:
            with self.subTest(latitude):
                answer = self._send(latitude=latitude, longitude=longitude)
                self.assertEqual(answer.status_code, 200)
                self.assertIn('aria-invalid="true"', answer.text)
                self.assertIn(f'value="{latitude}"', answer.text)
        self.assertFalse(self.relay.pin_source)

    def test_a_form_sent_twice_places_once(self):
        self._come(self.moderator)
        form = self._opened()
        for _time in range(2):
            self.assertEqual(self._send(form, latitude="47.2091", longitude="-1.5602").status_code, 303)

    def test_the_form_of_the_federations_says_that_a_pin_has_been_lost(self):
        self.relay._place_by_hand(*QUAY)
        self.relay.with_user(self.moderator).write({"zip": "49000", "city": "Angers"})
        view = "collab_reseaux.res_partner_organisation_view_form"
        form = Form(self.relay.with_user(self.moderator), view=view)
        self.assertTrue(form.pin_was_by_hand)
        self.assertFalse(form.pin_source)
        action = self.relay.with_user(self.moderator).action_place()
        self.assertEqual(action["url"], self.path)
