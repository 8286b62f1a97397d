from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestLeft(ForumCase, HttpCase):
    """Whoever has asked and left the network keeps his own words, and reads no others any more."""

    def setUp(self):
        super().setUp()
        self.question = self._ask(self.alice, "Ma question", audience_network_ids=self.blue.ids)
        self.own = self._answer(self.alice, self.question, "<p>Ma réponse</p>")
        self.theirs = self._answer(self.alan, self.question, "<p>Sa réponse</p>")
        self.own_remark = self._comment(self.alice, self.question, "Ma remarque")
        self.their_remark = self._comment(self.alan, self.own, "Sa remarque")

    def _leave(self, person):
        person.partner_id.write({"parent_id": False, "network_ids": self.green.ids})
        self.env.flush_all()
        self.env.invalidate_all()

    def _row(self, person):
        Post = self._as(person)["forum.post"]
        [row] = Post._rows(Post._latest_left(Post._reading()))
        return row

    def _page(self, url):
        answer = self.url_open(url)
        return " ".join(answer.text.replace("&#39;", "’").replace("'", "’").split())

    def test_in_the_audience_one_reads_what_others_say(self):
        for record in (self.question, self.own, self.theirs, self.own_remark, self.their_remark):
            self.assertTrue(self._sees(self.alice, record), record)
        self.assertFalse(self._as(self.alice)["forum.post"]._latest_left(self._as(self.alice)["forum.post"]._reading()))

    def test_after_leaving_one_reads_one_s_own_words_and_no_others(self):
        self._leave(self.alice)
        later = self._answer(self.alan, self.question, "<p>Plus tard</p>")
        for record in (self.question, self.own, self.own_remark):
            self.assertTrue(self._sees(self.alice, record), record)
        for record in (self.theirs, self.their_remark, later, self._comment(self.alan, self.question, "Encore")):
            self.assertFalse(self._sees(self.alice, record), record)

    def test_a_moderator_who_has_left_reads_neither_flags_nor_log_and_moderates_no_more(self):
        question = self._ask(self.maud, audience_network_ids=self.blue.ids)
        question.with_env(self._as(self.alan))._report("Nomme une personne")
        question.with_env(self._as(self.ada))._close("Motif")
        flag = question.sudo()._flags()
        other = self._answer(self.alan, self.question)
        other.with_env(self._as(self.ada))._hide("Motif")
        self.assertTrue(self._sees(self.maud, flag))
        self.maud.partner_id.network_ids = self.green
        self.assertTrue(self._sees(self.maud, question))
        self.assertFalse(self._sees(self.maud, flag))
        with self.assertRaises(AccessError):
            question.with_env(self._as(self.maud))._reopen("x")
        self.maud.password = "maud-password-2026"
        self.authenticate("maud", "maud-password-2026")
        self.assertEqual(self.url_open(question._case_url()).status_code, 404)
        self.assertNotIn(question._case_url(), self._page(f"/forum/{question.id}"))

    def test_no_number_no_date_and_no_speaker_tells_what_others_do(self):
        before = self._as(self.alice)["forum.post"]
        numbers = before._facets(before._reading())["total"]
        self.own.with_env(self._as(self.alan))._thank(True)
        self.theirs.with_env(self._as(self.alice))._retain(True)
        self._leave(self.alice)
        self.assertEqual(before._facets(before._reading())["total"], numbers - 1)
        row = self._row(self.alice)
        self.assertEqual((row["answers"], row["retained"], row["approved"]), (None, False, False))
        self.assertEqual((row["answered"], row["waits"], row["is_new"]), (False, False, False))
        Post = self._as(self.alice)["forum.post"]
        self.assertFalse(Post._latest([("id", "=", self.question.id)]), "nor its place in a list")
        self.assertFalse(Post._similar("Ma question"))
        self.assertEqual(Post._count_new(), 0)
        self.assertFalse(Post.search([("is_new", "=", True), ("id", "=", self.question.id)]))
        self.assertFalse(self.question.with_env(self._as(self.alice)).is_new)
        page = self._page(f"/forum/{self.question.id}") if self.authenticate("alice", "alice-password-2026") else ""
        self.assertIn("Ma question", page)
        self.assertNotIn("c-badge--good", page, "nor that one has helped")
        own = self.own.with_env(self._as(self.alice))
        self.assertEqual([page["thanks"] for page in Post._page_rows(own)], [0])
        self.assertEqual(self.question.with_env(self._as(self.alice))._suggest("al"), [])

    def test_no_mail_tells_what_others_say_and_nobody_calls_who_has_left(self):
        self.assertEqual(
            [row["name"] for row in self.question.with_env(self._as(self.alan))._suggest("ali")], ["alice"]
        )
        self.env["collab.notification"].search([]).unlink()
        self._leave(self.alice)
        self._answer(self.alan, self.question, "<p>@alice, voici</p>")
        self._comment(self.alan, self.question, "Et @alice ?")
        self._tomorrow()
        self.assertEqual(self._told(), [])
        self.assertEqual(self.question.with_env(self._as(self.alan))._suggest("ali"), [])

    def test_one_adds_nothing_and_corrects_and_withdraws_one_s_own(self):
        self._leave(self.alice)
        with self.assertRaises(UserError):
            self._answer(self.alice, self.question)
        with self.assertRaises(UserError):
            self._comment(self.alice, self.question)
        self.own.with_env(self._as(self.alice)).write({"content": "<p>Mieux</p>"})
        self.own.with_env(self._as(self.alice))._withdraw()
        self.assertEqual((self.own.content, self.own.active), ("<p>Mieux</p>", False))

    def test_a_question_that_waits_is_still_its_author_s(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        pending = self._ask(self.alice, audience_network_ids=self.blue.ids)
        self.assertTrue(self._sees(self.alice, pending))
        self.assertTrue(self._as(self.alice)["forum.post"]._latest([("id", "=", pending.id)]))
        self._leave(self.alice)
        self.assertTrue(self._sees(self.alice, pending))

    def test_the_page_shows_one_s_own_words_and_says_why(self):
        self._leave(self.alice)
        self.alice.password = "alice-password-2026"
        self.authenticate("alice", "alice-password-2026")
        page = self._page(f"/forum/{self.question.id}")
        for text in ("Ma question", "Ma réponse", "Ma remarque", "vous lisez seulement ce que vous avez écrit"):
            self.assertIn(text, page)
        for text in ("Sa réponse", "Sa remarque", "2 réponses", self.alan.name, "/repondre"):
            self.assertNotIn(text, page)
        page = self._page("/forum")
        self.assertIn("Vos autres questions", page)
        self.assertIn("Ma question", page)
        self.assertNotIn(self.alan.name, page)
        for filters in (f"theme={self.theme.id}", "etat=sans-reponse", "etat=resolues", "etat=suivies"):
            self.assertNotIn("Ma question", self._page(f"/forum?{filters}"))
        self.assertEqual(self.url_open("/forum/semblables?titre=Ma question").json(), [])
        self.assertEqual(self.url_open(f"/forum/{self.theirs.id}").status_code, 404)
