import json
import re
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.collab_reseaux.models.base import Base

from .hidden import Hidden

MISSING = 999_999


@tagged("post_install", "-at_install")
class TestHostile(Hidden):
    """A moderator with a script: what is not for him answers as what does not exist, whatever he sends."""

    def setUp(self):
        super().setUp()
        self.found = {}

    def _answer(self, model, method, args, kwargs, numbers):
        """:return str: what a call answers, without the numbers that it named"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with self.env.cr.savepoint(flush=False) as savepoint:
            answer = self._ask("JSON", "/web/dataset/call_kw", params)
            savepoint.rollback()
        content = json.loads(answer.data)
        content = json.dumps(content.get("result", content.get("error")))
        return re.sub(rf"\b({'|'.join(map(str, numbers))})\b", "#", content)

    def _closed(self, name):
        """:return int | None: the number of a record of a model that the moderator does not read; None: he reads all of
        those that there are, or there is none"""
        if name in self.found:
            return self.found[name]
        own = {record._name: record for record in [*self.secrets, *self.private]}
        last = self.env[name].sudo().with_context(active_test=False).search([], limit=1, order="id desc")
        record = own.get(name) or last
        is_open = self.env[name]._opened("_calls") and record.with_user(self.gus).has_access("read")
        self.found[name] = None if is_open or not record else record.id
        return self.found[name]

    def _walk(self, names):
        """Ask the same of what is closed and of what does not exist.

        :return list[tuple]: model, method, of the calls that told the one from the other
        """
        told, self.asked = [], 0
        for name in names:
            for method, closed, arguments in self._calls(name):
                numbers = (closed, MISSING)
                answers = {self._answer(name, method, *arguments(number), numbers) for number in numbers}
                self.asked += 2
                if len(answers) > 1:
                    told.append((name, method, *sorted(answers)))
        return told

    def _calls(self, name):
        """:return list[tuple[str, int, Callable]]: a method, the number of what is closed, and its arguments about the
        record of a number"""
        values, found = {"name": "x"}, []
        if closed := self._closed(name):
            shown = {"specification": {"display_name": {}}}
            found = [
                ("web_read", closed, lambda number: ([[number]], shown)),
                ("read", closed, lambda number: ([[number], ["display_name"]], {})),
                ("write", closed, lambda number: ([[number], values], {})),
                ("web_save", closed, lambda number: ([[number], values], shown)),
                ("onchange", closed, lambda number: ([[number], {}, [], {"display_name": {}}], {})),
                ("unlink", closed, lambda number: ([[number]], {})),
            ]
        for field in self._links(name):
            found += self._calls_by(field)
        return found

    def _links(self, name):
        """:return list[Field]: by which a record of this model names what may be closed"""
        return [
            field
            for field in self.env[name]._fields.values()
            if field.relational and field.store and "audience_visible" in self.env[field.comodel_name]._fields
        ]

    def _calls_by(self, field):
        """:return list: as ``_calls``, of those that name a record in a field"""
        closed = self._closed(field.comodel_name)
        if not closed:
            return []

        def named(number):
            return {field.name: number if field.type == "many2one" else [[6, 0, [number]]]}

        shown = {field.name: {"fields": {"display_name": {}}}, "display_name": {}}
        return [
            ("web_save", closed, lambda number: ([[], named(number)], {"specification": shown})),
            ("onchange", closed, lambda number: ([[], named(number), [field.name], shown], {})),
        ]

    def _do(self, names):
        self._as(self.gus)
        told = []
        self._within(lambda: told.extend(self._walk(names)))
        return told

    def test_a_thousand_calls_tell_nothing_from_what_does_not_exist(self):
        concrete = sorted(name for name, model in self.registry.items() if not model._abstract)
        self.assertFalse(self._do(concrete))
        self.assertGreater(self.asked, 1000)

    def test_what_is_closed_has_no_row_beside_what_is_open(self):
        """What the platform has read for itself lies in the cache: it is nobody's."""
        told = []

        def look():
            for name in self._open_models():
                closed = self._closed(name)
                opened = self.env[name].with_user(self.gus).search([], limit=1).id
                for field in self.env[name]._fields.values() if closed and opened else ():
                    params = {"model": name, "method": "web_read", "args": [[opened, closed], {field.name: {}}]}
                    answer = json.loads(self._ask("JSON", "/web/dataset/call_kw", {**params, "kwargs": {}}).data)
                    if field.name != "id" and closed in [row["id"] for row in answer.get("result", [])]:
                        told.append((name, field.name))

        self._as(self.gus)
        self._within(look)
        self.assertFalse(told)

    def _open_models(self):
        return [name for name in sorted(self.registry) if self.env[name].with_user(self.gus)._may_call("web_read")]

    def test_the_walk_sees_that_a_list_is_missing(self):
        with patch.object(Base, "_may_call", lambda model, method: True):
            self.assertTrue(self._do(["ir.attachment", "mail.message", "collab.upload"]))

    def test_the_walk_sees_that_a_rule_is_missing(self):
        self.assertFalse(self._do(["res.partner"]))
        self.env.ref("collab_reseaux.res_partner_rule_audience").active = False
        self.assertTrue(self._do(["res.partner"]))
