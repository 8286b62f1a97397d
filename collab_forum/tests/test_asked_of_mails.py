from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestAskedOfMails(ForumCase):
    """Who asks for one mail a day, or for a pause, loses nothing of what happens meanwhile."""

    def setUp(self):
        super().setUp()
        self.Setting = self.env["collab.notification.setting"]
        self.question = self._ask(self.alice)

    def _pause_is_over(self):
        self.env.cr.execute("UPDATE collab_notification_setting SET paused_until = paused_until - 30")
        self.env.invalidate_all()
        self._tomorrow()

    def test_nothing_leaves_during_a_pause_and_one_letter_then_tells_everything(self):
        self._answer(self.alan, self.question)
        self.Setting._pause(self.alice, today() + timedelta(days=7))
        self._answer(self.chloe, self.question)
        self._comment(self.gus, self.question, "@alice voyez ceci")
        rows = self.env["collab.notification"].search([("user_id", "=", self.alice.id)])
        back = self.env["collab.notification"]._morning(today() + timedelta(days=7))
        self.assertEqual(set(rows.mapped("due")), {back}, "what waited before the pause waits with the rest")
        self._tomorrow()
        self.assertNotIn("alice", dict(self._told()), "whatever wakes the sender")
        self.assertEqual(set(rows.mapped("state")), {"waiting"})
        self._pause_is_over()
        self.assertEqual(
            [mail for mail in self._told() if mail[0] == "alice"], [("alice", "3 nouvelles qui vous concernent")]
        )
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_what_is_owed_leaves_during_a_pause_and_says_that_there_is_one(self):
        until = today() + timedelta(days=7)
        self.Setting._pause(self.alice, until)
        self.question.with_env(self._as(self.maud))._remove("Doublon")
        [row] = self.env["collab.notification"].search([("user_id", "=", self.alice.id)])
        self.assertEqual((row.rhythm, row._must_wait_until()), ("each", None))
        letter = row._write_letter().get_body(("html",)).get_content()
        self.assertIn("Vos e-mails sont en pause", letter)
        # Once it can be undone no more.
        self._tomorrow()
        self.assertEqual(self._told(), [("alice", "Un modérateur a supprimé votre question « Comment faire ? »")])

    def test_a_pause_that_is_ended_gives_what_has_waited_the_next_morning(self):
        self.Setting._pause(self.alice, today() + timedelta(days=7))
        self._answer(self.alan, self.question)
        self.Setting._pause(self.alice, None)
        self.assertIsNone(self.Setting._of(self.alice).paused_until)
        self.assertEqual(self._waiting(), [("alice", "forum_first_answer", "daily")])
        self._tomorrow()
        self.assertEqual(self._told(), [("alice", "alan répond à votre question « Comment faire ? »")])
        # And the rhythms that she has chosen are as before.
        self._answer(self.alan, self._ask(self.alice))
        self.assertEqual(self._waiting(), [("alice", "forum_first_answer", "each")])

    def test_all_in_one_mail_a_day_groups_what_was_wanted_at_once_and_keeps_what_was_stopped(self):
        Preference = self.env["collab.notification.preference"]
        Preference._choose(self.alice, "forum_mention", "never")
        self.Setting._set_one_a_day(self.alice, True)
        self._answer(self.alan, self.question)
        self._comment(self.alan, self._ask(self.chloe), "@alice ?")
        self.assertEqual(
            [row for row in self._waiting() if row[0] == "alice"], [("alice", "forum_first_answer", "daily")]
        )
        self.Setting._set_one_a_day(self.alice, False)
        self._answer(self.alan, self._ask(self.alice))
        self.assertIn(("alice", "forum_first_answer", "each"), self._waiting())

    def test_a_pause_lasts_from_tomorrow_on_and_a_year_at_most(self):
        for days in (-1, 0, 400):
            with self.subTest(days), self.assertRaises(UserError):
                self.Setting._pause(self.alice, today() + timedelta(days=days))
        self.assertIsNone(self.Setting._of(self.alice).paused_until)
