import re

from odoo.tests import HttpCase, tagged

from .common import ForumCase

TOLD = "Quelqu’un vient de modifier ce texte"


@tagged("post_install", "-at_install")
class TestStamp(ForumCase, HttpCase):
    """Nobody undoes, from a page that he has left open, what another has corrected since."""

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

    def test_a_stale_tab_of_the_author_does_not_put_a_name_back(self):
        for text, form, typed in (
            (
                self.question,
                f"/forum/{self.question.id}/corriger",
                {"titre": "Comment ?", "contenu": "Mme Lefèvre, je disais"},
            ),
            (self.answer, f"/forum/{self.answer.id}/corriger", {"contenu": "Mme Lefèvre, je disais"}),
            (self.remark, f"/forum/commentaires/{self.remark.id}/corriger", {"body": "Mme Lefèvre, je disais"}),
        ):
            with self.subTest(text._name, id=text.id):
                hidden = self._open(self.alice, f"/forum/{self.question.id}", form)
                field = "body" if text == self.remark else "content"
                text.with_env(self._as(self.maud))._correct({field: "Une personne"}, "Un nom")
                page = self.url_open(form, data={**hidden, **typed}).text
                self.assertIn(TOLD, page)
                # Both texts are there, hers in the form.
                self.assertIn("Une personne", page)
                self.assertIn("Mme Lefèvre, je disais", page)
                self.assertIn("Une personne", text[field])
                # She has compared them, and saves again: the form carries the stamp of today.
                again = re.search(rf'<form[^>]*action="{form}".*?name="empreinte" value="(\w+)"', page, re.DOTALL)[1]
                self.assertNotIn(TOLD, self.url_open(form, data={**hidden, **typed, "empreinte": again}).text)

    def test_of_two_moderators_the_second_is_told(self):
        for text, kind in ((self.question, "discussion"), (self.answer, "discussion"), (self.remark, "commentaire")):
            with self.subTest(text._name, id=text.id):
                path = f"/forum/moderation/{kind}/{text.id}"
                hidden = self._open(self.maud, path, f"{path}/corriger")
                field = "body" if text == self.remark else "content"
                text.with_env(self._as(self.ada))._correct({field: "Une personne"}, "Un nom")
                typed = {"titre": "Comment faire ?", "contenu": "Quelqu'un", "reason": "Un nom"}
                page = self.url_open(f"{path}/corriger", data={**hidden, **typed}).text
                self.assertIn(TOLD, page)
                self.assertIn("Une personne", text[field])

    def test_what_waits_for_a_moderator_is_looked_at_too(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        form = f"/forum/{self.answer.id}/corriger"
        hidden = self._open(self.alice, f"/forum/{self.question.id}", form)
        self.assertNotIn(TOLD, self.url_open(form, data={**hidden, "contenu": "La première"}).text)
        # The same tab, left open.
        self.assertIn(TOLD, self.url_open(form, data={**hidden, "contenu": "La seconde"}).text)
