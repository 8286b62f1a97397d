import csv
import difflib
import io
import pathlib
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_reseaux.calls import ROLES, Opened
from odoo.addons.collab_reseaux.models.collab_written_mixin import CollabWrittenMixin

from .test_matrix import Probes

HERE = pathlib.Path(__file__).parent
WRITING = {"create", "web_save", "web_save_multi", "write"}


@tagged("post_install", "-at_install")
class TestTables(Probes, TransactionCase):
    """What staff call and write from outside, against the tables that somebody has decided upon: a new method or a new
    field fails until it stands there."""

    def _compare(self, name, rows):
        target = io.StringIO()
        csv.writer(target, lineterminator="\n").writerows(rows)
        difference = difflib.unified_diff(
            (HERE / name).read_text().splitlines(), target.getvalue().splitlines(), "decided", "found", lineterm="", n=0
        )
        self.assertFalse(list(difference), f"decide, then correct {name} or what is declared")

    def _called(self):
        """:return dict[str, dict[str, str]]: the lowest role that calls each method of each model"""
        return {name: calls for name in sorted(self.registry) if (calls := self.env[name]._opened("_calls"))}

    def _call_rows(self):
        rows = [["model", "method", *ROLES]]
        for name, calls in self._called().items():
            for method, lowest in sorted(calls.items()):
                rows.append(
                    [name, method, *("x" if ROLES.index(role) >= ROLES.index(lowest) else "-" for role in ROLES)]
                )
        return rows

    def test_each_role_calls_what_has_been_decided(self):
        self._compare("calls.csv", self._call_rows())

    def test_the_table_sees_each_entry_that_is_missing(self):
        decided = self._call_rows()
        for name in self._called():
            for part in self.registry[name].mro():
                for method in list(part.__dict__.get("_calls", {})):
                    left = Opened({known: role for known, role in part._calls.items() if known != method})
                    with self.subTest(name, method=method), patch.object(part, "_calls", left):
                        self.assertNotEqual(self._call_rows(), decided)

    def test_no_method_is_listed_that_does_not_exist(self):
        for name, calls in self._called().items():
            for method in calls:
                self.assertTrue(callable(getattr(type(self.env[name]), method, None)), f"{name}.{method}")

    def test_each_button_of_our_screens_is_listed(self):
        names = self.env["ir.model.data"].search([("model", "=", "ir.ui.view"), ("module", "=like", "collab\\_%")])
        views = (
            self.env["ir.ui.view"].browse(names.mapped("res_id")).filtered(lambda view: view.type in ("form", "list"))
        )
        buttons = set()
        for view in views.filtered(lambda view: view.mode == "primary"):
            arch = etree.fromstring(self.env[view.model].get_view(view.id, view.type)["arch"])
            for button in arch.iter("button"):
                if button.get("type") == "object":
                    model = self.env[view.model]
                    for field in reversed(list(button.iterancestors("field"))):
                        model = self.env[model._fields[field.get("name")].comodel_name]
                    buttons.add((model._name, button.get("name")))
        self.assertGreater(len(buttons), 10)
        for model, method in buttons:
            self.assertIn(method, self.env[model]._opened("_calls"), model)

    def test_what_is_written_from_outside_names_its_fields(self):
        for name, calls in self._called().items():
            if WRITING & calls.keys():
                self.assertTrue(issubclass(self.registry[name], self.registry["collab.written.mixin"]), name)
                unknown = (self.env[name]._opened("_creates").keys() | self.env[name]._opened("_writes")) - self.env[
                    name
                ]._fields.keys()
                self.assertFalse(unknown, name)

    # ------------------------------------------------------------------ fields

    def _try(self, record, name):
        """:return str: whether this record takes, in this field, what it holds already"""
        field = record._fields[name]
        value = [] if field.type.endswith("2many") else field.convert_to_write(record.sudo()[name], record.sudo())
        try:
            with self.env.cr.savepoint():
                record.write({name: value})
                record.env.flush_all()
        except (AccessError, MissingError):
            return "-"
        except UserError:
            # It is his to write; the value is not.
            return "w"
        finally:
            record.env.invalidate_all(flush=False)
        return "w"

    def _field_rows(self):
        rows = [
            [
                "model",
                "field",
                "moderator creates",
                "own network",
                "other network",
                "himself",
                "administrator creates",
                "any",
            ]
        ]
        for name, calls in self._called().items():
            if not WRITING & calls.keys():
                continue
            for field_name in sorted(self.env[name]._fields):
                field = self.env[name]._fields[field_name]
                if not (field.store or field.inverse):
                    continue
                found = []
                looked_at = (self.gus, self._records(name, self.gus)), (self.ada, self._records(name, self.ada)[:1])
                for person, records in looked_at:
                    Model = self.env[name].with_user(person)
                    creates = Model.has_access("create") and field_name in Model._written_fields("_creates")
                    found.append("c" if creates else "-")
                    found += [self._try(record.with_user(person), field_name) if record else "" for record in records]
                rows.append([name, field_name, *found])
        return rows

    def _records(self, name, person):
        """:return list: a record of the network of gus, one of another network, and what he is himself; or a dialog
        that this person has opened"""
        made = {
            "dms.directory": self.folders,
            "dms.file": self.probes["dms.file"][1:],
            "res.partner": [*reversed(self.houses.values()), self.gus.partner_id],
            "res.users": [self.greta, self.wanda, self.gus],
        }
        none = self.env[name]
        found = made.get(name)
        if not found:
            is_dialog = issubclass(self.registry[name], self.registry["collab.dialog.mixin"])
            known = none.browse() if is_dialog else none.search([], limit=1)
            # sudo: as the platform makes it for this person
            found = [known or none.with_user(person).sudo().create(self._values(name)).with_env(self.env)]
        return [*found, none, none][:3]

    def _values(self, name):
        document = self.probes["dms.file"][1]
        return {
            "collab.account.step": {"user_id": self.greta.id, "kind": "suspend"},
            "collab.document.merge": {"document_ids": document.ids, "kept_id": document.id},
            "collab.factor.clearing": {"user_id": self.wanda.id, "reason": "x"},
            "collab.people.move": {"user_ids": self.greta.ids, "organisation_id": self.houses[self.green].id},
            "collab.folder.merge": {"folder_ids": self.folders[0].ids, "target_id": self.folders[0].id},
            "collab.name.request": {
                "user_id": self.greta.id,
                **dict.fromkeys(("firstname", "lastname", "borne_by"), "Greta"),
            },
            "collab.correction": {
                "organisation_id": self.houses[self.green].id,
                "user_id": self.greta.id,
                "changes": {"own": {}, "sites": {}, "added": []},
            },
            "collab.retire": {"res_model": "dms.directory", "res_id": self.folders[0].id},
        }.get(name, {})

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_each_role_writes_the_fields_that_have_been_decided(self):
        self._compare("fields.csv", self._field_rows())

    def test_the_table_sees_that_nobody_looks_at_fields(self):
        write = CollabWrittenMixin.write
        del CollabWrittenMixin.write
        self.addCleanup(setattr, CollabWrittenMixin, "write", write)
        self.assertEqual(self._try(self.houses[self.green].with_user(self.gus), "commercial_partner_id"), "w")
