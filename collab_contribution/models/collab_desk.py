from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        Queue = self.env["collab.queue"]
        number, detail = Queue._count(), ""
        if number:
            detail = self.env._("the oldest for %s", Queue._age(min(item[2] for item in Queue._items())))
        words = self.env._("text to moderate") if number == 1 else self.env._("texts to moderate")
        line = Waiting(number, words, "collab_contribution.queue_action", detail=detail, is_urgent=True)
        return [line, *super()._waiting()]
