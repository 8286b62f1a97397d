from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """The email of a person who has an account is its login: it is written there, checked, and never emptied."""
        if "email" not in vals or self.env.context.get("address_of_account"):
            return super().write(vals)
        # sudo: accounts, which whoever writes a contact may not read
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
        """The token of a password link is bound to these values: the link is void once its owner has logged in, or has
        changed his address."""
        # sudo: compared only; a person who opens a link has not logged in
        return [super()._get_login_date(), *self.sudo().user_ids.mapped("login")]
