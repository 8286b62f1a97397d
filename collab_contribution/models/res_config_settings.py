from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from .collab_daily_count import CAPS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_reviewed", *(f"collab_daily_{what}" for what in CAPS))

    collab_reviewed = fields.Integer(
        string="First texts of each member to be reviewed",
        config_parameter="collab_contribution.reviewed",
        help="All that members write: questions, documents, news, comments. Zero: none; they are read at once.",
    )
    collab_daily_answer = fields.Integer(
        string="Answers and comments", config_parameter="collab_reseaux.daily_answer", default=CAPS["answer"]
    )
    collab_daily_publication = fields.Integer(
        string="News published",
        config_parameter="collab_reseaux.daily_publication",
        default=CAPS["publication"],
        help="And all that members publish in one form, but for questions and documents.",
    )
    collab_daily_flag = fields.Integer(
        string="Texts and documents flagged", config_parameter="collab_reseaux.daily_flag", default=CAPS["flag"]
    )
