from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Event

from .collab_contribution_mixin import STATES


class CollabPublicationMixin(models.AbstractModel):
    """A content that members write and moderators moderate, by its declaration alone."""

    _name = "collab.publication.mixin"
    _inherit = ["collab.content.mixin", "collab.contribution.mixin"]
    _description = "Moderated content"

    state = fields.Selection(STATES, default="active", required=True, readonly=True)

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate."""
        domain = super()._audience_domain()
        if domain.is_false() or self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid))

    @api.model
    def _recent_condition(self):
        return SQL("active IS TRUE AND is_shown IS TRUE")

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | {"state"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env.user._check_may_write()
            state = self._first_state()
            allowed = self._author_fields() | self._audience_fields
            for vals in vals_list:
                self._only(vals, allowed)
            vals_list = [{**vals, "state": state} for vals in vals_list]
        records = super().create(vals_list)
        # sudo: told in the name of each author, whoever creates
        records.sudo()._announce()
        for record in records.filtered(lambda record: record.state == "pending"):
            record._tell_moderators(Event("pending", record))
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_own()
        self._only(vals, self._author_fields() | self._audience_fields)
        self.check_access("write")
        self.env.user._check_may_write()
        self._check_rewritable()
        for record in self:
            record._take_from_author(vals)
        return True
