import json
import pathlib
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.models.ir_http import BEFORE_CHARTER_ROUTES, OPEN_ROUTES
from odoo.addons.mail.tests.common import MockEmail

ROUTES = pathlib.Path(__file__).parent / "routes.txt"


@tagged("post_install", "-at_install")
class TestDoor(MockEmail, HttpCase):
    """Every route of the registry, called by somebody whom the door must stop."""

    def _routes(self):
        """:return dict[str, tuple]: an address that matches each rule, with the kind of its route"""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            if OPEN_ROUTES.issuperset(routing["routes"]):
                continue
            url = re.sub(r"<(?:model|int|float)[^>]*>", "1", rule.rule)
            url = re.sub(r"<[^>]*>", "x", url)
            found[url] = (routing["type"], rule.methods or {"GET"})
        self.assertGreater(len(found), 200, "the routes of Odoo itself are among them")
        return found

    def _call(self, url, kind, methods):
        if kind == "http":
            method = "GET" if "GET" in methods else sorted(methods - {"OPTIONS", "HEAD"})[0]
            return self.url_open(url, method=method, allow_redirects=False)
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}})
        return self.url_open(url, data=body, headers={"Content-Type": "application/json"}, allow_redirects=False)

    def _assert_stopped(self, url, response, where):
        """Redirected to where he must go first, or refused in the protocol that he speaks."""
        if response.status_code in (301, 303):
            self.assertRegex(response.headers["Location"], rf"(^|//[^/]+){where}(\?|$)", url)
        elif "application/json" in response.headers.get("Content-Type", ""):
            answer = response.json()
            self.assertTrue("error" in answer or response.status_code >= 400, f"{url}: {answer}")
        else:
            self.assertGreaterEqual(response.status_code, 400, url)
            self.assertLess(response.status_code, 500, url)

    @mute_logger("odoo.http")  # each refusal is logged
    def test_an_anonymous_visitor_is_sent_to_the_login_page(self):
        for url, (kind, methods) in self._routes().items():
            with self.subTest(url):
                self._assert_stopped(url, self._call(url, kind, methods), "/web/login")

    @mute_logger("odoo.http")
    def test_a_member_without_charter_is_sent_to_the_charter(self):
        self._nadia()
        for url, (kind, methods) in self._routes().items():
            with self.subTest(url):
                if url in BEFORE_CHARTER_ROUTES:
                    self.assertEqual(self._call(url, kind, methods).status_code, 200)
                else:
                    self._assert_stopped(url, self._call(url, kind, methods), "/charte")

    def test_the_routes_that_are_open_are_those_that_have_been_decided(self):
        """Before the door, and beyond it by the lowest role that has them: one line each in routes.txt."""
        found = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            methods = ",".join(sorted((rule.methods or {"any"}) - {"HEAD", "OPTIONS"}))
            if OPEN_ROUTES.issuperset(routing["routes"]):
                found.add(f"everybody {methods} {rule.rule}")
            elif BEFORE_CHARTER_ROUTES.issuperset(routing["routes"]):
                found.add(f"before the charter {methods} {rule.rule}")
            elif role := self.env["ir.http"]._role_for(routing):
                # What a page may load and run, when it is not what all pages of members may.
                policy = f" {routing['policy']}" if "policy" in routing else ""
                found.add(f"{role}s {methods} {rule.rule}{policy}")
        self.assertEqual(sorted(found), ROUTES.read_text().splitlines())

    def _nadia(self):
        nadia = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": "nadia",
                    "firstname": "Nadia",
                    "lastname": "Test",
                    "password": "nadia-password-2026",
                    "group_ids": self.env.ref("collab_reseaux.group_member").ids,
                }
            )
        )
        self.authenticate("nadia", "nadia-password-2026")
        return nadia

    def test_what_no_route_serves_is_closed_too(self):
        self.env["website.page"].create(
            {
                "name": "Secret",
                "type": "qweb",
                "url": "/secret-page",
                "is_published": True,
                "arch": "<p>SECRET</p>",
            }
        )
        self.env["ir.attachment"].create(
            {"name": "s.txt", "url": "/secret.txt", "raw": b"SECRET", "public": True, "type": "binary"}
        )
        for url in (
            "/secret-page",
            "/secret.txt",
            "/nothing-there",
            "//ressources",
            "/fr/ressources",
            "/%72essources",
        ):
            with self.subTest(url):
                response = self.url_open(url)
                self.assertNotIn("SECRET", response.text)
                self.assertIn("/web/login", response.url)

    def test_the_cookie_of_a_person_who_left_opens_nothing(self):
        user = self._nadia()
        charter = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        user._accept_charter(charter, "127.0.0.1")
        self.env["ir.attachment"].create(
            {"name": "s.txt", "url": "/secret.txt", "raw": b"SECRET", "public": True, "type": "binary"}
        )
        self.assertEqual(self.url_open("/secret.txt").text, "SECRET")
        user.active = False
        self.assertNotIn("SECRET", self.url_open("/secret.txt").text)
        self.assertIn("/web/login", self.url_open("/ressources").url)

    def test_what_must_answer_before_the_door_answers(self):
        for url in (
            "/web/login",
            "/web/reset_password",
            "/charte",
            "/mentions-legales",
            "/confidentialite",
            "/accessibilite",
            "/robots.txt",
        ):
            with self.subTest(url):
                response = self.url_open(url, allow_redirects=False)
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("Odoo", response.text)

    def _post(self, url, **data):
        """Send the form of a page, as its visitor would."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(url).text)[1]
        return self.url_open(url, data={"csrf_token": token, **data})

    def test_the_page_that_was_asked_comes_after_the_charter(self):
        self._nadia()
        page = self.url_open("/ressources?page=1")
        self.assertTrue(page.url.endswith("/charte?redirect=%2Fressources%3Fpage%3D1"), page.url)
        wanted = re.search(r'name="redirect" value="([^"]+)"', page.text)[1]
        charter = self.env["collab.charter"]._current_id()
        page = self._post("/charte", charter_id=charter, agreed="1", redirect=wanted)
        self.assertTrue(page.url.endswith("/ressources?page=1"), page.url)

    def test_an_invited_person_chooses_a_password_and_meets_the_charter(self):
        nadia = self._nadia()
        self.logout()
        nadia.partner_id.signup_prepare(signup_type="signup")
        link = nadia.partner_id._get_signup_url_for_action()[nadia.partner_id.id]
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("nadia", page.text)
        hidden = dict(re.findall(r'name="(token|login|name)" value="([^"]*)"', page.text))
        page = self._post(link, **hidden, password="un-autre-2026", confirm_password="un-autre-2026")
        self.assertIn("/charte", page.url)

    def test_a_forgotten_password_is_asked_for_without_logging_in(self):
        self._nadia().email = "nadia@collab.example"
        self.logout()
        with self.mock_mail_gateway():
            # As a phone writes it.
            page = self._post("/web/reset_password", login="Nadia ")
            self.assertFalse(self._mails, "the answer does not wait for the mail")
            self.env.ref("collab_charte.cron_send_links").method_direct_trigger()
        self.assertEqual(page.status_code, 200)
        self.assertIn("c-notice--good", page.text)
        self.assertEqual([mail["email_to"] for mail in self._mails], [['"Nadia Test" <nadia@collab.example>']])
        self.assertIn("/web/reset_password?", self._mails[0]["body"])

    def test_a_redirection_never_leaves_the_platform(self):
        self._nadia()
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/charte").text)[1]
        charter = self.env["collab.charter"]._current_id()
        response = self.url_open(
            "/charte",
            data={
                "csrf_token": token,
                "charter_id": charter,
                "agreed": "1",
                "redirect": "https://elsewhere.example/x",
            },
            allow_redirects=False,
        )
        self.assertNotIn("elsewhere.example", response.headers["Location"])
