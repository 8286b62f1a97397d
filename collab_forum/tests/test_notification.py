from datetime import timedelta

from odoo.tests import tagged

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestNotification(ForumCase):
    """Who is told what happens in the forum: through the outbox, once, and nowhere else."""

    def test_the_first_answer_is_told_at_once_and_the_following_ones_together(self):
        question = self._ask(self.alice)
        self._answer(self.alan, question)
        self.assertEqual(self._told(), [("alice", "alan répond à votre question « Comment faire ? »")])
        self._answer(self.chloe, question)
        self.assertEqual(
            self._waiting(), [("alan", "forum_answer", "daily"), ("alice", "forum_answer", "daily")], "alan follows too"
        )
        self._comment(self.gus, question)
        self._tomorrow()
        told = dict(self._told())
        self.assertEqual(told.keys(), {"alice", "alan", "chloe"})
        self.assertEqual(told["chloe"], "gus (modération) écrit dans « Comment faire ? »")
        self.assertEqual(told["alice"], "2 nouvelles qui vous concernent")

    def test_what_waits_for_the_morning_wakes_no_sender(self):
        def woken():
            cron = self.env.ref("collab_courrier.cron_send")
            return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

        question = self._ask(self.alice)
        before = woken()
        self._answer(self.alan, question)
        self.assertEqual(woken() - before, 1, "the first answer leaves at once")
        self._answer(self.alan, question)
        self.assertEqual(woken() - before, 1)
        self.assertIn(("alice", "forum_answer", "daily"), self._waiting())

    def test_one_s_own_answer_is_not_the_first(self):
        question = self._ask(self.alice)
        self._answer(self.alice, question)
        self._answer(self.alan, question)
        self.assertEqual(self._waiting(), [("alice", "forum_first_answer", "each")])

    def test_who_follows_a_theme_or_a_territory_is_told_of_a_new_question_once(self):
        self.theme.with_env(self._as(self.alan))._set_mark("follow", True)
        self.north.with_env(self._as(self.alan))._set_mark("follow", True)
        self.north.with_env(self._as(self.chloe))._set_mark("follow", True)
        self.hills.with_env(self._as(self.gus))._set_mark("follow", True)
        self._ask(self.alice, territory_id=self.port.id)
        self.assertEqual(
            self._waiting(), [("alan", "forum_discussion", "daily"), ("chloe", "forum_discussion", "daily")]
        )
        self._tomorrow()
        subject = f"Nouvelle question dans {self.theme.name} : « Comment faire ? »"
        self.assertEqual(self._told(), [("alan", subject), ("chloe", subject)])

    def test_what_lies_on_both_sides_of_a_boundary_is_about_both(self):
        self.south.with_env(self._as(self.alan))._set_mark("follow", True)
        self._ask(self.alice, territory_id=self.rives_north.id)
        self.assertEqual(self._waiting(), [("alan", "forum_discussion", "daily")])

    def test_who_follows_and_may_not_read_is_not_told(self):
        self.theme.with_env(self._as(self.chloe))._set_mark("follow", True)
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        question.with_env(self._as(self.chloe)).env["collab.mark"]._put("follow", "forum.post", question.ids)
        self._answer(self.alan, question)
        self._tomorrow()
        self.assertEqual([person for person, _subject in self._told()], ["alice"])

    def test_who_is_mentioned_and_follows_is_told_once(self):
        question = self._ask(self.alice)
        self._answer(self.alan, question)
        self.env["collab.notification"].search([]).unlink()
        self._comment(self.alice, question, "Merci @alan, et vous @chloe ? Et @alice.")
        self.assertEqual(self._waiting(), [("alan", "forum_mention", "each"), ("chloe", "forum_mention", "each")])
        subject = "alice vous mentionne dans « Comment faire ? »"
        self.assertEqual(self._told(), [("alan", subject), ("chloe", subject)])

    def test_three_hundred_mentions_call_twenty_people(self):
        for number in range(30):
            self._user(f"zoe{number}", networks=[self.blue])
        names = " ".join(f"@zoe{number % 30}, " for number in range(300))
        self._ask(self.alice, content=f"<p>{names}</p>")
        self.assertEqual([kind for _person, kind, _rhythm in self._waiting()], ["forum_mention"] * 20)

    def test_a_mention_that_is_added_later_is_told_to_whom_it_adds(self):
        question = self._ask(self.alice, content="<p>@alan</p>")
        question.with_env(self._as(self.alice)).write({"content": "<p>@alan @chloe</p>"})
        self.assertEqual(self._waiting(), [("alan", "forum_mention", "each"), ("chloe", "forum_mention", "each")])

    def test_what_waits_is_told_to_moderators_and_then_to_the_others(self):
        self.theme.with_env(self._as(self.chloe))._set_mark("follow", True)
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "1")
        question = self._ask(self.alice, content="<p>@alan</p>", audience_network_ids=self.blue.ids)
        self.assertEqual(self._waiting(), [("maud", "queue", "daily")])
        question.with_env(self._as(self.maud))._accept()
        self._tomorrow()
        self.assertEqual(
            self._told(),
            [
                ("alan", "alice vous mentionne dans « Comment faire ? »"),
                ("alice", "Un modérateur a publié votre question « Comment faire ? »"),
            ],
            "the moderator has nothing left to do, and chloe may not read it",
        )

    def test_a_flag_is_told_to_those_who_moderate(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.alan))._report("Publicité")
        self._tomorrow()
        subject = "1 texte vous attend depuis moins d’une heure"
        self.assertEqual(self._told(), [("gus", subject), ("maud", subject)])

    def test_the_mail_of_the_queue_says_how_much_there_is_and_for_how_long_in_one_line(self):
        question = self._ask(self.alice)
        answers = [self._answer(self.alan, question, f"<p>{number}</p>") for number in range(3)]
        for answer in answers:
            answer.with_env(self._as(self.chloe))._report("x")
        self.env.cr.execute(
            "UPDATE collab_flag SET create_date = create_date - interval '50 hours' WHERE res_id = %s",
            [answers[1].id],
        )
        self.env.invalidate_all()
        self.env["collab.notification"].search([("kind", "!=", "queue")]).unlink()
        self.assertEqual(len(self._waiting()), 6)
        answers[0].with_env(self._as(self.gus))._answer_flags("x")
        self._tomorrow()
        subject = "2 textes vous attendent, le plus ancien depuis 2 jours"
        self.assertEqual([mail for mail in self._told() if mail[0] != "chloe"], [("gus", subject), ("maud", subject)])
        said = self._as(self.maud)["collab.queue"].with_context(lang="fr_FR")._notification()
        self.assertEqual(said["url"], "/moderation")
        self.assertEqual(said["said"].count("Signalé\N{NO-BREAK SPACE}: Comment faire ?"), 2)
        self._tomorrow()
        self.assertEqual(self._told(), [], "nothing new has come since")

    def test_a_queue_that_is_empty_again_is_not_told(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.alan))._report("x")
        question.with_env(self._as(self.gus))._answer_flags("x")
        self.env["collab.notification"].search([("kind", "!=", "queue")]).unlink()
        self._tomorrow()
        self.assertEqual(self._told(), [])

    def test_an_author_is_told_what_is_done_to_his_text_and_why_even_when_he_loses_it(self):
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        self.env["collab.notification"].search([]).unlink()
        answer.with_env(self._as(self.maud))._remove("Hors sujet")
        question.with_env(self._as(self.maud))._remove("Doublon")
        self._tomorrow()
        self.assertEqual(
            self._told(),
            [
                ("alan", "Un modérateur a supprimé une de vos réponses"),
                ("alice", "Un modérateur a supprimé votre question « Comment faire ? »"),
            ],
            "the title of a question that is in the bin is for her who asked it",
        )
        action = self.env["collab.action"].search([("author_id", "=", self.alan.id)])
        said = action.with_env(self._as(self.alan))._notification("moderation", None)
        self.assertEqual(said["url"], f"/moderation/avis/{action.id}")
        self.assertTrue(said["said"].startswith("Hors sujet\n"))

    def test_what_nobody_answers_is_told_once_to_the_moderators_of_its_networks(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        answered = self._ask(self.alice, audience_network_ids=self.blue.ids)
        recent = self._ask(self.alice)
        closed = self._ask(self.alice)
        self._answer(self.alan, answered)
        for post in (question, answered, closed):
            post.sudo().shown_date -= timedelta(hours=49)
            post._refresh()
        closed.with_env(self._as(self.maud))._close("x")
        self.env["collab.notification"].search([]).unlink()
        self.assertEqual(
            self.env["forum.post"].search([("waits_for_answer", "=", True), ("create_uid", "=", self.alice.id)]),
            question,
        )
        self.assertEqual(
            (question | answered | recent | closed).mapped("waits_for_answer"), [True, False, False, False]
        )
        for _ in range(2):
            self.env["forum.post"]._call_for_answers()
        self.assertEqual(self._waiting(), [("maud", "queue", "daily")])
        self._tomorrow()
        self.assertEqual(self._told(), [("maud", "1 texte vous attend depuis 2 jours")])
        self.env["collab.notification"].search([]).unlink()
        self.env["forum.post"]._call_for_answers()
        self.assertFalse(self._waiting(), "once is enough, however long ago")

    def test_website_forum_writes_to_nobody(self):
        partners = self.people.partner_id
        tag = self.env["forum.tag"].create({"name": "mobilité", "forum_id": self.forum.id})
        self.forum.message_subscribe(partners.ids)
        tag.message_subscribe(partners.ids)
        mails, messages = self.env["mail.mail"].search_count([]), self.env["mail.message"].search_count([])
        notified = self.env["mail.notification"].search_count([])
        question = self._ask(self.alice)
        question.sudo().tag_ids = tag
        question.sudo().message_subscribe(partners.ids)
        answer = self._answer(self.alan, question)
        question.with_env(self._as(self.alice)).write({"name": "Autrement", "content": "<p>b</p>"})
        question.with_env(self._as(self.maud))._close("x")
        answer._notify_state_update()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        question.sudo().message_post(body="x", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.notification"].search_count([]), notified)
