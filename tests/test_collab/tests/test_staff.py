import re

from odoo import api
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from .world import World


@tagged("post_install", "-at_install")
class TestStaff(World, MockEmail, HttpCase):
    """A moderator who sends what he likes, from his own session: he is no more than his role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blue_house, cls.green_house = cls.houses[cls.blue], cls.houses[cls.green]
        cls.shared = cls._organisation("Shared", networks=cls.blue | cls.green)
        cls.wanda.partner_id.write({"email": "wanda@blue.example", "phone": "0600000000"})

    def setUp(self):
        super().setUp()
        self._as(self.gus)

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def _call(self, model, method, *args, **kwargs):
        """:return tuple: what was answered, and the name of the refusal"""
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
        answer = self.url_open("/web/dataset/call_kw", json=body).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name", "").rpartition(".")[2]

    def _save(self, record, values, **context):
        """:return str: the name of the refusal"""
        return self._call(record._name, "web_save", record.ids, values, specification={}, context=context)[1]

    # ------------------------------------------------------------------ what decides his own scope

    def test_he_gives_himself_no_network(self):
        own = self.gus.partner_id
        for values in (
            {"network_ids": [[4, self.blue.id]]},
            {"parent_id": self.blue_house.id},
            {"commercial_partner_id": self.blue_house.id},
            {"scope_network_ids": [[4, self.blue.id]]},
            {"territory_ids": [[4, self.port.id]]},
        ):
            with self.subTest(values):
                self.assertEqual(self._save(own, values), "AccessError")
                self.assertTrue(self._save(self.gus, values), "by his account neither")
        self.assertEqual(self.gus.partner_id.scope_network_ids, self.green)

    def test_he_gives_nobody_a_network_and_takes_none_away(self):
        for values in (
            {"network_ids": [[4, self.blue.id]]},
            {"network_ids": [[6, 0, [self.blue.id, self.green.id]]], "phone": "1"},
            {"network_ids": [[3, self.blue.id]]},
            {"network_ids": [[6, 0, [self.green.id]]]},
        ):
            with self.subTest(values):
                self._save(self.green_house, values)
                self._save(self.shared, values)
                self._save(self.blue_house, values)
                self.env.invalidate_all()
                self.assertEqual(self.green_house.network_ids & self.blue, self.env["collab.network"])
                self.assertEqual(self.shared.network_ids & self.blue, self.blue)
                self.assertEqual(self.blue_house.network_ids, self.blue)
        self.assertFalse(self._save(self.shared, {"phone": "02 40 00 00 00"}), "what is his too, he keeps up to date")

    def test_an_organisation_that_he_creates_is_of_his_network(self):
        empty = self.env["res.partner"]
        whole = {"is_company": True, "name": "New", "network_ids": [[6, 0, self.green.ids]]}
        for values in (
            {**whole, "network_ids": [[6, 0, self.blue.ids]]},
            {**whole, "network_ids": []},
            {**whole, "parent_id": self.blue_house.id, "type": "site"},
            {**whole, "is_company": False},
            {**whole, "user_ids": [[4, self.wanda.id]]},
        ):
            with self.subTest(values):
                self.assertTrue(self._save(empty, values))
        self.assertTrue(self._save(empty, {**whole, "network_ids": []}, default_network_ids=self.blue.ids))
        self.assertFalse(self._save(empty, whole))

    def test_what_is_no_command_is_no_fault_of_the_server(self):
        for sent in (
            3,
            "x",
            {"id": 1},
            ["x"],
            [[]],
            [[0]],
            [[0, 0, 1]],
            [[1, "x", {}]],
            [[6, 0, "x"]],
            [[9, 1, {}]],
            [None],
        ):
            for name in ("network_ids", "site_ids"):
                with self.subTest(name, sent=sent):
                    self.assertIn(self._save(self.green_house, {name: sent}), ("AccessError", "MissingError"))

    def test_the_sites_of_an_organisation_are_no_way_to_a_person(self):
        for number, values in (
            (self.greta.partner_id.id, {"email": "x@elsewhere.example"}),
            (self.wanda.partner_id.id, {"email": "x@elsewhere.example"}),
            (self.blue_house.id, {"phone": "1"}),
        ):
            self.assertTrue(self._save(self.green_house, {"site_ids": [[1, number, values]]}))
        for number in (self.greta.partner_id.id, self.blue_house.id):
            for command in ([4, number], [2, number], [3, number]):
                self.assertTrue(self._save(self.green_house, {"site_ids": [command]}))
        self.assertFalse(self._save(self.green_house, {"site_ids": [[0, 0, {"type": "site", "name": "Here"}]]}))
        self.assertEqual(self.green_house.site_ids.mapped("name"), ["Here"])

    # ------------------------------------------------------------------ the way back into an account

    def test_he_changes_the_address_of_nobody(self):
        for person in (self.greta, self.wanda, self.gus, self.ada):
            for record in (person.partner_id, person):
                for name in ("email", "login", "name", "function"):
                    if name not in record._fields:
                        continue
                    with self.subTest(person.login, model=record._name, field=name):
                        before = record[name]
                        self.assertTrue(self._save(record, {name: "x@elsewhere.example"}))
                        self.env.invalidate_all()
                        self.assertEqual(record[name], before)
        self.assertTrue(self._save(self.green_house, {"child_ids": [[1, self.greta.partner_id.id, {"email": "x"}]]}))

    def test_roles_and_passwords_are_no_field_of_anybody_s(self):
        groups = self.env.ref("collab_reseaux.group_administrator").ids
        for person in (self.gus, self.ada):
            self._as(person)
            for values in (
                {"group_ids": [[6, 0, groups]]},
                {"password": "another-password-2026"},
                {"new_password": "another-password-2026"},
                {"totp_secret": "x"},
                {"accepted_charter_id": 1},
            ):
                with self.subTest(person.login, values=values):
                    self.assertTrue(self._save(self.greta, values))
        self.assertFalse(self._save(self.greta, {"platform_role": "moderator"}))
        self.env.invalidate_all()
        self.assertEqual(self.greta._role(), "moderator")

    # ------------------------------------------------------------------ what he reads of people

    def test_of_the_people_of_other_networks_he_reads_what_members_read(self):
        shown = {"specification": {name: {} for name in ("login", "email", "door_state", "login_date")}}
        for model, number in (("res.users", self.wanda.id), ("res.partner", self.wanda.partner_id.id)):
            asked = {"specification": {"email": {}, "phone": {}}} if model == "res.partner" else shown
            with self.subTest(model):
                known = self._call(model, "web_read", [number], **asked)
                self.assertEqual(known, self._call(model, "web_read", [999_999], **asked))
                found, _refusal = self._call(model, "web_search_read", domain=[["id", "=", number]], **asked)
                self.assertEqual(found["length"], 0)
                self.assertEqual(self._call(model, "search_count", [["id", "=", number]]), (0, ""))
        [greta], refusal = self._call("res.users", "web_read", [self.greta.id], **shown)
        self.assertEqual((greta["login"], refusal), ("greta", ""))

    def test_a_domain_tells_him_nothing_of_them_either(self):
        for domain in ([["login", "=", "wanda"]], [["partner_id.phone", "=like", "06%"]], [["email", "!=", False]]):
            found, _refusal = self._call("res.users", "web_search_read", domain=domain, specification={"id": {}})
            self.assertNotIn(self.wanda.id, [row["id"] for row in found["records"]])

    def test_what_leads_from_a_record_to_another_reads_no_further_than_the_lists(self):
        folder = self.env.ref("collab_ressources.directory_tools").sudo()
        folder.message_subscribe(self.wanda.partner_id.ids)
        address = {"fields": {"email": {}, "login": {}, "display_name": {}}, "context": {"show_email": 1}}
        shown = {
            "message_follower_ids": {"fields": {"partner_id": address}},
            "message_partner_ids": address,
            "create_uid": address,
        }
        rows, refusal = self._call("dms.directory", "web_read", folder.ids, specification=shown)
        self.assertEqual(refusal, "")
        self.assertNotIn("wanda@", str(rows))
        for path in ("message_partner_ids.user_ids.login", "message_follower_ids.partner_id.user_ids.login"):
            self.assertEqual(self._call("dms.directory", "search_count", [[path, "=", "wanda"]])[0], 0, path)

    def test_who_is_named_and_closed_keeps_his_name_and_nothing_else(self):
        asked = {"user_id": {"fields": {"login": {}, "display_name": {}}}}
        member = self.env["collab.member"].search([("user_id", "=", self.wanda.id)])
        [row], _refusal = self._call("collab.member", "web_read", member.ids, specification=asked)
        self.assertEqual(row["user_id"], {"id": self.wanda.id, "display_name": "wanda"})

    def test_a_folder_does_not_leave_the_library(self):
        tools = self.env.ref("collab_ressources.directory_tools")
        parent = tools.parent_id
        for nowhere in (0, False, None, -1, True, [[4, 1]], {"a": 1}, "1"):
            with self.subTest(nowhere):
                self.assertTrue(self._save(tools, {"parent_id": nowhere}))
                self.env.invalidate_all()
                self.assertEqual(tools.parent_id, parent)

    def test_a_tree_does_not_tell_that_a_closed_folder_is_there(self):
        library = self.env.ref("collab_ressources.directory_library")
        closed = self.env["dms.directory"].create(
            {"name": "x", "parent_id": library.id, "audience_network_ids": self.blue.ids}
        )
        for operator in ("parent_of", "child_of"):
            for number in (closed.id, 999_999):
                found = self._call("dms.directory", "search_count", [["id", operator, [number]]])
                self.assertEqual(found, (0, ""), (operator, number == closed.id))

    # ------------------------------------------------------------------ what nobody has

    def test_the_accounts_of_odoo_are_not_written(self):
        self._as(self.ada)
        company = self.env.ref("base.main_company").partner_id
        for name in ("user_root", "user_admin", "public_user", "template_portal_user_id"):
            account = self.env.ref(f"base.{name}")
            for values in ({"login": "x@elsewhere.example"}, {"platform_role": "administrator"}, {"phone": "1"}):
                with self.subTest(name, values=values):
                    self.assertEqual(self._save(account, values), "MissingError")
                    self.assertTrue(self._save(account.partner_id, {"email": "x@elsewhere.example"}))
        self.assertTrue(self._save(company, {"email": "x@elsewhere.example"}))

    def test_the_last_administrator_stays_one(self):
        self.env["res.users"].search(
            [("group_ids", "in", self.env.ref("collab_reseaux.group_administrator").ids)]
        ).filtered(lambda user: user != self.ada and user.id not in user._accounts_of_odoo()).active = False
        self._as(self.ada)
        self.assertEqual(self._save(self.ada, {"platform_role": "member"}), "ValidationError")
        self.assertFalse(self._save(self.greta, {"platform_role": "administrator"}))
        self.assertFalse(self._save(self.ada, {"platform_role": "administrator"}))

    def test_an_administrator_has_a_link_sent(self):
        self._as(self.ada)
        self.wanda.partner_id.email = "wanda@blue.example"
        with self.mock_mail_gateway():
            self.assertEqual(self._call("res.users", "action_reset_password", self.wanda.ids)[1], "")
        self.assertEqual([mail["email_to"] for mail in self._mails], [['"wanda" <wanda@blue.example>']])

    def test_what_is_no_number_names_no_picture(self):
        for query in ("id=zz", "id=1&width=zz", "model=res.users&id=x&field=image_1920"):
            self.assertEqual(self.url_open(f"/web/image?{query}").status_code, 404, query)

    def test_what_is_no_call_is_refused_as_such(self):
        for asked in ({"model": []}, {"method": ["x"]}, {"args": "x"}, {"kwargs": []}, {"kwargs": {"context": "x"}}):
            params = {"model": "res.users", "method": "web_read", "args": [], "kwargs": {}, **asked}
            answer = self.url_open("/web/dataset/call_kw", json={"params": params}).json()
            self.assertEqual(answer["error"]["data"]["name"], "werkzeug.exceptions.BadRequest", asked)

    def test_nobody_holds_the_rights_of_core(self):
        for person in (self.bea, self.ada):
            for group in ("base.group_erp_manager", "base.group_system", "website.group_website_designer"):
                self.assertFalse(person.has_group(group), group)
        self._as(self.ada)
        for model, values in (
            ("ir.rule", {"active": False}),
            ("ir.model.access", {"active": False}),
            ("ir.model.fields", {"help": "x"}),
            ("res.groups", {"name": "x"}),
            ("ir.config_parameter", {"value": "x"}),
            ("ir.actions.server", {"name": "x"}),
            ("ir.cron", {"active": False}),
        ):
            for method in ("write", "web_save", "create", "unlink", "web_search_read"):
                with self.subTest(model, method=method):
                    self.assertEqual(self._call(model, method, [1], values)[1], "NotFound")

    def test_the_account_of_odoo_is_nobody_s(self):
        operator = self.env.ref("base.user_admin")
        operator.password = "operator-password-2026"
        operator._accept_charter(self.env["collab.charter"].browse(self.env["collab.charter"]._current_id()), "")
        self.assertIsNone(operator._role())
        self.authenticate(operator.login, "operator-password-2026")
        self.assertEqual(self._call("res.users", "web_search_read", domain=[], specification={})[1], "NotFound")
        self.assertEqual(self.url_open("/odoo").status_code, 404)

    def test_a_context_that_no_screen_sends_is_not_heard(self):
        """forgetting: nobody would be warned that his login has changed; install_mode, import_file: others."""
        self._as(self.ada)
        seen = []

        @api.model
        def spy(model, **asked):
            seen.append(model.env.context)
            return {"length": 0, "records": []}

        self.patch(type(self.env["res.users"]), "web_search_read", spy)
        context = {"forgetting": True, "tracking_disable": True, "lang": "fr_FR", "default_name": "x"}
        self._call("res.users", "web_search_read", domain=[], specification={}, context=context)
        self.assertEqual(seen[0].keys() & context.keys(), {"lang", "default_name"})

    @mute_logger("odoo.http")
    def test_the_routes_of_odoo_that_no_screen_needs_are_not_there(self):
        for person in (self.bea, self.ada):
            self._as(person)
            for path, params in (
                ("/mail/message/post", {"thread_model": "res.partner", "thread_id": 1, "post_data": {"body": "x"}}),
                ("/mail/thread/messages", {"thread_model": "res.partner", "thread_id": 1}),
                ("/web/export/get_fields", {"model": "res.users", "domain": []}),
                ("/html_editor/attachment/add_data", {"name": "x", "data": ""}),
                ("/web/action/run", {"action_id": 1}),
                ("/web/view/edit_custom", {"custom_id": 1, "arch": "x"}),
                ("/discuss/channel/members", {"channel_id": 1}),
                ("/base_setup/data", {}),
            ):
                with self.subTest(path, person=person.login):
                    answer = self.url_open(path, json={"params": params}).json()
                    self.assertEqual(answer["error"]["code"], 404)
            for path in ("/web/partner/vcard?partner_ids=1", "/web/export/csv", "/website/info", "/report/pdf/x/1"):
                with self.subTest(path, person=person.login):
                    self.assertEqual(self.url_open(path).status_code, 404)

    @mute_logger("odoo.http")
    def test_screens_of_odoo_answer_as_what_does_not_exist(self):
        self._as(self.ada)
        ours = self.env.ref("collab_reseaux.res_partner_organisation_action")
        # It bears the number of one of our views of a screen: these are numbered apart.
        like_ours = self.env.ref("base.action_res_company_form")
        self.env["ir.model.data"].create({
            "module": "collab_reseaux", "name": "like", "model": "ir.actions.act_window.view", "res_id": like_ours.id,
        })  # fmt: skip
        answers = []
        for number in (self.env.ref("base.action_res_users").id, like_ours.id, 999_999, ours.id):
            answer = self.url_open("/web/action/load", json={"params": {"action_id": number}})
            answers.append(re.sub(rf"\b{number}\b", "#", answer.text))
        self.assertEqual(answers[0], answers[2])
        self.assertEqual(answers[1], answers[2])
        self.assertIn('"error"', answers[0])
        self.assertIn('"result"', answers[3])

    def test_a_setting_is_an_administrator_s(self):
        values = {"collab_moderators_read_all": True}
        settings = self.env["res.config.settings"]
        self.assertEqual(self._save(settings, values), "NotFound")
        self._as(self.ada)
        self.assertTrue(self._save(settings, {"auth_signup_uninvited": "b2c"}), "Odoo's are the operator's")
        shown = {"collab_moderators_read_all": {}, "minlength": {}, "display_name": {}}
        saved, _refusal = self._call("res.config.settings", "web_save", [], values, specification=shown)
        self.assertEqual(saved[0]["minlength"], 12)
        self.assertEqual(self._call("res.config.settings", "execute", [saved[0]["id"]])[1], "")
        for beyond in ({"minlength": 7}, {"minlength": 65}, {"collab_daily_upload": 0}, {"collab_daily_flag": -1}):
            self.assertEqual(self._save(settings, beyond), "ValidationError", beyond)
        get_param = self.env["ir.config_parameter"].get_param
        self.assertEqual(get_param("collab_reseaux.moderators_read_all"), "True")
        self.assertEqual(get_param("auth_password_policy.minlength"), "12", "the others stay as they were")
