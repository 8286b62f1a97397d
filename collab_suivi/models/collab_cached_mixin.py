from odoo import models


class CollabCachedMixin(models.AbstractModel):
    """Some of these records class contents, which a search finds by their names too."""

    _inherit = "collab.cached.mixin"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.env["collab.contents"]._note_renamed(self)
        return result
