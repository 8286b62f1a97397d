from odoo import models


class CollabContentMixin(models.AbstractModel):
    _inherit = "collab.content.mixin"

    def _note_searched(self):
        self.env["collab.search.entry"]._note(self)
        return super()._note_searched()
