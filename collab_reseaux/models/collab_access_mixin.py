from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain


class CollabAccessMixin(models.AbstractModel):
    """Records of which each person may read some; the others answer to him as what does not exist.

    A model that inherits this mixin owes one global record rule, ``[('audience_visible', '=', True)]``: a rule
    without group restricts everybody, whatever other rules grant.
    """

    _name = "collab.access.mixin"
    _description = "Readable by some"

    audience_visible = fields.Boolean(
        string="Visible to me",
        compute="_compute_audience_visible",
        search="_search_audience_visible",
        compute_sudo=True,
    )

    @api.model
    def _audience_domain(self):
        """:return Domain: the records that the current user may read, according to their audience"""
        raise NotImplementedError

    @api.model
    def _search_audience_visible(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        return self._audience_domain()

    @api.depends_context("uid")
    def _compute_audience_visible(self):
        # One truth for searching and for looking: the same domain, in sudo or the rules would ask it again. A record
        # that is being written is its author's.
        stored = self.filtered("id")
        visible = (
            self.sudo().with_context(active_test=False).search(Domain("id", "in", stored.ids) & self._audience_domain())
        )
        for record in self:
            record.audience_visible = not record.id or record.id in visible.ids

    def _check_access(self, operation):
        # Core evaluates rules on cached fields; a membership may have changed since this one was computed.
        self.invalidate_recordset(["audience_visible"], flush=False)
        result = super()._check_access(operation)
        return self._like_missing(*result) if result and not self.env.su else result

    def _like_missing(self, forbidden, make_error):
        """Refuse what may not be seen as if it did not exist, and the rest as core does.

        :return tuple: as ``_check_access``
        """
        # In sudo, or the rules would be applied twice; the domain is that of the current user.
        known = self.sudo().with_context(active_test=False)
        if len(forbidden) == known.search_count(Domain("id", "in", forbidden.ids) & self._audience_domain()):
            return forbidden, make_error
        return forbidden, lambda: MissingError(self.env._("This record does not exist."))

    def fetch(self, field_names=None):
        """Read what may be read, and let the rest be missing, like what does not exist; core would say "forbidden"."""
        try:
            return super().fetch(field_names)
        except (AccessError, MissingError):
            readable = self._filtered_access("read")
            if readable == self:
                raise
            return super(CollabAccessMixin, readable).fetch(field_names)
