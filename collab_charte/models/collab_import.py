from odoo import api, fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabImport(models.Model):
    _inherit = "collab.import"
    _calls = opened("administrator", "action_invite")

    to_invite_count = fields.Integer(compute="_compute_to_invite_count")

    @api.depends("line_ids.user_id")
    def _compute_to_invite_count(self):
        for record in self:
            record.to_invite_count = len(record._to_invite())

    def _to_invite(self):
        return self.user_ids.filtered(lambda user: user.door_state in ("new", "leaving", "invited"))

    def action_invite(self):
        """:return dict: a notification that says how many of the people of this file are invited"""
        return self._to_invite().action_invite()
