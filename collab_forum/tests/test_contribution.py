from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_comptes.exceptions import AlreadyDone

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestContribution(ForumCase):
    """What moderators do with what members write, and what is known of it."""

    def _actions(self, record=None):
        domain = self.env["collab.action"]._naming_domain(record) if record else []
        return self.env["collab.action"].search(domain, order="id")

    def _review(self, number):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", str(number))

    # Flags

    def test_a_flag_hides_nothing_and_is_read_by_those_who_moderate(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        question.with_env(self._as(self.alan))._report("Nomme une personne")
        flag = question.sudo()._flags()
        self.assertEqual(self._readers(question), ["ali", "ala", "mau", "ada"])
        self.assertEqual(self._readers(flag), ["ala", "mau", "ada"], "he who has flagged knows it")
        for again in ("Encore", "  "):
            with self.assertRaises(ValidationError):
                question.with_env(self._as(self.alan))._report(again)
        comment = self._comment(self.alice, question)
        comment.with_env(self._as(self.alan))._report("Et lui aussi")
        question.with_env(self._as(self.maud))._answer_flags("Rien à redire")
        self.assertTrue(flag.is_closed)
        self.assertEqual(self._actions(question).mapped("kind"), ["keep"])
        self.assertEqual(
            self._told(), [("alan", "Ce que vous aviez signalé dans « Comment faire ? » a été relu, et reste en place")]
        )
        question.with_env(self._as(self.alan))._report("Cela a changé")
        self.assertEqual(question.sudo()._flags().filtered(lambda flag: not flag.is_closed).reason, "Cela a changé")
        self.assertFalse(comment.sudo()._flags().is_closed, "another text")

    def test_who_has_flagged_is_told_the_outcome_once_and_nothing_else(self):
        endings = {
            "hide": (lambda post: post._hide("Pour son auteur seul"), "a été masqué"),
            "remove": (lambda post: post._remove("Pour son auteur seul"), "a été supprimé"),
            "correct": (lambda post: post._correct({"content": "<p>x</p>"}, "Pour son auteur seul"), "a été modifié"),
            "withdraw": (
                lambda post: post.with_env(self._as(self.alice))._withdraw(),
                "a été supprimé par son auteur",
            ),
        }
        question = self._ask(self.chloe, "Titre d'alors")
        for outcome, (end, said) in endings.items():
            answer = self._answer(self.alice, question)
            self.env["collab.notification"].search([]).unlink()
            for person in (self.alan, self.chloe):
                answer.with_env(self._as(person))._report(f"Motif de {person.login}")
            flags = answer.sudo()._flags()
            end(answer.with_env(self._as(self.maud)))
            if outcome != "withdraw":
                with self.assertRaises(AlreadyDone):
                    end(answer.with_env(self._as(self.maud)))
            self.assertEqual(flags.mapped("outcome"), [outcome] * 2)
            subject = f"Ce que vous aviez signalé dans « Titre d'alors » {said}"
            # What can be undone is told ten seconds later.
            self._tomorrow()
            told = [mail for mail in self._told() if mail[0] != "alice"]
            self.assertEqual(told, [("alan", subject), ("chloe", subject)])
            mine = flags.filtered(lambda flag: flag.create_uid == self.alan).with_env(self._as(self.alan))
            item = mine.with_context(lang="fr_FR")._notification("flag", None)
            self.assertEqual(item["said"], "Vous aviez écrit : Motif de alan")
            self.assertNotIn("Pour son auteur seul", str(item))

    def test_an_outcome_names_nothing_that_its_reader_may_not_read_any_more(self):
        question = self._ask(self.alice, "Titre d'alors")
        question.with_env(self._as(self.chloe))._report("x")
        mine = question.with_env(self._as(self.maud))
        mine._move(self.other_forum.id, "x")
        question.sudo().write({"name": "Titre secret", "audience_network_ids": [(6, 0, self.blue.ids)]})
        self.env["collab.notification"].search([]).unlink()
        mine._close("x")
        self.assertIn(("chloe", "Ce que vous aviez signalé dans un texte a été fermé"), self._told())
        item = question.sudo()._flags().with_env(self._as(self.chloe))._notification("flag", None)
        self.assertEqual(item["url"], "/forum")

    # What waits

    def test_the_first_texts_of_a_member_wait_when_the_federations_want_it(self):
        question = self._ask(self.chloe)
        self._review(2)
        pending = self._ask(self.alice, "Ma question")
        answer = self._answer(self.alice, question)
        comment = self._comment(self.alice, question)
        for record in (pending, answer, comment):
            self.assertEqual(record.state, "pending")
            self.assertEqual(self._readers(record), ["ali", "mau", "gus", "ada"], record)
        self.assertEqual((question.child_count, question.last_author_id), (0, self.chloe))
        self.assertFalse(self._ask(self.maud).state == "pending", "federations do not wait")
        self.assertEqual(self._as(self.alan)["forum.post"]._similar("Ma question"), self.env["forum.post"])
        for record in (pending, answer):
            record.with_env(self._as(self.maud))._accept()
            self.assertEqual(len(self._readers(record)), 6)
        self.assertEqual((question.child_count, question.last_author_id), (1, self.alice))
        self.assertEqual(self._ask(self.alice).state, "active", "two have been accepted")
        comment.with_env(self._as(self.maud))._hide("Hors sujet")
        self.assertEqual(self._readers(comment), ["ali", "mau", "gus", "ada"])
        self.assertEqual(self._actions().mapped("kind"), ["accept", "accept", "refuse"])

    def test_what_lies_under_a_hidden_question_is_hidden_with_it(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        comment = self._comment(self.alan, answer)
        question.with_env(self._as(self.maud))._hide("Coordonnées d'une personne")
        self.assertEqual(self._readers(question), ["ali", "mau", "gus", "ada"])
        self.assertEqual(self._readers(answer), ["ali", "mau", "gus", "ada"])
        self.assertEqual(self._readers(comment), ["ali", "mau", "gus", "ada"])
        with self.assertRaises(UserError):
            self._answer(self.alice, question)
        question.with_env(self._as(self.maud))._show("Modifié")
        self.assertEqual(len(self._readers(comment)), 6)

    # Actions

    def test_moderators_act_in_their_own_networks_and_members_nowhere(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        answer = self._answer(self.alan, question)
        for act in (
            lambda post: post._hide("x"),
            lambda post: post._remove("x"),
            lambda post: post._restore("x"),
            lambda post: post._close("x"),
            lambda post: post._move(self.other_forum.id, "x"),
            lambda post: post._correct({"content": "<p>x</p>"}, "x"),
            lambda post: post._approve(True),
            lambda post: post._accept(),
            lambda post: post._answer_flags("x"),
            lambda post: post._merge_into(question.with_env(post.env), "x"),
        ):
            for person in (self.alice, self.alan, self.gus):
                with self.subTest(person.login), self.assertRaises(UserError):
                    act(answer.with_env(self._as(person)))
        self.assertFalse(self._actions())

    def test_each_action_says_why_and_is_written_down(self):
        question = self._ask(self.alice)
        mine = question.with_env(self._as(self.maud))
        for act in (
            lambda why: mine._hide(why),
            lambda why: mine._remove(why),
            lambda why: mine._close(why),
            lambda why: mine._move(self.other_forum.id, why),
            lambda why: mine._correct({"name": "x"}, why),
            lambda why: self.alice.with_env(self._as(self.maud))._suspend(why),
        ):
            with self.assertRaises(ValidationError):
                act("  ")
        mine._correct({"name": "Comment bien faire ?"}, "Un titre plus clair")
        mine._move(self.other_forum.id, "C'est plutôt de la formation")
        mine._close("C'est réglé")
        mine._reopen("Pas tout à fait")
        mine._hide("Coordonnées d'une personne")
        mine._show("Elles n'y sont plus")
        mine._remove("À la demande de l'auteur")
        mine._restore("Finalement")
        self.assertEqual(
            self._actions(question).mapped("kind"),
            ["correct", "move", "close", "reopen", "hide", "show", "remove", "restore"],
        )
        first = self._actions(question)[0]
        self.assertEqual((first.create_uid, first.author_id), (self.maud, self.alice))
        self.assertIn("Comment faire ?", first.detail)
        self.assertEqual((question.state, question.active, question.removed_date), ("active", True, False))
        self.assertEqual(self._readers(first), ["ali", "mau", "gus", "ada"], "its author, and those who moderate")
        for change in (lambda: first.write({"reason": "x"}), lambda: first.unlink()):
            with self.assertRaises(UserError):
                change()

    def test_moderators_correct_no_more_than_an_author_would(self):
        answer = self._answer(self.alan, self._ask(self.alice))
        for vals in ({"state": "active"}, {"create_uid": self.maud.id}, {"is_correct": True}, {"name": "x"}):
            with self.assertRaises(AccessError):
                answer.with_env(self._as(self.maud))._correct(vals, "x")

    def test_the_answers_move_with_the_question(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        question.with_env(self._as(self.maud))._move(self.other_forum.id, "x")
        self.assertEqual(answer.forum_id, self.other_forum)
        with self.assertRaises(ValidationError):
            question.with_env(self._as(self.maud))._move(0, "x")

    def test_merged_discussions_become_one(self):
        kept, other = self._ask(self.alice), self._ask(self.chloe, "La même", "", territory_id=self.port.id)
        answer = self._answer(self.alan, other)
        comment = self._comment(self.alan, other)
        other.with_env(self._as(self.gus))._set_mark("favourite", True)
        answer.with_env(self._as(self.chloe))._retain(True)
        other.with_env(self._as(self.maud))._merge_into(kept.with_env(self._as(self.maud)), "Déjà demandé")
        self.assertEqual(kept.child_ids, other | answer)
        self.assertEqual((kept.child_count, kept.has_validated_answer), (2, False))
        self.assertEqual(other.content, "<p><strong>La même</strong></p>")
        self.assertEqual(comment.post_id, other)
        self.assertEqual((other.audience_id, other.asker_id), (kept.audience_id, self.alice))
        self.assertEqual(
            self._as(self.alan)["forum.post"]._for_page(other.id).parent_id.id, kept.id, "its address leads"
        )
        self.assertTrue(kept.with_env(self._as(self.gus)).is_favourite)
        self.assertTrue(kept.with_env(self._as(self.chloe)).is_followed)

    def test_what_was_said_to_some_is_not_merged_where_others_read(self):
        kept, other = self._ask(self.alice), self._ask(self.alice, audience_network_ids=self.blue.ids)
        hidden = self._ask(self.alice)
        hidden.with_env(self._as(self.maud))._hide("x")
        for question, into in ((other, kept), (kept, hidden), (kept, kept)):
            with self.assertRaises(UserError):
                question.with_env(self._as(self.maud))._merge_into(into.with_env(self._as(self.maud)), "x")

    def test_who_is_suspended_reads_and_writes_nothing(self):
        question = self._ask(self.alice)
        mine = self._ask(self.alan)
        answer, other = self._answer(self.alice, mine), self._answer(self.chloe, mine)
        answer.with_env(self._as(self.alan))._retain(True)
        self.env["collab.notification"].search([]).unlink()
        for person in (self.gus, self.alice):
            with self.assertRaises(AccessError):
                self.alan.with_env(self._as(person))._suspend("Injures")
        with self.assertRaises(AccessError):
            self.gus.with_env(self._as(self.ada))._suspend("Injures")
        self.alan.with_env(self._as(self.maud))._suspend("Injures", about=mine.with_env(self._as(self.maud)))
        for write in (
            lambda: self._ask(self.alan),
            lambda: self._answer(self.alan, question),
            lambda: self._comment(self.alan, question),
            lambda: mine.with_env(self._as(self.alan)).write({"name": "x"}),
            lambda: question.with_env(self._as(self.alan))._report("x"),
            lambda: question.with_env(self._as(self.alan))._thank(True),
            lambda: other.with_env(self._as(self.alan))._retain(True),
            lambda: answer.with_env(self._as(self.alan))._retain(False),
        ):
            with self.assertRaises(AccessError):
                write()
        self.assertEqual((question.vote_count, answer.is_correct, other.is_correct), (0, True, False))
        self.assertTrue(self._sees(self.alan, question))
        self.assertEqual(self._told()[-1:], [("alan", "Vous ne pouvez plus écrire sur la plateforme")])
        self.alan.with_env(self._as(self.maud))._resume("Il s'est excusé")
        self._ask(self.alan)

    def test_the_suspended_are_listed_to_those_who_may_let_them_write_again(self):
        mine = self._ask(self.alan)
        self.alan.with_env(self._as(self.maud))._suspend("Injures", about=mine.with_env(self._as(self.maud)))
        self.chloe.with_env(self._as(self.gus))._suspend("Publicité")
        with self.assertRaises(AlreadyDone):
            self.chloe.with_env(self._as(self.gus))._suspend("Publicité")
        self.assertEqual(len(self._actions()), 2, "a second click does nothing more")

        def listed(person):
            return [(row["name"], row["by"], row["reason"]) for row in self._as(person)["res.users"]._suspended_rows()]

        maud, gus = (f"{moderator.name} (moderation)" for moderator in (self.maud, self.gus))
        alan, chloe = (self.alan.name, maud, "Injures"), (self.chloe.name, gus, "Publicité")
        self.assertEqual(listed(self.maud), [alan])
        self.assertEqual(listed(self.gus), [chloe])
        self.assertEqual(sorted(listed(self.ada)), sorted([alan, chloe]))
        with self.assertRaises(AccessError):
            listed(self.alice)
        self.alan.with_env(self._as(self.maud))._resume("Il s'est excusé")
        self.assertEqual(listed(self.maud), [])
        last = self._actions()[-1]
        self.assertEqual((last.kind, last._about()), ("resume", mine), "where it was suspended for")
        self.chloe.with_env(self._as(self.ada))._resume("Oubli")
        self.assertFalse(self.chloe.suspended_date)

    def test_why_is_read_in_the_log_by_those_of_the_network_that_has_decided(self):
        self.alan.sudo().partner_id.network_ids = self.green
        mine = self._ask(self.alan)
        self.alan.with_env(self._as(self.maud))._suspend("Injures", about=mine.with_env(self._as(self.maud)))
        self.alan.with_env(self._as(self.maud))._resume("Excuses")
        self.alan.with_env(self._as(self.maud))._suspend("Encore")
        mina = self._user("mina", "moderator", networks=[self.blue])
        for person, reads in (
            (self.maud, True),
            (mina, True),
            (self.ada, True),
            (self.gus, False),
            (self.alice, False),
        ):
            for action in self._actions():
                with self.subTest(person.login, kind=action.kind, post=action.res_id):
                    self.assertEqual(self._sees(person, action), reads)
        said = [row["reason"] for row in mine.with_env(self._as(self.gus))._case()["log"]]
        self.assertEqual(said, [], "nor on the page of the text")

    def test_the_end_of_a_suspension_names_no_discussion_of_another_network(self):
        self.alan.sudo().partner_id.network_ids = self.green
        theirs = self._ask(self.alan, "Titre des verts", audience_network_ids=self.green.ids)
        self.alan.with_env(self._as(self.gus))._suspend("Injures", about=theirs.with_env(self._as(self.gus)))
        self.alan.with_env(self._as(self.maud))._resume("Il s'est excusé")
        self.assertEqual((self._actions()[-1].res_id, self._actions()[-1].title), (0, False))

    def test_the_ways_of_website_forum_lead_nowhere(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        question.with_env(self._as(self.maud))._close("x")
        reason = self.env.ref("website_forum.reason_8").id
        for person in (self.alice, self.alan, self.maud, self.ada):
            post, reply = question.with_env(self._as(person)), answer.with_env(self._as(person))
            for act in (
                lambda post=post: post.reopen(),
                lambda post=post: post.close(reason),
                lambda post=post: post.validate(),
                lambda post=post: post._mark_as_offensive(reason),
                lambda post=post: post._refuse(),
                lambda reply=reply: reply._flag(),
                lambda reply=reply: reply.convert_answer_to_comment(),
                lambda reply=reply: reply.convert_comment_to_answer(1),
                lambda reply=reply: reply.unlink_comment(1),
                lambda reply=reply: reply.vote(),
                lambda reply=reply: reply.write({"active": False}),
                lambda reply=reply: reply.unlink(),
            ):
                with self.subTest(person.login), self.assertRaises(AccessError):
                    act()

    # The bin

    def test_the_bin_keeps_for_thirty_days_and_no_more(self):
        kept, gone, there = self._ask(self.alice), self._ask(self.alice), self._ask(self.alice)
        answer = self._answer(self.alan, gone)
        comment = self._comment(self.alan, there)
        for record in (kept, gone, comment):
            record.with_env(self._as(self.maud))._remove("x")
        kept.sudo().removed_date -= timedelta(days=29)
        gone.sudo().removed_date -= timedelta(days=31)
        comment.sudo().removed_date -= timedelta(days=31)
        actions = self._actions()
        for model in ("collab.contribution.mixin", "forum.post", "collab.forum.comment"):
            self.env[model]._gc_bin()
        self.assertEqual((kept | gone | there | answer).exists(), kept | there)
        self.assertFalse(comment.exists())
        self.env.invalidate_all()
        self.assertEqual(actions.exists(), actions, "the log stays")
        self.assertTrue(self._sees(self.ada, actions[1]))

    def test_the_bin_says_who_has_put_what_there_to_those_of_its_networks(self):
        removed = self._ask(self.alice, "Retirée", audience_network_ids=self.blue.ids)
        withdrawn = self._answer(self.alan, self._ask(self.chloe, "Pour tous"))
        comment = self._comment(self.chloe, self._ask(self.alice, "Autre"))
        removed.with_env(self._as(self.maud))._remove("Une annonce")
        withdrawn.with_env(self._as(self.alan))._withdraw()
        comment.with_env(self._as(self.gus))._remove("Hors sujet")

        def lies(person):
            rows = self._as(person)["collab.queue"]._bin()
            return {row["title"]: (row["author"], row["by"], row["reason"], row["left"]) for row in rows}

        blue = {"Retirée": (self.alice.name, f"{self.maud.name} (moderation)", "Une annonce", 30)}
        for_all = {
            "Pour tous": (self.alan.name, "", "", 30),
            "Autre": (self.chloe.name, f"{self.gus.name} (moderation)", "Hors sujet", 30),
        }
        self.assertEqual(lies(self.maud), blue | for_all)
        self.assertEqual(lies(self.gus), for_all)
        with self.assertRaises(AccessError):
            lies(self.alice)
        removed.with_env(self._as(self.maud))._restore("Finalement")
        self.assertEqual(lies(self.maud), for_all)
        removed.with_env(self._as(self.alice))._withdraw()
        self.assertEqual(lies(self.maud)["Retirée"], (self.alice.name, "", "", 30), "this time by its author")

    # What a moderator sees of a text

    def test_what_may_be_done_depends_on_what_has_been_done(self):
        question = self._ask(self.alice)
        mine = question.with_env(self._as(self.maud))
        self.assertEqual(mine._applicable(), ["close", "hide", "remove"])
        question.with_env(self._as(self.alan))._report("x")
        self.assertEqual(mine._applicable(), ["keep", "close", "hide", "remove"])
        mine._close("x")
        self.assertEqual(mine._applicable(), ["reopen", "hide", "remove"])
        mine._hide("x")
        self.assertEqual(mine._applicable(), ["show", "remove"])
        mine._remove("x")
        self.assertEqual(mine._applicable(), ["restore"])
        theirs = self._ask(self.chloe)
        self._review(1)
        newcomer = self._user("newcomer", networks=[self.blue])
        comment = self._comment(newcomer, theirs).with_env(self._as(self.maud))
        self.assertEqual(comment._applicable(), ["accept", "hide", "remove"])

    def test_a_second_click_is_neither_written_down_nor_told(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.alan))._report("x")
        mine = question.with_env(self._as(self.maud))
        for act in (mine._answer_flags, mine._hide, mine._remove, mine._restore):
            act("x")
            with self.assertRaises(AlreadyDone):
                act("x")
        self.assertEqual(self._actions(question).mapped("kind"), ["keep", "hide", "remove", "restore"])

    def test_a_case_says_all_that_a_moderator_needs(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        comment = self._comment(self.alan, question)
        comment.with_env(self._as(self.alice))._report("Trop familier")
        case = comment.with_env(self._as(self.maud))._case()
        self.assertEqual((case["author"], case["can"]), (self.alan.name, ["keep", "hide", "remove"]))
        [flag] = case["flags"]
        self.assertEqual((flag["reason"], flag["author"]), ("Trop familier", self.alice.name))
        comment.with_env(self._as(self.maud))._hide("Restons courtois")
        case = comment.with_env(self._as(self.maud))._case()
        self.assertEqual((case["state"], case["flags"][0]["outcome"]), ("hidden", "Hidden"))
        by = f"{self.maud.name} (moderation)"
        self.assertEqual([(row["kind"], row["by"]) for row in case["log"]], [("hide", by)])
        for person in (self.alice, self.gus):
            with self.assertRaises(UserError):
                comment.with_env(self._as(person))._case()

    def test_the_log_says_to_whom_it_was_addressed_before(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        self.assertEqual(self._readers(question), ["ali", "ala", "mau", "ada"])
        mine = question.with_env(self._as(self.maud))
        with self.assertRaises(ValidationError):
            mine._correct({"audience_network_ids": [(6, 0, self.green.ids)]}, "x")
        mine._correct({"audience_network_ids": [(5,)]}, "Utile à tous")
        self.assertIn("For the networks: Blue", self._actions(question).detail)
        with self.assertRaises(ValidationError, msg="the others read it now"):
            mine._correct({"audience_network_ids": [(6, 0, self.blue.ids)]}, "Trop large")

    # The queue

    def test_the_queue_is_that_of_one_s_own_networks(self):
        question = self._ask(self.alice, "Pour les bleus", audience_network_ids=self.blue.ids)
        question.with_env(self._as(self.alan))._report("Nomme une personne")
        everybody = self._ask(self.chloe, "Pour tous")
        comment = self._comment(self.chloe, everybody)
        comment.with_env(self._as(self.alan))._report("Publicité")
        old = self._ask(self.chloe, "Sans réponse", audience_network_ids=self.green.ids)
        old.sudo().shown_date -= timedelta(hours=49)
        self._review(1)
        newcomer = self._user("newcomer", networks=[self.blue])
        self._answer(newcomer, everybody)

        def queue(person):
            return sorted(
                (row["what"], row["model"], row["title"], row["author"], *row["reasons"])
                for row in self._as(person)["collab.queue"]._rows()
            )

        flagged = ("flag", "forum.post", "Pour les bleus", "alice", "Nomme une personne")
        remark = ("flag", "collab.forum.comment", "Pour tous", "chloe", "Publicité")
        pending = ("pending", "forum.post", "Pour tous", "newcomer")
        unanswered = ("unanswered", "forum.post", "Sans réponse", "chloe")
        self.assertEqual(queue(self.maud), sorted([flagged, remark, pending]))
        self.assertEqual(queue(self.gus), sorted([remark, pending, unanswered]))
        self.assertEqual(queue(self.ada), sorted([flagged, remark, pending, unanswered]))
        with self.assertRaises(AccessError):
            queue(self.alice)
        self.env["ir.config_parameter"].set_param("collab_reseaux.moderators_read_all", "True")
        self.assertEqual(queue(self.maud), sorted([flagged, remark, pending]), "his own, even when he reads all")
