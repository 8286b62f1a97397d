from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_daily_count import Cap

CORRECTIONS_A_DAY = 20


class CollabDailyCount(models.Model):
    _inherit = "collab.daily.count"

    @api.model
    def _caps(self):
        refusal = self.env._("You have proposed the most corrections for a day (%s). Propose this one tomorrow.")
        return {**super()._caps(), "correction": Cap(CORRECTIONS_A_DAY, refusal)}
