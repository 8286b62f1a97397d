from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_daily_count import Cap

UPLOADS_A_DAY = 200


class CollabDailyCount(models.Model):
    _inherit = "collab.daily.count"

    @api.model
    def _caps(self):
        refusal = self.env._("You have sent the most files for a day (%s). Send the others tomorrow.")
        return {**super()._caps(), "upload": Cap(UPLOADS_A_DAY, refusal)}
