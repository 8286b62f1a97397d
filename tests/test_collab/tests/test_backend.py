from lxml import etree

from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger
from odoo.tools.convert import convert_file

from odoo.addons.collab_reseaux.tests.common import CollabCase
from odoo.addons.mail.tests.common import MailCase

from .world import World

# The jobs that run, and why. Whatever else a module brings is switched off, or decided upon and written here and in
# docs/exploitation.md.
JOBS = {
    "base.autovacuum_job": "deletes what has lapsed: sessions, devices, drafts, the bin",
    "mail.ir_cron_delete_notification": "deletes old notes of messages",
    "mail.ir_cron_mail_scheduler_action": "tries again the security letters that could not leave",
    "website.website_visitor_cron": "forgets visitors",
    "collab_charte.cron_remind_charter": "the reminders that an administrator has asked for",
    "collab_charte.cron_remind_invited": "one reminder to who has been invited and has not come",
    "collab_charte.cron_send_letters": "tells people what has happened to their own account",
    "collab_charte.cron_send_links": "invitations, and links to choose a password",
    "collab_forum.cron_unanswered": "calls for answers",
    "collab_ressources.cron_review": "asks for the review of documents",
    "collab_ressources.cron_use": "counts",
    "collab_courrier.cron_send": "what people have chosen to be told",
    "collab_annuaire.cron_ask_teams": "asks referents who still works in their organisation",
    "collab_annuaire.cron_geocode": "asks where organisations are, once an administrator has turned it on",
    "collab_agenda.cron_remind": "reminds those who come, the day before",
    "collab_recherche.cron_count": "counts words",
    "collab_recherche.cron_index": "reads the words of files",
    "collab_suivi.cron_activity": "counts",
}
# Core's other ways to bring somebody in, or to write to whom one chooses.
OTHER_INVITATIONS = (
    ("res.users", "web_create_users"),
    ("res.users", "action_totp_invite"),
    ("res.users", "send_unregistered_user_reminder"),
    ("res.users", "signup"),
    ("res.users", "create"),
    ("res.partner", "action_signup_prepare"),
    ("res.partner", "signup_get_auth_param"),
    ("portal.wizard", "create"),
    ("portal.wizard", "web_save"),
    ("portal.wizard.user", "action_grant_access"),
    ("portal.wizard.user", "action_invite_again"),
    ("portal.share", "action_send_mail"),
    ("mail.compose.message", "action_send_mail"),
    ("mail.activity.schedule", "action_schedule_activities"),
)
SETTINGS = "collab_reseaux.res_config_settings_action"


@tagged("post_install", "-at_install")
class TestJobs(CollabCase, MailCase):
    """What runs by itself."""

    def _name_of(self, job):
        return next(iter(job.get_external_id().values()))

    def test_each_job_that_runs_is_wanted(self):
        active = {self._name_of(job) for job in self.env["ir.cron"].search([])}
        self.assertEqual(active, set(JOBS))

    def test_what_an_update_of_odoo_switches_on_again_does_not_stay_so(self):
        jobs = self.env["ir.cron"].with_context(active_test=False).search([])
        self.assertGreater(len(jobs), len(JOBS))
        jobs.active = True
        for module in ("collab_reseaux", "collab_habillage", "collab_agenda", "collab_forum"):
            convert_file(self.env, module, "data/ir_cron_of_odoo.xml", {}, mode="update")
        self.test_each_job_that_runs_is_wanted()

    def test_the_jobs_of_a_new_platform_write_to_nobody(self):
        for name, role in (("ada", "administrator"), ("gus", "moderator"), ("wanda", "member")):
            user = self._user(name, role, networks=self.blue)
            user.partner_id.email = f"{name}@example.org"
        before = self.env["mail.mail"].search([])
        with self.mock_mail_gateway(), self.enter_registry_test_mode():
            for name in JOBS:
                self.env.ref(name).method_direct_trigger()
        self.assertFalse(self._mails)
        self.assertFalse(self.env["mail.mail"].search([]) - before)

    def test_nobody_who_joins_receives_the_figures_of_odoo(self):
        self._user("ada", "administrator")
        self.assertFalse(self.env["digest.digest"].search([("state", "=", "activated")]))
        self.assertFalse(self.env["digest.digest"].search([]).user_ids)


