import io
import json
import zipfile
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestPost(ForumCase):
    """What members ask and answer, and who reads it."""

    # Who reads what

    def test_a_text_passes_the_gate_whoever_writes_it_and_by_whatever_way(self):
        bad = '<p onclick="x()" lang="fr">un<script>alert(1)</script><img src="https://x.example/a.png"></p>'
        question = self._ask(self.alice, content=bad)
        self.assertEqual(question.content, "<p>un</p>")
        # The platform itself: Odoo's own sanitizer is off for this field.
        question.sudo().write({"content": bad.replace("un", "deux")})
        edit = self.env["collab.edit"].sudo().create({"res_model": "forum.post", "res_id": question.id, "content": bad})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((question.content, edit.content), ("<p>deux</p>", "<p>un</p>"))
        edit.write({"content": bad.replace("un", "trois")})
        self.assertEqual(edit.content, "<p>trois</p>")

    def test_a_newcomer_asks_answers_comments_thanks_and_flags_on_his_first_day(self):
        newcomer = self._user("newcomer")
        question = self._ask(newcomer, content='<p><a href="https://www.service-public.fr">ici</a></p>')
        self.assertEqual(question.state, "active")
        self.assertEqual(self._readers(question), ["ali", "ala", "chl", "mau", "gus", "ada"])
        answer = self._answer(newcomer, self._ask(self.alice))
        comment = self._comment(newcomer, answer)
        self.assertTrue(self._sees(self.chloe, answer) and self._sees(self.chloe, comment))
        self._answer(self.chloe, question).with_user(newcomer)._thank(True)
        self._answer(self.chloe, question).with_user(newcomer)._report("Publicité")

    def test_answers_and_comments_are_read_by_whom_reads_the_question(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        answer = self._answer(self.alan, question)
        comment = self._comment(self.alice, answer)
        for record in (question, answer, comment):
            self.assertEqual(self._readers(record), ["ali", "ala", "mau", "ada"], record)
        question.with_env(self._as(self.alice)).write({"audience_network_ids": [Command.clear()]})
        for record in (question, answer, comment):
            self.assertEqual(len(self._readers(record)), 6, record)

    def test_whoever_answered_and_left_the_network_reads_neither(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        answer = self._answer(self.alan, question)
        comment = self._comment(self.alan, answer)
        self.alan.partner_id.write({"parent_id": False, "network_ids": self.green.ids})
        for record in (question, answer, comment):
            self.assertNotIn("ala", self._readers(record))
        self.alice.partner_id.write({"parent_id": False, "network_ids": self.green.ids})
        self.assertIn("ali", self._readers(question), "it is her question")
        for record in (answer, comment):
            self.assertNotIn("ali", self._readers(record), "others' words are for whom they address")

    def test_before_the_charter_one_neither_reads_nor_writes(self):
        nadia = self._user("nadia", accepts=False)
        question = self._ask(self.alice)
        self.assertFalse(self._sees(nadia, question))
        with self.assertRaises(AccessError):
            self._ask(nadia)
        with self.assertRaises(UserError):
            self._answer(nadia, question)
        self.assertEqual(self._as(nadia)["forum.post"]._count_new(), 0)
        self.assertEqual(self._as(nadia)["forum.post"]._similar("comment faire"), self.env["forum.post"])

    def test_an_author_addresses_those_he_belongs_to(self):
        with self.assertRaises(ValidationError):
            self._ask(self.alice, audience_network_ids=self.green.ids)

    def test_what_it_is_about_is_not_who_reads_it(self):
        question = self._ask(self.alice, territory_id=self.hills.id)
        self.assertTrue(self._sees(self.chloe, question))

    def test_what_may_not_be_read_answers_like_what_does_not_exist(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        hidden = self._ask(self.alice)
        hidden.with_env(self._as(self.maud))._hide("Coordonnées d'une personne")
        gone = self._ask(self.alice)
        nothing = gone.browse(gone.id)
        gone.sudo().unlink()
        for record in (question, hidden, nothing):
            mine = record.browse(record.id).with_env(self._as(self.chloe))
            self.assertFalse(mine.read(["name"]))
            with self.assertRaises(MissingError):
                mine.check_access("read")
            for act in (
                lambda mine=mine: mine._thank(True),
                lambda mine=mine: mine._report("x"),
                lambda mine=mine: self._answer(self.chloe, mine),
                lambda mine=mine: self._comment(self.chloe, mine),
                lambda mine=mine: mine._suggest("al"),
            ):
                with self.assertRaises(MissingError):
                    act()

    # Writing

    def test_a_member_writes_what_is_his_to_write_and_nothing_else(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        for vals in (
            {"views": 1000},
            {"create_uid": self.alan.id},
            {"moderator_id": self.alice.id},
            {"flag_user_id": self.alan.id},
            {"state": "pending"},
            {"active": False},
            {"is_correct": True},
            {"is_approved": True},
            {"tag_ids": [Command.clear()]},
            {"vote_count": 12},
            {"asker_id": self.alan.id},
            {"is_shown": True},
            {"shown_date": fields.Datetime.now()},
            {"last_author_id": self.alan.id},
            {"child_count": 3},
            {"message_follower_ids": []},
        ):
            for person in (self.alice, self.maud, self.ada):
                with self.subTest(vals, person=person.login), self.assertRaises(AccessError):
                    question.with_env(self._as(person)).write(vals)
            with self.subTest(vals), self.assertRaises(AccessError):
                self._ask(self.alice, **vals)
        with self.assertRaises(AccessError):
            answer.with_env(self._as(self.alan)).write({"audience_network_ids": self.blue.ids})
        with self.assertRaises(AccessError):
            self._comment(self.alice, answer).write({"state": "hidden"})

    def test_a_context_writes_nothing_either(self):
        Post = self._as(self.alice)["forum.post"].with_context(
            default_views=9, default_is_correct=True, default_state="close", default_last_author_id=self.alan.id
        )
        question = Post.create({"name": "x", "forum_id": self.forum.id})
        self.assertEqual(
            (question.views, question.is_correct, question.state, question.last_author_id),
            (0, False, "active", self.alice),
        )

    def test_one_corrects_what_is_one_s_own(self):
        question = self._ask(self.alice)
        mine = question.with_env(self._as(self.alice))
        mine.write({"name": "Comment  bien faire ?", "forum_id": self.other_forum.id, "territory_id": self.port.id})
        self.assertEqual((question.name, question.forum_id), ("Comment bien faire ?", self.other_forum))
        self.assertTrue(question.corrected_date)
        for person in (self.alan, self.maud, self.ada):
            with self.subTest(person.login), self.assertRaises(AccessError):
                question.with_env(self._as(person)).write({"name": "Autre"})
            with self.subTest(person.login), self.assertRaises(AccessError):
                question.with_env(self._as(person)).unlink()
            with self.subTest(person.login), self.assertRaises(AccessError):
                question.with_env(self._as(person))._withdraw()

    def test_one_withdraws_what_is_one_s_own(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        answer.with_env(self._as(self.alan))._withdraw()
        self.assertEqual((question.child_count, self._readers(answer)), (0, ["ala", "mau", "gus", "ada"]))
        question.with_env(self._as(self.alice))._withdraw()
        self.assertEqual(self._readers(question), ["ali", "mau", "gus", "ada"])
        self.assertTrue(question.removed_date)

    def test_titles_and_texts_are_bounded_in_french(self):
        for vals, said in (
            ({"name": "  "}, "Donnez un titre à votre question."),
            ({"name": "x" * 201}, "Le titre est trop long"),
            ({"content": "<p>x</p>" * 200_000}, "Ce texte est trop long"),
            ({"content": "<p>mot</p>" * 20_000}, "Ce texte est trop long"),
            ({"forum_id": False}, "Choisissez un thème."),
        ):
            with self.subTest(said), self.assertRaises(ValidationError) as refusal:
                self._ask(self.alice.with_context(lang="fr_FR"), **vals)
            self.assertIn(said, str(refusal.exception))
        question = self._ask(self.alice)
        for empty in ("", "<p><br></p>", "<script>x</script>", '<p><img src="/web/image/1"></p>', False):
            with self.subTest(empty), self.assertRaises(ValidationError):
                self._answer(self.alan, question, empty)

    def test_what_is_typed_carries_no_script_nor_style(self):
        question = self._ask(
            self.alice, content="<p style='color:red' class='x' onclick='y()'>a<script>b()</script></p>"
        )
        self.assertEqual(question.content, "<p>a</p>")
        question.with_env(self._as(self.alice)).write({"content": "<p>b<style>p{}</style></p>"})
        self.assertEqual(question.content, "<p>b</p>")

    def test_an_answer_to_a_discussion_closed_meanwhile_is_refused_in_french(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        question.with_env(self._as(self.maud))._close("C'est réglé")
        for write in (
            lambda: self._answer(self.chloe.with_context(lang="fr_FR"), question),
            lambda: self._comment(self.chloe.with_context(lang="fr_FR"), answer),
        ):
            with self.assertRaises(UserError) as refusal:
                write()
            self.assertIn("Cette discussion a été fermée", str(refusal.exception))
        self.assertTrue(self._sees(self.chloe, question), "it goes on being read")
        question.with_env(self._as(self.maud))._reopen("Pas tout à fait")
        self._answer(self.chloe, question)

    def test_one_answers_a_question_even_through_its_answer(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        self.assertEqual(self._answer(self.chloe, answer).parent_id, question)

    # Thanks, and answers that help

    def test_what_is_written_at_first_is_what_is_computed_afterwards(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        own, other = self._answer(self.alice, question), self._answer(self.alan, question)
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        posts = (question | own | other | self._answer(self.alan, question)).sudo()
        names = ["audience_id", "asker_id", "is_shown", "thread_shown", "plain_content", "vote_count"]
        written = posts.read([*names, "shown_date"], load=None)
        self.assertEqual([bool(row.pop("shown_date")) for row in written], [True, True, True, False])
        for name in names:
            self.env.add_to_compute(posts._fields[name], posts)
        self.assertEqual(written, posts.read(names, load=None))
        self.assertEqual(posts.asker_id, self.alice)

    def test_an_answer_costs_the_same_however_many_there_are(self):
        question = self._ask(self.alice)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._answer(self.alan, question)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self._answer(self.alan, question)
        few = cost()
        for _ in range(10):
            self._answer(self.chloe, question)
        self.assertEqual(cost(), few)
        self.assertLess(few, 25)

    def test_one_thanks_once_and_not_oneself(self):
        answer = self._answer(self.alan, self._ask(self.alice))
        for on, number in ((True, 1), (True, 1), (False, 0), (True, 1)):
            answer.with_env(self._as(self.chloe))._thank(on)
            self.assertEqual(answer.vote_count, number)
        answer.with_env(self._as(self.maud))._thank(True)
        self.assertEqual(answer.vote_count, 2)
        with self.assertRaises(UserError):
            answer.with_env(self._as(self.alan))._thank(True)
        with self.assertRaises(ValidationError):
            self.env["forum.post.vote"].search([("post_id", "=", answer.id)], limit=1).vote = "-1"
        with self.assertRaises(AccessError):
            self._as(self.alice)["forum.post.vote"].create({"post_id": answer.id})

    def test_the_asker_retains_an_answer_and_a_federation_approves_another(self):
        question = self._ask(self.alice)
        first, second = self._answer(self.alan, question), self._answer(self.chloe, question)
        first.with_env(self._as(self.alice))._retain(True)
        second.with_env(self._as(self.maud))._approve(True)
        self.assertEqual((first.is_correct, first.is_approved), (True, False))
        self.assertEqual((second.is_correct, second.is_approved, second.approved_uid), (False, True, self.maud))
        self.assertTrue(question.has_validated_answer and question.has_approved_answer)
        second.with_env(self._as(self.alice))._retain(True)
        self.assertEqual((first.is_correct, second.is_correct), (False, True), "one at most")
        for person in (self.alan, self.maud):
            with self.assertRaises(AccessError):
                first.with_env(self._as(person))._retain(True)
        for person in (self.alice, self.alan):
            with self.assertRaises(AccessError):
                first.with_env(self._as(person))._approve(True)
        self.assertEqual(question.with_env(self._as(self.chloe))._answers(), second | first)

    # Lists and numbers

    def test_lists_say_who_asks_who_has_answered_and_count_what_all_may_read(self):
        question = self._ask(self.alice)
        Post = self._as(self.chloe)["forum.post"]

        def row():
            self.env.flush_all()
            self.env.invalidate_all()
            return Post._rows(Post._latest([("id", "=", question.id)]))[0]

        shown = row()
        self.assertEqual((shown["answers"], shown["asks"], shown["answered"]), (0, "alice asks", 0))
        self.assertEqual(shown["theme"], self.theme.name)
        answer = self._answer(self.alan, question)
        self.assertEqual(row()["answers"], 1)
        self.assertIn("alan has answered", row()["answered"])
        self._comment(self.chloe, answer)
        self.assertIn("alan has answered", row()["answered"], "a comment is no answer")
        answer.with_env(self._as(self.maud))._hide("Erreur")
        self.assertEqual((row()["answers"], row()["answered"]), (0, 0))
        self.alice.active = False
        self.assertEqual(row()["asks"], "Member who has left asks")

    def test_lists_say_how_long_a_question_has_been_waiting(self):
        question = self._ask(self.alice)
        Post = self._as(self.chloe)["forum.post"]

        def waits():
            self.env.invalidate_all()
            return Post._rows(Post._latest([("id", "=", question.id)]))[0]["waits"]

        self.assertFalse(waits())
        self.env.cr.execute(
            "UPDATE forum_post SET create_date = create_date - interval '50 hours' WHERE id = %s", [question.id]
        )
        self.assertEqual(waits(), "no answer for 2 days")
        self._answer(self.alan, question)
        self.assertFalse(waits())

    def test_the_first_page_says_who_has_answered_and_whom_one_could_help(self):
        asked, followed = self._ask(self.alice, "La mienne"), self._ask(self.chloe, "Sans réponse")
        elsewhere = self._ask(self.chloe, "Ailleurs", forum_id=self.other_forum.id)
        self.theme.with_env(self._as(self.alice))._set_mark("follow", True)
        self._answer(self.alan, asked, "<p>Voici comment.</p>")
        # Or nothing would be new to anybody.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        self.env.cr.execute("UPDATE collab_mark SET date = date - interval '1 hour' WHERE kind = 'seen'")
        self.env.invalidate_all()
        Post = self._as(self.alice)["forum.post"]
        answered, helped, latest = Post._first(4)
        self.assertEqual((answered, helped), (asked, followed))
        self.assertIn(elsewhere, latest)
        self.assertFalse(latest & (answered | helped), "each is in one list")
        self.assertEqual([row["said"] for row in Post._answered_rows(answered)], ["Voici comment."])
        asked.with_env(self._as(self.alice))._mark_seen()
        self.assertFalse(Post._first(4)[0], "once seen, it is no news")
        self.assertNotIn(asked, self._as(self.chloe)["forum.post"]._first(4)[0], "it concerns who has asked")

    def test_the_latest_discussion_comes_first_and_pages_follow_each_other(self):
        questions = [self._ask(self.alice, f"Question {number}") for number in range(5)]
        for age, question in enumerate(questions):
            question.sudo().shown_date -= timedelta(hours=age + 1)
            question._refresh()
        self._answer(self.alan, questions[4])
        Post = self._as(self.chloe)["forum.post"]
        ours = [("id", "in", [question.id for question in questions])]
        latest = Post._latest(ours, limit=3)
        self.assertEqual(latest.mapped("name"), ["Question 4", "Question 0", "Question 1"])
        self.assertEqual(Post._latest(ours, limit=3, offset=3).mapped("name"), ["Question 2", "Question 3"])

    def test_lists_show_what_is_shown_and_one_s_own(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.maud))._hide("x")
        for person, found in ((self.alice, 1), (self.alan, 0), (self.maud, 0)):
            self.assertEqual(len(self._as(person)["forum.post"]._latest([("id", "=", question.id)])), found)

    def _cost(self, page):
        """:return int: the queries of a page whose caches are warm"""
        # Kept: it remembers the time zone of its user, as long as it lives.
        costs, env = [], self._as(self.chloe)
        for _ in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page(env["forum.post"])
            costs.append(self.env.cr.sql_log_count - before)
        return min(costs)

    def test_the_page_of_a_discussion_costs_the_same_however_long_it_is(self):
        def cost(number):
            question = self._ask(self.alice)
            for turn in range(number):
                answer = self._answer((self.alan, self.chloe)[turn % 2], question)
                self._comment(self.alice, answer)

            def page(Post):
                whole = Post._for_page(question.id)
                rows = Post._page_rows(whole | whole._answers())
                self.assertEqual([len(row["comments"]) for row in rows], [0] + [1] * number)

            return self._cost(page)

        few = cost(2)
        self.assertEqual(cost(12), few)
        self.assertLess(few, 15)

    def test_a_list_costs_the_same_however_long_it_is(self):
        def cost(number):
            for turn in range(number):
                self._answer(self.alan, self._ask(self.alice, f"Question {turn}", territory_id=self.port.id))

            def page(Post):
                reading = Post._reading()
                self.assertGreaterEqual(len(Post._rows(Post._latest(limit=20), reading.marks)), number)
                Post._facets(reading)
                Post._count_new()

            return self._cost(page)

        few = cost(2)
        self.assertEqual(cost(15), few)
        self.assertLess(few, 15)

    def test_numbers_are_those_of_what_the_reader_may_read(self):
        def facets(person, **choice):
            Post = self._as(person)["forum.post"]
            return Post._facets(Post._reading(), **choice)

        before = {person: facets(person)["total"] for person in (self.alan, self.chloe, self.maud, self.ada)}
        self._ask(self.alice, audience_network_ids=self.blue.ids, territory_id=self.port.id)
        self._ask(self.alice, forum_id=self.other_forum.id, territory_id=self.hills.id)
        self._ask(self.alice).with_env(self._as(self.maud))._hide("x")
        for person, number in ((self.alan, 2), (self.chloe, 1), (self.maud, 2), (self.ada, 2)):
            self.assertEqual(facets(person)["total"] - before[person], number, person.login)
        found = facets(self.alan)["territory"]
        self.assertEqual(
            [found[place.id] for place in (self.port, self.north, self.hills, self.south, self.region)], [1, 1, 1, 1, 2]
        )
        self.assertEqual(facets(self.chloe)["territory"][self.port.id], 0)
        chosen = facets(self.alan, territory=self.north.id)
        self.assertEqual((chosen["total"], chosen["forum"][self.other_forum.id]), (1, 0))
        self.assertEqual(facets(self.alan, forum=self.other_forum.id, territory=self.north.id)["total"], 0)
        self.alice.partner_id.write({"parent_id": False, "network_ids": self.green.ids})
        self.assertEqual(facets(self.alice, territory=self.north.id)["total"], 0, "what she has left stands apart")

    def test_the_number_of_the_unanswered_and_of_the_solved_is_that_of_their_lists(self):
        def numbers():
            Post = self._as(self.alan)["forum.post"]
            reading = Post._reading()
            whole = Post._facets(reading)
            self.env.flush_all()
            with self.assertQueryCount(0):  # all of them have been counted at once
                states = [Post._facets(reading, state=state) for state in ("unanswered", "solved")]
            return [(facets["total"], facets["forum"][self.other_forum.id]) for facets in (whole, *states)]

        before = numbers()
        self._ask(self.alice, forum_id=self.other_forum.id)
        self._answer(self.alice, self._ask(self.alice, territory_id=self.port.id))
        solved = self._ask(self.alice, territory_id=self.port.id)
        self._answer(self.alan, solved).with_env(self._as(self.alice))._retain(True)
        self._ask(self.chloe, audience_network_ids=self.green.ids)
        found = [(now[0] - was[0], now[1] - was[1]) for was, now in zip(before, numbers(), strict=True)]
        self.assertEqual(found, [(3, 1), (2, 1), (1, 0)])
        Post = self._as(self.alan)["forum.post"]
        unanswered, retained = Domain("answered_date", "=", False), Domain("has_validated_answer", "=", True)
        self.assertEqual(len(Post._latest(unanswered)), numbers()[1][0])
        self.assertEqual(len(Post._latest(retained)), numbers()[2][0])

    def test_what_others_have_said_is_new_until_it_is_opened(self):
        self.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        self.env.invalidate_all()

        def news():
            self.env.flush_all()
            self.env.invalidate_all()
            numbers = []
            for person in (self.alice, self.alan, self.chloe):
                Post = self._as(person)["forum.post"]
                number = Post._count_new()
                self.assertEqual(Post.search_count([("is_new", "=", True)]), number, person.login)
                numbers.append(number - before.get(person, 0))
            return numbers

        before = {}
        before = dict(zip((self.alice, self.alan, self.chloe), news(), strict=True))
        question = self._ask(self.alice)
        self.assertEqual(news(), [0, 1, 1])
        question.with_env(self._as(self.alan))._mark_seen()
        self.assertEqual(news(), [0, 0, 1])
        self.env.cr.execute("UPDATE collab_mark SET date = date - interval '1 hour'")
        self.env["collab.mark"]._forget_kept()
        self._answer(self.chloe, question)
        self.assertEqual(news(), [1, 1, 0], "the asker has an answer to read, and chloe has written it")
        self._ask(self.chloe, audience_network_ids=self.green.ids)
        self.assertEqual(news(), [1, 1, 0], "it is not addressed to them")

    def test_similar_questions_are_those_that_the_reader_may_read(self):
        shown = self._ask(self.alice, "Aide au permis de conduire pour un salarié en insertion")
        closed = self._ask(self.alice, "Permis de conduire : quelle aide ?", audience_network_ids=self.blue.ids)
        hidden = self._ask(self.alice, "Permis de conduire et suspension")
        hidden.with_env(self._as(self.maud))._hide("x")
        self._ask(self.alice, "Logement d'urgence")

        def similar(person, title):
            return set(self._as(person)["forum.post"]._similar(title).ids) & {shown.id, closed.id, hidden.id}

        self.assertEqual(similar(self.alan, "permis conduire"), {shown.id, closed.id})
        self.assertEqual(similar(self.chloe, "permis conduire"), {shown.id})
        self.assertEqual(
            similar(self.chloe, "Aides aux salaries en inserti"), {shown.id}, "accents, plurals, unfinished"
        )
        for nothing in ("", "de la", "&|!():*'\\", "\N{GRINNING FACE}", "'; DROP TABLE forum_post; --"):
            self.assertEqual(similar(self.chloe, nothing), set())
        self.assertLessEqual(len(self._as(self.alan)["forum.post"]._similar("permis " * 200)), 5)
        self.assertNotIn(closed, shown.with_env(self._as(self.chloe))._get_related_posts())

    def test_a_word_of_classification_counts_what_everyone_may_read(self):
        tag = self.env["forum.tag"].create({"name": "mobilité", "forum_id": self.forum.id})
        questions = self._ask(self.alice) | self._ask(self.alice, audience_network_ids=self.blue.ids)
        questions.sudo().tag_ids = tag
        self.assertEqual(tag.posts_count, 1)
        self.assertEqual(len(self._readers(tag)), 6)
        questions[0].sudo().tag_ids = False
        self.assertEqual(self._readers(tag), ["ali", "ala", "mau", "ada"], "it says what they talk about")
        questions[1].sudo().tag_ids = False
        self.assertEqual(len(self._readers(tag)), 6)
        for person in (self.alice, self.maud):
            with self.assertRaises(AccessError):
                self._as(person)["forum.tag"].create({"name": "x", "forum_id": self.forum.id})

    # Mentions

    def test_one_is_suggested_those_who_read_the_discussion(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        for person, letters, found in (
            (self.alice, "al", ["alan"]),
            (self.alan, "AL", ["alice"]),
            (self.alice, "chl", []),
            (self.alice, "mau", ["maud"]),
            (self.alice, "gus", []),
            (self.alice, "a", []),
            (self.alice, "%%", []),
            (self.alice, "", []),
        ):
            with self.subTest(letters, person=person.login):
                names = [row["name"] for row in question.with_env(self._as(person))._suggest(letters)]
                self.assertEqual(names, found)
        nobody = self._as(self.alice)["forum.post"]
        self.assertEqual([row["name"] for row in nobody._suggest("chl")], ["chloe"])
        self.assertEqual(nobody._suggest("chl", network_ids=self.blue.ids), [])
        for person in self.people - self.alice:
            suggested = bool(question.with_env(self._as(self.alice))._suggest(person.name))
            self.assertEqual(suggested, self._sees(person, question), person.login)

    def test_suggestions_are_twenty_at_most(self):
        for number in range(25):
            self._user(f"zoe{number}", networks=[self.blue])
        self.assertEqual(len(self._as(self.alice)["forum.post"]._suggest("zoe")), 20)

    def test_whole_names_are_found_among_readers_whatever_follows_them(self):
        self.alan.partner_id.write({"firstname": "Jean-Marc", "lastname": "Le Goff"})
        self.chloe.partner_id.write({"firstname": "Jean-Marc", "lastname": "Le Goff Martin"})
        question = self._ask(self.alice)
        for text, found in (
            ("@Jean-Marc Le Goff, merci", self.alan),
            ("@Jean-Marc Le Goff\nMartin", self.alan),
            ("@Jean-Marc Le Goff Martin.", self.chloe),
            ("@Jean-Marc", self.env["res.users"]),
            ("contact@Jean-Marc Le Goff", self.env["res.users"]),
            ("@ @@ @@alan @é", self.env["res.users"]),
        ):
            with self.subTest(text):
                self.assertEqual(question._mentioned(text), found)
        restricted = self._ask(self.alice, audience_network_ids=self.blue.ids)
        self.assertEqual(restricted._mentioned("@gus @maud @alice"), self.maud | self.alice)

    def test_a_name_is_read_as_a_person_reads_it(self):
        self.alan.partner_id.write({"firstname": "Élodie", "lastname": "L’Hénaff-Cœur"})
        question = self._ask(self.alice)
        for typed in ("@elodie l'henaff coeur", "@ÉLODIE L'HÉNAFF-CŒUR", "@E\u0301lodie L’He\u0301naff-Cœur, merci"):
            with self.subTest(typed):
                self.assertEqual(question._mentioned(typed), self.alan)
        self.assertFalse(question._mentioned("@elodie l'henaf coeur"))

    # Leaving

    @mute_logger("odoo.models.unlink")
    def test_one_takes_away_what_one_has_written_and_leaves_without_a_name(self):
        question = self._ask(self.alice, territory_id=self.port.id)
        answer = self._answer(self.alan, question)
        self._comment(self.alice, answer, "Un grand merci")
        answer.with_env(self._as(self.alice))._thank(True)
        answer.with_env(self._as(self.alice))._report("Une faute")
        self._ask(self.alice, "Retirée").with_env(self._as(self.alice))._withdraw()
        question.with_env(self._as(self.maud))._move(self.other_forum.id, "Mieux ici")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            self.alice._write_own_data(archive)
        written = json.loads(zipfile.ZipFile(target).read("forum.json"))
        self.assertEqual([row["titre"] for row in written["questions"]], ["Comment faire ?", "Retirée"])
        self.assertEqual(written["questions"][0]["theme"], self.other_theme.name)
        self.assertEqual(written["commentaires"][0]["texte"], "Un grand merci")
        self.assertEqual(len(written["remerciements"]), 1)
        written = json.loads(zipfile.ZipFile(target).read("moderation.json"))
        self.assertEqual(written["signalements"][0]["motif"], "Une faute")
        done = {row["action"]: row["motif"] for row in written["moderation"]}
        self.assertEqual(done, {"withdraw": False, "move": "Mieux ici"})
        self.alice.active = False
        self.alice._forget()
        Post = self._as(self.chloe)["forum.post"]
        rows = Post._page_rows(Post._for_page(question.id) | Post._for_page(question.id)._answers())
        self.assertEqual([row["author"] for row in rows], ["Member who has left", "alan"])
        self.assertEqual(rows[1]["comments"][0]["author"], "Member who has left")
