from odoo import api, fields, models
from odoo.fields import Domain


class CollabProjectionMixin(models.AbstractModel):
    """A view of the database on people or organisations, with only the columns that everybody may see. Members never
    read the tables behind it. The identifier of a row is that of the partner."""

    _name = "collab.projection.mixin"
    _description = "Shown to everybody"

    audience_visible = fields.Boolean(
        string="Visible to me",
        compute="_compute_audience_visible",
        search="_search_audience_visible",
        compute_sudo=True,
        help="Shown to everybody whatever the networks, once one may read anything at all.",
    )

    @api.depends_context("uid")
    def _compute_audience_visible(self):
        self.audience_visible = self.env.user._audience_scope() is not None

    @api.model
    def _search_audience_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.TRUE if self.env.user._audience_scope() is not None else Domain.FALSE
