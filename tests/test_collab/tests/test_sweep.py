import base64
import inspect
import io
import itertools
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from werkzeug.test import Client

from odoo import models
from odoo.http import Request, root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import release_test_lock
from odoo.tools import mute_logger

from odoo.addons.collab_charte.models.ir_http import OPEN_ROUTES
from odoo.addons.collab_ressources.models.dms_security_mixin import DmsSecurityMixin

from . import canaries
from .world import World

# Models with an audience that carry no canary, and why.
NOT_SWEPT = {"collab.member": "people are shown to each other whatever their networks"}

# Each refusal is logged, by whoever meets what was asked.
GRUMBLERS = (
    "odoo.addons.base.models.ir_qweb",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.web.controllers.binary",
    "odoo.addons.web.controllers.export",
    "odoo.addons.website.models.website_snippet_filter",
    "odoo.http",
    "odoo.models",
    "odoo.sql_db",
    "odoo.tools.pdf",
    "py.warnings",
)

# What a client asks of a model by RPC, with the identifiers of a record that he should not know.
CALLS = {
    "read": lambda record: ([record.ids], {}),
    "web_read": lambda record: ([record.ids], {"specification": {"display_name": {}}}),
    "search_read": lambda record: ([], {"domain": [("id", "in", record.ids)], "limit": 5}),
    "web_search_read": lambda record: ([], {"domain": [], "specification": {"display_name": {}}, "limit": 200}),
    "formatted_read_group": lambda record: (
        [],
        {"domain": [], "groupby": ["display_name" if record._rec_name is None else record._rec_name]},
    ),
    "name_search": lambda record: ([], {"name": canaries.WORD[:-1], "limit": 200}),
    "export_data": lambda record: ([record.ids, ["id", "display_name"]], {}),
    "copy": lambda record: ([record.ids], {}),
    "search_panel_select_range": lambda record: (["directory_id"], {}),
    "message_get_suggested_recipients": lambda record: ([record.ids], {}),
}


# The parameters by which a route is told which records.
RECORD_NAMED_BY = r"(^|_)ids?$|model|domain|data|params|dossier"


def read_rules(env):
    """:return ir.rule: those of ours by which a record is hidden from everybody who is not told; the sweep must miss
    each of them"""
    data = env["ir.model.data"].search([("module", "=like", "%collab%"), ("model", "=", "ir.rule")])
    rules = env["ir.rule"].browse(data.mapped("res_id"))
    return rules.filtered(lambda rule: rule.perm_read and not rule.groups and rule.model_id.model not in NOT_SWEPT)


