from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    collab_forum_reviewed = fields.Integer(
        string="First texts of each member to be reviewed",
        config_parameter="collab_forum.reviewed",
        help="Questions, answers and comments. Zero: none; they are read at once.",
    )
