from odoo import models

from odoo.addons.collab_reseaux.calls import opened


class ResConfigSettings(models.TransientModel):
    """How people come in: core's settings, which it shows to the operator only."""

    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "minlength", "auth_totp_enforce", "auth_totp_policy")
