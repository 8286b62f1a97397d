from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CollabPartMixin(models.AbstractModel):
    """A part of a record that has an audience, such as a comment: exactly those who may read the record may read it."""

    _name = "collab.part.mixin"
    _inherit = "collab.access.mixin"
    _description = "Part of a record with an audience"
    # The name of the many2one field that leads to that record.
    _content_field = None

    @api.model
    def _audience_domain(self):
        # Not in sudo, even when the caller is: the record rules of the current user decide.
        contents = self.env[self._fields[self._content_field].comodel_name].sudo(False).with_context(active_test=False)
        return Domain(self._content_field, "in", contents._search(Domain.TRUE))

    def write(self, vals):
        # Elsewhere, other people would read it. Only the platform (sudo) moves parts, together with their record.
        if self._content_field in vals and not self.env.su:
            raise AccessError(self.env._("This cannot be moved elsewhere."))
        return super().write(vals)
