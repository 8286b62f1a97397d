import re
from unittest.mock import Mock, patch

from odoo import fields
from odoo.exceptions import AccessDenied, UserError
from odoo.http import root
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import config, mute_logger

from odoo.addons.auth_totp.models.totp import TOTP
from odoo.addons.base.models.res_users import ResUsers
from odoo.addons.collab_charte.models.collab_attempt import LIMIT_ADDRESS, LIMIT_PAIR
from odoo.addons.mail.tests.common import MockEmail

from .world import World

PASSWORD = "wanda-password-2026"


@tagged("post_install", "-at_install")
class TestPasswords(World, TransactionCase):
    def test_a_password_is_long_and_mixed(self):
        for password in ("a", "short-2026", "only lowercase letters", "123456789012345", "ONLYUPPERCASE-"):
            with self.subTest(password), self.assertRaises(UserError):
                self.wanda.password = password
        for password in ("demo-collab-2026", "Trois mots simples", "ÉTÉ à la mer 2026"):
            self.wanda.password = password

    def test_a_password_does_not_expire(self):
        self.assertFalse(self.env["res.groups"].search([("lock_timeout", "!=", 0)]), "nobody is logged out by age")

    def test_a_login_is_the_same_in_capitals(self):
        for login in ("wanda", "WANDA", " Wanda "):
            credential = {"login": login, "password": PASSWORD, "type": "password"}
            self.assertEqual(
                self.env["res.users"].authenticate(credential, {"interactive": True})["uid"], self.wanda.id
            )
        self.assertEqual(self._user("YVES").login, "yves")

    def test_a_password_opens_no_remote_procedure_call(self):
        for person in (self.wanda, self.gus, self.ada):
            with self.assertRaises(AccessDenied):
                credential = {"login": person.login, "password": f"{person.login}-password-2026", "type": "password"}
                self.env["res.users"].authenticate(credential, {"interactive": False})

    def test_a_second_factor_is_demanded_of_the_federations_by_the_setting(self):
        """Off in this database as in the demonstration: by the same setting."""
        for person in (self.wanda, self.gus, self.ada):
            self.assertFalse(person._mfa_type())
        settings = self.env["res.config.settings"].create({"auth_totp_enforce": True})
        settings._onchange_auth_totp_enforce()
        settings.execute()
        self.assertEqual(self.gus._mfa_type(), "totp_mail")
        self.assertEqual(self.ada._mfa_type(), "totp_mail")
        self.assertFalse(self.wanda._mfa_type())

    def test_the_platform_is_installed_with_the_demand(self):
        self.assertEqual(self.policy_installed, "employee_required")


