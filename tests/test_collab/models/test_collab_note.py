from odoo import fields, models


class TestCollabNote(models.Model):
    """The smallest thing that has an audience."""

    _name = "test.collab.note"
    _description = "Note with an audience"
    _inherit = ["collab.audience.mixin"]

    name = fields.Char()
