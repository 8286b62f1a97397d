from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import CAPS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", *(f"collab_daily_{what}" for what in CAPS))

    collab_daily_upload = fields.Integer(
        string="Files sent", config_parameter="collab_suivi.daily_upload", default=CAPS["upload"]
    )
    collab_daily_question = fields.Integer(
        string="Questions asked", config_parameter="collab_suivi.daily_question", default=CAPS["question"]
    )
    collab_daily_answer = fields.Integer(
        string="Answers and comments", config_parameter="collab_suivi.daily_answer", default=CAPS["answer"]
    )
    collab_daily_flag = fields.Integer(
        string="Texts and documents flagged", config_parameter="collab_suivi.daily_flag", default=CAPS["flag"]
    )
    collab_daily_name = fields.Integer(
        string="Names asked for", config_parameter="collab_suivi.daily_name", default=CAPS["name"]
    )

    @api.constrains(*(f"collab_daily_{what}" for what in CAPS))
    def _check_daily(self):
        for settings in self:
            if any(settings[f"collab_daily_{what}"] < 1 for what in CAPS):
                raise ValidationError(self.env._("The most that a person does in a day is one thing at least."))
