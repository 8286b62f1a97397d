from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_accept_macros", "collab_accept_archives")

    collab_accept_macros = fields.Boolean(
        string="Accept documents with macros", config_parameter="collab_ressources.accept_macros"
    )
    collab_accept_archives = fields.Boolean(
        string="Accept archives (ZIP, 7z, RAR, TAR…)", config_parameter="collab_ressources.accept_archives"
    )
