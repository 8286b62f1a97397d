import base64
import re
import time

from odoo.tests import HttpCase, TransactionCase, tagged

from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp
from odoo.addons.collab_charte.models.collab_attempt import LIMIT_LINKS

from .common import CharterCase


@tagged("post_install", "-at_install")
class TestLogin(CharterCase, HttpCase):
    """How one comes in and goes out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jean = cls._user("jean", networks=cls.blue)

    def _post(self, path, **data):
        """Send a form of a page, as its visitor would; ``requests`` is a browser that nobody knows."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(path).text)[1]
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_a_device_whose_browser_is_unknown_is_remembered(self):
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        self.jean.totp_secret = secret
        self.authenticate(None, None)
        self._post("/web/login", login="jean", password="jean-password-2026")
        code = hotp(base64.b32decode(secret), int(time.time()) // TIMESTEP)
        page = self._post("/web/login/totp", totp_token=code, remember="1")
        self.assertEqual(page.status_code, 200)
        device = self.env["auth_totp.device"].search([("user_id", "=", self.jean.id)])
        self.assertEqual(device.name, "Navigateur inconnu sur Système inconnu")
        self.assertTrue(self.opener.cookies["td_id"])

    def test_a_link_asks_before_it_logs_out(self):
        self.authenticate("jean", "jean-password-2026")
        page = self.url_open("/web/session/logout?redirect=/charte")
        self.assertIn("Se déconnecter ?", page.text)
        self.assertIn(
            "Se déconnecter ?", self.url_open("/web/session/logout", data={"csrf_token": "of another day"}).text
        )
        self.assertNotIn("/web/login", self.url_open("/").url)
        page = self._post("/web/session/logout", redirect="/charte")
        self.assertTrue(page.url.endswith("/charte"))
        self.assertIn("/web/login", self.url_open("/").url)
        self.assertIn("/web/login", self.url_open("/web/session/logout").url, "nobody is asked nothing")

    def test_pages_log_out_by_a_form(self):
        self.authenticate("jean", "jean-password-2026")
        page = self.url_open("/").text
        self.assertNotIn('href="/web/session/logout', page)
        self.assertIn('action="/web/session/logout?', page)


@tagged("post_install", "-at_install")
class TestLinkRequest(CharterCase, TransactionCase):
    """Whoever has forgotten his password, or says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jean = cls._user("jean", networks=cls.blue)
        cls.jean.partner_id.email = "jean@blue.example"

    def _answer(self, login):
        self.env["res.users"].reset_password(login)
        self.env["collab.link.request"]._answer()
        self.assertFalse(self.env["collab.link.request"].search([]), "what was typed is kept no longer")

    def test_what_is_done_before_the_answer_does_not_depend_on_who_is_named(self):
        Users = self.env["res.users"]
        self.jean.copy({"login": "closed", "email": "closed@blue.example"}).active = False
        queries = []
        for login in ("warm", "jean", "jean@blue.example", "closed", "nobody", "x' OR 1=1", "x" * 5_000):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            Users.reset_password(login)
            self.env.flush_all()
            queries.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(queries[1:])), 1, queries)
        self.assertFalse(self.jean.link_asked)

    def test_a_login_and_an_address_are_both_known(self):
        for login in ("jean", " JEAN", "jean@blue.example"):
            self.jean.link_asked = False
            self._answer(login)
            self.assertTrue(self.jean.link_asked, login)

    def test_nobody_is_found_in_a_part_of_his_address(self):
        for login in ("j_an", "jean@%", "%", ""):
            self._answer(login)
        self.assertFalse(self.jean.link_asked)

    def test_a_mailbox_is_not_filled_with_links(self):
        for _attempt in range(LIMIT_LINKS):
            self._answer("jean")
        self.jean.link_asked = False
        self._answer("jean")
        self.assertFalse(self.jean.link_asked)


@tagged("post_install", "-at_install")
class TestForget(CharterCase, TransactionCase):
    """Somebody is erased, and his namesakes are not."""

    def test_only_what_names_his_whole_address_is_erased(self):
        address = "jean_d'o@blue.example"
        person = self._user(address, networks=self.blue)
        person.partner_id.email = address
        hers = ("jeanXd'o@blue.example", "mary.jean_d'o@blue.example", "jean_d'o@blue.example.org")
        texts = {"<p>Ask {}.</p>", "<a href='mailto:{}'>x</a>", "{}"}
        Mails = self.env["mail.mail"]
        kept = Mails.create([{"email_to": f'"X" <{other}>', "body_html": "x"} for other in hers])
        kept += Mails.create([{"body_html": text.format(other)} for other in hers for text in texts])
        his = (address, "JEAN_d&#39;o@blue.example")
        gone = Mails.create([{"body_html": text.format(written)} for text in texts for written in his])
        gone += Mails.create({"email_to": f'other@blue.example, "J" <{address.upper()}>', "body_html": "x"})
        lines = [{"import_id": self.env["collab.import"].create({}).id, "email": of} for of in (*hers, address.upper())]
        lines = self.env["collab.import.line"].create([{**line, "number": 2, "state": "creation"} for line in lines])
        person._leave()
        person._forget()
        self.assertFalse(gone.exists())
        self.assertEqual(kept.exists(), kept)
        self.assertEqual(lines.exists(), lines[:-1])
