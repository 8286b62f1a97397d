from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    collab_moderators_read_all = fields.Boolean(
        string="Moderators read all networks",
        config_parameter="collab_reseaux.moderators_read_all",
        help="By default, a moderator reads what is addressed to everyone and to his own network.",
    )
