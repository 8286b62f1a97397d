import re

from stdnum.fr import siret as stdnum_siret

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calls import opened
from ..phones import read_phone
from ..refusals import beside
from ..websites import read_website

# What organisations say of themselves, beyond their address.
FACTS = ("kind_ids", "activities", "about")
ACTIVITIES_MAX = 200
ABOUT_MAX = 2000


class ResPartner(models.Model):
    """What is known of a member organisation, whoever writes it: each fact is checked here."""

    _inherit = "res.partner"
    _creates = _writes = opened("moderator", *FACTS)

    kind_ids = fields.Many2many(
        "collab.organisation.kind",
        "collab_partner_kind_rel",
        "partner_id",
        "kind_id",
        string="Types",
        context={"active_test": False},
        help="What sort of organisation it is.",
    )
    activities = fields.Char(string="What it does", help="In a few words: “green spaces, second-hand clothes”.")
    about = fields.Text(string="Presentation", help="A few sentences, for the other members.")

    @api.constrains("activities", "about")
    def _check_facts_length(self):
        for partner in self:
            for name, limit in (("activities", ACTIVITIES_MAX), ("about", ABOUT_MAX)):
                if len(partner[name] or "") > limit:
                    label = self._fields[name].get_description(self.env, ["string"])["string"]
                    said = self.env._("%(label)s: %(limit)s characters at most.", label=label, limit=limit)
                    raise beside(name, ValidationError(said))

    def _clean_website(self, website):
        # Core calls it for each website that is written, and would complete it with the scheme of another time.
        return read_website(self.env, website)

    @api.model_create_multi
    def create(self, vals_list):
        # Those of people are checked where they change them.
        places = [bool(vals.get("is_company") or vals.get("type") == "site") for vals in vals_list]
        return super().create([self._normalized(*written) for written in zip(vals_list, places, strict=True)])

    def write(self, vals):
        # sudo: only what sort of contacts they are
        is_place = "phone" in vals and all(partner.is_company or partner.type == "site" for partner in self.sudo())
        return super().write(self._normalized(vals, is_place))

    @api.model
    def _normalized(self, vals, is_place):
        """
        :param dict vals: as for ``create`` or ``write``
        :param bool is_place: they are about organisations, or sites
        :return dict: the same, as they are stored: a SIRET without the spaces with which people write it, a phone
            number in one form
        :raises ValidationError: this is no phone number
        """
        siret, phone = vals.get("company_registry"), vals.get("phone")
        if isinstance(siret, str):
            vals = {**vals, "company_registry": re.sub(r"[\s.-]", "", siret)}
        if not is_place or not isinstance(phone, str):
            return vals
        try:
            return {**vals, "phone": read_phone(self.env, phone)}
        except ValidationError as refusal:
            raise beside("phone", refusal) from None

    @api.constrains("company_registry", "is_company", "parent_id")
    def _check_siret(self):
        """Refuse a SIRET that is none, or that another organisation has."""
        for organisation in self:
            siret = organisation.company_registry
            # Core copies that of an organisation to its people and its sites.
            if not siret or not organisation.is_company or organisation.parent_id:
                continue
            if not stdnum_siret.is_valid(siret):
                said = self.env._("“%s” is not a SIRET: type its fourteen digits again.", siret)
                raise beside("company_registry", ValidationError(said))
            same = [("company_registry", "=", siret), ("is_company", "=", True), ("parent_id", "=", False)]
            # sudo: those that the current user may not read count too; they are not named to him
            others = self.sudo().with_context(active_test=False).search([*same, ("id", "!=", organisation.id)], limit=1)
            if others:
                known = others.sudo(False)._filtered_access("read")
                said = self.env._("Another organisation has this SIRET already: it belongs to another network.")
                if known:
                    said = self.env._("“%s” has this SIRET already.", known.name)
                raise beside("company_registry", ValidationError(said))
