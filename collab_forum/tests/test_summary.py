import random

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ForumCase

SEEDS = (1, 15, 2026)
STEPS = 60


@tagged("post_install", "-at_install")
class TestSummary(ForumCase):
    """What lists say of a question is what a reader would count himself, whatever has been done before."""

    def _stored(self, question):
        return (
            question.child_count,
            question.has_validated_answer,
            question.has_approved_answer,
            question.answered_date,
            question.last_author_id,
            question.content_date,
        )

    def _counted(self, question):
        """:return tuple: as ``_stored``, from what all readers may read, one text after the other"""
        answers = question.with_context(active_test=False).child_ids.filtered("is_shown")
        posts = [question, *answers]
        said = [(post.shown_date, bool(post.parent_id), post.id, post.create_uid) for post in posts if post.shown_date]
        for post in posts:
            if post.is_shown:
                said += [
                    (comment.shown_date, 2, comment.id, comment.create_uid)
                    for comment in post.comment_ids
                    if comment.is_shown
                ]
        last = max(said, default=(question.content_date, 0, 0, question.create_uid))
        others = [answer.shown_date for answer in answers if answer.create_uid != question.create_uid]
        return (
            len(answers),
            any(answers.mapped("is_correct")),
            any(answers.mapped("is_approved")),
            min(others, default=False),
            last[3],
            last[0],
        )

    def _assert_summed_up(self, questions, *done):
        self.env.flush_all()
        self.env.invalidate_all()
        for question in questions.exists().filtered(lambda post: not post.parent_id):
            self.assertEqual(self._stored(question), self._counted(question), (question.id, *done))

    def _merged(self, prepare):
        """:return forum.post: the question into which another one has been merged, after something was done to it"""
        kept, other = self._ask(self.alice), self._ask(self.chloe, "La même")
        self._comment(self.alan, other)
        prepare(other.with_env(self._as(self.maud)))
        other.with_env(self._as(self.maud))._merge_into(kept.with_env(self._as(self.maud)), "Déjà demandé")
        self._assert_summed_up(kept)
        return kept

    def test_a_question_that_nobody_reads_counts_nowhere_once_it_is_merged(self):
        for state in ("hidden", "pending"):
            with self.subTest(state):
                kept = self._merged(lambda question, state=state: question.sudo().write({"state": state}))
                self.assertEqual(self._stored(kept)[:5], (0, False, False, False, self.alice))
        with self.assertRaisesRegex(UserError, "in the bin"):
            self._merged(lambda question: question._remove("x"))

    def test_a_question_that_was_read_counts_once_it_is_merged(self):
        kept = self._merged(lambda question: None)
        self.assertEqual((kept.child_count, kept.last_author_id, bool(kept.answered_date)), (1, self.alan, True))

    def test_a_comment_that_is_gone_for_good_is_not_the_last_word(self):
        question = self._ask(self.alice)
        self._comment(self.alan, question).sudo().unlink()
        self.assertEqual(question.last_author_id, self.alice)

    def test_after_any_sequence_of_deeds_the_summary_is_what_one_counts(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self._live(random.Random(seed))  # noqa: S311  # the same one each time

    def _live(self, chance):
        posts = (self._ask(self.maud) | self._ask(self.gus)).sudo()
        comments = self.env["collab.forum.comment"]
        deeds = []
        for _ in range(STEPS):
            self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", chance.choice("009"))
            person, moderator = chance.choice([self.alice, self.alan, self.chloe]), chance.choice([self.maud, self.ada])
            post = chance.choice(posts)
            text = chance.choice([post, *comments]).with_env(self._as(moderator))
            own = text.with_env(self._as(text.sudo().create_uid))
            answer, kept = post.with_env(self._as(moderator)), chance.choice(posts).with_env(self._as(moderator))
            name, act = chance.choice(
                [
                    ("ask", lambda person=person: self._ask(person)),
                    ("answer", lambda person=person, post=post: self._answer(person, post)),
                    ("comment", lambda person=person, post=post: self._comment(person, post)),
                    ("accept", text._accept),
                    ("hide", lambda text=text: text._hide("x")),
                    ("show", lambda text=text: text._show("x")),
                    ("remove", lambda text=text: text._remove("x")),
                    ("restore", lambda text=text: text._restore("x")),
                    ("withdraw", own._withdraw),
                    ("approve", lambda answer=answer: answer._approve(True)),
                    ("retain", lambda post=post: post.with_env(self._as(post.sudo().asker_id))._retain(True)),
                    ("close", lambda answer=answer: answer._close("x")),
                    ("reopen", lambda answer=answer: answer._reopen("x")),
                    ("merge", lambda answer=answer, kept=kept: answer._merge_into(kept, "x")),
                    ("suspend", lambda p=person, m=moderator: p.with_env(self._as(m))._suspend("x")),
                    ("resume", lambda p=person, m=moderator: p.with_env(self._as(m))._resume("x")),
                    ("purge", lambda text=text: text.sudo()._purge()),
                ]
            )
            deeds.append((name, text._name, text.id))
            try:
                with self.env.cr.savepoint():
                    done = act()
            except UserError:
                # Not for this person, or not now: nothing has changed, and that is looked at too.
                done = None
            if done is not None and done._name == "forum.post":
                posts |= done.sudo()
            elif done is not None and done._name == comments._name:
                comments |= done.sudo()
            posts, comments = posts.exists(), comments.exists()
            if not posts:
                posts = self._ask(self.gus).sudo()
            self._assert_summed_up(posts, deeds[-5:])
