from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        # Whether somebody is there depends on his account, which has its own steps.
        if "active" in vals and not self.env.su:
            # sudo: whether it is a person, whoever asks
            if self.sudo().with_context(active_test=False).user_ids:
                raise AccessError(self.env._("Close the account of this person instead."))
        return super().write(vals)
