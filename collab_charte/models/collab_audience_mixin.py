from odoo import api, models
from odoo.fields import Domain


class CollabAudienceMixin(models.AbstractModel):
    _inherit = "collab.audience.mixin"

    @api.model
    def _audience_readers_domain(self):
        """Who has not accepted the charter is not a reader yet."""
        current = self.env["collab.charter"]._current_id()
        return super()._audience_readers_domain() & Domain("accepted_charter_id", "=", current)
