from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestDeletion(ForumCase):
    """What an author deletes of his own, and puts back."""

    def setUp(self):
        super().setUp()
        self.question = self._ask(self.alice)
        self.answer = self._answer(self.alan, self.question)
        self.mine = self.answer.with_env(self._as(self.alan))

    def _kinds(self, text):
        Action = self.env["collab.action"]
        return Action.search(Action._naming_domain(text), order="id").mapped("kind")

    def test_an_answer_comes_back_with_all_that_was_said_of_it(self):
        remark = self._comment(self.chloe, self.answer)
        self.answer.with_env(self._as(self.chloe))._thank(True)
        self.answer.with_env(self._as(self.alice))._retain(True)
        self.answer.with_env(self._as(self.maud))._approve(True)
        self.answer.with_env(self._as(self.chloe))._report("Une adresse")
        flag, seen = self.answer.sudo()._flags(), self._readers(self.answer)
        before = self.question.read(["child_count", "has_validated_answer", "has_approved_answer", "answered_date"])
        for _time in range(2):
            self.mine._withdraw()
            self.assertEqual(self._readers(self.answer), ["ala", "mau", "gus", "ada"])
            self.assertFalse(self._sees(self.chloe, remark))
            self.assertEqual((self.question.child_count, flag.is_closed), (0, True))
            for _click in range(2):
                self.mine._put_back()
            self.assertEqual(self._readers(self.answer), seen)
            self.assertTrue(self._sees(self.chloe, remark))
            self.assertEqual((self.answer.vote_count, self.answer.is_correct, self.answer.is_approved), (1, True, True))
            self.assertEqual((self.answer.removed_date, flag.is_closed, flag.outcome), (False, False, False))
            fields = ["child_count", "has_validated_answer", "has_approved_answer", "answered_date"]
            self.assertEqual(self.question.read(fields), before)
        self.assertEqual(self._kinds(self.answer), ["approve", *["withdraw", "put_back"] * 2])
        self.assertIn(self.answer, [item[1] for item in self._as(self.maud)["collab.queue"]._items()])

    def test_the_log_does_not_keep_the_title_of_what_an_author_deletes(self):
        other = self._ask(self.alice, "Un nom dans un titre")
        other.with_env(self._as(self.alice))._withdraw()
        Action = self.env["collab.action"]
        self.assertFalse(Action.search(Action._naming_domain(other)).title)

    def test_nobody_is_told_for_ten_seconds_nor_at_all_once_it_is_undone(self):
        self.answer.with_env(self._as(self.chloe))._report("Une adresse")
        self.env["collab.notification"].search([]).unlink()
        self.mine._withdraw()
        self.assertEqual(self._waiting(), [("chloe", "flag", "each")])
        self.assertEqual(self._told(), [], "it may be undone yet")
        self.mine._put_back()
        self._tomorrow()
        self.assertEqual((self._waiting(), self._told()), ([], []))
        # Deleted again, for good this time: she is told as if it were the first.
        self.mine._withdraw()
        self._tomorrow()
        [(person, said)] = self._told()
        self.assertEqual(person, "chloe")
        self.assertIn("a été supprimé par son auteur", said)

    def test_what_could_not_be_told_while_it_was_in_the_bin_is_told_once_it_is_back(self):
        self.mine._withdraw()
        self.assertEqual(self._told(), [], "there is nothing to read")
        self.mine._put_back()
        self.assertEqual(self._told(), [("alice", "alan répond à votre question « Comment faire ? »")])

    def test_a_moderator_who_puts_back_at_once_what_he_has_removed_troubles_nobody(self):
        self.answer.with_env(self._as(self.chloe))._report("Une adresse")
        self.env["collab.notification"].search([]).unlink()
        theirs = self.answer.with_env(self._as(self.maud))
        theirs._remove("Une adresse")
        self.assertEqual(self._told(), [])
        theirs._restore()
        self._tomorrow()
        self.assertEqual(self._told(), [])
        self.assertFalse(self.answer.sudo()._flags().is_closed, "it still awaits them")
        theirs._remove("Une adresse, vraiment")
        self._tomorrow()
        self.assertEqual([person for person, _subject in self._told()], ["alan", "chloe"])
        theirs._restore()
        self._tomorrow()
        self.assertEqual([person for person, _subject in self._told()], ["alan"])

    def test_only_its_author_puts_back_and_only_what_nobody_else_has_decided_about(self):
        self.mine._withdraw()
        for person in (self.alice, self.chloe, self.maud, self.ada):
            with self.subTest(person.login), self.assertRaises(UserError):
                self.answer.with_env(self._as(person))._put_back()
        self.assertFalse(self.answer.active)
        theirs = self.answer.with_env(self._as(self.maud))
        theirs._restore()
        theirs._remove("Une adresse")
        with self.assertRaisesRegex(UserError, "Your federation has decided"):
            self.mine._put_back()
        self.assertFalse(self.answer.active)
        theirs._restore()
        self.mine._withdraw()
        self.alan.with_env(self._as(self.maud))._suspend("Injures")
        with self.assertRaises(AccessError):
            self.mine._put_back()

    def test_an_answer_retained_meanwhile_stays_the_only_one(self):
        self.answer.with_env(self._as(self.alice))._retain(True)
        self.mine._withdraw()
        other = self._answer(self.chloe, self.question)
        other.with_env(self._as(self.alice))._retain(True)
        self.mine._put_back()
        self.assertEqual((self.answer.is_correct, other.is_correct), (False, True))

    def test_what_others_have_answered_is_closed_and_not_deleted(self):
        asked = self.question.with_env(self._as(self.alice))
        with self.assertRaisesRegex(UserError, "close it instead"):
            asked._withdraw()
        offered = asked._deletion_asked()
        self.assertEqual((offered["verb"], offered["is_grave"]), ("Close the question", False))
        asked._close_own()
        self.assertEqual((self.question.active, self.question.state), (True, "close"))
        self.assertEqual(len(self._readers(self.answer)), 6, "what others have written stays")
        with self.assertRaises(UserError):
            self._answer(self.chloe, self.question)
        self.assertFalse(asked._deletion_asked()["verb"], "nothing more can be done")
        asked._reopen_own()
        self.assertEqual((self.question.state, self.question.closed_date), ("active", False))
        self.assertEqual(self._kinds(self.question), ["close_own", "reopen_own"])
        self.question.with_env(self._as(self.maud))._close("Réglé")
        self.assertFalse(asked._may_reopen_own())
        with self.assertRaises(UserError):
            asked._reopen_own()
        for person in (self.alan, self.maud):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self.question.with_env(self._as(person))._close_own()
        # Once the answer is gone, the question is its author's again.
        self.mine._withdraw()
        self.assertEqual(asked._deletion_asked()["verb"], "Delete the question")
        asked._withdraw()
        self.assertFalse(self.question.active)

    def test_the_question_before_it_is_deleted_counts_what_disappears(self):
        question = self._ask(self.alice, "Qui sait ?")
        own = self._answer(self.alice, question)
        for post in (question, own, own):
            self._comment(self.chloe, post)
        for person in (self.alan, self.chloe):
            question.with_env(self._as(person))._thank(True)
        own.with_env(self._as(self.chloe))._thank(True)
        french = question.with_env(self._as(self.alice.with_context(lang="fr_FR")))
        asked = french._deletion_asked()
        self.assertEqual(asked["title"], "Supprimer votre question\N{NO-BREAK SPACE}?")
        self.assertEqual(
            [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in asked["said"]],
            [
                "« Qui sait ? » ne sera plus visible.",
                "Cela supprime aussi 1 réponse, 3 commentaires et 3 mercis.",
                "Vous pourrez annuler juste après. Ensuite, votre fédération peut le restaurer pendant 30 jours.",
            ],
        )
        self.assertEqual(self.mine._losses(), [], "nothing is said of what there is none of")
