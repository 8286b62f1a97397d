from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.orm.utils import COLLECTION_TYPES


class CollabAccessMixin(models.AbstractModel):
    """Records of which each person may read only some. The others behave as if they did not exist.

    A model that inherits this mixin must have a global record rule, ``[('audience_visible', '=', True)]``: a rule
    without a group restricts everybody, whatever other rules grant.
    """

    _name = "collab.access.mixin"
    _description = "Readable by some"
    # True: everybody may know the name of a record, even when the rest of it is closed to him.
    _known_by_name = False

    audience_visible = fields.Boolean(
        string="Visible to me",
        compute="_compute_audience_visible",
        search="_search_audience_visible",
        compute_sudo=True,
    )

    @api.model
    def _audience_domain(self):
        """:return Domain: the records that the current user may read; in addition to access rights and other rules"""
        raise NotImplementedError

    @api.model
    def _readable_domain(self):
        """:return Domain: as ``_audience_domain``, which this method may keep from one search to the next"""
        return self._audience_domain()

    @api.model
    def _search_audience_visible(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        return self._readable_domain()

    @api.depends_context("uid")
    def _compute_audience_visible(self):
        # The same domain as for a search, so that both always agree. In sudo: otherwise the record rules, which read
        # this very field, would compute it again without end. A new record is visible to its author.
        known = self.sudo().with_context(active_test=False)
        visible = set(known.search(Domain("id", "in", self._origin.ids) & self._readable_domain()).ids)
        for record in self:
            record.audience_visible = not record._origin or record._origin.id in visible

    @api.depends("audience_visible")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Give no name to what the current user may not read. It must be decided here because core reads the names of
        related records in sudo."""
        closed = self.browse() if self._known_by_name else self._closed()
        closed.display_name = False
        return super(CollabAccessMixin, self - closed)._compute_display_name()

    def _closed(self):
        """:return: the records among these that the current user may not read; new records are left out"""
        known = self._origin.sudo(False)
        closed = known - known._filtered_access("read")
        return self.filtered(lambda record: record._origin in closed) if closed else self.browse()

    def _read_format(self, fnames, load="_classic_read"):
        # Values that the platform read in sudo are in the cache, where a later read in the same request finds them:
        # closed records must be left out here.
        shown = self if self.env.su else self - self._closed()
        return super(CollabAccessMixin, shown)._read_format(fnames, load)

    def _check_access(self, operation):
        # Core evaluates record rules on cached values; a membership may have changed since they were computed.
        self.invalidate_recordset(["audience_visible"], flush=False)
        result = super()._check_access(operation)
        return self._like_missing(*result) if result and not self.env.su else result

    def _like_missing(self, forbidden, make_error):
        """Raise "does not exist" for a record that may not be seen; for one that may be seen, core's own refusal.

        :return tuple: as ``_check_access``
        """
        # In sudo: otherwise the record rules apply a second time. The domain is still that of the current user.
        known = self.sudo().with_context(active_test=False)
        if len(forbidden) == known.search_count(Domain("id", "in", forbidden.ids) & self._readable_domain()):
            return forbidden, make_error
        return forbidden, self._missing_error

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._without_closed)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _without_closed(self, condition):
        """:return Domain: a ``child_of`` or ``parent_of`` condition, without the identifiers that the current user may
        not read: core follows the tree without checking rights, and the result would show that they exist"""
        if condition.operator not in ("child_of", "parent_of") or not isinstance(condition.value, COLLECTION_TYPES):
            return condition
        field = self._fields.get(condition.field_expr)
        name = self._name if condition.field_expr == "id" else field and field.comodel_name
        if not name or not self._is_guarded(name):
            return condition
        Model = self.env[name]
        numbers = [number for number in condition.value if isinstance(number, int)]
        known = Model.with_context(active_test=False).search([("id", "in", numbers)]).ids
        return Domain(condition.field_expr, condition.operator, known) if known else Domain.FALSE

    def fetch(self, field_names=None):
        """Read what may be read; the other records are missing, as if they did not exist. Core raises an error."""
        try:
            return super().fetch(field_names)
        except (AccessError, MissingError):
            readable = self._filtered_access("read")
            if readable == self:
                raise
            return super(CollabAccessMixin, readable).fetch(field_names)
