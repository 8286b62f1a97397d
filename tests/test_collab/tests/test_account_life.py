import io
import json

from lxml import etree

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import World

# Odoo's own ways to take somebody away, to make another of him, to let him in, or to take his data.
OTHER_WAYS = {
    "res.users": (
        *("unlink", "copy", "write", "create", "toggle_active", "action_archive", "action_unarchive", "action_forget"),
        *("action_change_password_wizard", "preference_change_password", "change_password", "action_show_accesses"),
        *("web_save_multi_copy", "copy_multi", "export_data", "_close", "_erase", "_suspend", "action_totp_disable"),
        *("action_totp_invite", "action_totp_enable_wizard", "reset_password", "signup", "action_revoke_all_devices"),
    ),
    "res.partner": (
        *("unlink", "copy", "write", "create", "toggle_active", "export_data", "signup_prepare", "signup_cancel"),
        *("_get_vcard_file", "_build_vcard", "open_commercial_entity", "message_post", "geo_localize"),
    ),
    "portal.wizard": ("create", "web_save", "action_open_wizard", "default_get"),
    "portal.wizard.user": ("action_grant_access", "action_revoke_access", "action_invite_again", "web_save"),
    "change.password.wizard": ("create", "web_save", "change_password_button"),
    "change.password.own": ("create", "web_save", "change_password"),
    "base.partner.merge.automatic.wizard": ("create", "web_save", "action_merge"),
}
BUTTONS = ("delete", "duplicate", "import", "export_xlsx")


