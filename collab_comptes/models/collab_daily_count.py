from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_daily_count import Cap

NAMES_A_DAY = 3


class CollabDailyCount(models.Model):
    _inherit = "collab.daily.count"

    @api.model
    def _caps(self):
        refusal = self.env._("You have asked for the most names for a day (%s). Ask for this one tomorrow.")
        return {**super()._caps(), "name": Cap(NAMES_A_DAY, refusal)}
