import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ForumCase

NOBODY = 10**8


@tagged("post_install", "-at_install")
class TestRpc(ForumCase, HttpCase):
    """What a script obtains with the session of somebody, by the calls of Odoo's own screens."""

    def setUp(self):
        super().setUp()
        self.closed = self._ask(self.alice, "Titre secret", audience_network_ids=self.blue.ids)
        self.own = self._ask(self.gus, "La mienne")
        self.remark = self._comment(self.gus, self.own)
        self.own.with_env(self._as(self.alan))._report("Motif")

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _kw(self, model, method, *args):
        """:return dict: what the server answers, without where it has failed"""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        if not answer.headers["Content-Type"].startswith("application/json"):
            return {"status": answer.status_code}
        found = answer.json()
        found.pop("id", None)
        found.get("error", {}).get("data", {}).pop("debug", None)
        return found

    @mute_logger("odoo.http")
    def test_what_is_closed_answers_like_what_does_not_exist(self):
        self._log_in(self.gus)
        spec = {
            **{name: {} for name in ("audience_id", "name", "child_count", "is_shown", "thread_shown", "state")},
            **{
                name: {"fields": {"display_name": {}}}
                for name in ("parent_id", "asker_id", "forum_id", "last_author_id")
            },
        }
        under = {"post_id": {"fields": {"display_name": {}, "name": {}, "asker_id": {}}}, "body": {}, "is_shown": {}}
        calls = [
            lambda number: ("forum.post", "create", [{"parent_id": number, "content": "x"}]),
            lambda number: ("forum.post", "write", self.own.ids, {"parent_id": number}),
            lambda number: ("forum.post", "onchange", [], {"parent_id": number}, ["parent_id"], spec),
            lambda number: ("forum.post", "onchange", [], {"parent_id": {"id": number}}, ["parent_id"], spec),
            lambda number: ("forum.post", "onchange", self.own.ids, {"parent_id": number}, ["parent_id"], spec),
            lambda number: ("forum.post", "onchange", [number], {}, [], spec),
            lambda number: ("forum.post", "web_save", self.own.ids, {"parent_id": number}, spec),
            lambda number: ("forum.post", "web_read", [number], spec),
            lambda number: ("forum.post", "read", [number], ["name"]),
            lambda number: ("collab.forum.comment", "create", [{"post_id": number, "body": "x"}]),
            lambda number: ("collab.forum.comment", "write", self.remark.ids, {"post_id": number}),
            lambda number: ("collab.forum.comment", "onchange", [], {"post_id": number}, ["post_id"], under),
            lambda number: (
                "collab.forum.comment",
                "onchange",
                self.remark.ids,
                {"post_id": number},
                ["post_id"],
                under,
            ),
        ]
        for model in ("flag", "action", "attachment", "edit"):
            calls += [
                lambda number, model=model: (f"collab.forum.{model}", "create", [{"post_id": number}]),
                lambda number, model=model: (
                    *(f"collab.forum.{model}", "onchange", [], {"post_id": number}, ["post_id"]),
                    {"post_id": {"fields": {"display_name": {}, "name": {}}}},
                ),
            ]
        for call in calls:
            model, method, *_args = call(0)
            with self.subTest(model, method=method):
                found = self._kw(*call(self.closed.id))
                nothing = json.dumps(self._kw(*call(NOBODY))).replace(str(NOBODY), str(self.closed.id))
                self.assertEqual(json.dumps(found), nothing)
                self.assertNotIn("Titre secret", nothing)

    @mute_logger("odoo.http")
    def test_nobody_writes_what_only_the_platform_writes(self):
        flag = self.own.sudo()._flags()
        action = (
            self.env["collab.action"].sudo().create({"res_model": "forum.post", "res_id": self.own.id, "kind": "keep"})
        )
        attachment = (
            self.env["collab.forum.attachment"]
            .sudo()
            .create({"post_id": self.own.id, "name": "x.txt", "mimetype": "text/plain", "size": 1})
        )
        edit = (
            self.env["collab.edit"]
            .sudo()
            .create({"res_model": "forum.post", "res_id": self.own.id, "content": "<p>x</p>"})
        )
        allowed = {self.own: self.own._author_fields(), self.remark: self.remark._author_fields()}
        for person in (self.alice, self.gus, self.ada):
            self._log_in(person)
            for record in (self.own, self.remark, flag, action, attachment, edit):
                before = record.sudo().read(load=None)
                for name, field in record._fields.items():
                    if name in allowed.get(record, ()) or name == "id":
                        continue
                    value = False if field.relational or field.type != "boolean" else not record.sudo()[name]
                    for method in ("write", "web_save"):
                        extra = [{}] if method == "web_save" else []
                        with self.subTest(record._name, field=name, person=person.login, method=method):
                            self.assertNotIn(
                                "result", self._kw(record._name, method, record.ids, {name: value}, *extra)
                            )
                self.assertEqual(record.sudo().read(load=None), before)
