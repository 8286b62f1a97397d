import io
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import canaries


@tagged("post_install", "-at_install")
class TestPages(HttpCase):
    """The pages of a member: what they cost, and what they say to whom they are not addressed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fnars = cls.env.ref("collab_reseaux.network_fnars")
        cls.reseau44 = cls.env.ref("collab_reseaux.network_reseau44")
        cls.department = cls.env.ref("collab_reseaux.territory_d44")
        cls.folder = cls.env.ref("collab_ressources.directory_tools")
        cls.alice = cls._member("alice", cls.fnars, "Nantes", "44000")
        cls.chloe = cls._member("chloe", cls.reseau44, "Saint-Nazaire", "44600")

    @classmethod
    def _member(cls, login, network, city, zipcode):
        organisation = cls.env["res.partner"].create(
            {
                "name": f"Association {login}",
                "is_company": True,
                "network_ids": network.ids,
                "city": city,
                "zip": zipcode,
            }
        )
        user = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": login,
                    "firstname": login.title(),
                    "lastname": "Test",
                    "password": f"{login}-password-2026",
                    "parent_id": organisation.id,
                    "group_ids": cls.env.ref("collab_reseaux.group_member").ids,
                }
            )
        )
        user._accept_charter(cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1")
        return user

    def _deposit(self, user, title="Grille secrète", name="grille.pdf", content=b"%PDF-1.4 CANARY", **audience):
        env = self.env(user=user, su=False)
        upload = env["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        return upload._deposit({"title": title, "directory_id": self.folder.id, **audience})

    def test_the_first_page_and_the_library_cost_the_same_with_more_documents(self):
        queries = {}
        self.authenticate("alice", "alice-password-2026")
        for number in (5, 30):
            for index in range(number):
                self._deposit(self.alice, title=f"Document {number}.{index}")
            for url in ("/", "/ressources"):
                self.url_open(url)  # caches of the server
                before = self.env.cr.sql_log_count
                self.assertEqual(self.url_open(url).status_code, 200)
                queries.setdefault(url, []).append(self.env.cr.sql_log_count - before)
        for url, (few, many) in queries.items():
            with self.subTest(url, queries=(few, many)):
                self.assertLessEqual(many, few)

    @mute_logger("odoo.addons.base.models.ir_qweb")  # website's own search page has an attribute too many
    def test_a_document_for_others_answers_like_one_that_does_not_exist(self):
        document = self._deposit(
            self.alice, audience_network_ids=self.fnars.ids, audience_territory_ids=self.department.ids
        )
        self.authenticate("alice", "alice-password-2026")
        self.assertIn("Grille secrète", self.url_open(f"/ressources/{document.id}").text)
        self.assertEqual(self.url_open(f"/ressources/{document.id}/telecharger").content, b"%PDF-1.4 CANARY")
        self.authenticate("chloe", "chloe-password-2026")
        absent = document.id + 1000
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.file"), ("res_id", "=", document.id), ("res_field", "=", "content_file")]
        )
        for url in (
            "/ressources/{}",
            "/ressources/{}/telecharger",
            "/web/content/dms.file/{}/content_file",
            "/web/content/dms.file/{}/content",
            "/web/image/dms.file/{}/image_128",
            "/web/image?model=dms.file&id={}&field=image_1920",
            "/my/dms/file/{}/download",
        ):
            with self.subTest(url):
                here, nowhere = (self.url_open(url.format(i)) for i in (document.id, absent))
                self.assertEqual(here.status_code, nowhere.status_code)
                self.assertEqual(here.headers["Content-Type"], nowhere.headers["Content-Type"])
                if here.headers["Content-Type"].startswith("text/"):
                    # A page may repeat the address that was asked, and nothing else.
                    texts = [
                        re.sub(rf"(/|\bid=){number}\b", "", canaries.without_token(response.text))
                        for number, response in ((document.id, here), (absent, nowhere))
                    ]
                    self.assertEqual(*texts)
                else:
                    self.assertEqual(here.content, nowhere.content)
                self.assertNotIn(b"CANARY", here.content)
                self.assertNotIn("Grille secrète", here.text)
        self.assertEqual(self.url_open(f"/web/content/{attachment.id}").status_code, 404)
        for url in (
            "/",
            "/ressources",
            f"/ressources?dossier={self.folder.id}",
            "/website/search?search=Grille",
        ):
            with self.subTest(url):
                self.assertNotIn("Grille secrète", self.url_open(url).text)

    def test_nobody_learns_a_name_by_depositing_it_again(self):
        self._deposit(self.alice, name="meme-nom.pdf", audience_network_ids=self.fnars.ids)
        document = self._deposit(self.chloe, name="meme-nom.pdf")
        self.assertEqual(document.name, "meme-nom.pdf")

    def test_no_page_of_a_member_names_odoo(self):
        self._deposit(self.alice)
        self.authenticate("alice", "alice-password-2026")
        for url in ("/", "/ressources", "/ressources/depot", "/charte", "/page-absente"):
            with self.subTest(url):
                page = self.url_open(url).text
                self.assertFalse(re.findall(r".{40}odoo.{40}", page, re.IGNORECASE))
                self.assertIn("Plateforme collaborative</title>", page)

    def _pages(self):
        """:return list[str]: an address of each page that members reach, by their routes"""
        document = self._deposit(self.alice)
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        question = self.env(user=self.alice, su=False)["forum.post"].create({"name": "Question", "forum_id": forum})
        own = {
            "/ressources/<int:document_id>": document.id,
            "/ressources/<int:document_id>/apercu": document.id,
            "/forum/<int:post_id>": question.id,
            "/annuaire/<int:member_id>": self.env["collab.member"]._by_account(self.chloe)[self.chloe.id].id,
        }
        pages = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            # The yardsticks of the bench are pages of Odoo.
            is_ours = routing.get("members") and not rule.rule.startswith("/test/")
            if is_ours and routing["type"] == "http" and "GET" in (rule.methods or {"GET"}):
                pages.append(re.sub("<[^>]+>", str(own.get(rule.rule, 0)), rule.rule))
        self.assertGreater(len(pages), 20)
        return pages

    @mute_logger("odoo.http")
    def test_a_page_of_members_runs_nothing_but_scripts_of_the_platform(self):
        """By its own policy, proxy or not, the page that says that there is nothing there included; and it needs no
        more: it has no script in its text."""
        pages, seen = self._pages(), 0
        self.authenticate("alice", "alice-password-2026")
        for url in pages:
            answer = self.url_open(url, allow_redirects=False)
            if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.is_redirect:
                continue
            seen += answer.status_code == 200
            with self.subTest(url):
                [policy] = answer.raw.headers.getlist("Content-Security-Policy")
                rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
                self.assertEqual(rules["script-src"], "'self'")
                self.assertEqual(rules["default-src"], "'self'")
                self.assertEqual(rules["object-src"], "'none'")
                for name in ("base-uri", "form-action", "frame-ancestors"):
                    self.assertEqual(rules[name], "'self'")
                for tag in re.findall(r"<script\b[^>]*>", answer.text):
                    self.assertRegex(tag, r'src="/|type="application/json"')
                self.assertNotRegex(answer.text, r"<[^>]* on[a-z]+=|javascript:")
        self.assertGreater(seen, 12)

    def test_the_backend_keeps_the_policy_of_the_proxy(self):
        moderator = self._member("maud", self.fnars, "Nantes", "44000")
        moderator.partner_id.network_ids = self.fnars
        moderator.group_ids = self.env.ref("collab_reseaux.group_moderator")
        self.authenticate("maud", "maud-password-2026")
        self.assertNotIn("Content-Security-Policy", self.url_open("/odoo").headers)

    def test_pages_carry_neither_marks_of_the_template_engine_nor_addresses_that_run_a_script(self):
        self.authenticate("alice", "alice-password-2026")
        self.assertNotIn("__is_static_node", self.url_open("/ressources").text)
        view = self.env["ir.ui.view"].create(
            {"name": "x", "type": "qweb", "key": "collab_x.x", "arch": '<a t-att-href="address">x</a>'}
        )
        page = self.env["ir.qweb"]._render(view.key, {"address": "javascript:alert(1)"})
        self.assertNotIn("javascript", page)
