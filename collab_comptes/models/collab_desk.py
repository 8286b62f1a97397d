from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        number = self.env["collab.name.request"].search_count([("state", "=", "waiting")])
        words = self.env._("name to look at") if number == 1 else self.env._("names to look at")
        return [*super()._waiting(), Waiting(number, words, "collab_comptes.collab_name_request_action", "waiting")]
