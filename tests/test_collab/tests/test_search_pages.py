import re
from urllib.parse import quote

from lxml import html

from odoo.tests import HttpCase, tagged

from .world import World

WORD = "Kanariphone"
TITLE = f"{WORD} des bus du matin"


@tagged("post_install", "-at_install")
class TestSearchPages(World, HttpCase):
    """One search over all contents: what I may read, and no trace of the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leaflets = cls.env["test.collab.leaflet"].with_user(cls.wanda).sudo(False)
        cls.leaflet = leaflets.create({"name": TITLE, "audience_network_ids": cls.blue.ids})
        # As at the end of a request.
        cls.env.cr.flush()

    def _come(self, person):
        self.env.flush_all()
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _page(self, address=f"/recherche?q={WORD}"):
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.content)

    def _suggested(self, typed):
        return [one["address"] for one in self.url_open(f"/recherche/suggestions?q={typed}").json()]

    def test_what_is_addressed_to_others_has_no_trace(self):
        self._come(self.wanda)
        [link] = self._page().xpath("//main//h3/a")
        self.assertEqual(link.get("href"), f"/feuillets/{self.leaflet.id}")
        self.assertEqual(len(self._suggested(WORD)), 2, "itself, and all the results")
        # Whoever may not read it gets the page of what does not exist, but for the words that he has typed.
        self._come(self.greta)
        pages = []
        for words in (WORD, "Zzzyxwvuts"):
            answer = self.url_open(f"/recherche?q={words}")
            text = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", answer.text)
            pages.append((answer.status_code, text.replace(words, "…")))
            self.assertEqual(len(self._suggested(words)), 1)
        self.assertEqual(*pages)
        for filters in (f"reseau={self.blue.id}", "type=feuillet", f"auteur={self.wanda.id}"):
            self.assertNotIn(TITLE, self.url_open(f"/recherche?q={WORD}&{filters}").text)

    def test_the_author_of_what_is_found_is_a_filter_and_nobody_else_is(self):
        self._come(self.wanda)
        chosen = self._page().xpath("//main//details[contains(., 'Auteur')]//a")
        self.assertEqual([link.get("href") for link in chosen], [f"/recherche?q={WORD}&auteur={self.wanda.id}"])

    def test_who_finds_nothing_asks_the_forum_with_these_words_in_the_title(self):
        self._come(self.greta)
        words = "Zzzyxwvuts & « co » ?"
        [link] = self._page(f"/recherche?q={quote(words)}").xpath("//main//a[contains(., 'Poser la question')]")
        form = self._page(link.get("href")).get_element_by_id("ask")
        [title] = form.xpath(".//textarea[@name='titre']")
        self.assertEqual(title.text.strip(), words)

    def test_an_address_fills_in_nothing_else_of_a_question(self):
        self._come(self.greta)
        theme = next(iter(self.env["collab.theme"]._labels()))
        long = "x" * 500
        page = self._page(f"/forum/demander?titre={long}&contenu=PIEGE&theme={theme}&networks=1")
        form = page.get_element_by_id("ask")
        [title] = form.xpath(".//textarea[@name='titre']")
        self.assertEqual(title.text.strip(), "x" * 200)
        self.assertNotIn("PIEGE", html.tostring(form).decode())
        self.assertFalse(form.xpath(".//option[@selected][@value!='']"))
        self.assertFalse(form.xpath(".//input[@checked]"))

    def test_who_comes_from_the_results_to_a_content_has_opened_it(self):
        self._come(self.wanda)
        home = self.base_url()
        question = self.env["forum.post"].with_user(self.wanda).sudo(False)
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        post = question.create({"name": f"{WORD} ?", "content": "<p>Dites.</p>", "forum_id": forum})
        self.env.flush_all()
        facts = self.env["collab.fact"].search([("user_id", "=", self.wanda.id), ("kind", "=", "open")])
        self.assertFalse(facts)
        for page, opened in (
            ("https://ailleurs.example/recherche?q=x", False),
            (f"{home}/forum", False),
            (f"{home}/recherche?q={WORD}", True),
        ):
            self.url_open(f"/forum/{post.id}", headers={"Referer": page})
            found = self.env["collab.fact"].search([("user_id", "=", self.wanda.id), ("kind", "=", "open")])
            self.assertEqual(found.mapped("content"), ["discussion"] if opened else [], page)
