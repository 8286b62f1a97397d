from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Write the address of whoever has an account where he logs in: it is one thing, and cannot be emptied."""
        if "email" not in vals or self.env.context.get("address_of_account"):
            return super().write(vals)
        # sudo: whether they have an account, whoever writes
        accounts = self.sudo().with_context(active_test=False).user_ids.filtered(lambda user: "@" in user.login)
        held = self & accounts.partner_id.with_env(self.env)
        if vals["email"]:
            accounts.with_env(self.env).write({"login": vals["email"]})
        others = {name: value for name, value in vals.items() if name != "email"}
        if held and others:
            super(ResPartner, held).write(others)
        if self - held:
            super(ResPartner, self - held).write(vals)
        return True

    def _get_login_date(self):
        """What a link is bound to: it serves no more once its owner has come, nor once his address is another."""
        # sudo: compared, whoever holds the link
        return [super()._get_login_date(), *self.sudo().user_ids.mapped("login")]
