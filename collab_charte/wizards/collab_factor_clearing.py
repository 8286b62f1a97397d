from odoo import fields, models

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened


class CollabFactorClearing(models.TransientModel):
    """The dialog that clears the second factor of a person who has lost his phone. One must say how one checked that it
    is really this person who asks."""

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
        """:raises AccessError: the current user may not do it for this person
        :raises UserError: no reason is given"""
        self.check_access("write")
        self.user_id._clear_second_factor(self.reason)
        message = self.env._("Second factor cleared. %s is told by mail.", self.user_id.name)
        # sudo: the reason is now in the log, which is emptied when a person is erased; a copy here would not be
        self.sudo().unlink()
        close = {"type": "ir.actions.act_window_close"}
        params = {"type": "success", "message": message, "next": close}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