ADDRESS = "odile@federation.example"


@tagged("post_install", "-at_install")
class TestBackend(World, HttpCase):
    """The screens of the federations are the platform, and nothing else."""

    def setUp(self):
        super().setUp()
        self._as(self.ada)

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _call(self, model, method, *args, **kwargs):
        """:return tuple: what was answered, and the name of the refusal"""
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
        answer = self.url_open("/web/dataset/call_kw", json=body).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name", "").rpartition(".")[2]

    def test_there_is_one_application(self):
        for person in (self.ada, self.gus):
            self._as(person)
            menus = self.url_open("/web/webclient/load_menus").json()
            self.assertEqual([menus[str(child)]["name"] for child in menus["root"]["children"]], ["Plateforme"])
            names = {menu["name"] for menu in menus.values()}
            self.assertFalse(names & {"Discussion", "Site Web", "Applications", "Paramètres", "Settings"})

    def test_the_tab_bears_the_name_of_the_platform(self):
        page = etree.HTML(self.url_open("/odoo").text)
        self.assertEqual(page.findtext(".//title"), self.env.company.name)
        self.assertIn("/collab_habillage/", page.find(".//link[@rel='shortcut icon']").get("href"))
        for node in page.iterfind(".//head/link"):
            self.assertNotIn("odoo-icon", node.get("href"))
            self.assertNotEqual(node.get("rel"), "manifest")

    def test_the_sentences_of_odoo_are_said_in_ours(self):
        told = self.url_open("/web/webclient/translations?lang=fr_FR").json()["modules"]
        web = {message["id"]: message["string"] for message in told["web"]["messages"]}
        self.assertEqual(web["Bye-bye, record!"], "Supprimer ?")
        self.assertEqual(web["Settings"], "Réglages")
        self.assertEqual(web["Today"], "Aujourd'hui", "the rest is as core says it")
        shown = {source: text for source, text in web.items() if source.startswith("Odoo ") and "Odoo" in text}
        beyond = {"Odoo Enterprise", "Odoo S.A.", "Odoo needs your authorization first."}
        pushed = {source for source in shown if source.startswith("Odoo Push")}
        self.assertFalse(shown.keys() - beyond - pushed)
        french = {message["string"] for module in told.values() for message in module["messages"]}
        self.assertNotIn("Au revoir, l'enregistrement !", french)

    @mute_logger("odoo.http")
    def test_there_is_no_second_way_to_invite(self):
        users = self.env["res.users"].search_count([])
        for person in (self.ada, self.gus):
            self._as(person)
            for model, method in OTHER_INVITATIONS:
                with self.subTest(person.login, model=model, method=method):
                    self.assertEqual(self._call(model, method, [["x@elsewhere.example"]])[1], "NotFound")
        self.assertEqual(self.env["res.users"].search_count([]), users)
        shown = self.env["ir.ui.view"].search([("key", "=", False), ("model", "in", ("res.users", "res.partner"))])
        ours = shown.filtered(lambda view: view.xml_id.startswith("collab_"))
        self.assertTrue(ours)
        for view in ours:
            for name in ("portal", "web_create_users", "action_totp_invite", "chatter", "mail_thread"):
                self.assertNotIn(name, view.arch, view.xml_id)

    def test_no_screen_of_ours_has_a_chatter_or_activities(self):
        views = self.env["ir.model.data"].search([("model", "=", "ir.ui.view"), ("module", "=like", "collab\\_%")])
        actions = self.env["ir.ui.menu"].browse(self.env["ir.ui.menu"].with_user(self.ada)._visible_menu_ids())
        models = {menu.action.res_model for menu in actions if menu.action and "res_model" in menu.action}
        self.assertIn("dms.file", models)
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")).filtered(lambda view: view.model in models):
            arch = etree.fromstring(view.get_combined_arch() if not view.inherit_id else view.arch)
            self.assertFalse(arch.xpath("//chatter | //*[@name='activity_ids'] | //*[@name='message_ids']"), view.name)

    # The settings

    def _created_by_another(self):
        """:return res.users: an administrator whom ada has created on her screen, and who has come in"""
        values = {"firstname": "Odile", "lastname": "Marchand", "login": ADDRESS, "platform_role": "administrator"}
        [row], refusal = self._call("res.users", "web_save", [], values, specification={"login": {}})
        self.assertEqual(refusal, "")
        odile = self.env["res.users"].browse(row["id"])
        odile.password = f"{ADDRESS}-password-2026"
        odile._accept_charter(self.env["collab.charter"].browse(self.env["collab.charter"]._current_id()), "127.0.0.1")
        return odile

    def _settings(self):
        """:return dict[str, object]: what the page shows, as the browser asks for it"""
        empty = {name: {} for name in self.fields}
        return self._call("res.config.settings", "onchange", [], {}, [], empty)[0]["value"]

    def _save(self, **values):
        specification = {name: {} for name in self.fields}
        saved, refusal = self._call("res.config.settings", "web_save", [], values, specification=specification)
        self.assertEqual(refusal, "", values)
        self.assertEqual(self._call("res.config.settings", "execute", [saved[0]["id"]])[1], "", values)

    def test_an_administrator_created_by_another_changes_every_setting_of_the_page(self):
        self._as(self._created_by_another())
        action = self.url_open("/web/action/load", json={"params": {"action_id": SETTINGS}}).json()["result"]
        self.assertEqual(action["name"], "Réglages")
        view_id = action["views"][0][0]
        found, refusal = self._call("res.config.settings", "get_views", [[view_id, "form"]])
        self.assertEqual(refusal, "")
        arch = etree.fromstring(found["views"]["form"]["arch"])
        self.fields = sorted({node.get("name") for node in arch.iter("field")})
        ours = self.env["res.config.settings"].with_user(self.ada)._written_fields("_writes")
        self.assertEqual(set(self.fields), ours)
        known = found["models"]["res.config.settings"]["fields"]
        before = self._settings()
        for name in self.fields:
            kind = known[name]["type"]
            self.assertTrue(known[name]["string"], name)
            if kind == "boolean":
                new = not before[name]
            elif kind == "integer":
                new = before[name] + 1
            elif kind == "selection":
                new = next(value for value, _label in known[name]["selection"] if value != before[name])
            else:
                self.fail(f"{name}: {kind}, which this test does not know how to change")
            changed = {**before, name: new}
            if name == "auth_totp_enforce":
                changed["auth_totp_policy"] = "employee_required" if new else False
            elif name == "auth_totp_policy":
                changed["auth_totp_enforce"] = True
            with self.subTest(name):
                self._save(**changed)
                self.assertEqual(self._settings()[name], new)
                self._save(**before)
                self.assertEqual(self._settings()[name], before[name])


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    """What the screens of the federations say, they say in French."""

    def test_no_label_of_our_screens_is_left_in_english(self):
        """Neither a field, nor a value to choose, nor a filter: what French leaves as it is is listed."""
        same = {
            *("Code", "Commune", "Contact", "Date", "Discussion", "Document", "Documents", "Département", "ID"),
            *("Image", "Latitude", "Logo", "Longitude", "Notes", "Score", "Site", "Sites", "Triangle", "Type"),
            *("Types", "Version", "IGN (Géoplateforme)", "OpenStreetMap France"),
        }
        views = self.env["ir.model.data"].search([("model", "=", "ir.ui.view"), ("module", "=like", "collab\\_%")])
        left = []
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")):
            if view.type not in ("form", "list", "search") or not view.model:
                continue
            model = self.env[view.model]
            french, english = (model.with_context(lang=lang).fields_get() for lang in ("fr_FR", "en_US"))
            for node in etree.fromstring(view.arch).iter("field"):
                name = node.get("name")
                if name not in french:
                    continue
                if not node.get("string") and french[name]["string"] == english[name]["string"]:
                    left.append((view.model, name, french[name]["string"]))
                pairs = zip(french[name].get("selection", ()), english[name].get("selection", ()), strict=True)
                left += [(view.model, name, said) for (_v, said), (_w, was) in pairs if said == was]
        self.assertFalse(sorted({row for row in left if row[2] not in same}))
