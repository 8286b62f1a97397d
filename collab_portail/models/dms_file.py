from odoo import fields, models


class DmsFile(models.Model):
    _inherit = "dms.file"

    event_id = fields.Many2one(
        "calendar.event",
        string="Minutes of the date",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
