from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CollabPartMixin(models.AbstractModel):
    """A part of something that has an audience: who reads the whole reads the part, and nobody else."""

    _name = "collab.part.mixin"
    _inherit = "collab.access.mixin"
    _description = "Part of a record with an audience"
    # The many2one that leads to the whole.
    _whole = None

    @api.model
    def _audience_domain(self):
        # What is asked in sudo is asked for the current user: his rights on the whole, rules included.
        wholes = self.env[self._fields[self._whole].comodel_name].sudo(False).with_context(active_test=False)
        return Domain(self._whole, "in", wholes._search(Domain.TRUE))

    def write(self, vals):
        # Elsewhere it would be read by others: the platform alone moves parts, with what they are parts of.
        if self._whole in vals and not self.env.su:
            raise AccessError(self.env._("This cannot be moved elsewhere."))
        return super().write(vals)
