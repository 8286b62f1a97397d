from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        number = self.env["dms.file"].search_count([("status", "=", "review")])
        words = self.env._("document to review") if number == 1 else self.env._("documents to review")
        return [*super()._waiting(), Waiting(number, words, "collab_ressources.dms_file_library_action", "to_review")]
