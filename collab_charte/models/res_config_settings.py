from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.calls import opened

# 8 is the minimum of the CNIL when attempts are limited (recommendation 2022-100); nobody types more than 64.
LENGTHS = (8, 64)


class ResConfigSettings(models.TransientModel):
    """Settings of core about passwords and codes, which core shows to the operator only."""

    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "minlength", "auth_totp_enforce", "auth_totp_policy")

    # A field of core, with our own labels.
    auth_totp_policy = fields.Selection(
        [("employee_required", "To federation staff"), ("all_required", "To everybody")], string="To whom"
    )

    @api.constrains("minlength")
    def _check_minlength(self):
        for settings in self:
            if not LENGTHS[0] <= settings.minlength <= LENGTHS[1]:
                raise ValidationError(self.env._("A password has 8 characters at least: choose between 8 and 64."))
