from odoo import api, models
from odoo.fields import Domain


class CollabDialogMixin(models.AbstractModel):
    """A dialog of the screens of the federations: what somebody is about to do, and why, is his alone until it is
    done."""

    _name = "collab.dialog.mixin"
    _inherit = ["collab.written.mixin", "collab.access.mixin"]
    _description = "Dialog of one person"

    @api.model
    def _audience_domain(self):
        return Domain("create_uid", "=", self.env.uid)
