from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CollabAudienceMixin(models.AbstractModel):
    """Networks × territories to which a record is addressed; empty stands for everyone."""

    _name = "collab.audience.mixin"
    _inherit = "collab.access.mixin"
    _description = "Audience"
    # The field that says whose record it is: he reads it, whatever its audience.
    _audience_owner = "create_uid"

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

    @api.model
    def _audience_domain(self):
        return self._audience_terms()

    @api.model
    def _audience_terms(self):
        """:return Domain: the records that the current user may read, each taken alone"""
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        if scope.network_ids is None and scope.territory_ids is None:
            return Domain.TRUE
        visible = self.env["collab.audience"]._visible_ids(scope)
        return Domain("audience_id", "in", visible) | Domain(self._audience_owner, "=", self.env.uid)

    @api.depends("audience_network_ids", "audience_territory_ids")
    def _compute_audience_id(self):
        Audience = self.env["collab.audience"]
        for record in self:
            record.audience_id = Audience._of(record.audience_network_ids.ids, record.audience_territory_ids.ids)

    @api.depends("audience_id")
    def _compute_audience_visible(self):
        return super()._compute_audience_visible()

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
    def _audience_readers_among(self, network_ids, territory_ids):
        """
        :param Sequence[int] network_ids: networks of the audience; empty for all
        :param Sequence[int] territory_ids: territories of the audience; empty for all
        :return Domain: the members who read what is addressed so
        """
        domain = self._audience_readers_domain()
        if network_ids:
            domain &= Domain("partner_id.scope_network_ids", "in", list(network_ids))
        if territory_ids:
            reached_by = self.env["collab.territory"]._reached_by(territory_ids)
            domain &= Domain("partner_id.scope_territory_ids", "in", list(reached_by))
        return domain

    @api.model
    def _count_audience(self, network_ids, territory_ids):
        """Count the members who would read a record, for the sentence that an author reads before publishing.

        :param Sequence[int] network_ids: networks of the audience; empty for all
        :param Sequence[int] territory_ids: territories of the audience; empty for all
        :return tuple[int, int]: people, and organisations that employ them
        """
        domain = self._audience_readers_among(network_ids, territory_ids)
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
