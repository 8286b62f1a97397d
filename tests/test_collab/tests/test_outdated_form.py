from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import World


@tagged("post_install", "-at_install")
class TestOutdatedForm(World, HttpCase):
    """A form that was opened in another session is not taken: its page says why, and gives back what was typed."""

    def _send(self, typed, **headers):
        self.authenticate("wanda", "wanda-password-2026")
        # Odoo notes each refusal, which is what is asked for here.
        with mute_logger("odoo.http"):
            return self.url_open("/signaler/discussion/1", data={"csrf_token": "old", **typed}, headers=headers)

    def _page_of(self, path):
        return {"Referer": f"{self.base_url()}{path}"}

    def test_what_was_typed_is_given_back_with_a_way_back(self):
        reason = "On reconnaît la personne <b>, rue des Lilas"
        answer = self._send({"reason": reason, "jeton": "a b"}, **self._page_of("/forum/1?page=2"))
        self.assertEqual(answer.status_code, 400)
        page = html.fromstring(answer.content)
        said = page.get_element_by_id("contenu").text_content()
        self.assertIn(reason, said)
        self.assertIn("ouverte depuis trop longtemps", said)
        self.assertNotIn("a b", said, "what is no text of hers")
        self.assertTrue(page.xpath("//main//a[@href='/forum/1?page=2']"))

    def test_a_password_is_never_shown_again(self):
        typed = {"password": "Trois mots simples", "current": "mon ancien secret", "again": "Trois mots simples"}
        answer = self._send(typed, **self._page_of("/mon-compte"))
        self.assertNotIn("mots simples", answer.text)
        self.assertNotIn("ancien secret", answer.text)

    def test_another_site_does_not_have_its_words_shown_here(self):
        for headers in ({}, {"Referer": "https://elsewhere.example/"}):
            with self.subTest(headers):
                self.assertNotIn(
                    "appelez ce numéro", self._send({"reason": "Pour garder, appelez ce numéro"}, **headers).text
                )
