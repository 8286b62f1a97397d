from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import CharterCase

LOG = "odoo.addons.collab_charte.models.res_users_letters"


@tagged("post_install", "-at_install")
class TestWhoHasAccepted(CharterCase, MailCase):
    """A new charter, who has accepted it, and how the others are reminded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})
        cls.charter = cls.charter.with_env(cls.env)
        cls.env["res.users"]._who_may_come_in().active = False
        cls.ada = cls._person("ada", "administrator")
        cls.zoe, cls.paul = (cls._person(name) for name in ("zoe", "paul"))
        cls.never = cls._person("never", accepts=False)

    @classmethod
    def _person(cls, name, role="member", accepts=True):
        user = cls._user(f"{name}@example.org", role, accepts, networks=cls.blue)
        user.partner_id.email = f"{name}@example.org"
        return user

    def _publish(self, **values):
        """:return collab.charter: a new text, as ada sees it; she has accepted it"""
        charter = self.env["collab.charter"].create({"body": "<p>Nouvelle</p>", **values})
        charter.action_publish()
        self.ada._accept_charter(charter, "192.0.2.7")
        return charter.with_user(self.ada)

    def _run(self):
        # The job commits as it goes: on a cursor of its own, whose commits are savepoints here.
        with self.mock_mail_gateway(), self.enter_registry_test_mode():
            self.env.ref("collab_charte.cron_remind_charter").method_direct_trigger()
        self.env.invalidate_all()
        return sorted(mail["email_to"][0].rpartition("<")[2].rstrip(">") for mail in self._mails)

    def _server_that_says_no(self):
        error = OSError("no, says the server")
        return patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=error)

    # What its form says

    def test_the_form_says_how_many_have_accepted_and_who_has_not(self):
        charter = self.charter.with_user(self.ada)
        self.assertEqual(charter.summary, "3 sur 4 ont accepté la version 1")
        self.assertEqual(charter.waiting_ids, self.never)
        new = self._publish()
        self.assertEqual(new.summary, "1 sur 4 a accepté la version 2")
        self.assertEqual(new.waiting_ids, self.zoe | self.paul | self.never)
        self.env.invalidate_all()
        self.assertEqual(charter.summary, "3 personnes l’ont acceptée quand elle était en vigueur")
        self.assertFalse(charter.waiting_ids)

    def test_who_is_gone_is_not_counted_and_nobody_is_as_many_as_none(self):
        (self.zoe | self.ada | self.paul).active = False
        self.assertEqual(self.charter.summary, "0 sur 1 a accepté la version 1")
        self.never.active = False
        self.env.invalidate_all()
        self.assertEqual(self.charter.summary, "0 sur 0 a accepté la version 1")

    def test_a_minor_correction_counts_those_of_its_version(self):
        self.assertEqual(self._publish(minor=True).summary, "3 sur 4 ont accepté la version 1")

    def test_before_it_is_published_it_says_whom_it_stops(self):
        form = Form(self.env["collab.charter"].with_user(self.ada), view="collab_charte.collab_charter_view_form")
        form.body = "<p>Nouvelle</p>"
        said = (
            "3 personnes devront accepter ce texte avant de continuer. Vous en faites partie. "
            "1 autre l’acceptera à sa première visite."
        )
        self.assertEqual(form.publish_effect, said)
        form.minor = True
        self.assertIn("personne n’est bloqué", form.publish_effect)
        form.minor = False
        draft = form.save()
        asked = draft.action_ask_publish()
        self.assertEqual((asked["target"], asked["res_id"], draft.state), ("new", draft.id, "draft"))
        dialog = self.env["ir.ui.view"].browse(asked["views"][0][0])
        self.assertIn("publish_effect", dialog.arch)
        # She is the first to be asked.
        self.assertEqual(draft.action_publish()["url"], "/charte")
        self.assertFalse(draft.publish_effect)

    def test_a_draft_is_deleted_and_nothing_else(self):
        draft = self.env["collab.charter"].with_user(self.ada).create({"body": "<p>Brouillon</p>"})
        self.assertEqual(draft.action_discard()["res_model"], "collab.charter")
        self.assertFalse(draft.exists())
        with self.assertRaises(UserError):
            self.charter.with_user(self.ada).action_discard()

    def test_a_moderator_learns_nothing_of_it(self):
        gus = self._person("gus", "moderator")
        charter = self.charter.with_user(gus)
        for name in ("summary", "waiting_ids", "in_force", "publish_effect"):
            with self.assertRaises(AccessError, msg=name):
                charter.read([name])
        with self.assertRaises(AccessError):
            charter.action_remind()

    # Where people stand

    def test_after_a_new_version_who_had_accepted_must_accept_it(self):
        self.assertEqual(self.zoe.door_state, "in")
        self._publish()
        self.assertFalse(self.zoe.login_date, "whatever has been kept of his connections")
        self.assertEqual((self.zoe.door_state, self.never.door_state), ("outdated", "new"))
        labels = dict(self.env["res.users"].with_user(self.ada).fields_get(["door_state"])["door_state"]["selection"])
        self.assertEqual(labels["outdated"], "Doit accepter la version 2")
        self.assertEqual(labels["in"], "Charte acceptée")
        found = self.env["res.users"].search([("door_state", "=", "outdated")])
        self.assertEqual(found, self.zoe | self.paul)
        self.assertNotIn(self.zoe, self.env["res.users"].search([("door_state", "in", ("new", "stopped", "invited"))]))

    def test_who_has_refused_a_version_is_asked_the_next_one(self):
        self.never._refuse_charter()
        self.assertEqual(self.never.door_state, "refused")
        self._publish(minor=True)
        self.assertEqual(self.never.door_state, "refused", "the same rules")
        self._publish()
        self.assertEqual(self.never.door_state, "outdated")
        self.assertIn(self.never, self.env["res.users"].search([("door_state", "=", "outdated")]))

    # The reminder

    def test_those_who_have_come_are_reminded_and_the_others_are_not(self):
        new = self._publish()
        refused = self._person("refused")
        refused._refuse_charter()
        left = self._person("left")
        left._leave()
        come = self._person("come", accepts=False)
        self.env["res.users.log"].with_user(come).sudo().create({})
        self.assertIn("3 rappels", new.action_remind()["params"]["message"])
        self.assertEqual(self._run(), ["come@example.org", "paul@example.org", "zoe@example.org"])
        body = next(mail["body"] for mail in self._mails if "zoe" in mail["email_to"][0])
        self.assertIn("/charte", body)
        self.assertIn("a changé", body)
        self.assertTrue(self.zoe.charter_reminded_date)
        self.assertFalse(self._run(), "once is enough")

    def test_nobody_is_reminded_twice_in_a_day(self):
        new = self._publish()
        new.action_remind()
        new.action_remind()
        self.assertEqual(len(self._run()), 2)
        answer = new.action_remind()["params"]
        self.assertEqual(answer["type"], "warning")
        self.assertIn("2", answer["message"])
        self.assertFalse(self._run())
        self.zoe.charter_reminded_date = fields.Datetime.now() - timedelta(days=1, minutes=1)
        self.assertIn("1 rappel ", new.action_remind()["params"]["message"])
        self.assertEqual(self._run(), ["zoe@example.org"])

    def test_who_accepts_meanwhile_is_left_in_peace(self):
        new = self._publish()
        new.action_remind()
        self.zoe._accept_charter(new, "192.0.2.7")
        self.paul.active = False
        self.assertFalse(self._run())
        self.assertFalse((self.zoe | self.paul).sudo().filtered("reminder_asked"))

    def test_a_server_that_says_no_is_seen_and_nothing_is_lost(self):
        new = self._publish()
        new.action_remind()
        refused = patch.object(
            type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("no, says the server")
        )
        with refused, self.assertLogs(LOG, "WARNING") as logs:
            self.assertFalse(self._run())
        self.assertEqual(len(logs.output), 2)
        self.assertIn("no, says the server", self.zoe.with_user(self.ada).reminder_error)
        self.assertFalse(self.zoe.charter_reminded_date)
        self.assertEqual(len(self._run()), 2, "the job tries again by itself")
        self.assertFalse(self.zoe.reminder_error)

    def test_what_never_leaves_is_given_up_after_a_day_and_says_why(self):
        new = self._publish()
        new.action_remind()
        refused = patch.object(
            type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("no, says the server")
        )
        with refused, mute_logger(LOG):
            self._run()
        (self.zoe | self.paul).reminder_asked = fields.Datetime.now() - timedelta(days=1, minutes=1)
        self.assertFalse(self._run())
        self.assertIn("no, says the server", self.zoe.reminder_error)
        new.action_remind()
        self.assertEqual(len(self._run()), 2)

    def test_a_job_killed_before_its_own_note_sends_the_same_letter_again(self):
        """Between the answer of the server and the note: mail programs show the two as one."""
        new = self._publish()
        new.action_remind()
        self._run()
        first = {mail["email_to"][0]: mail["message_id"] for mail in self._mails}
        asked = fields.Datetime.now()
        (self.zoe | self.paul).write({"charter_reminded_date": False, "reminder_asked": asked})
        self._run()
        second = {mail["email_to"][0]: mail["message_id"] for mail in self._mails}
        self.assertEqual(first.keys(), second.keys())
        (self.zoe | self.paul).write({"charter_reminded_date": False, "reminder_asked": asked})
        self._run()
        self.assertEqual(second, {mail["email_to"][0]: mail["message_id"] for mail in self._mails})

    def test_one_who_cannot_be_written_to_holds_back_nobody(self):
        new = self._publish()
        self.zoe.login = "zoe, sans adresse"
        new.action_remind()
        with mute_logger(LOG):
            self.assertEqual(self._run(), ["paul@example.org"])
        self.assertTrue(self.zoe.reminder_error)