@tagged("post_install", "-at_install")
class TestAttempts(World, HttpCase):
    """Whoever tries passwords: what he sends is no longer looked at, and the others are not disturbed."""

    def setUp(self):
        super().setUp()
        self.looked_at = []
        check = ResUsers._check_credentials

        def spy(user, credential, env):
            self.looked_at.append(credential.get("login"))
            return check(user, credential, env)

        self.startPatcher(patch.object(ResUsers, "_check_credentials", spy))
        # As the proxy says it, whom Odoo believes.
        config["proxy_mode"] = True
        self.addCleanup(config.__setitem__, "proxy_mode", False)

    def _log_in(self, login, password, address="192.0.2.1"):
        """:return str: where it leads"""
        headers = {"X-Forwarded-For": address, "X-Forwarded-Host": "127.0.0.1"}
        page = self.url_open("/web/login", headers=headers)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"csrf_token": token, "login": login, "password": password, "type": "password"}
        self.last = self.url_open("/web/login", data=data, headers=headers, allow_redirects=False)
        return self.last.headers.get("Location", "/web/login")

    def test_one_account_is_tried_a_few_times_from_one_address(self):
        self.authenticate(None, None)
        for _attempt in range(LIMIT_PAIR + 15):
            self.assertIn("/web/login", self._log_in("wanda", "not-hers"))
        self.assertEqual(len(self.looked_at), LIMIT_PAIR)
        self.assertIn("Trop d", self.last.text)
        self.assertIn("/web/login", self._log_in("wanda", PASSWORD), "the right one neither, from there")
        self.assertEqual(len(self.looked_at), LIMIT_PAIR)
        self.assertNotIn("/web/login", self._log_in("WANDA", PASSWORD, "192.0.2.2"))

    def test_a_neighbour_of_whoever_tries_comes_in(self):
        self.authenticate(None, None)
        for _attempt in range(LIMIT_PAIR + 1):
            self._log_in("wanda", "not-hers")
        self.assertNotIn("/web/login", self._log_in("greta", "greta-password-2026"))

    def test_after_a_quarter_of_an_hour_one_tries_again(self):
        self.authenticate(None, None)
        for _attempt in range(LIMIT_PAIR):
            self._log_in("wanda", "not-hers")
        self.env["collab.attempt"].search([]).since = fields.Datetime.subtract(fields.Datetime.now(), minutes=16)
        self.assertNotIn("/web/login", self._log_in("wanda", PASSWORD))

    def test_mistyping_is_forgiven_by_coming_in(self):
        self.authenticate(None, None)
        for _day in range(3):
            for _attempt in range(LIMIT_PAIR - 1):
                self._log_in("wanda", "not-hers")
            self.assertNotIn("/web/login", self._log_in("wanda", PASSWORD))
            self.authenticate(None, None)

    def test_many_accounts_are_not_tried_from_one_address(self):
        Attempt = self.env["collab.attempt"]
        taken = []
        with patch.object(type(Attempt), "_address", lambda self: "192.0.2.1"):
            for number in range(LIMIT_ADDRESS + 30):
                try:
                    with Attempt._counted(str(number)):
                        taken.append(number)
                        raise AccessDenied()
                except AccessDenied:
                    continue
        self.assertEqual(len(taken), LIMIT_ADDRESS)

    def test_the_addresses_of_one_line_are_one(self):
        seen = set()
        for address in ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1"):
            request = Mock(httprequest=Mock(remote_addr=address))
            with patch("odoo.addons.collab_charte.models.collab_attempt.request", request):
                seen.add(self.env["collab.attempt"]._address())
        self.assertEqual(len(seen), 2)

    @mute_logger("odoo.http")
    def test_codes_are_tried_a_few_times(self):
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        self.wanda.totp_secret = secret
        self.authenticate(None, None)
        self.assertIn("/web/login/totp", self._log_in("wanda", PASSWORD))
        page = self.url_open("/web/login/totp")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        looked_at = []
        match = TOTP.match
        with patch.object(TOTP, "match", lambda totp, code, *args: looked_at.append(code) or match(totp, code, *args)):
            for _attempt in range(LIMIT_PAIR + 5):
                self.url_open("/web/login/totp", data={"csrf_token": token, "totp_token": "000000"})
        self.assertLessEqual(len(looked_at), LIMIT_PAIR)

    def test_nobody_learns_who_has_an_account(self):
        self.wanda.email = "wanda@collab.example"
        self.authenticate(None, None)
        pages = set()
        for login in ("wanda", "wanda@collab.example", "nobody@collab.example", "x' OR 1=1", "wanda\u0301"):
            page = self.url_open("/web/reset_password")
            token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
            page = self.url_open("/web/reset_password", data={"csrf_token": token, "login": login})
            self.assertEqual(page.status_code, 200)
            pages.add(re.sub(r'value="[^"]*"', "", page.text))
        self.assertEqual(len(pages), 1)
        for path in ("/web/reset_password", "/web/signup"):
            answers = {
                (answer.status_code, answer.headers.get("Location", "").replace(name, ""))
                for name in ("wanda", "nobody")
                for answer in [self.url_open(f"{path}?signup_email={name}@collab.example", allow_redirects=False)]
            }
            self.assertEqual(len(answers), 1, path)


