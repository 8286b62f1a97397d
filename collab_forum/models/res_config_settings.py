from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_forum_reviewed")

    collab_forum_reviewed = fields.Integer(
        string="First texts of each member to be reviewed",
        config_parameter="collab_forum.reviewed",
        help="Questions, answers and comments. Zero: none; they are read at once.",
    )
