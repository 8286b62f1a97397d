import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..calls import READ, WRITE, opened
from ..import_plan import COLUMNS, ImportPlan, words
from ..spreadsheet import UnreadableError, read_rows, write_workbook

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
# A file of names and addresses is kept no longer than it serves.
KEPT_DAYS = 30
# What is to be corrected comes first, then what deserves a look.
STATES = [
    ("error", "To correct"),
    ("conflict", "Conflict"),
    ("update", "Update"),
    ("creation", "Creation"),
    ("same", "Nothing to change"),
]


class CollabImport(models.Model):
    """A file of organisations and people: checked line by line, then imported."""

    _name = "collab.import"
    _inherit = ["collab.written.mixin"]
    _description = "Import of organisations and members"
    _order = "id desc"
    _calls = opened("administrator", *READ, *WRITE, "action_check", "action_download_faulty", "action_import", "unlink")
    _creates = _writes = opened("administrator", "file", "filename")
    _rec_name = "filename"

    file = fields.Binary(attachment=True)
    filename = fields.Char()
    state = fields.Selection(
        [("draft", "File"), ("checked", "Checked"), ("done", "Imported")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("collab.import.line", "import_id", string="Lines", readonly=True)
    summary = fields.Char(readonly=True)
    ignored = fields.Char(string="Columns left aside", readonly=True)
    planned_count = fields.Integer(compute="_compute_counts")
    faulty_count = fields.Integer(compute="_compute_counts")
    user_ids = fields.Many2many("res.users", compute="_compute_user_ids", string="People")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for record in self:
            states = record.line_ids.mapped("state")
            record.planned_count = sum(state in ("creation", "update") for state in states)
            record.faulty_count = sum(state in ("error", "conflict") for state in states)

    @api.depends("line_ids.user_id")
    def _compute_user_ids(self):
        for record in self:
            record.user_ids = record.line_ids.user_id

    def action_check(self):
        """Say line by line what this file would change. Nothing is written of it."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "done":
            raise UserError(self.env._("This file has been imported: choose it again in a new import."))
        # sudo: what has been found in the file is written by the platform only
        self.sudo()._show(ImportPlan(self.env, self._rows()), "checked")

    def action_import(self):
        """Import the lines that are neither in error nor in conflict, and say what has been done."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "checked":
            raise UserError(self.env._("Check the file first."))
        # Decided again: the platform may have changed since the check.
        # sudo: whoever may import creates what the plan says, and nothing else
        platform = self.sudo()
        plan = ImportPlan(platform.env, platform._rows())
        users = plan.apply()
        platform._show(plan, "done", users)

    def action_download_faulty(self):
        """:return dict: downloads the lines that have been left aside"""
        return {"type": "ir.actions.act_url", "url": f"/import/{self.id}/a-corriger", "target": "download"}

    def _show(self, plan, state, users=None):
        self.line_ids.unlink()
        self.env["collab.import.line"].create(
            [
                {
                    "import_id": self.id,
                    "number": line.number,
                    "state": line.state,
                    "sequence": [value for value, _label in STATES].index(line.state),
                    "organisation": line.cells.get("organisation"),
                    "person": " ".join(filter(None, (line.cells.get(name) for name in ("firstname", "lastname")))),
                    "email": line.cells.get("email"),
                    "message": line.message,
                    "cells": line.cells,
                    "user_id": users[line.number].id if users and line.number in users else False,
                }
                for line in plan.lines
            ]
        )
        states = [line.state for line in plan.lines]
        counted = [(label, states.count(state)) for state, label in self._state_labels()]
        self.summary = " · ".join(f"{label} : {count}" for label, count in counted if count)
        self.state = state

    def _state_labels(self):
        return self.env["collab.import.line"]._fields["state"]._description_selection(self.env)

    def _rows(self):
        """Read the file.

        :return list[tuple[int, dict[str, str]]]: the number of each row, and its cells by column
        :raises UserError: it cannot be
        """
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if not content:
            raise UserError(self.env._("Choose a file first."))
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("This file is too big: %s MB at most.", MAX_BYTES // 1_000_000))
        rows = []
        try:
            for row in read_rows(content):
                rows.append(row)
                if len(rows) > MAX_ROWS + 1:
                    raise UserError(self.env._("This file has more than %s lines: cut it into several ones.", MAX_ROWS))
        except UnreadableError as error:
            raise UserError(self._explain(*error.args)) from error
        if not rows:
            raise UserError(self.env._("This file is empty."))
        (_number, head), *rows = rows
        columns = self._columns(head)
        return [
            (number, {name: cells[index] for name, index in columns.items() if index < len(cells)})
            for number, cells in rows
            if any(index < len(cells) and cells[index] for index in columns.values())
        ]

    def _explain(self, kind, row=None):
        if kind == "broken":
            return self.env._("This file stops making sense at line %s: a quotation mark is not closed.", row)
        return self.env._("This is neither a workbook (.xlsx) nor a text table (.csv): save it as one of these.")

    def _columns(self, head):
        """:param list[str] head: the cells of the first row
        :return dict[str, int]: where each column is"""
        known = {words(title): name for name, titles in COLUMNS.items() for title in titles}
        columns, ignored = {}, []
        for index, title in enumerate(head):
            name = known.get(words(title))
            if name in columns:
                raise UserError(self.env._("Two columns are “%s”: keep one of them.", COLUMNS[name][0]))
            if name:
                columns[name] = index
            elif title:
                ignored.append(title)
        if not columns.keys() & {"organisation", "email"}:
            names = ", ".join(titles[0] for titles in COLUMNS.values())
            raise UserError(self.env._("The first line must name the columns, as in the model: %s.", names))
        # sudo: as above
        self.sudo().ignored = ", ".join(ignored)
        return columns

    @api.model
    def _model_file(self):
        """:return bytes: a workbook to fill in"""
        networks = ", ".join(self.env["collab.network"].search([]).mapped("name"))  # pylint: disable=no-search-all
        notes = [
            self.env._("One line per person. An organisation without anybody may have a line of its own."),
            self.env._("Structure, SIRET, Adresse, Code postal, Ville, Site web: those of the employer."),
            self.env._("SIRET: fourteen digits; without it, an organisation is known by its name and its city."),
            self.env._("Réseaux: %s. Several are separated by a comma.", networks),
            self.env._("A person without an organisation has his networks and his address on his own line."),
            self.env._(
                "Adresse électronique: the person's own; he logs in with it, and receives his invitation there."
            ),
            self.env._("The same file may be imported again: what is there already is not created twice."),
            self.env._("An empty cell changes nothing. A formula is refused: paste its value."),
        ]
        head = [titles[0] for titles in COLUMNS.values()]
        return write_workbook(head, [], {self.env._("How to fill it in"): notes})

    def _faulty_file(self):
        """:return bytes: the lines that have not been imported, and why, to be corrected then imported"""
        faulty = self.line_ids.filtered(lambda line: line.state in ("error", "conflict")).sorted("number")
        head = [titles[0] for titles in COLUMNS.values()]
        rows = [[*(line.cells.get(name, "") for name in COLUMNS), line.message] for line in faulty]
        return write_workbook([*head, self.env._("To correct")], rows, {})

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)]).unlink()
