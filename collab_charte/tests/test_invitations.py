import ast
import re
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import CharterCase


@tagged("post_install", "-at_install")
class TestInvitations(CharterCase, MailCase):
    """How people are told that they may come in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._user("ada", "administrator")
        cls.blue.write({"contact_name": "Anne Contact", "contact_email": "anne@blue.example"})
        cls.zoe, cls.paul = (cls._newcomer(name) for name in ("zoe", "paul"))

    @classmethod
    def _newcomer(cls, name):
        user = cls._user(f"{name}@example.org", accepts=False, networks=cls.blue)
        user.partner_id.email = f"{name}@example.org"
        return user

    def _run(self):
        # The job commits as it goes: on a cursor of its own, whose commits are savepoints here.
        with self.mock_mail_gateway(), self.enter_registry_test_mode():
            self.env.ref("collab_charte.cron_send_links").method_direct_trigger()
        self.env.invalidate_all()
        return [(mail["email_to"], mail["subject"], mail["body"]) for mail in self._mails]

    def _later(self, days):
        self.env.cr.execute("UPDATE res_users SET invited_date = invited_date - make_interval(days => %s)", [days])
        self.env["res.users"].invalidate_model()

    def test_an_invitation_says_who_invites_and_leads_to_a_password(self):
        answer = (self.zoe | self.paul).with_user(self.ada).action_invite()
        self.assertIn("2", answer["params"]["message"])
        self.assertEqual(self.zoe.door_state, "leaving")
        mails = self._run()
        self.assertEqual(len(mails), 2)
        (_to, subject, body) = next(mail for mail in mails if "zoe" in mail[0][0])
        self.assertEqual(subject, "Votre accès à la plateforme des réseaux")
        for said in ("Blue vous ouvre un accès", "anne@blue.example", "6 jours", "zoe@example.org", "/web/signup?"):
            self.assertIn(said, body)
        self.assertNotIn("Odoo", re.sub(r"<[^>]+>", "", body))
        self.assertEqual(self.zoe.door_state, "invited")
        self.assertFalse(self._run(), "once is enough")

    def test_nothing_is_sent_to_the_screen_of_whoever_has_made_the_account(self):
        maud = (
            self.env["res.users"]
            .with_user(self.ada)
            .create(
                {
                    "firstname": "Maud",
                    "lastname": "Le Gall",
                    "login": "maud@example.org",
                    "platform_role": "moderator",
                    "network_ids": [(4, self.blue.id)],
                }
            )
        )
        maud.partner_id.sudo().signup_prepare()
        token = maud.partner_id.sudo()._generate_signup_token()
        login, _password = self.env["res.users"].sudo().signup({"password": "une-phrase-et-2026"}, token)
        self.assertEqual(login, "maud@example.org")
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([("message", "ilike", "res.users/connection")])
        self.assertFalse(told)

    def test_a_filter_of_the_list_finds_those_of_its_state(self):
        users = self.env["res.users"].with_user(self.ada)
        search = self.env.ref("collab_reseaux.res_users_member_view_search")
        arch = etree.fromstring(users.get_view(search.id, "search")["arch"])
        self.zoe.sudo().write({"link_asked": "2026-01-01", "link_error": "x", "invited_date": "2026-01-01"})
        left = self._newcomer("left")
        left._leave()
        everybody = self.zoe | self.paul | self.ada | left
        for name, found in (("new", self.paul), ("stuck", self.zoe), ("in", self.ada), ("closed", left)):
            with self.subTest(name):
                (node,) = arch.xpath(f"//filter[@name='{name}']")
                domain = ast.literal_eval(node.get("domain"))
                self.assertEqual(users.search([*domain, ("id", "in", everybody.ids)]), found)
        for name in ("invited", "stopped", "refused"):
            self.assertTrue(arch.xpath(f"//filter[@name='{name}']"))

    def test_the_list_says_in_words_why_an_invitation_does_not_leave(self):
        for error, said in (
            ("{'zoe@example.org': (550, b'5.1.1 User unknown')}", "adresse est refusée"),
            ("{'zoe@example.org': (550, b'no such user here')}", "adresse est refusée"),
            ("{'zoe@example.org': (554, b'5.7.1 relay denied')}", "réessaie"),
            ("{'zoe@example.org': (550, b'5.7.26 unauthenticated')}", "réessaie"),
            ("[Errno 111] Connection refused", "réessaie"),
        ):
            with self.subTest(error):
                self.zoe.sudo().link_error = error
                self.assertIn(said, self.zoe.with_user(self.ada).with_context(lang="fr_FR").link_trouble)
        self.assertFalse(self.paul.link_trouble)

    def test_the_states_can_be_looked_for(self):
        Users = self.env["res.users"]
        self.zoe.with_user(self.ada).action_invite()
        self._run()
        come = self._newcomer("come")
        self.env["res.users.log"].with_user(come).sudo().create({})
        accepted = self._user("accepted", networks=self.blue)
        refused = self._newcomer("refused")
        refused._refuse_charter()
        left = self._newcomer("left")
        left._leave()
        asked = self._newcomer("asked")
        asked.with_user(self.ada).action_invite()
        people = self.zoe | self.paul | asked | come | accepted | refused | left
        expected = ("invited", "new", "leaving", "stopped", "in", "refused", "left")
        self.assertEqual([person.door_state for person in people], list(expected))
        for person, state in zip(people, expected, strict=True):
            found = Users.with_context(active_test=False).search([("door_state", "=", state), ("id", "in", people.ids)])
            self.assertEqual(found, person, state)

    def test_whoever_has_come_is_not_invited_again(self):
        self.env["res.users.log"].with_user(self.zoe).sudo().create({})
        self.paul.active = False
        answer = (self.zoe | self.paul).with_user(self.ada).action_invite()
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertFalse(self._run())

    def test_a_link_asked_for_by_somebody_never_seen_is_an_invitation(self):
        self.env["res.users"].reset_password("zoe@example.org")
        [(_to, subject, _body)] = self._run()
        self.assertIn("Votre accès", subject)
        self.env["res.users.log"].with_user(self.zoe).sudo().create({})
        self.env["res.users"].reset_password("zoe@example.org")
        [(_to, subject, body)] = self._run()
        self.assertIn("nouveau mot de passe", subject)
        self.assertIn("/web/reset_password?", body)

    def test_one_reminder_leaves_when_the_first_link_has_lapsed(self):
        self.zoe.with_user(self.ada).action_invite()
        self._run()
        self._later(days=5)
        self.env["res.users"]._remind_invited()
        self.assertFalse(self._run())
        self._later(days=2)
        self.env["res.users"]._remind_invited()
        [(_to, subject, _body)] = self._run()
        self.assertIn("Rappel", subject)
        self._later(days=7)
        self.env["res.users"]._remind_invited()
        self.assertFalse(self._run())

    def test_who_has_forgotten_comes_before_a_thousand_invitations(self):
        with patch("odoo.addons.collab_charte.models.res_users_invitation.LINKS_A_RUN", 1):
            (self.zoe | self.paul).with_user(self.ada).action_invite()
            come = self._newcomer("come")
            self.env["res.users.log"].with_user(come).sudo().create({})
            self.env["res.users"].reset_password("come@example.org")
            first, *others = self._run()
        self.assertIn("come@example.org", first[0][0])
        self.assertEqual(len(others), 2)

    def test_what_could_not_leave_is_tried_again_and_says_so(self):
        self.zoe.with_user(self.ada).action_invite()
        refused = patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("refused"))
        with refused, self.assertLogs("odoo.addons.collab_charte.models.res_users_letters", "WARNING") as logs:
            self._run()
        self.assertIn("zoe@example.org", logs.output[0])
        self.assertEqual(self.zoe.with_user(self.ada).door_state, "stuck")
        self.assertIn("refused", self.zoe.with_user(self.ada).link_error)
        stuck = self.env["res.users"].search([("door_state", "=", "stuck"), ("id", "in", (self.zoe | self.paul).ids)])
        self.assertEqual(stuck, self.zoe)
        self.assertEqual(len(self._run()), 1)
        self.assertEqual((self.zoe.door_state, self.zoe.link_error), ("invited", False))

    def test_a_letter_that_never_leaves_holds_back_nobody(self):
        """Whatever the reason, and however many they are."""
        broken = [self._newcomer(f"broken{number}") for number in range(3)]
        original = type(self.env["res.users"])._action_reset_password

        def fail(user, signup_type="reset"):
            if user in broken:
                raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
            return original(user, signup_type)

        for user in (*broken, self.zoe):
            user.with_user(self.ada).action_invite()
        with (
            patch.object(type(self.env["res.users"]), "_action_reset_password", fail),
            patch("odoo.addons.collab_charte.models.res_users_invitation.LINKS_A_RUN", 2),
            # Core begins a job again ten times, and for ten seconds at least, while something remains to be done.
            patch("odoo.addons.base.models.ir_cron.MIN_TIME_PER_JOB", 0),
            mute_logger("odoo.addons.collab_charte.models.res_users_letters"),
        ):
            mails = [mail for _ in range(3) for mail in self._run()]
        self.assertEqual([mail[0] for mail in mails], [[self.zoe.email_formatted]])
        for user in broken:
            self.assertEqual(user.door_state, "stuck")
            self.assertIn("surrogates", user.link_error)

    def test_an_invitation_is_an_administrator_s(self):
        for role in ("member", "moderator"):
            person = self._user(role, role, networks=self.blue)
            with self.assertRaises(AccessError):
                self.zoe.with_user(person).action_invite()

    def test_an_import_invites_its_own_people(self):
        record = self.env["collab.import"].create({"state": "done"})
        self.env["collab.import.line"].create(
            [
                {"import_id": record.id, "number": number, "state": "creation", "user_id": user.id}
                for number, user in ((2, self.zoe), (3, self.ada))
            ]
        )
        self.assertEqual(record.to_invite_count, 1)
        record.with_user(self.ada).action_invite()
        [(to, _subject, _body)] = self._run()
        self.assertIn("zoe@example.org", to[0])
        self.assertEqual(record.line_ids.filtered("user_id")[0].door_state, "invited")

    def test_a_closed_account_is_sent_nothing(self):
        self.zoe.with_user(self.ada).action_invite()
        self.zoe.active = False
        self.assertFalse(self._run())
        with self.assertRaises(UserError):
            self.zoe._action_reset_password()