@tagged("post_install", "-at_install")
class TestAccountLife(World, HttpCase):
    """The steps of an account are ours, by screens and by every protocol; Odoo's own ways lead nowhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abel = cls._user("abel", "administrator")

    def _as(self, person):
        return self.authenticate(person.login, f"{person.login}-password-2026")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def _call(self, model, method, *args, button=False, **kwargs):
        """:return tuple: what was answered, and the name of the refusal"""
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
        answer = self.url_open(f"/web/dataset/call_{'button' if button else 'kw'}", json=body).json()
        refusal = answer.get("error", {})
        return answer.get("result"), refusal.get("data", {}).get("name", "").rpartition(".")[2] or refusal.get("code")

    def _step(self, person, kind, **values):
        """:return str: the name of the refusal; nothing once it is done"""
        context = {"default_kind": kind, "active_id": person.id}
        vals = {"user_id": person.id, "kind": kind, **values}
        made, refusal = self._call("collab.account.step", "web_save", [], vals, specification={}, context=context)
        if refusal:
            return refusal
        _done, refusal = self._call("collab.account.step", "action_confirm", [made[0]["id"]], button=True)
        self.env.invalidate_all()
        return refusal

    def test_odoo_s_own_ways_are_refused_to_everybody(self):
        for person in (self.ada, self.gus, self.greta):
            self._as(person)
            for model, methods in OTHER_WAYS.items():
                record = {"res.users": self.gus, "res.partner": self.greta.partner_id}.get(model)
                for method in methods:
                    for button in (False, True):
                        with self.subTest(person.login, model=model, method=method, button=button):
                            done, refusal = self._call(model, method, record.ids if record else [1], button=button)
                            self.assertIsNone(done)
                            self.assertIn(refusal, ("NotFound", 404))
        self.assertTrue(self.gus.exists().active and self.greta.exists().active)

    def test_whether_somebody_is_there_is_no_field_that_anybody_writes(self):
        for person in (self.ada, self.gus):
            self._as(person)
            for record in (self.greta, self.greta.partner_id):
                for values in ({"active": False}, {"active": True}):
                    _done, refusal = self._call(record._name, "web_save", record.ids, values, specification={})
                    self.assertIn(refusal, ("AccessError", "NotFound"), (person.login, record._name))
        vals = {"login": "new@example.org", "firstname": "A", "lastname": "B", "active": False}
        self._as(self.ada)
        self.assertEqual(self._call("res.users", "web_save", [], vals, specification={})[1], "AccessError")

    def test_the_screens_show_no_other_way(self):
        actions = ("res_users_member_action", "res_users_staff_action", "res_partner_organisation_action")
        for person in (self.ada, self.gus):
            self._as(person)
            for name in actions:
                action = self.env.ref(f"collab_reseaux.{name}")
                views = [[view.view_id.id, view.view_mode] for view in action.view_ids]
                found, _refusal = self._call(
                    action.res_model, "get_views", views, options={"toolbar": True, "action_id": action.id}
                )
                fields = found["models"][action.res_model]["fields"]
                for kind, view in found["views"].items():
                    with self.subTest(person.login, screen=name, view=kind):
                        self.assertFalse(view.get("toolbar"), "nothing in the menu of actions")
                        arch = etree.fromstring(view["arch"])
                        self.assertEqual([arch.get(button) for button in BUTTONS], ["False"] * len(BUTTONS))
                        self.assertFalse(arch.xpath("//chatter | //*[hasclass('oe_chatter')]"))
                if action.res_model == "res.users":
                    # What shows "Archive" in the menu of a screen.
                    self.assertTrue(fields["active"]["readonly"])

    def test_each_step_is_refused_to_whom_it_is_not(self):
        steps = ("suspend", "resume", "close", "reopen", "erase")
        gina = self._user("gina", networks=self.green)
        self._as(self.greta)
        for kind in steps:
            self.assertEqual(self._step(gina, kind, reason="x"), "NotFound", kind)
        self._as(self.gus)
        for kind in ("close", "reopen", "erase"):
            self.assertEqual(self._step(self.greta, kind, reason="x"), "AccessError", kind)
        for kind in steps:
            # Of another network: like nobody.
            self.assertEqual(self._step(self.wanda, kind, reason="x"), "MissingError", kind)
            self.assertTrue(self._step(self.gus, kind, reason="x"), "nor himself")
        self.assertTrue(self.greta.active and self.wanda.active and not self.wanda._is_suspended())

    def test_a_person_goes_through_each_step(self):
        self._as(self.gus)
        self.assertEqual(self._step(self.greta, "suspend", reason="Injures", until="2020-01-01"), "ValidationError")
        self.assertEqual(self._step(self.greta, "suspend", reason=" "), "ValidationError")
        self.assertFalse(self._step(self.greta, "suspend", reason="Injures"))
        self.assertEqual(self._step(self.greta, "suspend", reason="Injures"), "AlreadyDone")
        self.assertTrue(self.greta._is_suspended())
        self.assertFalse(self._step(self.greta, "resume", reason="Excuses"))
        self._as(self.ada)
        for kind, state in (("close", "closed"), ("reopen", "in"), ("close", "closed"), ("erase", "erased")):
            self.assertFalse(self._step(self.greta, kind))
            self.assertEqual(self.greta.door_state, state)
        self.assertEqual(self._step(self.greta, "reopen"), "UserError")
        self.assertEqual(self._step(self.ada, "close"), "UserError")
        self.assertEqual(self._step(self.gus, "suspend", reason="x"), "AccessError", "never the federations")

    def test_who_is_closed_is_out_at_once_and_comes_back_as_before(self):
        elsewhere = self._as(self.greta).sid
        self.assertIn("/ressources", self.url_open("/ressources").url)
        self._as(self.ada)
        self.assertFalse(self._step(self.greta, "close"))
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = elsewhere
        self.assertIn("/web/login", self.url_open("/ressources").url)
        self._as(self.ada)
        self.assertFalse(self._step(self.greta, "reopen"))
        self._as(self.greta)
        self.assertIn("/ressources", self.url_open("/ressources").url)

    def test_what_follows_is_said_in_numbers(self):
        env = self.env(user=self.greta.id, su=False)
        for number in range(2):
            upload = env["collab.upload"]._start(f"{number}.txt", 1)
            upload._append(0, io.BytesIO(str(number).encode()))
            upload._deposit({"title": "x", "directory_id": self.env.ref("collab_ressources.directory_tools").id})
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        question = env["forum.post"].create({"name": "x", "forum_id": forum})
        env["forum.post"].create({"parent_id": question.id, "content": "<p>x</p>"})
        said = self.greta.with_user(self.ada).with_context(lang="fr_FR")._consequences("close")
        self.assertIn(
            "Ce que cette personne a partagé reste, signé « Membre parti » : 2 documents, 1 question et 1 réponse.",
            " ".join(said).replace("\N{NO-BREAK SPACE}", " "),
        )
        nothing = self.gus.with_user(self.ada).with_context(lang="fr_FR")._consequences("erase")
        self.assertIn("Cette personne n’a rien partagé.", nothing)

    def test_who_is_suspended_reads_on_his_own_page_until_when_and_why(self):
        self.green.write({"contact_name": "Guy", "contact_email": "guy@green.example"})
        self.greta.lang = "fr_FR"
        self.greta.with_user(self.gus)._suspend("Injures répétées")
        self._as(self.greta)
        page = self.url_open("/mon-compte").text.replace("&#39;", "’")
        for text in ("Vous ne pouvez plus écrire sur la plateforme.", "Injures répétées", "guy@green.example"):
            self.assertIn(text, page)
        self._as(self.wanda)
        self.assertNotIn("Injures répétées", self.url_open("/mon-compte").text)

    def test_what_is_no_step_is_no_fault_of_the_server(self):
        self._as(self.ada)
        for values in (
            {"user_id": 0, "kind": "close"},
            {"user_id": "x", "kind": "close"},
            {"user_id": [1], "kind": "close"},
            {"user_id": self.greta.id, "kind": 3},
            {"user_id": self.greta.id, "kind": "delete"},
            {"user_id": self.greta.id},
            {"kind": "close"},
            {"user_id": self.greta.id, "kind": "suspend", "reason": "x", "until": "demain"},
            {"user_id": self.greta.id, "kind": "suspend", "reason": "x", "until": "9999-99-99"},
        ):
            with self.subTest(json.dumps(values)), mute_logger("odoo.sql_db"):
                made, refusal = self._call("collab.account.step", "web_save", [], values, specification={})
                self.assertTrue(refusal, made)
        self.assertTrue(self.greta.active and not self.greta._is_suspended())
