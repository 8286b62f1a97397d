from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import CORRECTIONS_A_DAY
from .res_partner_team import MONTHS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_team_months", "collab_daily_correction")

    collab_team_months = fields.Selection(
        [("0", "Never"), ("3", "Every three months"), ("6", "Twice a year"), ("12", "Once a year")],
        string="Ask referents who still works there",
        config_parameter="collab_annuaire.team_months",
        default=MONTHS,
        required=True,
    )
    collab_daily_correction = fields.Integer(
        string="Corrections proposed",
        config_parameter="collab_reseaux.daily_correction",
        default=CORRECTIONS_A_DAY,
    )
