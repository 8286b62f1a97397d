from odoo import fields, models

from ..calls import READ, opened
from ..import_plan import COLUMNS, WHOLE_NAMES

# In French, as the titles of the files that people have.
TARGETS = [(name, titles[0]) for name, titles in (WHOLE_NAMES | COLUMNS).items()]


class CollabImportColumn(models.Model):
    """A column of a file, and what it holds: guessed from its title, or chosen by the person who imports."""

    _name = "collab.import.column"
    _inherit = ["collab.written.mixin"]
    _description = "Column of an import"
    _order = "import_id desc, position"
    _calls = opened("administrator", *READ)
    _writes = opened("administrator", "target")

    import_id = fields.Many2one("collab.import", required=True, readonly=True, ondelete="cascade", index=True)
    position = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Column of the file", required=True, readonly=True)
    sample = fields.Char(string="For example", readonly=True, help="The first cell that is not empty.")
    target = fields.Selection(TARGETS, string="What it holds", help="Nothing: this column is left aside.")

    def write(self, vals):
        result = super().write(vals)
        self.import_id._uncheck()
        return result
