import base64
import io
import json
import re

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from . import canaries
from .world import World


@tagged("post_install", "-at_install")
class TestLeaks(World, MockEmail, HttpCase):
    """The ways by which Odoo and dms showed more than they should, each closed. gus moderates another network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(user=cls.wanda, su=False)
        cls.note = env["test.collab.note"].create(
            {
                "name": canaries.WORD,
                "picture": base64.b64encode(canaries.picture()),
                "audience_network_ids": cls.blue.ids,
            }
        )
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        cls.question = env["forum.post"].create(
            {"name": canaries.WORD, "forum_id": forum, "audience_network_ids": cls.blue.ids}
        )
        cls.comment = env["collab.forum.comment"].create({"post_id": cls.question.id, "body": canaries.WORD})
        cls.document = cls._deposit(f"{canaries.WORD}.txt", canaries.WORD.encode(), audience_network_ids=cls.blue.ids)

    @classmethod
    def _deposit(cls, name, content, **audience):
        env = cls.env(user=cls.wanda, su=False)
        upload = env["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": name, "directory_id": tools.id, **audience})

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _call(self, url, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(url, data=body, headers={"Content-Type": "application/json"}).json()

    def _call_kw(self, model, method, *args, **kwargs):
        return self._call("/web/dataset/call_kw", model=model, method=method, args=args, kwargs=kwargs)

    def test_a_forged_header_opens_no_route_that_the_door_does_not_see(self):
        for path in ("/web/database/manager", "/web/database/selector", "/jsonrpc", "/xmlrpc/2/common", "/web/login"):
            for method in ("GET", "POST"):
                with self.subTest(path, method=method):
                    answer = self.url_open(path, headers={"X-Odoo-Database": "zzz"}, method=method)
                    self.assertEqual(answer.status_code, 404)
                    self.assertIn("Page introuvable", answer.text)

    @mute_logger("odoo.http")
    def test_remote_procedure_calls_answer_nobody(self):
        for person in (None, self.greta, self.gus):
            self.authenticate(person and person.login, person and f"{person.login}-password-2026")
            for path in (
                "/xmlrpc/2/common",
                "/xmlrpc/common",
                "/jsonrpc",
                "/json/2/res.users/read",
                "/json/1/x",
                "/doc",
            ):
                with self.subTest(path, person=person and person.login):
                    self.assertEqual(self.url_open(path, data="x", allow_redirects=False).status_code, 404)
            answer = self._call(
                "/web/session/authenticate", db=self.env.cr.dbname, login="wanda", password="wanda-password-2026"
            )
            self.assertEqual(answer["error"]["code"], 404)

    @mute_logger("odoo.http")
    def test_a_member_calls_no_model(self):
        self._as(self.wanda)
        for model, method in (("res.users", "read"), ("dms.file", "search_read"), ("res.users", "change_password")):
            with self.subTest(model, method=method):
                self.assertEqual(self._call_kw(model, method, [[self.wanda.id], ["name"]])["error"]["code"], 404)
        answer = self._call("/web/dataset/call_button", model="res.users", method="action_totp_disable", args=[[1]])
        self.assertEqual(answer["error"]["code"], 404)

    @mute_logger("odoo.http")
    def test_nobody_makes_the_server_fetch_an_address(self):
        for person in (self.wanda, self.bea):
            self._as(person)
            for path in (
                "/html_editor/link_preview_external",
                "/web_editor/video_url/data",
                "/mail/link_preview",
                "/forum/get_url_title",
            ):
                with self.subTest(path, person=person.login):
                    answer = self._call(
                        path,
                        preview_url="http://127.0.0.1/",
                        video_url="http://127.0.0.1/",
                        message_id=1,
                    )
                    self.assertEqual(answer["error"]["code"], 404)

    def test_the_forum_and_the_profiles_of_odoo_are_nobody_s_pages(self):
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        for person in (self.wanda, self.bea, self.ada):
            self._as(person)
            for path in ("/forum/all", f"/forum/{forum}/ask", f"/forum/{forum}/flagged_queue", "/profile/users"):
                with self.subTest(path, person=person.login):
                    self.assertEqual(self.url_open(path).status_code, 404)

    def test_a_stock_page_is_not_one_of_the_platform(self):
        self._as(self.wanda)
        unknown = canaries.without_token(self.url_open("/nothing-there").text)
        for path in ("/website/search?search=a", "/website/info", "/pages", "/sitemap.xml", "/odoo", "/contactus"):
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 404)
                self.assertEqual(canaries.without_token(answer.text), unknown)

    def test_comments_and_files_of_a_document_are_those_of_its_readers(self):
        message = self.document.sudo().message_post(body=canaries.WORD)
        content = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.file"), ("res_id", "=", self.document.id), ("res_field", "=", "content_file")]
        )
        for person, sees in ((self.bea, True), (self.gus, False)):
            with self.subTest(person.login):
                self.assertEqual(message.with_user(person).has_access("read"), sees)
                self.assertEqual(content.with_user(person).has_access("read"), sees)

    @mute_logger("odoo.http")
    def test_the_messages_and_files_of_odoo_are_no_screen_of_the_federations(self):
        self.document.sudo().message_post(body=canaries.WORD)
        content = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.file"), ("res_id", "=", self.document.id), ("res_field", "=", "content_file")]
        )
        for person in (self.bea, self.ada):
            self._as(person)
            with self.subTest(person.login):
                answers = (
                    self._call("/mail/thread/messages", thread_model="dms.file", thread_id=self.document.id),
                    self._call_kw("mail.message", "search_read", [], ["body"]),
                    self._call_kw("ir.attachment", "search_read", [], ["raw"]),
                )
                self.assertEqual({answer["error"]["code"] for answer in answers}, {404})
        self._as(self.bea)
        self.assertEqual(self.url_open(f"/web/content/{content.id}").status_code, 404)

    def test_a_snippet_of_the_website_shows_what_its_visitor_may_read(self):
        for person, sees in ((self.bea, True), (self.gus, False)):
            note = self.note.with_user(person).sudo()
            with self.subTest(person.login):
                Filter = self.env(user=person.id, su=True)["website.snippet.filter"]
                shown = Filter.new({"field_names": "name", "limit": 1})._filter_records_to_values(
                    note, res_model="test.collab.note"
                )
                self.assertEqual(len(shown), int(sees))

    def test_a_published_picture_is_for_its_audience(self):
        for person, sees in ((self.bea, True), (self.gus, False)):
            self._as(person)
            answer = self.url_open(f"/web/image/test.collab.note/{self.note.id}/picture")
            self.assertEqual(canaries.is_picture(answer.content), sees, person.login)

    def test_a_token_that_is_passed_on_opens_nothing(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": canaries.WORD.encode(), "res_model": "test.collab.note", "res_id": self.note.id}
        )
        [token] = attachment.generate_access_token()
        folder = self.document.directory_id
        self.assertFalse(self.document.with_user(self.gus).check_access_token(folder.sudo()._portal_ensure_token()))
        # The route is an administrator's, and the token nothing even to him whom it would open to.
        for person, sees in ((self.ada, True), (self.bea, False), (self.gus, False)):
            self._as(person)
            answer = self.url_open(f"/web/content/{attachment.id}?access_token={token}")
            self.assertEqual(answer.content == canaries.WORD.encode(), sees, person.login)

    def test_a_follower_who_may_not_read_any_more_is_told_nothing(self):
        self.wanda.email, self.gus.email, self.bea.email = ("wanda@x.example", "gus@x.example", "bea@x.example")
        self.note.sudo().message_subscribe((self.bea | self.gus).partner_id.ids)
        with self.mock_mail_gateway():
            message = self.note.sudo().message_post(
                body=canaries.WORD, message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        self.assertEqual(message.notified_partner_ids, self.bea.partner_id)
        self.assertFalse(message.with_user(self.gus).has_access("read"))

    def test_a_colleague_reads_neither_the_address_book_nor_the_accounts(self):
        colleague = self._user("walt", organisation=self.wanda.partner_id.parent_id)
        colleague.partner_id.write({"phone": "0600000000", "comment": canaries.WORD})
        env = self.env(user=self.wanda, su=False)
        self.assertFalse(env["res.partner"].search([("id", "=", colleague.partner_id.id)]))
        self.assertFalse(env["res.users"].search([("id", "=", colleague.id)]))
        self.assertFalse(env["res.partner"].browse(colleague.partner_id.id).read(["phone"]))

    def test_the_counts_beside_tags_are_of_what_the_reader_may_read(self):
        category = self.env["dms.category"].create({"name": "c"})
        tag = self.env["dms.tag"].create({"name": "t", "category_id": category.id})
        self.document.sudo().tag_ids = tag
        for person, count in ((self.bea, 1), (self.gus, 0)):
            Document = self.env(user=person.id, su=False)["dms.file"]
            panel = Document.search_panel_select_multi_range("tag_ids", enable_counters=True)
            shown = {value["id"]: value.get("__count", 0) for value in panel["values"]}
            self.assertEqual(shown.get(tag.id, 0), count, person.login)

    @mute_logger("odoo.http")
    def test_an_error_tells_a_member_neither_code_nor_path(self):
        for person in (self.wanda, self.ada):
            self._as(person)
            for path, params in (
                ("/web/dataset/call_kw", {}),
                (
                    "/web/dataset/call_kw",
                    {"model": "dms.file", "method": "nothing_of_the_kind", "args": [], "kwargs": {}},
                ),
                (
                    "/web/dataset/call_kw",
                    {"model": "dms.file", "method": "search", "args": [[["x", "=", 1]]], "kwargs": {}},
                ),
                ("/web/session/authenticate", {"db": "x"}),
            ):
                with self.subTest(path, person=person.login, params=params):
                    answer = self._call(path, **params)["error"]
                    self.assertEqual(answer["data"]["debug"], "")
                    for clue in ("Traceback", ".py", "SELECT", "/odoo"):
                        self.assertNotIn(clue, json.dumps(answer))

    def test_by_rpc_too_what_is_hidden_is_like_what_does_not_exist(self):
        self._as(self.gus)
        for hidden in (self.note, self.document, self.question, self.comment):
            model = hidden._name
            for method, args in (
                ("read", (["display_name"],)),
                ("web_read", ({"display_name": {}},)),
                ("export_data", (["id"],)),
                ("write", ({"name": "x"},)),
                ("unlink", ()),
                ("copy", ()),
            ):
                with self.subTest(model, method=method), mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                    answers = [self._call_kw(model, method, [known], *args) for known in (hidden.id, 999_999)]
                    shown = [str(a.get("result", a.get("error", {}).get("data", {}).get("message"))) for a in answers]
                    self.assertEqual(re.sub(rf"\b{hidden.id}\b", "999999", shown[0]), shown[1])

    def test_an_author_stays_the_author(self):
        own = self.env(user=self.wanda, su=False)["dms.file"].browse(self.document.id)
        with self.assertRaises(AccessError):
            own.write({"create_uid": self.greta.id})
        self.assertEqual(self.document.create_uid, self.wanda)

    def test_no_file_runs_in_the_browser(self):
        page = b"<html><script>alert(1)</script></html>"
        picture = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        self._as(self.ada)
        for name, content, mimetype in (
            ("page.html", page, "text/html"),
            ("picture.svg", picture, "image/svg+xml"),
            ("lie.pdf", page, "text/html"),
        ):
            attachment = self.env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": "test.collab.note",
                    "res_id": self.note.id,
                }
            )
            for query in ("", "?mimetype=text/html", "?mimetype=image/svg%2Bxml", "?download=0"):
                with self.subTest(name, query=query):
                    answer = self.url_open(f"/web/content/{attachment.id}{query}")
                    self.assertEqual(answer.content, content)
                    self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
                    self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                    self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        drawing = self.env["ir.attachment"].create(
            {"name": "a.png", "raw": canaries.picture(), "res_model": "test.collab.note", "res_id": self.note.id}
        )
        shown = self.url_open(f"/web/content/{drawing.id}").headers["Content-Disposition"]
        self.assertTrue(shown.startswith("inline"))

    def test_what_nobody_needs_is_not_installed(self):
        unwanted = (
            *("rpc", "api_doc", "iap", "iap_mail", "partner_autocomplete", "snailmail", "sms", "website_sms"),
            *(
                "mail_bot",
                "web_unsplash",
                "base_install_request",
                "google_gmail",
                "microsoft_outlook",
                "privacy_lookup",
            ),
            *(
                "website_slides",
                "survey",
                "calendar_sms",
                "website_payment",
                "cloud_storage",
                "google_address_autocomplete",
            ),
        )
        found = self.env["ir.module.module"].search([("name", "in", unwanted), ("state", "!=", "uninstalled")])
        self.assertFalse(found.filtered(lambda module: module.state != "uninstallable").mapped("name"))
