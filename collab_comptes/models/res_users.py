from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _forget(self):
        # sudo: the names that he has asked for were his
        self.env["collab.name.request"].sudo().search([("user_id", "in", self.ids)]).unlink()
        return super()._forget()
