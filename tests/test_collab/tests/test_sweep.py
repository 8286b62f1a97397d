import dis
import functools
import inspect
import itertools
import json
import re
from unittest.mock import patch

from odoo import models
from odoo.sql_db import Cursor
from odoo.tests import tagged

from odoo.addons.collab_charte.models.ir_http import OPEN_ROUTES, IrHttp
from odoo.addons.collab_reseaux.models.base import Base
from odoo.addons.collab_ressources.models.dms_security_mixin import DmsSecurityMixin

from . import canaries
from .hidden import DIALOGS, NOT_SWEPT, WORDLESS, Hidden


def texts(record):
    """:return dict: the specification of the texts of a record that anybody may ask for"""
    kinds = ("char", "text", "html")
    return {
        name: {} for name, field in record._fields.items() if field.type in kinds and field.store and not field.groups
    }


# What a client asks of a model by RPC, with the identifiers of a record that he should not know.
CALLS = {
    "read": lambda record: ([record.ids], {}),
    "web_read": lambda record: ([record.ids], {"specification": texts(record)}),
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
# And those by which it is told of which model they are.
MODEL_NAMED_BY = r"model|slug|field|domain|data|params"
# The names of all folders are kept in memory: a route that shows one asks the base for nothing.
KEPT_IN_MEMORY = {"dms_directory"}
# Of no record, and of nothing else that a query says.
NUMBERS = itertools.count(1_987_650_000)


def looks_itself(code, controller, known=frozenset()):
    """:return bool: this code, or a method of its controller that it calls, reads what the request says"""
    if {"params", "httprequest", "get_http_params", "get_json_data"}.intersection(code.co_names):
        return True
    named = (vars(above)[name] for above in controller.__mro__ for name in code.co_names if name in vars(above))
    codes = {inspect.unwrap(method).__code__ for method in named if inspect.isfunction(inspect.unwrap(method))} - known
    return any(looks_itself(one, controller, known | codes) for one in codes)


@functools.cache
def looked_at(endpoint):
    """:return frozenset[str] | None: the parameters that the method of a route looks at; ``None``: any that it is told

    Core drops what a method does not name, unless it takes all the others, and uses them, or looks for them itself.
    """
    method = inspect.unwrap(endpoint.original_endpoint)
    parameters, code = inspect.signature(method).parameters, method.__code__
    others = {name for name, parameter in parameters.items() if parameter.kind == parameter.VAR_KEYWORD}
    used = {step.argval for step in dis.get_instructions(code) if step.opname.startswith("LOAD")} | {*code.co_cellvars}
    if others & used or looks_itself(code, type(endpoint.func.__self__)):
        return None
    return frozenset(parameters) - others


def read_rules(env):
    """:return ir.rule: those of ours by which a record is hidden from everybody who is not told; the sweep must miss
    each of them"""
    data = env["ir.model.data"].search([("module", "=like", "%collab%"), ("model", "=", "ir.rule")])
    rules = env["ir.rule"].browse(data.mapped("res_id"))
    # Everybody inside sees people and organisations; an account is as closed as its contact. The matrix sees the rest.
    elsewhere = ("collab.member", "collab.organisation", "collab.place", "res.users", *DIALOGS)
    return rules.filtered(lambda rule: rule.perm_read and not rule.groups and rule.model_id.model not in elsewhere)


@tagged("post_install", "-at_install")
class TestSweep(Hidden):
    """Call every registered route, as each person, about records that are not addressed to him."""

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
        if len(records) > 1 and (tables := self._tables(rule)) is not None:
            records = [record for record in records if record._table in tables] or records[:1]
        return itertools.chain.from_iterable(self._requests_for(rule, record) for record in records)

    def _requests_for(self, rule, record):
        routing = rule.endpoint.routing
        params = {
            **dict.fromkeys(("model", "res_model", "thread_model"), record._name),
            **dict.fromkeys(("id", "res_id", "thread_id", "attachment_id", "message_id", "docids"), record.id),
            "dossier" if record._name == "dms.directory" else "documents": record.id,
            **dict.fromkeys(("ids", "file_ids", "attachment_ids"), record.ids),
            **dict.fromkeys(("search", "term", "needle", "search_term"), canaries.WORD[:-1]),
            # The last word of each canary, and not the first: a page says what it has been asked.
            "q": "txt",
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
        names = looked_at(rule.endpoint)
        anything = names is None and rule.endpoint.routing["type"] != "http"
        return "<" in rule.rule or anything or any(re.search(RECORD_NAMED_BY, name) for name in self._named(rule))

    def _named(self, rule):
        """:return: the names of the parameters of a route"""
        return inspect.signature(inspect.unwrap(rule.endpoint.original_endpoint)).parameters

    def _tables(self, rule):
        """Ask a route for a number that no record has. Where it looks for that one, it looks for any: the number of a
        record of another table finds nothing, and need not be asked for.

        :return set[str] | None: the tables where it looks; ``None``: it is told which model, and must be asked for each
        """
        told = {*self._named(rule), *re.findall(r"<(?:[^>]*:)?(\w+)>", rule.rule)}
        anything = looked_at(rule.endpoint) is None and rule.endpoint.routing["type"] != "http"
        if anything or any(re.search(MODEL_NAMED_BY, name) for name in told):
            return None
        nothing = self.env["collab.theme"].browse(next(NUMBERS))
        number, tables, execute = str(nothing.id), set(), Cursor.execute

        def looking(cursor, *args, **kwargs):
            try:
                return execute(cursor, *args, **kwargs)
            finally:
                query = (cursor._obj.query or b"").decode()
                if number in query:
                    tables.update(re.findall(r'(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)', query))

        with patch.object(Cursor, "execute", looking):
            for asked in self._requests_for(rule, nothing):
                self._answer(*asked)
        # It follows the model that it is told, whatever the name of what tells it; or it has a second number, which it
        # looks for once the first is found.
        is_open = nothing._table in tables or (tables and len(re.findall("<(?:int|model)", rule.rule)) > 1)
        return None if is_open else tables | KEPT_IN_MEMORY

    def _told(self, rule, method, url, params):
        """:return tuple: what a route is told by a request"""
        names = looked_at(rule.endpoint)
        if names is not None:
            params = {name: value for name, value in params.items() if name in names}
        return method, url, self._said(method, params)

    def _answer(self, *asked):
        """:return: what a request is answered; nothing stays of what it has done"""
        with self.env.cr.savepoint(flush=False) as savepoint:
            answer = self._ask(*asked)
            savepoint.rollback()
        return answer

    def _addresses(self, rule, record):
        """:return: the addresses of a rule for a record; one by file of it when the rule names a field"""
        files = self._files(record) if "field>" in rule.rule else [""]
        for field in files:
            url = re.sub(r"<[^>]*\b(?:model|res_model)>", record._name, rule.rule)
            url = re.sub(r"<[^>]*\bfield>", field, url)
            # A part is asked for by the number of the whole, then by its own.
            whole = self._content_of(record).ids if rule.rule.count("<int:") > 1 else []
            url = re.sub(r"<[^>]*\bslug>", getattr(record, "_slug", None) or "x", url)
            numbers = itertools.chain(whole, itertools.repeat(record.id))
            url = re.sub(r"<(?:int|model\([^)]*\)|float)[^>]*>", lambda _, numbers=numbers: str(next(numbers)), url)
            url = re.sub(r"<id>", str(record.id), url)
            yield re.sub(r"<[^>]*>", "x", url)

    def _leaks(self, rules=None, stop=False, first=None):
        """Ask with all lists open: what staff may call, and where they go, is closed besides, by tables of their own.

        :param bool stop: at the first of them
        :param str | None first: the model whose records are asked for before the others
        :return list: the requests whose answer showed a canary to whoever is logged in now"""
        found = []
        internal = self.person and self.person._is_internal()
        # The federations see in their screens what the people of their networks keep from the others.
        records = self.secrets + ([] if self.person == self.bea else self.private)
        records.sort(key=lambda record: record._name != first)

        def look():
            known = set()
            for rule in (rules or self._routes()).values():
                told = set()
                # One method may have several addresses, which differ by the size of a picture or the name of a file.
                names = frozenset(re.findall(r"<(?:[^>]*:)?(\w*(?:id|model|field|slug))>", rule.rule))
                same = rule.endpoint.original_endpoint, names
                for asked in self._requests(rule, records[:1] if same in known else records):
                    # What names no record to this route is the same whatever the record: the answer is known.
                    if (request := self._told(rule, *asked)) in told:
                        continue
                    told.add(request)
                    known.add(same)
                    if canaries.seen_in(self._answer(*asked)):
                        found.append((rule.rule, asked[2]["model"], asked[0], asked[1], asked[2].get("method", "")))
                        if stop:
                            return

        with (
            patch.object(Base, "_may_call", lambda model, method: internal),
            patch.object(
                IrHttp,
                "_has_route",
                classmethod(lambda http, routing: internal or http._role_for(routing) == "member"),
            ),
        ):
            self._within(look)
        return found

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
        shown = {"/mail/thread/messages", "/ressources/zip", "/ressources/nouveautes", "/web/dataset/call_kw"}
        routes, files = self._routes(), "/web/content/<string:model>/<int:id>/<string:field>"
        seen = {(rule, model) for rule, model, *_ in self._leaks({name: routes[name] for name in {*shown, files}})}
        for model in self._models_with_audience():
            if model not in NOT_SWEPT and model not in WORDLESS:
                self.assertIn(("/web/dataset/call_kw", model), seen)
                if self._files(self.env[model]):
                    self.assertIn((files, model), seen)
        self.assertLessEqual(shown, {rule for rule, _ in seen})

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
                leaks = self._leaks(revealing, stop=True, first=rule.model_id.model)
                self.assertTrue(leaks, "removed, and nothing was seen")
            rule.active = True
        core = models.BaseModel._check_access
        with self.subTest("the rights of dms"), patch.object(DmsSecurityMixin, "_check_access", core):
            self.assertTrue(self._leaks(revealing, stop=True, first="dms.file"), "removed, and nothing was seen")
        self.assertFalse(self._leaks(revealing), "put back, and something is still seen")
