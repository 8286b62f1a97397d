from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import opened


class ResPartner(models.Model):
    """Organisations, and sites of theirs, that somebody places on the map."""

    _inherit = "res.partner"
    _calls = opened("moderator", "action_place")

    is_to_place = fields.Boolean(
        string="To place by hand",
        compute="_compute_is_to_place",
        search="_search_is_to_place",
        help="This organisation, or one of its sites, waits for somebody who places it on the map.",
    )

    def _compute_is_to_place(self):
        found = self.search([("id", "in", self.ids), ("is_to_place", "=", True)])
        for partner in self:
            partner.is_to_place = partner in found

    @api.model
    def _search_is_to_place(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        here = self._to_place_domain()
        return here | Domain("site_ids", "any", here)

    def action_place(self):
        """Open the small map on which this is placed by hand."""
        self.ensure_one()
        self.check_access("write")
        return {"type": "ir.actions.act_url", "url": f"/annuaire/structures/{self.id}/emplacement", "target": "new"}

    def _may_place(self):
        if super()._may_place():
            return True
        # sudo: only to find the organisation of a site, of which he is a referent or not
        place = self.sudo()
        is_place = bool(place.filtered_domain(self._placed_domain()))
        return is_place and place.commercial_partner_id.with_env(self.env)._is_referent()
