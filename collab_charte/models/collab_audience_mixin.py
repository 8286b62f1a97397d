from odoo import api, models
from odoo.fields import Domain


class CollabAudienceMixin(models.AbstractModel):
    _inherit = "collab.audience.mixin"

    @api.model
    def _audience_readers_domain(self):
        """People who have not accepted the charter are not counted as readers."""
        in_force = self.env["collab.charter"]._in_force_ids()
        return super()._audience_readers_domain() & Domain("accepted_charter_id", "in", list(in_force))
