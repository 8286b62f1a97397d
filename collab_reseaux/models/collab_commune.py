import re

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import remove_accents

from ..calls import CHOOSE, READ, opened


class CollabCommune(models.Model):
    """A commune of the region, and the territory that it is in (source: INSEE)."""

    _name = "collab.commune"
    _inherit = "collab.cached.mixin"
    _description = "Commune"
    _order = "name, code"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ)

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="INSEE code of the commune.")
    postal_codes = fields.Char(required=True, help="All its postal codes, separated by spaces.")
    territory_id = fields.Many2one("collab.territory", required=True, ondelete="restrict", index=True)
    latitude = fields.Float(digits=(8, 5), help="Of its town hall, in degrees (WGS 84).")
    longitude = fields.Float(digits=(8, 5))
    match_name = fields.Char(compute="_compute_match_name", store=True, index=True)

    _code_unique = models.UniqueIndex("(code)", "This commune already exists.")

    @api.depends("name", "postal_codes")
    def _compute_display_name(self):
        for commune in self:
            commune.display_name = f"{commune.name} ({(commune.postal_codes or '').split(' ')[0]})"

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator == "ilike" and value:
            domain = Domain.OR([domain, Domain("postal_codes", "ilike", value)])
        return domain

    @api.depends("name")
    def _compute_match_name(self):
        for commune in self:
            commune.match_name = self._normalize(commune.name)

    @api.model
    @tools.ormcache()
    def _names(self):
        """:return dict[int, str]: the names of all of them"""
        # sudo: geography is public
        return {commune.id: commune.name for commune in self.sudo().search_fetch([], ["name"])}

    @api.model
    def _normalize(self, city):
        """:return str: a key to compare the names of cities in addresses ("ST-NAZAIRE CEDEX": saint nazaire)"""
        parts = re.findall(r"[a-z0-9]+", remove_accents(city or "").lower().replace("œ", "oe"))
        if "cedex" in parts:
            parts = parts[: parts.index("cedex")]
        return " ".join({"st": "saint", "ste": "sainte"}.get(part, part) for part in parts)

    @api.model
    def _match(self, city, postal_code):
        """Find the commune of an address.

        The name decides and the postal code confirms it, because most postal codes of the region serve several
        communes. Two exceptions. A postal code that the commune does not have (CEDEX) is accepted in the same
        département, where names are unique. A name that INSEE does not know (a former commune, now part of another) is
        accepted when its postal code serves only one commune.

        :param str | None city: name of the city
        :param str | None postal_code: five digits
        :return collab.commune: one commune, or none
        """
        name, postal_code = self._normalize(city), re.sub(r"\D", "", postal_code or "")
        if not name or len(postal_code) != 5:
            return self.browse()
        named = self.search([("match_name", "=", name)])
        exact = named.filtered(lambda c: postal_code in c.postal_codes.split())
        nearby = named.filtered(lambda c: c.code[:2] == postal_code[:2])
        served = self.search([("postal_codes", "ilike", postal_code)])
        for found in (exact, nearby, served):
            if len(found) == 1:
                return found
        return self.browse()

    @api.model
    def _typed(self, text):
        """Find the commune that somebody has typed: its name, its postal code, or both, in any order.

        :param str text: as it was typed
        :return collab.commune: in sudo; none when nothing was typed
        :raises UserError: it is none of the region, or there are several
        """
        # sudo: geography is public
        communes = self.sudo()
        code = re.search(r"\b\d{5}\b", text or "")
        name = self._normalize(re.sub(r"\b\d{5}\b", "", text or ""))
        if not code and not name:
            return communes
        named = Domain("match_name", "=", name) if name else Domain.TRUE
        served = Domain("postal_codes", "ilike", code[0]) if code else Domain.TRUE
        found = communes.search(named & served, limit=2) or communes._match(name, code and code[0])
        if len(found) == 1:
            return found
        if found and code:
            raise UserError(self.env._("Several communes have this postal code: write the name of the commune too."))
        if found:
            raise UserError(self.env._("Several communes have this name: write the postal code too."))
        raise UserError(
            self.env._(
                "“%s” is not a commune of the region. Leave this empty, and write it in the address.", text.strip()
            )
        )
