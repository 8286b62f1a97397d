from odoo import fields, models


class CollabAccountEvent(models.Model):
    _inherit = "collab.account.event"

    kind = fields.Selection(selection_add=[("name", "Name changed")], ondelete={"name": "cascade"})
