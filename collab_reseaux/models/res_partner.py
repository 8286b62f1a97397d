import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Domain

from ..calls import CHOOSE, READ, WRITE, opened

# The fields of the form of an organisation, and of its sites. First and last names are among them because the form
# sends them for any contact.
ORGANISATION_FIELDS = (
    *("name", "firstname", "lastname", "street", "street2", "zip", "city", "commune_id", "phone", "email", "website"),
    *("company_registry", "comment", "image_1920", "network_ids", "territory_ids", "site_ids"),
)


class ResPartner(models.Model):
    """Memberships in networks and territories: an organisation has them, its people inherit them and may have more."""

    _name = "res.partner"
    _inherit = ["collab.written.mixin", "collab.access.mixin", "collab.used.mixin", "res.partner"]
    # Everybody may know the names of people and organisations: collab.member shows them.
    _known_by_name = True
    _written_by_platform = True
    _merged_by = "organisation_id"
    _listed_in = "collab_reseaux.res_partner_organisation_action"
    _calls = opened("moderator", *READ, *CHOOSE, *WRITE) | opened("administrator", "action_restore", "action_retire")
    # is_company, type and parent_id make a contact an organisation or a site: moderators only choose them at creation.
    _creates = opened("moderator", *ORGANISATION_FIELDS, "is_company", "type", "parent_id") | opened(
        "administrator", "function"
    )
    _writes = opened("moderator", *ORGANISATION_FIELDS) | opened("administrator", "function", "parent_id")

    is_managed = fields.Boolean(
        string="Managed by me",
        compute="_compute_is_managed",
        search="_search_is_managed",
        compute_sudo=True,
        help="The current user keeps this organisation, or this site of one, up to date.",
    )
    type = fields.Selection(selection_add=[("site", "Site")], ondelete={"site": "set default"})
    network_ids = fields.Many2many(
        "collab.network",
        "collab_partner_network_rel",
        string="Networks",
        context={"active_test": False},
        help="Networks joined by this organisation, or by this person in his own name.",
    )
    commune_id = fields.Many2one(
        "collab.commune",
        compute="_compute_commune_id",
        store=True,
        readonly=False,
        index=True,
        help="Found from the city and the postal code; it gives the territory.",
    )
    territory_ids = fields.Many2many(
        "collab.territory",
        "collab_partner_territory_rel",
        string="Other territories",
        context={"active_test": False},
        help="Territories of action beyond those of the addresses: a whole département, another employment area.",
    )
    scope_network_ids = fields.Many2many(
        "collab.network",
        "collab_partner_scope_network_rel",
        string="All networks",
        context={"active_test": False},
        compute="_compute_scope",
        store=True,
        help="Networks in which this contact takes part, his own and those of his organisation.",
    )
    scope_territory_ids = fields.Many2many(
        "collab.territory",
        "collab_partner_scope_territory_rel",
        string="Territories",
        context={"active_test": False},
        compute="_compute_scope",
        store=True,
        help="Territories to which this contact belongs, from addresses, sites and other territories.",
    )
    address_warning = fields.Text(
        compute="_compute_address_warning",
        help="Why the addresses of this organisation do not say where it lies, which leaves its people without what is "
        "addressed to their territory.",
    )
    site_ids = fields.One2many("res.partner", "parent_id", string="Sites", domain=[("type", "=", "site")])
    member_ids = fields.One2many("res.partner", "parent_id", string="People", domain=[("type", "=", "contact")])

    @api.model
    def _audience_domain(self):
        """A moderator reads the contacts of his networks; for the others, core's own rules decide."""
        user = self.env.user.sudo()  # his own role and memberships
        if user._role() != "moderator":
            return Domain.TRUE
        return self._of_networks(user.partner_id) | Domain("id", "=", user.partner_id.id)

    @api.model
    def _of_networks(self, person):
        """:param res.partner person: in sudo
        :return Domain: the contacts that have a network in common with this person"""
        # A search does not flush a computed many2many by itself: recent changes would be missed.
        self.flush_model(["scope_network_ids"])
        return Domain("scope_network_ids", "in", person.scope_network_ids.ids)

    def _check_access(self, operation):
        # As in collab.access.mixin: an address or a network may have changed since this value was computed.
        self.invalidate_recordset(["is_managed"], flush=False)
        return super()._check_access(operation)

    @api.depends_context("uid")
    def _compute_is_managed(self):
        managed = self.filtered("id").search([("id", "in", self.ids), ("is_managed", "=", True)])
        for partner in self:
            partner.is_managed = not partner.id or partner in managed

    @api.model
    def _search_is_managed(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        return self._managed_domain() if operator == "in" else NotImplemented

    @api.model
    def _managed_domain(self):
        """:return Domain: the organisations and sites that the current user may change"""
        user = self.env.user.sudo()  # his own role and memberships
        if user._role() == "administrator":
            return Domain("id", "not in", self._of_odoo().ids)
        if user._role() != "moderator":
            return Domain.FALSE
        organisation = Domain("is_company", "=", True) & Domain("parent_id", "=", False)
        site = Domain("is_company", "=", False) & Domain("type", "=", "site")
        of_his = self._of_networks(user.partner_id)
        own = of_his & Domain("id", "!=", user.partner_id.commercial_partner_id.id)
        return own & (organisation | (site & Domain("parent_id", "any", of_his & organisation)))

    @api.model
    def _of_odoo(self):
        """:return res.partner: the contacts of Odoo's own accounts and of its company: no member organisations"""
        # sudo: only their identifiers are used, whoever asks
        accounts = self.env["res.users"].sudo().browse(self.env["res.users"]._accounts_of_odoo())
        return (accounts.partner_id | accounts.company_id.partner_id).sudo(False)

    @api.depends("city", "zip")
    def _compute_commune_id(self):
        communes = self.env["collab.commune"].sudo()  # geography is public
        for partner in self:
            partner.commune_id = communes._match(partner.city, partner.zip)

    @api.depends(
        *("name", "city", "zip", "commune_id", "territory_ids"),
        *("site_ids.name", "site_ids.city", "site_ids.zip", "site_ids.commune_id", "site_ids.territory_ids"),
    )
    def _compute_address_warning(self):
        for partner in self:
            warnings = [address._warn_of_address() for address in partner | partner.site_ids]
            partner.address_warning = "\n".join(filter(None, warnings))

    def _warn_of_address(self):
        """Explain why this address gives no territory. It is a warning: the address is saved all the same.

        :return str | None: None when it gives one
        """
        if self.commune_id or (self.territory_ids and not self.city and not self.zip):
            return None
        if not self.city and not self.zip:
            return self.env._(
                "%s has no address, hence no territory: enter a city and a postal code, or choose its territories.",
                self.name or self.env._("This organisation"),
            )
        # sudo: geography is public
        departments = self.env["collab.territory"].sudo().search([("kind", "=", "department")])
        typed = f"{self.city or '?'} ({self.zip or '?'})"
        if re.fullmatch(r"\d{5}", self.zip or "") and self.zip[:2] not in departments.mapped("code"):
            if self.territory_ids:
                return None
            return self.env._("%s is outside the region: choose the territories where this organisation acts.", typed)
        return self.env._(
            "No commune is known as %s: correct the city or the postal code, or choose the commune in the list.", typed
        )

    @api.depends(
        "network_ids",
        "territory_ids",
        "commune_id.territory_id",
        "child_ids.type",
        "child_ids.active",
        "child_ids.commune_id.territory_id",
        "is_company",
        "commercial_partner_id.active",
        "commercial_partner_id.network_ids",
        "commercial_partner_id.territory_ids",
        "commercial_partner_id.commune_id.territory_id",
        "commercial_partner_id.child_ids.type",
        "commercial_partner_id.child_ids.active",
        "commercial_partner_id.child_ids.commune_id.territory_id",
    )
    def _compute_scope(self):
        for partner in self:
            organisation = partner.commercial_partner_id
            sites = organisation.child_ids.filtered(lambda child: child.type == "site")
            partner.scope_network_ids, partner.scope_territory_ids = partner._scope_in(organisation, sites)

    def _scope_in(self, organisation, sites):
        """
        :param res.partner organisation: that of this contact; the contact itself when it has none
        :param res.partner sites: the sites of the organisation
        :return tuple[collab.network, collab.territory]: the networks and territories that this contact has in all
        """
        if organisation != self and not organisation.active:
            # An archived organisation gives nothing to its people.
            return self.network_ids, self.territory_ids
        # Not the address of the person himself: core copies that of the organisation into it.
        addresses = organisation | sites
        networks = self.network_ids | organisation.network_ids
        return networks, self.territory_ids | organisation.territory_ids | addresses.commune_id.territory_id

    @api.constrains("network_ids", "parent_id")
    def _check_moderator_network(self):
        # sudo: whoever writes a contact may not read accounts
        (self | self.child_ids).sudo().user_ids._check_moderator_network()

    @api.constrains("type", "parent_id")
    def _check_site(self):
        # sudo: its organisation, which whoever writes the site may not read
        for partner in self.sudo():
            if partner.type == "site" and not partner.parent_id.is_company:
                raise ValidationError(self.env._("A site is part of an organisation: choose which one."))

    @api.constrains("parent_id")
    def _check_employer(self):
        """A person who has an account works in a member organisation, or in none: ``parent_id`` gives him its networks,
        and must therefore be neither another person nor a contact of Odoo's."""
        of_odoo = self._of_odoo()
        # sudo: accounts, closed ones included, which whoever writes a contact may not read
        for person in self.sudo().with_context(active_test=False):
            employer = person.parent_id
            if not employer or not person.user_ids:
                continue
            if not employer.is_company or not employer.active or employer in of_odoo:
                raise ValidationError(
                    self.env._("“%s” is not a member organisation: choose another one.", employer.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        try:
            partners = super().create(vals_list)
        except MissingError as error:
            # The current user may not read the contact that he has just created: he gave it no network of his.
            raise AccessError(self.env._("Choose your own network for this organisation.")) from error
        self.env["collab.member"]._forget_people()
        if not self.env.su:
            partners._check_networks_given(dict.fromkeys(partners, self.env["collab.network"]))
        partners._check_joined({})
        return partners

    def write(self, vals):
        # sudo: compared only
        before = {} if self.env.su else {partner.with_env(self.env): partner.network_ids for partner in self.sudo()}
        joins = vals.keys() & {"network_ids", "territory_ids"}
        # sudo: as above
        joined = {partner.id: partner._joined() for partner in self.sudo()} if joins else {}
        result = super().write(vals)
        self.env["collab.member"]._forget_people()
        if joins:
            self._check_joined(joined)
        if before:
            self._check_networks_given(before)
        if vals.keys() & {"parent_id", "is_company", "active"}:
            # Core's record rules for portal users keep the identifier of their organisation in a cached domain.
            self.env.registry.clear_cache()
        return result

    def _joined(self):
        """:return tuple[collab.network, collab.territory]: those that were chosen for this contact itself"""
        return self.network_ids, self.territory_ids

    def _check_joined(self, before):
        """Refuse that a contact joins an archived network or territory; those who are in it may stay.

        :param dict[int, tuple] before: by identifier of the contact, what ``_joined`` returned before the write
        :raises ValidationError: one of them has joined an archived one
        """
        # sudo: compared only
        for partner in self.sudo():
            for was, now in zip(before.get(partner.id, ((), ())), partner._joined(), strict=True):
                if archived := now.filtered(lambda one, was=was: not one.active and one not in was):
                    raise ValidationError(
                        self.env._("%s: choose one that is in use.", ", ".join(archived.mapped("display_name")))
                    )

    def _check_networks_given(self, before):
        """:param dict before: by contact, its networks before the write
        :raises AccessError: the current user has added, or removed, a network that he does not belong to"""
        if self.env.user._has_role("administrator"):
            return
        # sudo: his own memberships
        own = self.env.user.sudo().partner_id.scope_network_ids
        for partner in self:
            was, now = before[partner].sudo(), partner.sudo().network_ids
            if foreign := ((was - now) | (now - was)) - own:
                raise AccessError(
                    self.env._("Only an administrator does this for %s.", ", ".join(foreign.mapped("name")))
                )

    # What uses an organisation

    def _people(self):
        """:return res.partner: the people of this organisation, archived ones included"""
        here = [("commercial_partner_id", "in", self.ids), ("is_company", "=", False), ("type", "=", "contact")]
        return self.with_context(active_test=False).search([*here, ("id", "not in", self.ids)])

    def _uses(self):
        if not self.is_company:
            return super()._uses()
        # sudo: only numbers are shown
        people = self.sudo()._people()
        sites = (
            self.sudo()
            .with_context(active_test=False)
            .search_count([("parent_id", "=", self.id), ("type", "=", "site")])
        )
        working, gone = len(people.filtered("active")), len(people.filtered(lambda person: not person.active))
        return [
            *super()._uses(),
            *self._said(working, self.env._("1 person works there."), self.env._("%s people work there.", working)),
            *self._said(gone, self.env._("1 person worked there."), self.env._("%s people worked there.", gone)),
            *self._said(sites, self.env._("1 site belongs to it."), self.env._("%s sites belong to it.", sites)),
        ]

    def _remedy(self):
        return self.env._("Move its people to another organisation, then archive it.")

    def _archive_consequence(self):
        return self.env._(
            "It leaves the lists, and gives nothing to anybody any more. What its people have shared stays. You can "
            "restore it."
        )

    def _archive_refusal(self):
        if not self.is_company:
            return None
        # sudo: only numbers are shown
        people = len(self.sudo()._people().filtered("active"))
        if not people:
            return None
        if people == 1:
            return self.env._("1 person works there: move this person to another organisation first.")
        return self.env._("%s people work there: move them to another organisation first.", people)

    def _check_retires(self):
        if not all(partner.is_company for partner in self):
            raise AccessError(self.env._("This is not yours to archive, or to delete."))
        return super()._check_retires()

    def _merge_consequence(self, other):
        sites = other.site_ids | self.site_ids
        after = {person: person._scope_in(other, sites) for person in self._people() | other._people()}
        return self._reading_changes(after) or super()._merge_consequence(other)

    def _merge_into(self, other):
        """Move the people and the sites of this organisation to another one, then archive it. The other one keeps its
        own networks.

        :param res.partner other:
        :raises UserError: the other one is archived
        """
        if not other.is_company or not other.active:
            raise UserError(self.env._("“%s” is archived: choose another organisation.", other.name))
        # sudo: the right to merge has been checked; it includes moving people whom the user may not read
        left = self.sudo()
        (left._people() | left.with_context(active_test=False).site_ids).write({"parent_id": other.id})
        left.active = False
