import io
import re

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestDeletion(World, HttpCase):
    """An author deletes what is his, and puts it back, in the same way for each content, with no script; the page that
    comes next says so, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        cls.reader = cls._user("rita", organisation=cls.houses[cls.blue])
        charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())
        cls.reader._accept_charter(charter, "127.0.0.1")
        (cls.wanda | cls.reader).lang = "fr_FR"
        env = cls.env(user=cls.wanda, su=False)
        upload = env["collab.upload"]._start("guide.txt", 5)
        upload._append(0, io.BytesIO(b"Guide"))
        folder = cls.env.ref("collab_ressources.directory_tools")
        cls.document = upload._deposit({"title": "Le guide", "directory_id": folder.id})
        forum = next(iter(env["forum.forum"]._by_theme().values()))
        question = env["forum.post"].create({"name": "Qui sait ?", "content": "<p>x</p>", "forum_id": forum})
        answer = env["forum.post"].create({"parent_id": question.id, "content": "<p>La mienne</p>"})
        cls.under = env["collab.document.comment"].create({"document_id": cls.document.id, "body": "Sous le guide"})
        # With what the page of each says of it, and where it is read.
        cls.texts = {
            cls.under: ("Supprimer votre commentaire ?", "Sous le guide", f"/ressources/{cls.document.id}"),
            cls.document: ("Supprimer votre document ?", "Le guide", "/ressources"),
            env["collab.forum.comment"].create({"post_id": answer.id, "body": "Sous la réponse"}): (
                *("Supprimer votre commentaire ?", "Sous la réponse", f"/forum/{question.id}"),
            ),
            answer: ("Supprimer votre réponse ?", "La mienne", f"/forum/{question.id}"),
            question: ("Supprimer votre question ?", "Qui sait ?", "/forum"),
        }
        cls.leaflet = env["test.collab.leaflet"].create({"name": "Feuillet", "body": "Plié"})

    def _come(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, url):
        answer = self.url_open(url, data={"csrf_token": self.token})
        self.env.invalidate_all()
        return answer

    def _main(self, text):
        return " ".join(html.fromstring(text).xpath("string(//main)").split())

    def test_each_kind_of_text_is_deleted_once_one_has_been_asked_and_put_back(self):
        self._come(self.wanda)
        for text, (asked, said, place) in self.texts.items():
            with self.subTest(text._name, title=said):
                url = f"/supprimer/{text._slug}/{text.id}"
                page = self._main(self.url_open(url).text)
                self.assertIn(asked, page.replace("\N{NO-BREAK SPACE}", " "))
                self.assertIn(said, page)
                self.assertTrue(text.active, "one has only been asked")
                alone = self.url_open(f"{url}?dialogue=1").text
                self.assertNotIn("<html", alone, "for a script, the question alone")
                answer = self._post(url)
                self.assertFalse(text.active)
                self.assertEqual(answer.url.partition("#")[0], f"{self.base_url()}{place}")
                shown = html.fromstring(answer.text)
                self.assertEqual(len(shown.xpath("//*[@role='status' and @autofocus]")), 1)
                self.assertEqual(len(shown.xpath("//form[starts-with(@action, '/remettre/')]")), 2, "strip, and place")
                self.assertEqual(self._main(answer.text).count("Vous avez supprimé"), 1)
                self.assertNotIn("Vous avez supprimé", self.url_open(place).text, "once")
                self.assertIn("restauré", self._main(self._post(f"/remettre/{text._slug}/{text.id}").text))
                self.assertTrue(text.active)

    def test_what_is_deleted_stands_where_it_was_until_the_page_is_left(self):
        self._come(self.wanda)
        for text in self.texts:
            if place_of(text):
                with self.subTest(text._name):
                    page = html.fromstring(self._post(f"/supprimer/{text._slug}/{text.id}").text)
                    [line] = page.xpath(f"//*[@id='{place_of(text)}']//form")
                    self.assertEqual(line.get("action"), f"/remettre/{text._slug}/{text.id}")
                    self._post(line.get("action"))

    def test_a_content_that_only_declares_itself_is_deleted_too(self):
        leaflet = self.leaflet
        leaflet._withdraw()
        self.assertFalse(leaflet.active)
        self.assertFalse(leaflet.with_user(self.reader).search([("id", "=", leaflet.id)]))
        leaflet._put_back()
        self.assertTrue(leaflet.with_user(self.reader).search([("id", "=", leaflet.id)]))

    def test_to_others_it_is_as_what_does_not_exist(self):
        self._come(self.reader)
        for text in self.texts:
            for number in (text.id, text.id + 1000):
                for url in (f"/supprimer/{text._slug}/{number}", f"/remettre/{text._slug}/{number}"):
                    with self.subTest(url):
                        self.assertEqual(self._post(url).status_code, 404)
                self.assertEqual(self.url_open(f"/supprimer/{text._slug}/{number}").status_code, 404)
        self.assertEqual(self._post("/supprimer/rien/1").status_code, 404)

    def test_what_a_moderator_has_decided_since_is_said_and_nothing_is_put_back(self):
        self._come(self.wanda)
        self._post(f"/supprimer/document/{self.document.id}")
        theirs = self.document.with_user(self.bea)
        theirs._restore()
        theirs._remove("Périmé")
        page = self._main(self._post(f"/remettre/document/{self.document.id}").text)
        self.assertIn("Votre fédération a pris une décision depuis", page)
        self.assertFalse(self.document.active)
        with self.assertRaises(UserError):
            self.document._put_back()

    def test_a_comment_is_said_to_be_published_once_and_its_form_may_forget_it(self):
        self._come(self.reader)
        url = f"/ressources/{self.document.id}"
        typed = {"csrf_token": self.token, "body": "Merci pour ce guide", "jeton": "recu-de-rita"}
        page = html.fromstring(self.url_open(f"{url}/commenter", data=typed).text)
        [said] = page.xpath("//*[@data-received]")
        self.assertEqual((said.text, said.get("data-received")), ("Commentaire publié.", "recu-de-rita"))
        self.assertIn("Merci pour ce guide", "".join(said.getparent().itertext()), "above what it speaks of")
        self.assertNotIn("data-received", self.url_open(url).text)

    def test_a_page_that_says_that_nothing_was_done_leaves_it_to_the_next_one(self):
        self._come(self.wanda)
        answer = self.url_open(
            f"/supprimer/document/{self.document.id}", data={"csrf_token": self.token}, allow_redirects=False
        )
        self.assertEqual(answer.headers["Location"], "/ressources")
        self.assertNotIn("Document supprimé", self.url_open("/forum/1000000000").text)
        self.assertIn("Document supprimé", self.url_open("/forum").text, "whatever page comes next")


def place_of(text):
    """:return str: the id of the element of this text, on the page where it is read"""
    return text._read_url().partition("#")[2]
