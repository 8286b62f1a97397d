from odoo import models


class AuthTotpDevice(models.Model):
    _inherit = "auth_totp.device"

    def _generate(self, scope, name, expiration_date):
        """Tell the person by mail that this device is now trusted: no code is asked for there any more."""
        key = super()._generate(scope, name, expiration_date)
        self.env.user._tell("device", detail=name)
        return key
