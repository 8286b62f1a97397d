from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_daily_count import Cap

QUESTIONS_A_DAY = 30


class CollabDailyCount(models.Model):
    _inherit = "collab.daily.count"

    @api.model
    def _caps(self):
        refusal = self.env._("You have asked the most questions for a day (%s). Ask this one tomorrow.")
        return {**super()._caps(), "question": Cap(QUESTIONS_A_DAY, refusal)}
