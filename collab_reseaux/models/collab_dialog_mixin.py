from odoo import api, models
from odoo.fields import Domain


class CollabDialogMixin(models.AbstractModel):
    """A dialog of the federations' screens: only the person who opened it may read or change what is typed in it."""

    _name = "collab.dialog.mixin"
    _inherit = ["collab.written.mixin", "collab.access.mixin"]
    _description = "Dialog of one person"

    @api.model
    def _audience_domain(self):
        return Domain("create_uid", "=", self.env.uid)
