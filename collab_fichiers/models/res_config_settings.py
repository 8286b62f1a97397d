from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import UPLOADS_A_DAY


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_daily_upload")

    collab_daily_upload = fields.Integer(
        string="Files sent", config_parameter="collab_reseaux.daily_upload", default=UPLOADS_A_DAY
    )
