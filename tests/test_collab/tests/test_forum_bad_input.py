import itertools
import re
import time

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.tests.common import CharterCase

HUGE = 10**20
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)><a href=javascript:alert(1)>ici</a>"
# As Word writes them: fifty times what it says.
WORD = (
    '<p class="MsoNormal" style="margin:0cm;mso-pagination:widow-orphan"><span style="mso-fareast-language:FR">'
    "<o:p>&nbsp;</o:p>Une phrase.</span></p><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
)
FIELDS = (
    *("titre", "contenu", "body", "reason", "theme", "territoire", "networks", "territories"),
    *("on", "riche"),
)
SECONDS = 20  # far more than it takes, even here


@tagged("post_install", "-at_install")
class TestForumBadInput(CharterCase, HttpCase):
    """What a page of the forum receives that it did not expect: an answer in French, and nothing half-written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        organisation = cls._organisation("Association", [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=organisation)
        cls.alan = cls._user("alan", organisation=organisation)
        cls.maud = cls._user("maud", "moderator", networks=[cls.blue])
        (cls.alice | cls.alan | cls.maud).lang = "fr_FR"
        cls.theme, cls.forum = next(iter(cls.env["forum.forum"]._by_theme().items()))

    def setUp(self):
        super().setUp()
        self.question = self._said(self.alan, name="Comment faire ?", forum_id=self.forum)
        self._log_in(self.alice)

    def _said(self, person, **vals):
        return self.env(user=person.id, su=False)["forum.post"].create({"content": "<p>Je cherche.</p>", **vals})

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, path, **fields):
        return self.url_open(path, data={"csrf_token": self.token, **fields}, allow_redirects=False)

    def _ask(self, **fields):
        return self._post("/forum/demander", **{"titre": "x", "contenu": "x", "theme": self.theme, **fields})

    def _asked(self):
        return self.env["forum.post"].search([("create_uid", "=", self.alice.id)], order="id desc")

    def _posted_to(self):
        """:return list[str]: every address of the forum that receives something, about what alan has asked"""
        rules = [
            rule.rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule.startswith("/forum") and rule.endpoint.routing.get("members") and "POST" in rule.methods
        ]
        self.assertGreater(len(rules), 8)
        paths = [rule.replace("<string:model>", "discussion").replace("<string:action>", "garder") for rule in rules]
        return sorted(re.sub("<[^>]*>", "x", re.sub("<int:[^>]*>", "{number}", path)) for path in paths)

    def _assert_runs_nothing(self, text):
        for element in html.fromstring(text).iter():
            if element.tag == "script":
                self.assertNotIn("alert(", element.text or "")
            for name, value in element.attrib.items():
                if "alert(" in value:
                    self.assertNotRegex(name, "^on|^(href|src|action|formaction|srcdoc)$", value)

    # What is pasted

    def test_a_megabyte_that_word_wrote_is_read_without_what_word_added(self):
        pasted = WORD * (990_000 // len(WORD))
        began = time.monotonic()
        answer = self._ask(contenu=pasted, riche="1")
        self.assertLess(time.monotonic() - began, SECONDS)
        self.assertEqual(answer.status_code, 303)
        content = self._asked()[0].content
        self.assertIn("Une phrase.", content)
        for added in ("Mso", "mso-", "style", "WordDocument", "o:p"):
            self.assertNotIn(added, content)

    def test_what_is_too_long_is_refused_in_french_at_once_and_kept(self):
        for pasted in (WORD * (1_500_000 // len(WORD)), "<p>Une phrase.</p>" * 20_000, "<b>" * 200_000):
            began = time.monotonic()
            answer = self._ask(contenu=pasted, riche="1")
            self.assertLess(time.monotonic() - began, SECONDS)
            if answer.status_code != 303:
                self.assertIn("Ce texte est trop long.", answer.text)
                self.assertIn("x</textarea>", answer.text, "the title is still there")
        self.assertLessEqual(max([len(post.content) for post in self._asked()], default=0), 100_000)

    def test_three_hundred_mentions_call_twenty_people_and_nobody_waits(self):
        for number in range(30):
            self._user(f"zoe{number}", networks=[self.blue])
        names = " ".join(f"@zoe{number % 30}," for number in range(300))
        for path, field in (("repondre", "contenu"), ("commenter", "body")):
            began = time.monotonic()
            answer = self._post(f"/forum/{self.question.id}/{path}", **{field: names})
            self.assertLess(time.monotonic() - began, SECONDS)
            self.assertEqual(answer.status_code, 303)
        rows = self.env["collab.notification"].search([("kind", "=", "forum_mention")])
        self.assertEqual([len(told) for told in rows.grouped("about_id").values()], [20, 20])

    # What is dangerous

    @mute_logger("odoo.http")
    def test_a_script_in_any_field_of_any_form_is_run_nowhere(self):
        answer = self._said(self.alice, parent_id=self.question.id)
        own = self._said(self.alice, name="x", forum_id=self.forum)
        tokens = itertools.count()
        for person in (self.alice, self.maud):
            self._log_in(person)
            for path in self._posted_to():
                for post in (self.question, answer, own):
                    for rich in ("", "1"):
                        theme = str(self.theme) if rich else SCRIPT
                        fields = dict.fromkeys(FIELDS, SCRIPT) | {"theme": theme, "riche": rich}
                        with self.subTest(path, post=post.id, rich=rich):
                            said = self._post(path.format(number=post.id), **fields, jeton=f"{SCRIPT}{next(tokens)}")
                            self.assertLess(said.status_code, 500)
                            self.assertNotIn("alert", said.headers.get("Location", ""))
                            if said.text:
                                self._assert_runs_nothing(said.text)
        self.assertGreater(len(self._asked()), 2)
        for person in (self.alan, self.maud):
            self._log_in(person)
            paths = [f"/forum/{post.id}" for post in self.env["forum.post"].search([("forum_id", "=", self.forum)])]
            for path in ("/forum", *paths, *(["/moderation"] if person == self.maud else [])):
                self._assert_runs_nothing(self.url_open(path).text)
        for post in self.env["forum.post"].search([]):
            self.assertNotIn("<script", post.content or "")
            self.assertNotIn("onerror=", re.sub("&[a-z]+;[^<]*", "", post.content or ""))

    # What cannot be

    @mute_logger("odoo.http")
    def test_what_no_keyboard_types_is_not_an_error_of_the_platform(self):
        for path in self._posted_to():
            for name in (*FIELDS, "jeton"):
                with self.subTest(path, field=name):
                    answer = self._post(path.format(number=self.question.id), **{name: "a\0b"})
                    self.assertEqual(answer.status_code, 400)
                    self.assertIn("Cette demande n’a pas été comprise", answer.text)
        for path in ("/forum?theme=%00", "/forum/semblables?titre=a%00b", "/forum/demander?titre=%00"):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 400)
        self.assertFalse(self._asked())

    @mute_logger("odoo.http")
    def test_numbers_that_do_not_exist_answer_like_pages_that_do_not(self):
        for person in (self.alice, self.maud):
            self._log_in(person)
            for number in (HUGE, 2**31, 2**31 - 1, 0):
                for path in self._posted_to():
                    if "{number}" in path:
                        with self.subTest(path, number=number, person=person.login):
                            answer = self._post(path.format(number=number), contenu="x", body="x", reason="x")
                            self.assertEqual(answer.status_code, 404)
                with self.subTest(number=number, person=person.login):
                    self.assertEqual(self.url_open(f"/forum/{number}").status_code, 404)
                for name in ("theme", "territoire"):
                    with self.subTest(name, number=number, person=person.login):
                        self.assertEqual(self.url_open(f"/forum?{name}={number}").status_code, 404)
                with self.subTest("page", number=number, person=person.login):
                    self.assertEqual(self.url_open(f"/forum?page={number}").status_code, 200)
                    self.assertEqual(self.url_open(f"/forum/{self.question.id}?page={number}").status_code, 200)

    @mute_logger("odoo.http")
    def test_choices_that_do_not_exist_are_not_chosen(self):
        for name in ("theme", "territoire", "networks", "territories"):
            for value in (str(HUGE), str(2**31), "-1", "x", "1e9", ""):
                with self.subTest(name, value=value):
                    answer = self._ask(**{name: value})
                    self.assertIn(answer.status_code, (200, 303))
                    if name == "theme":
                        said = "Ce choix n’existe plus" if value else "Choisissez un thème."
                        self.assertIn(said, answer.text)
                    if answer.status_code == 303:
                        asked = self._asked()[0]
                        self.assertFalse(asked.territory_id | asked.audience_territory_ids)

    # What has changed meanwhile

    def test_an_answer_to_a_discussion_that_has_been_closed_meanwhile_is_kept_on_the_page(self):
        self.question.with_user(self.maud)._close("Terminé")
        for rich, typed in (("1", "<p>C'est <b>longuement</b> écrit.</p>"), ("", "C'est longuement écrit.")):
            answer = self._post(f"/forum/{self.question.id}/repondre", contenu=typed, riche=rich)
            self.assertEqual(answer.status_code, 200)
            page = " ".join(html.fromstring(answer.text).text_content().split())
            self.assertIn("Cette discussion a été fermée", page)
            self.assertIn("C'est longuement écrit.", page)
        self.assertFalse(self.question.child_ids)

    @mute_logger("odoo.http")
    def test_a_form_without_the_token_of_the_session_writes_nothing(self):
        for path in self._posted_to():
            with self.subTest(path):
                answer = self.url_open(path.format(number=self.question.id), data={"contenu": "x", "reason": "x"})
                self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._asked())
