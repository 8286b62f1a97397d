import re

from odoo.tests import HttpCase, tagged

from ..controllers.moderation import ForumModeration
from .common import ForumCase

DONE = "Les personnes concernées sont prévenues."
WHY = ("déjà fait", "d’abord", "il n’y a rien à faire", "C’est une réponse", "Personne ne conteste")


@tagged("post_install", "-at_install")
class TestNothingInSilence(ForumCase, HttpCase):
    """What a moderator asks is done, or the page says why it is not."""

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, url, **fields):
        """:return str: the page that answers, whose apostrophes are all alike"""
        answer = self.url_open(url, data={"csrf_token": self.token, "reason": "Motif", **fields})
        self.env.invalidate_all()
        self.assertEqual(answer.status_code, 200, url)
        return " ".join(answer.text.replace("&#39;", "’").replace("'", "’").split())

    def _count_actions(self):
        return self.env["collab.action"].search_count([])

    def _in_each_state(self, make):
        states = {
            "active": {},
            "close": {"state": "close"},
            "pending": {"state": "pending"},
            "hidden": {"state": "hidden"},
            "removed": {"active": False},
        }
        for name, vals in states.items():
            record = make()
            if not (name == "close" and record._name != "forum.post"):
                record.sudo().write(vals)
                yield name, record

    def test_each_button_in_each_state_does_something_or_says_why_not(self):
        # She asks more in a test than in a day.
        self.env["ir.config_parameter"].set_param("collab_reseaux.daily_question", "1000")
        question = self._ask(self.alice)
        self._log_in(self.maud)
        makers = (
            lambda: self._ask(self.alice),
            lambda: self._answer(self.alan, question),
            lambda: self._comment(self.alan, question),
        )
        for make in makers:
            for action, method in {**ForumModeration._actions, "accepter": "_accept"}.items():
                for state, record in self._in_each_state(make):
                    if not hasattr(record, method):
                        continue
                    with self.subTest(record._name, action=action, state=state):
                        before = self._count_actions()
                        page = self._post(f"{record._case_url()}/{action}")
                        done = self._count_actions() > before
                        self.assertEqual(DONE in page, done)
                        self.assertEqual(any(why in page for why in WHY), not done)

    def test_closing_what_is_hidden_says_why_it_cannot(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.maud))._hide("Un nom")
        self._log_in(self.maud)
        page = self._post(f"{question._case_url()}/fermer", reason="Déjà traité")
        self.assertIn("Ce texte est masqué : montrez-le d’abord.", page)
        self.assertIn("Déjà traité</textarea>", page)
        self.assertNotIn(DONE, page)
        question.sudo().write({"state": "pending"})
        self.assertIn("Ce texte attend une relecture", self._post(f"{question._case_url()}/fermer"))
        question.sudo().write({"state": "active", "active": False})
        self.assertIn("Ce texte est dans la corbeille", self._post(f"{question._case_url()}/fermer"))
        self.assertEqual(question.closed_date, False)

    def test_the_form_of_a_page_that_is_late_says_why_nothing_is_done(self):
        question, kept = self._ask(self.alice), self._ask(self.chloe, "Déjà là")
        case = question._case_url()
        self._log_in(self.maud)
        question.sudo().active = False
        for action, fields in (
            ("corriger", {"titre": "Autre", "contenu": "Autre"}),
            ("deplacer", {"theme": self.other_theme.id}),
            ("fusionner", {"autre": f"/forum/{kept.id}"}),
        ):
            with self.subTest(action):
                page = self._post(f"{case}/{action}", **fields)
                self.assertIn("Ce texte est dans la corbeille", page)
                self.assertNotIn(DONE, page)
        answer = self._answer(self.alan, kept)
        answer.with_env(self._as(self.gus))._hide("x")
        page = self._post(f"/forum/{answer.id}/valider")
        self.assertIn("Ce texte est masqué", page)
        self.assertFalse(answer.is_approved)

    def test_who_was_faster_is_named_and_nobody_is_blamed(self):
        ada, hugo = self._as(self.ada), self._as(self._user("hugo", "moderator", networks=[self.blue]))
        question, kept = self._ask(self.alice), self._ask(self.chloe, "Déjà là")
        answer = self._answer(self.alan, kept)
        case = question._case_url()
        self._log_in(self.maud)
        for action, faster, fields in (
            ("corriger", lambda: question.with_env(ada)._correct({"name": "Mieux"}, "x"), {"titre": "Mieux"}),
            ("deplacer", lambda: question.with_env(ada)._move(self.other_forum.id, "x"), {}),
            ("fermer", lambda: question.with_env(ada)._close("x"), {}),
            ("rouvrir", lambda: question.with_env(ada)._reopen("x"), {}),
            ("masquer", lambda: question.with_env(ada)._hide("x"), {}),
            ("montrer", lambda: question.with_env(ada)._show("x"), {}),
            ("supprimer", lambda: question.with_env(ada)._remove("x"), {}),
            ("remettre", lambda: question.with_env(ada)._restore("x"), {}),
            ("suspendre", lambda: self.alice.with_env(hugo)._suspend("x"), {}),
            ("retablir", lambda: self.alice.with_env(hugo)._resume("x"), {}),
            ("fusionner", lambda: question.with_env(ada)._merge_into(kept.with_env(ada), "x"), {}),
        ):
            with self.subTest(action):
                faster()
                typed = {"contenu": "<p>Je cherche.</p>", "riche": "1", "theme": self.other_theme.id}
                before = self._count_actions()
                page = self._post(f"{case}/{action}", **typed, autre=f"/forum/{kept.id}", **fields)
                # Who suspends is named to those of the same network only.
                doer = "hugo (modération)" if action in ("suspendre", "retablir") else "ada (administration)"
                self.assertIn(f"{doer} l’a déjà fait, aujourd’hui.", page)
                self.assertNotIn("c-notice--bad", page)
                self.assertEqual(self._count_actions(), before, "nobody is told twice")
        answer.with_env(ada)._approve(True)
        self.assertIn("ada (administration) l’a déjà fait", self._post(f"/forum/{answer.id}/valider"))
        page = self._post(f"{case}/deplacer", theme=self.theme.id)
        self.assertIn("ada (administration) l’a fusionnée avec une autre discussion, aujourd’hui", page)

    def test_a_double_click_is_told_that_it_is_done(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.alan))._report("x")
        self._log_in(self.maud)
        self._post(f"{question._case_url()}/garder")
        for where in ({}, {"file": "1"}):
            page = self._post(f"{question._case_url()}/garder", **where)
            self.assertIn("Vous l’avez déjà fait.", page)
        self._post(f"{question._case_url()}/suspendre")
        for _ in range(2):
            page = self._post(f"/moderation/suspendus/{self.alice.id}")
        self.assertIn("Vous l’avez déjà fait.", page)

    def test_what_was_closed_then_hidden_is_shown_closed(self):
        question = self._ask(self.alice)
        mine = question.with_env(self._as(self.maud))
        mine._close("x")
        mine._hide("x")
        mine._show("x")
        self.assertEqual(question.state, "close")
