import html
import re

from odoo.exceptions import AccessDenied
from odoo.tests import HttpCase, tagged

from .world import World

PASSWORD = "soleil-tram-2026"


@tagged("post_install", "-at_install")
class TestTokens(World, HttpCase):
    """The links by which people choose a password: what becomes of those that are old, borrowed or made up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer, cls.other = cls._newcomer("newcomer"), cls._newcomer("other")

    @classmethod
    def _newcomer(cls, login):
        user = cls._user(login, networks=cls.blue)
        user.partner_id.signup_prepare(signup_type="signup")
        return user

    def _link(self, user, expiration=None):
        return f"/web/signup?token={user.partner_id._generate_signup_token(expiration=expiration)}"

    def _send(self, link, password=PASSWORD, **typed):
        page = self.url_open(link)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"csrf_token": token, "token": link.partition("token=")[2], "password": password, **typed}
        data.setdefault("confirm_password", password)
        return self.url_open(link, data=data)

    def _knows(self, user, password):
        try:
            user.with_user(user)._check_credentials({"type": "password", "password": password}, {"interactive": True})
        except AccessDenied:
            return False
        return True

    def _assert_offers_a_new_one(self, page):
        text = html.unescape(page.text)
        alert = re.search(r'role="alert"[^>]*>([^<]+)<', text)
        self.assertTrue(alert, "it says so")
        self.assertIn("lien", alert[1])
        self.assertNotIn("token", alert[1])
        self.assertIn('href="/web/reset_password"', text)
        self.assertNotIn('type="password"', text)

    def test_a_link_serves_once(self):
        link = self._link(self.newcomer)
        self._send(link, login="newcomer", name="newcomer")
        self.assertTrue(self._knows(self.newcomer, PASSWORD))
        self.authenticate(None, None)
        self._assert_offers_a_new_one(self.url_open(link))
        self._assert_offers_a_new_one(self._send(link, "another-tram-2026", login="newcomer", name="newcomer"))
        self.assertFalse(self._knows(self.newcomer, "another-tram-2026"))

    def test_a_link_that_has_expired_says_so_and_offers_another(self):
        for link in (self._link(self.newcomer, expiration=-1), "/web/signup?token=x", f"{self._link(self.newcomer)}x"):
            self._assert_offers_a_new_one(self.url_open(link))
            self._assert_offers_a_new_one(self._send(link, login="newcomer", name="newcomer"))
        self.assertFalse(self._knows(self.newcomer, PASSWORD))

    def test_a_link_opens_the_account_that_it_is_for_and_no_other(self):
        self._send(self._link(self.newcomer), login="other", name="other")
        self.assertFalse(self._knows(self.other, PASSWORD))
        self.assertEqual((self.newcomer.login, self.newcomer.name), ("newcomer", "newcomer"))

    def test_whoever_is_in_does_not_take_the_link_of_somebody_else(self):
        self.authenticate("greta", "greta-password-2026")
        page = self.url_open(self._link(self.newcomer))
        # He may set the password of whom the link belongs to, as anybody who holds it: never his own by mistake.
        self.assertNotIn("greta", page.text.partition("<form")[2].partition("</form>")[0])
        self._send(self._link(self.newcomer), login="greta", name="greta")
        self.assertFalse(self._knows(self.greta, PASSWORD))
        self.assertTrue(self._knows(self.greta, "greta-password-2026"))

    def test_a_closed_account_is_not_opened_by_its_old_link(self):
        link = self._link(self.newcomer)
        self.newcomer._leave()
        self._assert_offers_a_new_one(self.url_open(link))
        self._send(link, login="newcomer", name="newcomer")
        self.assertFalse(self.newcomer.active)
        self.assertFalse(self.env["res.users"].search([("login", "=", "newcomer")]))
