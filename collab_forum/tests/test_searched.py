from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase
from odoo.addons.collab_suivi.content import Part

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestSearched(SearchedCase, ForumCase):
    """What a search reads of a discussion."""

    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()
        self.alan.partner_id.write({"firstname": "Alan", "lastname": "de Turin"})
        self.question = self._ask(
            self.alice,
            "Un refus",
            "<p>La <strong>mairie</strong> refuse.</p>",
            territory_id=self.port.id,
            audience_network_ids=self.blue.ids,
        )
        self.answer = self._answer(self.alan, self.question, "<p>Écrivez au <em>préfet</em>.</p>")
        self.remark = self._comment(self.alan, self.question, "Depuis quand ?")
        self.reply = self._comment(self.alice, self.answer, "J’ai écrit")

    def _by(self, person, record):
        return record.with_env(self._as(person))

    # What it reads

    def test_a_discussion_is_one_result_with_all_that_is_said_in_it(self):
        found = self._searched(self.question)
        self.assertEqual(found.title, "Un refus")
        self.assertEqual(found.said.split("\n"), [self.theme.name, "Port"])
        self.assertEqual(
            found.parts,
            (
                Part("La mairie refuse."),
                Part("Écrivez au préfet.", "Alan T."),
                Part("Depuis quand ?", "Alan T."),
                Part("J’ai écrit", "alice"),
            ),
        )
        self.assertEqual((self.question | self.answer)._searched().keys(), {self.question.id})

    def test_what_all_its_readers_do_not_read_is_not_found(self):
        maud = self._as(self.maud)
        hidden = {
            "an answer that is hidden": (self.answer, "préfet", lambda: self._by(self.maud, self.answer)._hide("x")),
            "one that waits": (self.answer, "préfet", lambda: self.answer.sudo().write({"state": "pending"})),
            "one that is deleted": (self.answer, "préfet", lambda: self._by(self.alan, self.answer)._withdraw()),
            "a comment under an answer that is hidden": (
                *(self.reply, "J’ai écrit"),
                lambda: self._by(self.maud, self.answer)._hide("x"),
            ),
            "a comment that is hidden": (self.remark, "Depuis", lambda: self._by(self.maud, self.remark)._hide("x")),
            "one that waits too": (self.remark, "Depuis", lambda: self.remark.sudo().write({"state": "pending"})),
            "one that is removed": (self.remark, "Depuis", lambda: self.remark.with_env(maud)._remove("x")),
        }
        for what, (_text, words, hide) in hidden.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                self.assertIn(words, self._read(self.question))
                hide()
                self.assertNotIn(words, self._read(self.question))
                self.assertIn("mairie", self._read(self.question))
                savepoint.rollback()

    def test_a_question_that_others_do_not_read_is_not_found_at_all(self):
        for what, hide in (
            ("hidden", lambda: self._by(self.maud, self.question)._hide("x")),
            ("waiting", lambda: self.question.sudo().write({"state": "pending"})),
            ("removed", lambda: self._by(self.maud, self.question)._remove("x")),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertIsNone(self._searched(self.question))
                self.assertIsNone(self._files_of(self.question))
                savepoint.rollback()
        self._by(self.maud, self.question)._close("x")
        self.assertIn("mairie", self._read(self.question))

    def test_what_waits_as_a_correction_is_not_found(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        self._by(self.alice, self.question).write({"content": "<p>La préfecture refuse.</p>"})
        self.assertIn("mairie", self._read(self.question))
        self.assertNotIn("préfecture", self._read(self.question))
        file = self._joined(self.env["collab.forum.attachment"], self.question)
        self.assertTrue(file.edit_id)
        self.assertEqual(self._files_of(self.question), [])
        stamp = self.env["collab.edit"]._of(self.question)._stamp()
        with self._noted(self.question):
            self._by(self.maud, self.question)._accept_edit("", stamp)
        self.assertIn("préfecture", self._read(self.question))
        self.assertEqual(self._files_of(self.question), ["plan.pdf"])

    def test_a_file_of_an_answer_is_found_with_the_discussion(self):
        with self._noted(self.question):
            self._joined(self.env["collab.forum.attachment"], self.answer, "modele.pdf")
        self.assertEqual(self._files_of(self.question), ["modele.pdf"])
        self._by(self.maud, self.answer)._hide("x")
        self.assertEqual(self._files_of(self.question), [])

    def test_whoever_has_left_is_not_named_any_more(self):
        with self._noted(self.question):
            self.alan.partner_id.lastname = "Martin"
        self.assertIn("Alan M.", {part.label for part in self._searched(self.question).parts})
        with self._noted():
            self.alan.partner_id.lastname = "Martin"
        with self._noted(self.question):
            self.alan.active = False
        labels = {part.label for part in self._searched(self.question).parts}
        self.assertEqual(labels, {"", "alice", "Membre parti"})

    def test_many_are_read_as_fast_as_one(self):
        others = self.env["forum.post"]
        for number in range(5):
            others |= self._ask(self.alan, f"Question {number}", territory_id=self.port.id).with_env(self.env)
        for other in others:
            self._comment(self.alice, self._answer(self.alice, other))
        self.assertEqual(self._cost(others), self._cost(self.question))

    # When it is told

    def test_it_is_told_of_all_that_changes_what_it_reads(self):
        kept = self._ask(self.alan, "Le même refus", audience_network_ids=self.blue.ids)
        file = self._joined(self.env["collab.forum.attachment"], self.question)
        question, answer, remark = (self._by(self.maud, one) for one in (self.question, self.answer, self.remark))
        for what, act in (
            ("answer", lambda: self._answer(self.alan, self.question)),
            ("comment", lambda: self._comment(self.alan, self.answer)),
            ("correct a question", lambda: self._by(self.alice, self.question).write({"name": "Un autre titre"})),
            ("classify it", lambda: self._by(self.alice, self.question).write({"territory_id": self.north.id})),
            ("correct an answer", lambda: self._by(self.alan, self.answer).write({"content": "<p>Non.</p>"})),
            ("correct a comment", lambda: self._by(self.alan, self.remark).write({"body": "Ah"})),
            ("hide", lambda: question._hide("x")),
            ("show", lambda: question._show("x")),
            ("hide an answer", lambda: answer._hide("x")),
            ("show an answer", lambda: answer._show("x")),
            ("hide a comment", lambda: remark._hide("x")),
            ("show a comment", lambda: remark._show("x")),
            ("remove a comment", lambda: remark._remove("x")),
            ("restore a comment", lambda: remark._restore()),
            ("correct, as a moderator", lambda: question._correct({"name": "Un titre juste"}, "x")),
            ("move", lambda: question._move(self.other_forum.id, "x")),
            ("delete an answer", lambda: self._by(self.alan, self.answer)._withdraw()),
            ("put an answer back", lambda: self._by(self.alan, self.answer)._put_back()),
            ("remove a file", lambda: file.unlink()),
            ("rename its theme", lambda: self.other_theme.write({"name": "Logement et toit"})),
            ("rename its territory", lambda: self.north.write({"name": "Le Nord"})),
        ):
            with self.subTest(what), self._noted(self.question):
                act()
        with self.subTest("merge"), self._noted(self.question, kept):
            question._merge_into(kept.with_env(question.env), "x")
        self.assertIsNone(self._searched(self.question))
        self.assertIn("La mairie refuse.", self._read(kept))
        with self.subTest("delete for good"), self._noted(kept):
            self.question.sudo().unlink()
        with self.subTest("delete a question for good"), self._noted(kept):
            kept.sudo().unlink()

    def test_it_is_told_of_nothing_that_it_does_not_read(self):
        for what, act in (
            ("see", lambda: self._by(self.alan, self.question)._mark_seen()),
            ("keep", lambda: self._by(self.alan, self.question)._set_mark("favourite", True)),
            ("thank", lambda: self._by(self.alice, self.answer)._thank(True)),
            ("retain", lambda: self._by(self.alice, self.answer)._retain(True)),
            ("flag", lambda: self._by(self.alan, self.question)._report("x")),
        ):
            with self.subTest(what), self._noted():
                act()

    # What narrows a search

    def test_a_search_is_narrowed_as_the_list_is(self):
        Post = self._as(self.alan)["forum.post"]
        other = self._ask(self.alan, "Pour tous", forum_id=self.other_forum.id, territory_id=self.hills.id)
        later = fields.Datetime.now() + timedelta(days=1)
        for chosen, found in (
            ({}, self.question | other),
            ({"network": self.blue.id}, self.question),
            ({"network": self.green.id}, Post),
            ({"territory": self.north.id}, self.question),
            ({"territory": self.region.id}, self.question | other),
            ({"theme": self.other_theme.id}, other),
            ({"theme": 0x7FFFFFFF}, Post),
            ({"author": self.alice.id}, self.question),
            ({"since": later}, Post),
            ({"theme": self.theme.id, "author": self.alan.id}, Post),
        ):
            with self.subTest(chosen):
                domain = Post._search_filter(**chosen)
                mine = Post.search(domain & Post._list_domain() & Domain("id", "in", (self.question | other).ids))
                self.assertEqual(mine, found.with_env(mine.env))

    def test_whoever_has_left_finds_nothing_by_the_words_of_others(self):
        self.alice.partner_id.write({"parent_id": False, "network_ids": self.green.ids})
        self.assertTrue(self._sees(self.alice, self.question))
        Post = self._as(self.alice)["forum.post"]
        self.assertNotIn(self.question.id, Post.search(Post._search_filter()).ids)

    # How it is shown

    def test_a_row_shows_what_was_found_and_escapes_it(self):
        Post = self._as(self.alan)["forum.post"]
        [row] = Post._rows(Post._latest([("id", "=", self.question.id)]))
        shown, found = self._drawn(Post, row)
        self.assertIn("c-answers", shown)
        self.assertNotIn("c-answers", found, "in a list of several kinds, each row begins with its kind")
