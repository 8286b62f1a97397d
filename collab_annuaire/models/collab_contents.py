from odoo import api, models

from odoo.addons.collab_suivi.content import Entry


class CollabContents(models.AbstractModel):
    _inherit = "collab.contents"

    @api.model
    def _sections(self):
        people = (
            "M9 5a3.5 3.5 0 110 7 3.5 3.5 0 010-7M2.5 20c.6-4 3-5.5 6.5-5.5s5.9 1.5 6.5 5.5"
            "M16 5.5a3.2 3.2 0 010 6M18 14.8c2 .7 3.2 2.4 3.5 5.2"
        )
        folded = "M9 5l6 2.5L21 5v14l-6 2.5L9 19l-6 2.5V7.5zM9 5v14M15 7.5v14"
        return [
            *super()._sections(),
            (40, Entry("annuaire", "/annuaire", self.env._("Directory"), people)),
            (50, Entry("carte", "/carte", self.env._("Map"), folded)),
        ]
