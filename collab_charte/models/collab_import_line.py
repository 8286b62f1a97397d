from odoo import fields, models


class CollabImportLine(models.Model):
    _inherit = "collab.import.line"

    door_state = fields.Selection(related="user_id.door_state", string="Where this person stands")
