from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Domain


class CollabAudienceMixin(models.AbstractModel):
    """Networks × territories to which a record is addressed; empty stands for everyone.

    A model that inherits this mixin owes one global record rule, ``[('audience_visible', '=', True)]``: a rule
    without group restricts everybody, whatever other rules grant.
    """

    _name = "collab.audience.mixin"
    _description = "Audience"

    audience_network_ids = fields.Many2many("collab.network", string="For the networks")
    audience_territory_ids = fields.Many2many("collab.territory", string="For the territories")
    audience_id = fields.Many2one(
        "collab.audience",
        compute="_compute_audience_id",
        store=True,
        index=True,
        ondelete="restrict",
        compute_sudo=True,
        help="The two above as one value, which is what rules compare.",
    )
    audience_visible = fields.Boolean(
        string="Visible to me",
        compute="_compute_audience_visible",
        search="_search_audience_visible",
        compute_sudo=True,
    )

    @api.model
    def _audience_domain(self):
        """:return Domain: the records that the current user may read, according to their audience"""
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        if scope.network_ids is None and scope.territory_ids is None:
            return Domain.TRUE
        visible = self.env["collab.audience"]._visible_ids(scope)
        return Domain("audience_id", "in", visible) | Domain("create_uid", "=", self.env.uid)

    @api.depends("audience_network_ids", "audience_territory_ids")
    def _compute_audience_id(self):
        Audience = self.env["collab.audience"]
        for record in self:
            record.audience_id = Audience._of(record.audience_network_ids.ids, record.audience_territory_ids.ids)

    @api.model
    def _search_audience_visible(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        return self._audience_domain()

    @api.depends_context("uid")
    @api.depends("audience_id")
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
            return super(CollabAudienceMixin, readable).fetch(field_names)

    @api.constrains("audience_network_ids", "audience_territory_ids")
    def _check_audience_choices(self):
        """An author addresses everyone, or whom he belongs to."""
        networks, territories = self.env.user._audience_choices()
        for record in self:
            foreign = [
                *(record.audience_network_ids - networks).mapped("display_name"),
                *(record.audience_territory_ids - territories).mapped("display_name"),
            ]
            if foreign:
                raise ValidationError(
                    self.env._(
                        "You cannot address %(names)s: choose among your own networks and territories, or everyone.",
                        names=", ".join(foreign),
                    )
                )

    @api.model
    def _audience_readers_domain(self):
        """:return Domain: the people who can be readers at all, before any audience"""
        member = self.env.ref("collab_reseaux.group_member")
        return Domain("active", "=", True) & Domain("all_group_ids", "in", member.ids)

    @api.model
    def _count_audience(self, network_ids, territory_ids):
        """Count the members who would read a record, for the sentence that an author reads before publishing.

        :param Sequence[int] network_ids: networks of the audience; empty for all
        :param Sequence[int] territory_ids: territories of the audience; empty for all
        :return tuple[int, int]: people, and organisations that employ them
        """
        domain = self._audience_readers_domain()
        if network_ids:
            domain &= Domain("partner_id.scope_network_ids", "in", list(network_ids))
        if territory_ids:
            reached_by = self.env["collab.territory"]._reached_by(territory_ids)
            domain &= Domain("partner_id.scope_territory_ids", "in", list(reached_by))
        # sudo: an author may not list the others; only the two numbers leave this method.
        Users = self.env["res.users"].sudo()
        employed = domain & Domain("partner_id.commercial_partner_id.is_company", "=", True)
        [(organisations,)] = Users._read_group(employed, [], ["commercial_partner_id:count_distinct"])
        return Users.search_count(domain), organisations

    @api.model
    def _audience_sentence(self, people, organisations):
        """:return str: the two numbers of _count_audience, as an author reads them"""
        if people <= 1:
            return self.env._("Visible to you alone, and to the federations.")
        return self.env._(
            "Visible to %(people)s people from %(organisations)s organisations.",
            people=people,
            organisations=organisations,
        )
