from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_daily_count import Cap

CAPS = {"answer": 100, "flag": 30, "publication": 30}


class CollabDailyCount(models.Model):
    _inherit = "collab.daily.count"

    @api.model
    def _caps(self):
        refusals = {
            "answer": self.env._(
                "You have written the most answers and comments for a day (%s). Send this text tomorrow."
            ),
            "publication": self.env._("You have published the most for a day (%s). Publish this tomorrow."),
            "flag": self.env._("You have flagged the most texts for a day (%s). Write to your federation."),
        }
        return {**super()._caps(), **{kind: Cap(number, refusals[kind]) for kind, number in CAPS.items()}}
