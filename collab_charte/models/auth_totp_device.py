from odoo import models


class AuthTotpDevice(models.Model):
    _inherit = "auth_totp.device"

    def _generate(self, scope, name, expiration_date):
        """Tell whoever has just entered his code on a device that it will not be asked for there any more."""
        key = super()._generate(scope, name, expiration_date)
        self.env.user._tell("device", detail=name)
        return key
