import base64
import re
import time
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp
from odoo.addons.collab_reseaux.moments import say_moment

from .common import CHOSEN, OLD, PASSWORD, CharterCase, LetterCase

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@tagged("post_install", "-at_install")
class TestSecurityLetters(LetterCase, HttpCase):
    """What people are told of their own account: what helps for that event, at the time of their clocks."""

    def _told(self, said, unsaid=()):
        letters = self._run()
        self.assertEqual(letters.keys(), {self.zoe.email})
        [letter] = letters.values()
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", letter)).replace("\xa0", " ")
        for words in said:
            self.assertIn(words, text)
        for words in ("TU", "UTC", "Odoo", *unsaid):
            self.assertNotIn(words, text)
        return letter

    def test_it_is_the_time_of_paris(self):
        self.assertEqual(say_moment(datetime(2020, 7, 1, 21, 5)), "mercredi 1 juillet 2020 à 23\xa0h\xa005")
        self.assertEqual(say_moment(datetime(2020, 12, 31, 23, 30)), "vendredi 1 janvier 2021 à 0\xa0h\xa030")
        self.assertNotIn(str(datetime.now().year), say_moment(datetime.now()))

    def test_an_application_that_somebody_has_linked_is_undone_from_the_letter(self):
        session = self.zoe._compute_session_token("x" * 42)
        self.zoe.totp_secret = SECRET
        today = say_moment(fields.Datetime.now()).split(" à")[0]
        letter = self._told(("Changer de mot de passe ne suffit pas", "02 40 00 00 01", today))
        link = self._link(letter)
        self.assertIn("Retirer cette application", self.url_open(link).text)
        self.assertTrue(self.zoe.totp_enabled)
        page = self._send(link)
        self.assertIn("/web/reset_password", page.url)
        self.assertFalse(self.zoe.totp_enabled)
        self.assertNotEqual(self.zoe._compute_session_token("x" * 42), session)
        with self.assertRaises(AccessDenied):
            credential = {"type": "password", "password": PASSWORD, "login": OLD}
            self.zoe.with_user(self.zoe)._check_credentials(credential, {"interactive": True})
        self.assertIn("ne sert plus", self.url_open(link).text)
        self.assertFalse(self._run(), "whoever has undone it knows it")
        kinds = self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)]).mapped("kind")
        self.assertEqual(kinds, ["undone", "factor_linked"])

    def test_an_application_removed(self):
        self.zoe.with_context(told=True).totp_secret = SECRET
        self.zoe.totp_secret = False
        self._told(("a été retirée", "choisissez un autre mot de passe"))
        self.zoe.totp_secret = False
        self.assertFalse(self._run(), "there was none")

    def test_a_password_changed(self):
        self.zoe.password = CHOSEN
        self._told(("le mot de passe de votre compte a changé", "choisissez un autre mot de passe"))

    def test_a_first_password_is_told_to_nobody(self):
        self._user("fresh@example.org").password = CHOSEN
        self.assertFalse(self._run())

    def test_a_device_remembered_and_an_unknown_one(self):
        self.zoe.with_context(told=True).totp_secret = SECRET
        self.authenticate(None, None)
        self._send("/web/login", login=OLD, password=PASSWORD)
        self._told(("tapé sur un appareil inconnu", "le code de votre application"))
        code = hotp(base64.b32decode(SECRET), int(time.time()) // TIMESTEP)
        self._send("/web/login/totp", totp_token=code, remember="1")
        self._told(("Navigateur inconnu sur Système inconnu", "n’y est plus demandé"))
        self._send("/web/session/logout")
        self._send("/web/login", login=OLD, password=PASSWORD)
        self.assertFalse(self._run(), "this one is known")

    def test_who_receives_a_code_is_not_written_to_twice(self):
        self.env["ir.config_parameter"].set_param("auth_totp.policy", "all_required")
        self.env.company.email = "plateforme@example.org"
        with self.mock_mail_gateway():
            self.authenticate(None, None)
            self._send("/web/login", login=OLD, password=PASSWORD)
            self.assertEqual(len(self._mails), 1)
        self.assertFalse(self._run())

    def test_the_page_of_devices_says_when_in_paris(self):
        self.authenticate(OLD, PASSWORD)
        moment = datetime(2020, 7, 1, 21, 5)
        seen = SimpleNamespace(browser="firefox", platform="linux", last_activity=moment, is_current=False)
        with patch.object(type(self.zoe), "_own_devices", lambda user: [seen]):
            self.assertIn("1 juillet 2020 à 23\xa0h\xa005", self.url_open("/mon-compte").text)

    def test_the_page_of_the_code_says_what_to_do_without_the_phone(self):
        self.zoe.with_context(told=True).totp_secret = SECRET
        self.authenticate(None, None)
        self.assertNotIn("Anne Contact", self._send("/web/login", login=OLD, password="wrong").text)
        page = self._send("/web/login", login=OLD, password=PASSWORD).text
        for said in ("votre téléphone", "Anne Contact", 'href="tel:0240000001"', "Blue"):
            self.assertIn(said, page)
        self.assertNotIn("<h3", page)


@tagged("post_install", "-at_install")
class TestClearedByFederation(LetterCase):
    """Somebody has lost his phone, and is known by his voice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mod = cls._user("mod@example.org", "moderator", networks=cls.blue)
        cls.other = cls._user("other@example.org", "moderator", networks=cls.green)
        for user in (cls.zoe, cls.mod, cls.ada):
            user.with_context(told=True).totp_secret = SECRET

    def _clear(self, person, who, reason="Rappelée"):
        wizard = self.env["collab.factor.clearing"].with_user(who).with_context(lang="fr_FR")
        [row] = wizard.web_save({"user_id": person.id, "reason": reason}, {})
        return wizard.browse(row["id"]).action_clear()

    def test_a_moderator_of_his_network_does_it_and_it_is_told_and_logged(self):
        device = self.env["auth_totp.device"].with_user(self.zoe).sudo()
        device._generate("browser", "Phone", fields.Datetime.now() + timedelta(days=1))
        self._run()
        answer = self._clear(self.zoe, self.mod, "  Rappelée au   02 40 ")
        self.assertIn("reçoit un e-mail", answer["params"]["message"])
        self.assertFalse(self.zoe.totp_enabled)
        self.assertFalse(self.zoe.totp_trusted_device_ids)
        [letter] = self._run().values()
        for said in (self.mod.name, "vous l’avez demandé", "02 40 00 00 01"):
            self.assertIn(said, letter)
        [event] = self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)])
        self.assertEqual((event.kind, event.reason), ("factor_cleared", "Rappelée au 02 40"))
        self.assertEqual(event.create_uid, self.mod)

    def test_an_administrator_does_it_for_anybody_but_himself(self):
        for person in (self.zoe, self.mod):
            self._clear(person, self.ada)
            self.assertFalse(person.totp_enabled)
        with self.assertRaises(AccessError):
            self._clear(self.ada, self.ada)
        self.assertTrue(self.ada.totp_enabled)

    def test_nobody_else_does(self):
        peer = self._user("peer@example.org", "moderator", networks=self.blue)
        for person, who in ((self.zoe, self.other), (self.mod, peer), (self.zoe, self.zoe), (self.ada, self.mod)):
            with self.subTest(person=person.login, who=who.login), self.assertRaises(UserError):
                self._clear(person, who)
            with self.subTest(person=person.login, who=who.login), self.assertRaises(AccessError):
                person.with_user(who)._clear_second_factor("x")
            self.assertTrue(person.totp_enabled)

    def test_who_has_nothing_to_clear_is_not_written_to(self):
        self._clear(self.zoe, self.mod)
        self.assertFalse(self.env["collab.factor.clearing"].search([]), "what was typed is in the log alone")
        self._run()
        with self.assertRaisesRegex(UserError, "rien à retirer"):
            self._clear(self.zoe, self.mod)
        self.assertFalse(self._run())

    def test_a_reason_is_asked_for(self):
        for reason in ("", "   ", False):
            with self.assertRaises(UserError):
                self.zoe.with_user(self.mod)._clear_second_factor(reason)
        self.assertTrue(self.zoe.totp_enabled)

    def test_the_button_is_shown_to_who_may(self):
        for who, shown in ((self.mod, True), (self.ada, True)):
            self.assertEqual(self.zoe.with_user(who).may_clear_factor, shown)
        self.assertFalse(self.ada.with_user(self.ada).may_clear_factor)
        self.assertFalse(self.mod.with_user(self.mod).may_clear_factor)


@tagged("post_install", "-at_install")
class TestMailedCode(CharterCase, HttpCase):
    """A code that comes by mail serves once. At the same time in two sessions: tests/production/test_second_factor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("auth_totp.policy", "all_required")
        cls.zoe = cls._user(OLD, networks=cls.blue)

    def _start(self):
        self.authenticate(None, None)
        page = self.url_open("/web/login")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"csrf_token": self.token, "login": OLD, "password": PASSWORD}
        self.url_open("/web/login", data=data)

    def _give(self, code):
        page = self.url_open("/web/login/totp")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        page = self.url_open("/web/login/totp", data={"csrf_token": token, "totp_token": code})
        return "/web/login" not in page.url

    def test_a_code_serves_once(self):
        with patch.object(type(self.env["res.users"]), "_send_totp_mail_code", lambda user: None):
            self._start()
            code = self.zoe._get_totp_mail_code()[0]
            self.assertFalse(self._give(f"{(int(code) + 1) % 10**6:06}"))
            self.assertTrue(self._give(code))
            # Another session has given its password already.
            self.opener.cookies.clear()
            with patch.object(type(self.env["res.users"]), "_update_last_login", lambda user: None):
                self._start()
            self.assertFalse(self._give(code))
            self.assertNotEqual(self.zoe._get_totp_mail_code()[0], code)
            self.assertTrue(self._give(self.zoe._get_totp_mail_code()[0]))


@tagged("post_install", "-at_install")
class TestPassword(CharterCase):
    """What a password needs is said in a few words."""

    def test_a_short_one_says_how_many_it_has(self):
        zoe = self._user("zoe")
        zoe = zoe.with_user(zoe).with_context(lang="fr_FR")
        with self.assertRaisesRegex(UserError, "^12 caractères minimum.: le vôtre en a 4.$"):
            zoe._check_password_policy(["Ab1!"])
        with self.assertRaisesRegex(UserError, "trop simple"):
            zoe._check_password_policy(["abcdefghijklm"])
        zoe._check_password_policy(["une-phrase-et-2026", False])