@tagged("post_install", "-at_install")
class TestSweep(World, HttpCase):
    """Call every registered route, as each person, about records that are not addressed to him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Or nothing would be new to anybody.
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        cls.env.invalidate_all()
        cls.refused, cls.secrets = [], []
        env = cls.env(user=cls.wanda, su=False)
        # A part has been given to something that is there: the parts come last.
        for name in sorted(cls._models_with_audience(), key=lambda name: bool(getattr(cls.env[name], "_whole", None))):
            if name not in NOT_SWEPT:
                cls._keep(getattr(cls, f"_new_{name.replace('.', '_')}")(env))
        upload = env["collab.upload"]._start(f"{canaries.WORD}.txt", 10)
        draft = cls.env["collab.charter"].create({"body": f"<p>{canaries.WORD}</p>"})
        cls._keep(upload, draft)
        # What a person keeps for himself: the federations see it in their screens, the other members nowhere.
        person = cls.wanda.partner_id
        person.write(
            {
                "email": f"{canaries.WORD.lower()}@blue.example",
                "phone": f"{canaries.WORD} 02 40",
                # Or it would be the address of the organisation, which is that of nadia too.
                "type": "other",
                "street": canaries.WORD,
                "comment": canaries.WORD,
                "image_1920": base64.b64encode(canaries.picture()),
                "shows_photo": False,
            }
        )
        cls.private = [person, cls.wanda, cls.env["collab.member"].search([("user_id", "=", cls.wanda.id)])]
        cls.env.flush_all()

    @classmethod
    def _models_with_audience(cls):
        return [
            n for n, model in cls.env.registry.items() if "audience_visible" in model._fields and not model._abstract
        ]

    # One maker for each model: a model without one fails, until it has been thought about.
    @classmethod
    def _new_test_collab_note(cls, env):
        return env["test.collab.note"].create({"name": "x", "audience_network_ids": cls.blue.ids})

    @classmethod
    def _new_dms_directory(cls, env):
        library = cls.env.ref("collab_ressources.directory_library")
        return cls.env["dms.directory"].create(
            {"name": "x", "parent_id": library.id, "audience_network_ids": cls.blue.ids}
        )

    @classmethod
    def _new_dms_file(cls, env):
        content = canaries.WORD.encode()
        upload = env["collab.upload"]._start("x.txt", len(content))
        upload._append(0, io.BytesIO(content))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": "x", "directory_id": tools.id, "audience_network_ids": cls.blue.ids})

    @classmethod
    def _document(cls):
        return next(record for record in cls.secrets if record._name == "dms.file")

    @classmethod
    def _new_collab_document_report(cls, env):
        return cls.env["collab.document.report"].create({"document_id": cls._document().id, "reason": canaries.WORD})

    @classmethod
    def _new_collab_document_comment(cls, env):
        return env["collab.document.comment"].create({"document_id": cls._document().id, "body": canaries.WORD})

    @classmethod
    def _new_collab_document_version(cls, env):
        return cls.env["collab.document.version"].create(
            {"document_id": cls._document().id, "name": f"{canaries.WORD}.txt", "mimetype": "text/plain"}
        )

    @classmethod
    def _new_forum_post(cls, env):
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        return env["forum.post"].create(
            {"name": "x", "content": "<p>x</p>", "forum_id": forum, "audience_network_ids": cls.blue.ids}
        )

    @classmethod
    def _new_forum_tag(cls, env):
        question = cls._new_forum_post(env).sudo()
        question.tag_ids = cls.env["forum.tag"].create({"name": "x", "forum_id": question.forum_id.id})
        return question.tag_ids

    @classmethod
    def _question(cls):
        return next(record for record in cls.secrets if record._name == "forum.post")

    @classmethod
    def _new_collab_forum_comment(cls, env):
        return env["collab.forum.comment"].create({"post_id": cls._question().id, "body": canaries.WORD})

    @classmethod
    def _new_collab_forum_attachment(cls, env):
        upload = env["collab.upload"]._start(f"{canaries.WORD}.txt", len(canaries.WORD))
        upload._append(0, io.BytesIO(canaries.WORD.encode()))
        env["collab.forum.attachment"]._attach(cls._question().with_env(env), upload)
        return cls.env["collab.forum.attachment"].search([("post_id", "=", cls._question().id)])

    @classmethod
    def _new_collab_forum_flag(cls, env):
        return cls.env["collab.forum.flag"].create(
            {"post_id": cls._question().id, "reason": canaries.WORD, "title": canaries.WORD}
        )

    @classmethod
    def _new_collab_forum_action(cls, env):
        return cls.env["collab.forum.action"].create(
            {
                "post_id": cls._question().id,
                "author_id": cls.wanda.id,
                "kind": "hide",
                **dict.fromkeys(("title", "reason", "detail"), canaries.WORD),
            }
        )

    @classmethod
    def _keep(cls, *records):
        for record in records:
            secret = record.sudo()
            cls.refused += canaries.plant(secret)
            cls.secrets.append(secret)
            if "message_ids" in secret._fields:
                cls.secrets.append(secret.message_post(body=f"{canaries.WORD} said", message_type="comment"))
            cls.secrets.append(
                cls.env["ir.attachment"].create(
                    {
                        "name": f"{canaries.WORD}.txt",
                        "raw": canaries.WORD.encode(),
                        "res_model": secret._name,
                        "res_id": secret.id,
                        "access_token": f"token-{secret._name}-{secret.id}",
                    }
                )
            )

    # ------------------------------------------------------------------ the routes

    def _routes(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        return {rule.rule: rule for rule in rules}

    def _requests(self, rule, records):
        """:return: the requests by which somebody could ask this route for records: method, address, parameters"""
        routing = rule.endpoint.routing
        # What stops at the door before it reads what is asked is asked once.
        stopped = not self.person or not self.person._is_internal()
        passes = routing.get("members") or OPEN_ROUTES.issuperset(routing["routes"])
        if (stopped and not passes) or not self._takes_a_record(rule):
            records = records[:1]
        for record in records:
            params = {
                **dict.fromkeys(("model", "res_model", "thread_model"), record._name),
                **dict.fromkeys(("id", "res_id", "thread_id", "attachment_id", "message_id", "docids"), record.id),
                "dossier" if record._name == "dms.directory" else "documents": record.id,
                **dict.fromkeys(("ids", "file_ids", "attachment_ids"), record.ids),
                **dict.fromkeys(("search", "term", "needle", "search_term"), canaries.WORD[:-1]),
                "access_token": getattr(record, "access_token", None) or "x",
                "limit": 30,
                "template_key": "website.dynamic_filter_template_x",
                "field": (self._files(record) or ["name"])[0],
                "data": json.dumps(
                    {
                        "model": record._name,
                        "ids": record.ids,
                        "fields": [{"name": "display_name", "label": "x"}],
                        "domain": [],
                        "import_compat": False,
                    }
                ),
                "fetch_params": {"limit": 30},
                "options": {},
            }
            if rule.rule == "/mail/data":
                thread = {"thread_model": record._name, "thread_id": record.id, "request_list": ["attachments"]}
                params["fetch_params"] = [["mail.thread", thread]]
            for url in self._addresses(rule, record):
                if routing["type"] == "http":
                    methods = (rule.methods or {"GET"}) - {"OPTIONS", "HEAD", "DELETE", "PUT"}
                    yield from ((method, url, params) for method in methods)
                else:
                    yield "JSON", url, params
            if rule.rule == "/web/dataset/call_kw":
                for method, arguments in CALLS.items():
                    args, kwargs = arguments(record)
                    yield "JSON", rule.rule, {"model": record._name, "method": method, "args": args, "kwargs": kwargs}

    def _takes_a_record(self, rule):
        """:return bool: somebody can name a record to this route; others answer the same to all"""
        taken = inspect.signature(rule.endpoint.original_endpoint).parameters
        anything = any(p.kind == p.VAR_KEYWORD for p in taken.values()) and rule.endpoint.routing["type"] != "http"
        return "<" in rule.rule or anything or any(re.search(RECORD_NAMED_BY, name) for name in taken)

    def _files(self, record):
        return [name for name, field in record._fields.items() if field.type == "binary" and field.store]

    def _addresses(self, rule, record):
        """:return: the addresses of a rule for a record; one by file of it when the rule names a field"""
        files = self._files(record) if "field>" in rule.rule else [""]
        for field in files:
            url = re.sub(r"<[^>]*\b(?:model|res_model)>", record._name, rule.rule)
            url = re.sub(r"<[^>]*\bfield>", field, url)
            # A part is asked for by the number of the whole, then by its own.
            whole = self._whole_of(record).ids if rule.rule.count("<int:") > 1 else []
            numbers = itertools.chain(whole, itertools.repeat(record.id))
            url = re.sub(r"<(?:int|model\([^)]*\)|float)[^>]*>", lambda _, numbers=numbers: str(next(numbers)), url)
            url = re.sub(r"<id>", str(record.id), url)
            yield re.sub(r"<[^>]*>", "x", url)

    def _whole_of(self, record):
        """:return: what this record is a part of; nothing if it is none"""
        return record[record._whole] if isinstance(record, self.registry["collab.part.mixin"]) else record.browse()

    def _ask(self, method, url, params):
        """Send a request to the application, without the socket between the two: there are thousands of them."""
        asked = {"method": method, "base_url": self.base_url(), "headers": {"Cookie": self.cookie}}
        if method == "JSON":
            body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
            asked.update(method="POST", data=body, content_type="application/json")
        else:
            asked["query_string"] = {name: value for name, value in params.items() if isinstance(value, (str, int))}
        return Client(root, use_cookies=False).open(url, **asked)

    def _leaks(self, rules=None, stop=False):
        """:return list: the requests whose answer showed a canary to whoever is logged in now"""
        found = []

        internal = self.person and self.person._is_internal()
        records = self.secrets + ([] if internal else self.private)

        def look():
            threading.current_thread().dbname = self.env.cr.dbname
            for rule in (rules or self._routes()).values():
                for asked in self._requests(rule, records):
                    with self.env.cr.savepoint(flush=False) as savepoint:
                        answer = self._ask(*asked)
                        savepoint.rollback()
                    if canaries.seen_in(answer):
                        found.append((rule.rule, asked[2]["model"], asked[0], asked[1], asked[2].get("method", "")))
                        if stop:
                            return

        # Nobody sends forms from another site here: tokens are another test's business.
        with (
            patch.object(Request, "validate_csrf", lambda request, token: True),
            patch.object(self, "http_request_key", "sweep"),
            mute_logger(*GRUMBLERS),
            release_test_lock(),
            # As a request does, in a thread of its own.
            ThreadPoolExecutor(1) as thread,
        ):
            thread.submit(look).result()
        return found

    def _as(self, person):
        self.person = person
        session = self.authenticate(person and person.login, person and f"{person.login}-password-2026")
        self.cookie = f"session_id={session.sid}; test_request_key=sweep"

    # ------------------------------------------------------------------ what must be true

    def test_every_place_where_a_secret_can_lie_has_one(self):
        self.assertFalse(self.refused, "plant them, or say why not in UNPLANTABLE")

    def test_nobody_sees_what_is_not_addressed_to_him(self):
        for person in (None, self.nadia, self.greta, self.gus):
            self._as(person)
            with self.subTest(person.login if person else "anonymous"):
                self.assertFalse(self._leaks())

    def test_those_to_whom_it_is_addressed_see_it(self):
        """Or the sweep would see nothing anywhere, and prove nothing."""
        self._as(self.wanda)
        seen = {rule for rule, *_ in self._leaks()}
        own = {f"/mon-compte/{page}" for page in ("fiche", "photo", "donnees")}
        self.assertLessEqual({"/", "/ressources", "/ressources/<int:document_id>"} | own, seen)
        self._as(self.bea)
        seen = {(rule, model) for rule, model, *_ in self._leaks()}
        for model in self._models_with_audience():
            if model not in NOT_SWEPT:
                self.assertIn(("/web/dataset/call_kw", model), seen)
                if self._files(self.env[model]):
                    self.assertIn(("/web/content/<string:model>/<int:id>/<string:field>", model), seen)
        rules = {rule for rule, _ in seen}
        self.assertLessEqual({"/mail/thread/messages", "/ressources/zip", "/ressources/nouveautes"}, rules)

    def test_the_sweep_sees_each_rule_that_is_missing(self):
        routes = self._routes()
        revealing = {
            name: routes[name]
            for name in (
                "/ressources/<int:document_id>",
                "/envois/<int:upload_id>",
                "/web/dataset/call_kw",
                "/web/content/<int:id>",
            )
        }
        for rule in read_rules(self.env):
            self._as(self.gus)
            rule.active = False
            with self.subTest(rule.name):
                self.assertTrue(self._leaks(revealing, stop=True), "removed, and nothing was seen")
            rule.active = True
        core = models.BaseModel._check_access
        with self.subTest("the rights of dms"), patch.object(DmsSecurityMixin, "_check_access", core):
            self.assertTrue(self._leaks(revealing, stop=True), "removed, and nothing was seen")
        self.assertFalse(self._leaks(revealing), "put back, and something is still seen")
