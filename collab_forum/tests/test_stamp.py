import re

from odoo.tests import HttpCase, tagged

from .common import ForumCase

TOLD = "Quelqu’un vient de modifier ce texte"


@tagged("post_install", "-at_install")
class TestStamp(ForumCase, HttpCase):
    """Nobody undoes, from a page that he has left open, what another has corrected since: see also ``TestForms``."""

    def setUp(self):
        super().setUp()
        self.question = self._ask(self.alice, "Comment faire ?", content="<p>Pour Mme Lefèvre.</p>")
        self.answer = self._answer(self.alice, self.question, "<p>Mme Lefèvre encore.</p>")
        self.remark = self._comment(self.alice, self.question, "Mme Lefèvre toujours")

    def _open(self, person, path, form):
        """:return dict: what a form carries, on a page that this person opens"""
        self.authenticate(person.login, f"{person.login}-password-2026")
        page = self.url_open(path).text
        found = re.search(rf'<form[^>]*action="{form}(?:#\w+)?".*?</form>', page, re.DOTALL)[0]
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found))

    def test_the_author_does_not_put_back_a_name_that_a_moderator_has_taken_away(self):
        for text, page, typed in (
            (
                self.question,
                f"/forum/{self.question.id}/corriger",
                {"titre": "Comment ?", "contenu": "Mme Lefèvre, je disais"},
            ),
            (self.answer, f"/forum/{self.answer.id}/corriger", {"contenu": "Mme Lefèvre, je disais"}),
            (self.remark, f"/forum/{self.question.id}", {"body": "Mme Lefèvre, je disais"}),
        ):
            with self.subTest(text._name, id=text.id):
                form = f"/forum/commentaires/{text.id}/corriger" if text == self.remark else page
                hidden = self._open(self.alice, page, form)
                field = "body" if text == self.remark else "content"
                text.with_env(self._as(self.maud))._correct({field: "Une personne"}, "Un nom")
                said = self.url_open(form, data={**hidden, **typed}).text
                for words in (TOLD, "Une personne", "Mme Lefèvre, je disais"):
                    self.assertIn(words, said)
                self.assertIn("Une personne", text[field])

    def test_what_waits_for_a_moderator_is_looked_at_too(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        form = f"/forum/{self.answer.id}/corriger"
        hidden = self._open(self.alice, form, form)
        self.assertNotIn(TOLD, self.url_open(form, data={**hidden, "contenu": "La première"}).text)
        # The same tab, left open.
        self.assertIn(TOLD, self.url_open(form, data={**hidden, "contenu": "La seconde"}).text)
