from odoo import fields, models

from ..calls import READ, opened
from .collab_import import STATES


class CollabImportLine(models.Model):
    """What an import does, or did, with a row of its file."""

    _name = "collab.import.line"
    _inherit = ["collab.written.mixin"]
    _description = "Line of an import"
    _order = "import_id desc, sequence, number"
    _calls = opened("administrator", *READ, "onchange")
    _writes = opened("administrator", "confirmed")
    _rec_name = "number"

    import_id = fields.Many2one("collab.import", required=True, readonly=True, ondelete="cascade", index=True)
    number = fields.Integer(string="Line", required=True, readonly=True, help="In the file; the first one is its head.")
    sequence = fields.Integer(readonly=True)
    state = fields.Selection(STATES, string="What happens", required=True, readonly=True)
    organisation = fields.Char(readonly=True)
    person = fields.Char(readonly=True)
    email = fields.Char(string="E-mail", readonly=True)
    message = fields.Text(string="Detail", readonly=True)
    cells = fields.Json(readonly=True, help="The row as it was typed.")
    confirmed = fields.Boolean(
        string="Import anyway", help="Somebody has looked: this is neither that organisation, nor that person."
    )
    user_id = fields.Many2one("res.users", string="Account", readonly=True, ondelete="set null")
