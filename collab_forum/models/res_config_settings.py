from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import QUESTIONS_A_DAY


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_daily_question")

    collab_daily_question = fields.Integer(
        string="Questions asked", config_parameter="collab_reseaux.daily_question", default=QUESTIONS_A_DAY
    )
