from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_agenda_proposals")

    collab_agenda_proposals = fields.Selection(
        [
            ("closed", "Nothing: the federations write the agenda"),
            ("reviewed", "Propose dates: a moderator accepts them"),
            ("open", "Publish dates at once"),
        ],
        string="In the agenda, members may",
        config_parameter="collab_agenda.proposals",
        default="reviewed",
    )
