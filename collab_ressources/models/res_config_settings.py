from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    collab_accept_macros = fields.Boolean(
        string="Accept documents with macros", config_parameter="collab_ressources.accept_macros"
    )
    collab_accept_archives = fields.Boolean(
        string="Accept archives (ZIP, 7z, RAR, TAR…)", config_parameter="collab_ressources.accept_archives"
    )
