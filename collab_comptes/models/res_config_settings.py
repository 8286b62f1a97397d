from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import NAMES_A_DAY


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_daily_name")

    collab_daily_name = fields.Integer(
        string="Names asked for", config_parameter="collab_reseaux.daily_name", default=NAMES_A_DAY
    )
