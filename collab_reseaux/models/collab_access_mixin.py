from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.orm.utils import COLLECTION_TYPES


class CollabAccessMixin(models.AbstractModel):
    """Records of which each person may read some; the others answer to him as what does not exist.

    A model that inherits this mixin owes one global record rule, ``[('audience_visible', '=', True)]``: a rule
    without group restricts everybody, whatever other rules grant.
    """

    _name = "collab.access.mixin"
    _description = "Readable by some"
    # Whether everybody knows who or what a record is, whatever else of it is closed to him.
    _known_by_name = False

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
    def _readable_domain(self):
        """:return Domain: the same, as it is asked at each search"""
        return self._audience_domain()

    @api.model
    def _search_audience_visible(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        return self._readable_domain()

    @api.depends_context("uid")
    def _compute_audience_visible(self):
        # One truth for searching and for looking: the same domain, in sudo or the rules would ask it again. A record
        # that is being written is its author's.
        known = self.sudo().with_context(active_test=False)
        visible = set(known.search(Domain("id", "in", self._origin.ids) & self._readable_domain()).ids)
        for record in self:
            record.audience_visible = not record._origin or record._origin.id in visible

    @api.depends("audience_visible")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Name what the current user may read, and nothing else: core asks in sudo for the name of whatever a record
        leads to."""
        closed = self.browse() if self._known_by_name else self._closed()
        closed.display_name = False
        return super(CollabAccessMixin, self - closed)._compute_display_name()

    def _closed(self):
        """:return: those of these records that the current user may not read; not those that are not written yet"""
        known = self._origin.sudo(False)
        closed = known - known._filtered_access("read")
        return self.filtered(lambda record: record._origin in closed) if closed else self.browse()

    def _read_format(self, fnames, load="_classic_read"):
        # What the platform has read for itself is in the cache, for whoever reads next: what is closed to him has no
        # row, like what does not exist.
        shown = self if self.env.su else self - self._closed()
        return super(CollabAccessMixin, shown)._read_format(fnames, load)

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
        if len(forbidden) == known.search_count(Domain("id", "in", forbidden.ids) & self._readable_domain()):
            return forbidden, make_error
        return forbidden, lambda: MissingError(self.env._("This record does not exist."))

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._without_closed)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _without_closed(self, condition):
        """:return Domain: a condition on a tree, which looks at its records past all rights, without those of which the
        current user may not know that they are there"""
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
        """Read what may be read, and let the rest be missing, like what does not exist; core would say "forbidden"."""
        try:
            return super().fetch(field_names)
        except (AccessError, MissingError):
            readable = self._filtered_access("read")
            if readable == self:
                raise
            return super(CollabAccessMixin, readable).fetch(field_names)
