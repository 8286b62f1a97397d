import base64
import io
import re
import unicodedata

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.image import image_process

from ..calls import CHOOSE, READ, WRITE, opened

OWN_FIELDS = frozenset({"firstname", "lastname", "function", "phone", "shows_email", "shows_phone", "shows_photo"})
OWN_TEXT_MAX = 80  # as in the form
PHOTO_MAX_BYTES = 10_000_000
PHOTO_SIDE = 512
# What the form of an organisation writes, sites included. The names of a person are those of an organisation too.
ORGANISATION_FIELDS = (
    *("name", "firstname", "lastname", "street", "street2", "zip", "city", "commune_id", "phone", "email", "website"),
    *("company_registry", "comment", "image_1920", "network_ids", "territory_ids", "site_ids"),
)


class ResPartner(models.Model):
    """Memberships: an organisation carries them, its people inherit them and may add their own."""

    _name = "res.partner"
    _inherit = ["collab.written.mixin", "collab.access.mixin", "res.partner"]
    # People and organisations are shown to each other: collab.member.
    _known_by_name = True
    _written_by_platform = True
    _calls = opened("moderator", *READ, *CHOOSE, *WRITE) | opened("administrator", "action_archive", "action_unarchive")
    # What makes of a contact an organisation, or one of its sites, is not written afterwards.
    _creates = opened("moderator", *ORGANISATION_FIELDS, "is_company", "type", "parent_id") | opened(
        "administrator", "active", "function"
    )
    _writes = opened("moderator", *ORGANISATION_FIELDS) | opened("administrator", "active", "function", "parent_id")

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
        help="Territories of action beyond those of the addresses: a whole département, another employment area.",
    )
    scope_network_ids = fields.Many2many(
        "collab.network",
        "collab_partner_scope_network_rel",
        string="All networks",
        compute="_compute_scope",
        store=True,
        help="Networks in which this contact takes part, his own and those of his organisation.",
    )
    scope_territory_ids = fields.Many2many(
        "collab.territory",
        "collab_partner_scope_territory_rel",
        string="Territories",
        compute="_compute_scope",
        store=True,
        help="Territories to which this contact belongs, from addresses, sites and other territories.",
    )
    address_warning = fields.Text(
        compute="_compute_address_warning",
        help="Why the addresses of this organisation do not say where it lies, which leaves its people without what is "
        "addressed to their territory.",
    )
    shows_email = fields.Boolean(
        string="Electronic address shown", help="This person lets the other members see his address."
    )
    shows_phone = fields.Boolean(string="Phone shown", help="This person lets the other members see his phone number.")
    shows_photo = fields.Boolean(
        string="Photo shown", default=True, help="This person lets the other members see his photo."
    )
    site_ids = fields.One2many("res.partner", "parent_id", string="Sites", domain=[("type", "=", "site")])
    member_ids = fields.One2many("res.partner", "parent_id", string="People", domain=[("type", "=", "contact")])

    @api.model
    def _audience_domain(self):
        """A moderator reads the contacts of his networks; members and the platform, what core gives them."""
        user = self.env.user.sudo()  # his own role and memberships
        if user._role() != "moderator":
            return Domain.TRUE
        return self._of_networks(user.partner_id) | Domain("id", "=", user.partner_id.id)

    @api.model
    def _of_networks(self, person):
        """:param res.partner person: in sudo
        :return Domain: the contacts that take part in a network of his"""
        # A search does not wait for what is computed in a table of links.
        self.flush_model(["scope_network_ids"])
        return Domain("scope_network_ids", "in", person.scope_network_ids.ids)

    def _check_access(self, operation):
        # As for what is visible: an address or a network may have changed since this one was computed.
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
        """:return Domain: the contacts that the current user may change"""
        user = self.env.user.sudo()  # his own role and memberships
        if user._role() == "administrator":
            # sudo: which contacts are those of Odoo's own accounts, and of the company
            accounts = self.env["res.users"].sudo().browse(self.env["res.users"]._accounts_of_odoo())
            return Domain("id", "not in", (accounts.partner_id | accounts.company_id.partner_id).ids)
        if user._role() != "moderator":
            return Domain.FALSE
        organisation = Domain("is_company", "=", True) & Domain("parent_id", "=", False)
        site = Domain("is_company", "=", False) & Domain("type", "=", "site")
        of_his = self._of_networks(user.partner_id)
        own = of_his & Domain("id", "!=", user.partner_id.commercial_partner_id.id)
        return own & (organisation | (site & Domain("parent_id", "any", of_his)))

    @api.depends("city", "zip")
    def _compute_commune_id(self):
        communes = self.env["collab.commune"].sudo()  # public geography, whoever types the address
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
        """Say why this address gives no territory; whoever enters it keeps what he typed, and decides.

        :return str | None: nothing when there is nothing to say
        """
        if self.commune_id or (self.territory_ids and not self.city and not self.zip):
            return None
        if not self.city and not self.zip:
            return self.env._(
                "%s has no address, hence no territory: enter a city and a postal code, or choose its territories.",
                self.name or self.env._("This organisation"),
            )
        # sudo: public geography, whoever types the address
        departments = self.env["collab.territory"].sudo().search([("kind", "=", "department")])
        place = f"{self.city or '?'} ({self.zip or '?'})"
        if re.fullmatch(r"\d{5}", self.zip or "") and self.zip[:2] not in departments.mapped("code"):
            if self.territory_ids:
                return None
            return self.env._("%s is outside the region: choose the territories where this organisation acts.", place)
        return self.env._(
            "No commune is known as %s: correct the city or the postal code, or choose the commune in the list.", place
        )

    @api.depends(
        "network_ids",
        "territory_ids",
        "commune_id.territory_id",
        "child_ids.type",
        "child_ids.active",
        "child_ids.commune_id.territory_id",
        "is_company",
        "commercial_partner_id.network_ids",
        "commercial_partner_id.territory_ids",
        "commercial_partner_id.commune_id.territory_id",
        "commercial_partner_id.child_ids.type",
        "commercial_partner_id.child_ids.active",
        "commercial_partner_id.child_ids.commune_id.territory_id",
    )
    def _compute_scope(self):
        for partner in self:
            scope = partner._scope_within(partner.commercial_partner_id)
            partner.scope_network_ids, partner.scope_territory_ids = scope

    def _scope_within(self, organisation):
        """:param res.partner organisation: that of this contact, or that which is thought of for him
        :return tuple[collab.network, collab.territory]: where he takes part, within it"""
        self.ensure_one()
        sites = organisation.child_ids.filtered(lambda child: child.type == "site")
        # The address of a person is copied from his organisation: it says nothing more than the latter's.
        addresses = organisation | sites
        return (
            self.network_ids | organisation.network_ids,
            self.territory_ids | organisation.territory_ids | addresses.commune_id.territory_id,
        )

    @api.model
    def _scope_change_sentence(self, before_networks, before_territories, after_networks, after_territories):
        """Say what people read, and read no more, once their networks or territories have changed.

        :param collab.network before_networks, after_networks:
        :param collab.territory before_territories, after_territories:
        :return str | None: None when nothing changes
        """
        before = {*before_networks.mapped("display_name"), *before_territories.mapped("display_name")}
        after = {*after_networks.mapped("display_name"), *after_territories.mapped("display_name")}
        said = []
        if gained := ", ".join(sorted(after - before)):
            said.append(self.env._("Will see: %s.", gained))
        if lost := ", ".join(sorted(before - after)):
            said.append(self.env._("Will not see any more: %s.", lost))
        return " ".join(said) or None

    @api.constrains("network_ids", "parent_id")
    def _check_moderator_network(self):
        # sudo: whoever writes a contact may not read accounts
        (self | self.child_ids).sudo().user_ids._check_moderator_network()

    @api.model_create_multi
    def create(self, vals_list):
        try:
            partners = super().create(vals_list)
        except MissingError as error:
            # What has just been created is not for whoever creates it.
            raise AccessError(self.env._("Choose your own network for this organisation.")) from error
        if not self.env.su:
            partners._check_networks_given(dict.fromkeys(partners, self.env["collab.network"]))
        return partners

    def write(self, vals):
        # sudo: compared, and not told
        before = {} if self.env.su else {partner.with_env(self.env): partner.network_ids for partner in self.sudo()}
        result = super().write(vals)
        if before:
            self._check_networks_given(before)
        if vals.keys() & {"parent_id", "is_company", "active"}:
            # Core rules for portal users bake the identifier of their organisation in a cached domain.
            self.env.registry.clear_cache()
        return result

    def _check_networks_given(self, before):
        """:param dict before: the networks of each of these contacts
        :raises AccessError: the current user has given, or taken away, a network that is not his"""
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

    def _update_own(self, values, photo=None):
        """Change what a person may change of himself.

        :param dict values: among OWN_FIELDS
        :param bytes | None photo: "" to remove it, None to leave it
        :raises ValidationError: says what is wrong, and with what
        """
        self.ensure_one()
        if self != self.env.user.partner_id:
            raise AccessError(self.env._("Each person changes what is his own."))
        changes = {}
        for name, value in values.items():
            if name not in OWN_FIELDS:
                raise AccessError(self.env._("This is changed by your federation."))
            changes[name] = self._own_text(name, value) if isinstance(value, str) else bool(value)
        if photo is not None:
            changes["image_1920"] = base64.b64encode(self._own_photo(photo)) if photo else False
        # sudo: members may not write partners; these fields of himself, they may
        self.sudo().write(changes)

    def _own_text(self, name, value):
        label = self._fields[name].get_description(self.env, ["string"])["string"]
        text = " ".join("".join(char for char in value if unicodedata.category(char)[0] != "C").split())
        if name in ("firstname", "lastname") and not text:
            raise ValidationError(self.env._("%s: the others must know who is speaking to them.", label))
        if len(text) > OWN_TEXT_MAX:
            raise ValidationError(
                self.env._("%(label)s: %(limit)s characters at most.", label=label, limit=OWN_TEXT_MAX)
            )
        return text or False

    def _own_photo(self, content):
        """:return bytes: a small square JPEG, without what the camera wrote in it (place, date, device)"""
        if len(content) > PHOTO_MAX_BYTES:
            raise ValidationError(self.env._("Photo: %s MB at most.", PHOTO_MAX_BYTES // 1_000_000))
        try:
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")):
                pass
            return image_process(
                content, size=(PHOTO_SIDE, PHOTO_SIDE), verify_resolution=True, crop="center", output_format="JPEG"
            )
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, UserError) as error:
            raise ValidationError(
                self.env._("Photo: this file is not a picture that can be shown. Choose a JPEG or PNG photo.")
            ) from error

    def _initials(self):
        """:return str: the one or two letters that stand for this person where there is no photo"""
        self.ensure_one()
        letters = [part[0] for part in (self.firstname, self.lastname) if part]
        return "".join(letters or list((self.name or "?")[:1])).upper()