@tagged("post_install", "-at_install")
class TestLinks(World, MockEmail, TransactionCase):
    """A link to choose a password."""

    def setUp(self):
        super().setUp()
        self.wanda.email = "wanda@collab.example"

    def _run_the_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("collab_charte.cron_send_links").method_direct_trigger()

    @mute_logger("odoo.addons.mail.models.mail_mail", "odoo.addons.collab_charte.models.res_users_letters")
    def test_a_link_that_could_not_leave_leaves_later(self):
        self.env["res.users"].reset_password("wanda")
        with (
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=ConnectionRefusedError()),
        ):
            self._run_the_job()
        self.assertTrue(self.wanda.link_asked)
        with self.mock_mail_gateway():
            self._run_the_job()
        self.assertFalse(self.wanda.link_asked)
        self.assertEqual([mail["email_to"] for mail in self._mails], [['"wanda" <wanda@collab.example>']])

    def test_a_new_password_forgets_the_attempts(self):
        Attempt = self.env["collab.attempt"]
        for _attempt in range(LIMIT_PAIR):
            with self.assertRaises(AccessDenied), Attempt._counted(str(self.wanda.id)):
                raise AccessDenied()
        with self.assertRaises(AccessDenied), Attempt._counted(str(self.wanda.id)):
            self.fail("no longer looked at")
        self.wanda.partner_id.signup_prepare(signup_type="reset")
        token = self.wanda.partner_id._generate_signup_token()
        self.env["res.users"].signup({"password": "soleil-tram-2026"}, token)
        with Attempt._counted(str(self.wanda.id)):
            pass


@tagged("post_install", "-at_install")
class TestInactivity(World, HttpCase):
    """A computer that has been left."""

    def _leave_for(self, session, hours):
        """The session of somebody who has not been seen for so long."""
        session = root.session_store.get(session.sid)
        session["identity-check-next"] -= hours * 3600
        root.session_store.save(session)

    def test_a_member_comes_back_after_lunch_and_not_the_next_day(self):
        session = self.authenticate("wanda", PASSWORD)
        self.assertEqual(self.url_open("/ressources", allow_redirects=False).status_code, 200)
        self._leave_for(session, 11)
        self.assertEqual(self.url_open("/ressources", allow_redirects=False).status_code, 200)
        self._leave_for(session, 13)
        answer = self.url_open("/ressources?page=1", allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/web/login?redirect=%2Fressources%3Fpage%3D1"))
        self.assertIn("/web/login", self.url_open("/ressources").url, "that session is over")

    def test_what_no_user_is_asked_for_is_closed_too(self):
        self.authenticate("wanda", PASSWORD)
        self.env["ir.attachment"].create({"name": "s", "url": "/secret.txt", "raw": b"SECRET", "public": True})
        self.assertEqual(self.url_open("/secret.txt").text, "SECRET")
        for path in ("/", "/secret.txt", "/nothing-there"):
            session = self.authenticate("wanda", PASSWORD)
            self.url_open("/ressources")
            self._leave_for(session, 13)
            page = self.url_open(path)
            self.assertIn("/web/login", page.url, path)
            self.assertIn("Se connecter", page.text)

    @mute_logger("odoo.http")
    def test_the_backend_asks_a_moderator_for_his_password_again(self):
        session = self.authenticate("gus", "gus-password-2026")
        call = {"params": {"model": "res.users", "method": "search_count", "args": [[]], "kwargs": {}}}
        self.assertIn("result", self.url_open("/web/dataset/call_kw", json=call).json())
        self._leave_for(session, 3)
        answer = self.url_open("/web/dataset/call_kw", json=call).json()["error"]["data"]
        self.assertTrue(answer["name"].endswith("CheckIdentityException"))
        credential = {"type": "password", "login": "gus", "password": "gus-password-2026"}
        self.url_open("/auth-timeout/session/check-identity", json={"params": credential})
        self.assertIn("result", self.url_open("/web/dataset/call_kw", json=call).json())
