from odoo import fields, models


class CollabAccountEvent(models.Model):
    _inherit = "collab.account.event"

    kind = fields.Selection(
        selection_add=[
            ("suspended", "Suspended from writing"),
            ("resumed", "May write again"),
            ("closed", "Account closed"),
            ("reopened", "Account opened again"),
            ("erased", "Erased"),
            ("name", "Name changed"),
        ],
        ondelete=dict.fromkeys(("suspended", "resumed", "closed", "reopened", "erased", "name"), "cascade"),
    )
