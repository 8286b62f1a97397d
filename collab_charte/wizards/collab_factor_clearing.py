from odoo import fields, models

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened


class CollabFactorClearing(models.TransientModel):
    """Somebody has lost what gives his codes: whoever lets him in says how he has checked that it is he."""

    _name = "collab.factor.clearing"
    _inherit = ["collab.dialog.mixin"]
    _description = "Clear the second factor of somebody"
    _calls = opened("moderator", *READ, *WRITE, "action_clear")
    _creates = _writes = opened("moderator", "user_id", "reason")

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, default=lambda self: self.env.context.get("active_id")
    )
    reason = fields.Char(string="How you have checked", required=True)

    def action_clear(self):
        """:raises AccessError: it is not his to do for this person; UserError: no reason"""
        self.check_access("write")
        self.user_id._clear_second_factor(self.reason)
        message = self.env._("Second factor cleared. %s is told by mail.", self.user_id.name)
        # sudo: what was typed is in the log now, and would outlive the person here
        self.sudo().unlink()
        close = {"type": "ir.actions.act_window_close"}
        params = {"type": "success", "message": message, "next": close}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
