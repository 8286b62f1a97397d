import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..calls import READ, WRITE, opened
from ..import_plan import COLUMNS, LEFT_ASIDE, WHOLE_NAMES, ImportPlan, comparable, cut_name
from ..spreadsheet import UnreadableError, read_rows, write_workbook

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
# A file of names and addresses is kept no longer than it serves.
KEPT_DAYS = 30
SAMPLE_MAX_LENGTH = 60
# What is to be corrected comes first, then what deserves a look.
STATES = [
    ("error", "To correct"),
    ("conflict", "Conflict"),
    ("warning", "To check"),
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
    _creates = _writes = opened("administrator", "file", "filename", "network_ids", "column_ids", "line_ids")
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
    network_ids = fields.Many2many(
        "collab.network",
        string="Networks by default",
        help="Those of new organisations, and of new people without one, where their line gives none.",
    )
    column_ids = fields.One2many("collab.import.column", "import_id", string="Columns")
    line_ids = fields.One2many("collab.import.line", "import_id", string="Lines")
    problem = fields.Char(readonly=True, help="Why the columns do not say enough for the lines to be read.")
    summary = fields.Char(readonly=True)
    ignored = fields.Char(string="Columns left aside", readonly=True)
    planned_count = fields.Integer(compute="_compute_counts")
    faulty_count = fields.Integer(compute="_compute_counts")
    user_ids = fields.Many2many("res.users", compute="_compute_user_ids", string="People")

    @api.depends("line_ids.state", "line_ids.confirmed")
    def _compute_counts(self):
        for record in self:
            lines = record.line_ids
            record.planned_count = sum(line.state in ("creation", "update") or line.confirmed for line in lines)
            record.faulty_count = sum(line.state in LEFT_ASIDE for line in lines)

    @api.depends("line_ids.user_id")
    def _compute_user_ids(self):
        for record in self:
            record.user_ids = record.line_ids.user_id

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"file", "network_ids", "column_ids"}:
            self._uncheck()
        return result

    def _uncheck(self):
        """What the lines are read from has changed: they are to be checked again before anything is written.

        :raises UserError: they have been imported
        """
        if "done" in self.mapped("state"):
            raise UserError(self.env._("This file has been imported: choose it again in a new import."))
        # sudo: where it stands is written by the platform only
        self.sudo().write({"state": "draft", "summary": False, "problem": False, "ignored": False})

    def action_check(self):
        """Say line by line what this file would change. Nothing is written of it."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "done":
            raise UserError(self.env._("This file has been imported: choose it again in a new import."))
        # sudo: what has been found in the file is written by the platform only
        platform = self.sudo()
        platform._read_columns()
        if platform.problem:
            platform.line_ids.unlink()
            platform.write({"state": "draft", "summary": False})
        else:
            platform._show(self._plan(), "checked")

    def action_import(self):
        """Import the lines that are neither in error nor in conflict, and say what has been done."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "checked":
            raise UserError(self.env._("Check the file first."))
        # Decided again: the platform may have changed since the check.
        # sudo: whoever may import creates what the plan says, and nothing else
        platform = self.sudo()
        plan = platform._plan()
        users = plan.apply()
        platform._show(plan, "done", users)

    def action_download_faulty(self):
        """:return dict: downloads the lines that have been left aside"""
        return {"type": "ir.actions.act_url", "url": f"/import/{self.id}/a-corriger", "target": "download"}

    def _plan(self):
        """:return ImportPlan: what this file would change, its doubtful lines held back unless they are ticked"""
        ticked = {line.number: line.cells for line in self.line_ids.filtered("confirmed")}
        rows = self._rows()
        # Of this very row: the file may have been replaced since.
        confirmed = {number for number, cells in rows if ticked.get(number) == cells}
        return ImportPlan(self.env, rows, self.network_ids, confirmed)

    def _show(self, plan, state, users=None):
        ticked = {line.number for line in self.line_ids.filtered("confirmed")} & plan.confirmed
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
                    "confirmed": line.number in ticked,
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

    def _read_table(self):
        """Read the file.

        :return list[tuple[int, list[str]]]: the number of each row, and its cells; the first one names the columns
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
        return rows

    def _rows(self):
        """:return list[tuple[int, dict[str, str]]]: the number of each row, and its cells by column of ours"""
        _head, *rows = self._read_table()
        columns = self.column_ids.filtered("target")
        found = []
        for number, cells in rows:
            typed = {column.target: cells[column.position] for column in columns if column.position < len(cells)}
            if any(typed.values()):
                found.append((number, self._cut_names(typed)))
        return found

    def _cut_names(self, cells):
        """:param dict[str, str] cells: of a row, by target
        :return dict[str, str]: with a first and a last name in the place of a whole one"""
        for order in WHOLE_NAMES.keys() & cells.keys():
            cut = dict(zip(("firstname", "lastname"), cut_name(cells.pop(order), order), strict=True))
            cells = {**cells, **{name: part for name, part in cut.items() if not cells.get(name)}}
        return cells

    def _explain(self, kind, row=None):
        if kind == "broken":
            return self.env._("This file stops making sense at line %s: a quotation mark is not closed.", row)
        return self.env._("This is neither a workbook (.xlsx) nor a text table (.csv): save it as one of these.")

    def _read_columns(self):
        """Find what each column of the file is, unless somebody has said so for these very columns; and say which are
        not known, and whether what is known is enough."""
        (_number, head), *rows = self._read_table()
        titles = [(position, title) for position, title in enumerate(head) if title]
        known = [(column.position, column.name) for column in self.column_ids]
        said = {column.position: column.target for column in self.column_ids} if known == titles else {}
        self.column_ids.unlink()
        self.column_ids = [Command.create(vals) for vals in self._described_columns(titles, rows, said)]
        self.ignored = ", ".join(self.column_ids.filtered(lambda column: not column.target).mapped("name"))
        self.problem = self._find_problem()

    def _described_columns(self, titles, rows, said):
        """:param list[tuple[int, str]] titles: with their positions
        :param dict[int, str | bool] said: what somebody has chosen already, by position
        :return Iterator[dict]: the columns of the file; of two that look the same, the second is left open"""
        known = {comparable(title): name for name, names in (COLUMNS | WHOLE_NAMES).items() for title in names}
        taken = set()
        for position, title in titles:
            guess = known.get(comparable(title))
            cells = (cells[position] for _number, cells in rows if position < len(cells))
            yield {
                "position": position,
                "name": title,
                "sample": next(filter(None, cells), "")[:SAMPLE_MAX_LENGTH],
                "target": said.get(position, guess if guess not in taken else False),
            }
            taken.add(guess)

    def _find_problem(self):
        """:return str | bool: in a sentence, why the lines cannot be read yet; False when they can"""
        targets = self.column_ids.filtered("target").mapped("target")
        labels = dict(self.column_ids._fields["target"]._description_selection(self.env))
        for target in targets:
            if targets.count(target) > 1:
                return self.env._("Two columns are “%s”: keep one of them.", labels[target])
        if not {"organisation", "email"} & set(targets):
            return self.env._(
                "Say which column is “%(one)s”, or “%(other)s”.", one=labels["organisation"], other=labels["email"]
            )
        alone = {"firstname", "lastname"} & set(targets)
        if len(alone) == 1 and not WHOLE_NAMES.keys() & set(targets):
            return self.env._(
                "The column “%s” is alone: say where the other part of the name is, or that both are in it.",
                labels[alone.pop()],
            )
        return False

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
            self.env._("E-mail: the person's own; he logs in with it, and receives his invitation there."),
            self.env._("Prénom, Nom: two columns; one that holds both is cut after you have said so."),
            self.env._("The same file may be imported again: what is there already is not created twice."),
            self.env._("An empty cell changes nothing. A formula is refused: paste its value."),
        ]
        head = [titles[0] for titles in COLUMNS.values()]
        return write_workbook(head, [], {self.env._("How to fill it in"): notes})

    def _faulty_file(self):
        """:return bytes: the lines that have not been imported, and why, to be corrected then imported"""
        faulty = self.line_ids.filtered(lambda line: line.state in LEFT_ASIDE).sorted("number")
        head = [titles[0] for titles in COLUMNS.values()]
        rows = [[*(line.cells.get(name, "") for name in COLUMNS), line.message] for line in faulty]
        return write_workbook([*head, self.env._("To correct")], rows, {})

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)]).unlink()
