import json

from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import World

FALSE_NAME = '"Direction" <direction@blue.example>'


@tagged("post_install", "-at_install")
class TestOwnName(World, HttpCase):
    """Nobody writes in another's name, and nobody by core's mail: the platform alone writes to people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["mail.template"].create(
            {
                "name": "x",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "x",
                "email_from": FALSE_NAME,
                "email_to": "x@elsewhere.example",
                "body_html": "<p>x</p>",
            }
        )

    def _written(self):
        models = ("mail.mail", "mail.message", "mail.activity", "mail.followers", "mail.scheduled.message")
        return [self.env[model].search_count([]) for model in models]

    def _rpc(self, model, method, *args, **kwargs):
        body = {"jsonrpc": "2.0", "method": "call"}
        body["params"] = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            "/web/dataset/call_kw", data=json.dumps(body), headers={"Content-Type": "application/json"}
        ).json()

    def _attempts(self, person):
        """:return list[tuple]: model, method and arguments of the ways that core has to write to somebody"""
        own, other = person.partner_id.id, self.wanda.partner_id.id
        said = {"body": "x", "partner_ids": [other], "email_from": FALSE_NAME}
        message = {"body": "x", "model": "res.partner", "res_id": own, "author_id": other, "email_from": FALSE_NAME}
        model = self.env["ir.model"]._get_id("res.partner")
        activity = {"res_model_id": model, "res_id": own, "user_id": self.wanda.id, "summary": "x"}
        letter = {"email_values": {"email_to": "x@elsewhere.example", "body_html": "x"}}
        arrived = f"From: {FALSE_NAME}\nTo: x@blue.example\nSubject: x\nMessage-Id: <1@x>\n\nx"
        later = {"model": "res.partner", "res_id": own, "body": "x", "author_id": own}
        return [
            ("res.partner", "message_post", [[own]], said),
            ("res.partner", "message_post", [[own]], {"body": "x"}),
            ("res.partner", "message_notify", [[own]], said),
            ("res.partner", "message_post_with_source", [[own], self.template.id], {}),
            ("res.partner", "message_mail_with_source", [[own], self.template.id], {}),
            ("res.partner", "message_subscribe", [[own]], {"partner_ids": [other]}),
            ("res.partner", "message_unsubscribe", [[own]], {"partner_ids": [other]}),
            ("res.partner", "message_process", ["res.partner", arrived], {}),
            ("res.partner", "activity_schedule", [[own]], {"user_id": self.wanda.id}),
            ("res.partner", "write", [[own], {"message_partner_ids": [[4, other]]}], {}),
            ("mail.thread", "message_notify", [[]], said),
            ("mail.message", "create", [message], {}),
            ("mail.compose.message", "create", [{**message, "partner_ids": [other]}], {}),
            ("mail.scheduled.message", "create", [{**later, "scheduled_date": "2030-01-01 00:00:00"}], {}),
            ("mail.activity", "create", [activity], {}),
            ("mail.mail", "create", [{"email_to": "x@elsewhere.example", "body_html": "x"}], {}),
            ("mail.template", "send_mail", [[self.template.id], own], letter),
            ("mail.template", "send_mail_batch", [[self.template.id], [own]], letter),
            ("mail.template", "create", [{"name": "x", "model_id": model}], {}),
            ("mail.followers.edit", "create", [{"res_model": "res.partner", "res_ids": str([own])}], {}),
            ("res.users", "action_totp_invite", [self.wanda.ids], {}),
        ]

    @mute_logger("odoo.http")
    def test_nobody_writes_to_people_by_core_s_mail(self):
        for person in (self.bea, self.ada):
            self.authenticate(person.login, f"{person.login}-password-2026")
            before = self._written()
            for model, method, args, kwargs in self._attempts(person):
                with self.subTest(person.login, model=model, method=method):
                    self.assertIn("error", self._rpc(model, method, *args, **kwargs))
            self.assertEqual(self._written(), before)

    def test_the_methods_themselves_refuse(self):
        """Whatever calls them in the name of somebody, a button or a route of core's."""
        other = self.greta.partner_id.ids
        for person in (self.wanda, self.bea, self.ada):
            env = self.env(user=person.id, su=False)
            own = env["res.partner"].browse(person.partner_id.id)
            template = env["mail.template"].browse(self.template.id)
            for write, args in (
                (own.message_post, {"body": "x", "partner_ids": other}),
                (own.message_notify, {"body": "x", "partner_ids": other}),
                (own.message_subscribe, {"partner_ids": other}),
                (template.send_mail, {"res_id": own.id, "force_send": True}),
                (env["mail.message"].create, {"vals_list": [{"body": "x"}]}),
                (env["mail.compose.message"].create, {"vals_list": [{"body": "x"}]}),
            ):
                with self.subTest(person.login, write=write), self.assertRaises(AccessError):
                    write(**args)

    def test_a_password_link_is_sent_by_who_opens_accounts(self):
        for person in (self.wanda, self.bea):
            try:
                self.greta.with_user(person).action_reset_password()
            except (AccessError, MissingError):
                continue
            self.fail(f"{person.login} has had a link sent")

    @mute_logger("odoo.http")
    def test_nobody_changes_by_a_call_what_gives_his_account_back(self):
        """Nor who he is for the others: a page of ours does, and asks."""
        self.authenticate("bea", "bea-password-2026")
        for vals in (
            {"email": "x@elsewhere.example"},
            {"login": "x@elsewhere.example"},
            {"name": "Direction"},
            {"phone": "0102030405"},
            {"image_1920": False},
            {"signature": "<p>La direction</p>"},
            {"notification_type": "inbox"},
            {"out_of_office_message": "x"},
            {"lang": "fr_FR", "email": "x@elsewhere.example"},
        ):
            before = self.bea.read(list(vals))
            with self.subTest(vals=vals):
                self.assertIn("error", self._rpc("res.users", "write", self.bea.ids, vals))
                self.env.invalidate_all()
                self.assertEqual(self.bea.read(list(vals)), before)

    def test_an_administrator_still_opens_and_closes_accounts(self):
        """Core notes it under the contact, as whoever does it."""
        accounts = self.env["res.users"].with_user(self.ada)
        member = accounts.create(
            {
                "login": "new@blue.example",
                "firstname": "New",
                "lastname": "Member",
                "platform_role": "member",
            }
        )
        self.assertTrue(member.share)
        member.write({"platform_role": "moderator", "network_ids": [Command.set(self.blue.ids)]})
        self.assertFalse(member.share)
        member.write({"platform_role": "member"})
        self.assertTrue(member.share)
