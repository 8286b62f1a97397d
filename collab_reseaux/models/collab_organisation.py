from odoo import fields, models
from odoo.tools import SQL

from ..calls import CHOOSE, opened


class CollabOrganisation(models.Model):
    """The member organisations, as everybody sees them."""

    _name = "collab.organisation"
    _inherit = "collab.projection.mixin"
    _description = "Organisation as seen by members"
    _auto = False
    # As in ``collab.member``.
    _depends = {
        "res.partner": [
            *("name", "street", "street2", "zip", "city", "phone", "email", "website", "commune_id"),
            *("activities", "about", "kind_ids", "network_ids"),
            *("is_company", "active", "parent_id", "scope_network_ids", "scope_territory_ids"),
        ],
    }
    _order = "name, id"
    _calls = opened("moderator", *CHOOSE)

    name = fields.Char(readonly=True)
    street = fields.Char(readonly=True)
    street2 = fields.Char(readonly=True)
    zip = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    commune_id = fields.Many2one("collab.commune", readonly=True)
    phone = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    website = fields.Char(readonly=True)
    activities = fields.Char(readonly=True)
    about = fields.Text(readonly=True)
    network_ids = fields.Many2many(
        "collab.network",
        "collab_partner_network_rel",
        "res_partner_id",
        "collab_network_id",
        string="Networks",
        context={"active_test": False},
        readonly=True,
    )
    kind_ids = fields.Many2many(
        "collab.organisation.kind",
        "collab_partner_kind_rel",
        "partner_id",
        "kind_id",
        string="Types",
        context={"active_test": False},
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT organisation.id, organisation.name, organisation.street, organisation.street2, organisation.zip,
                   organisation.city, organisation.commune_id, organisation.phone, organisation.email,
                   organisation.website, organisation.activities, organisation.about,
                   -- As in collab.member, for lists and the map.
                   ARRAY(SELECT link.collab_network_id FROM collab_partner_scope_network_rel link
                          WHERE link.res_partner_id = organisation.id) AS networks,
                   ARRAY(SELECT link.collab_territory_id FROM collab_partner_scope_territory_rel link
                          WHERE link.res_partner_id = organisation.id) AS territories,
                   ARRAY(SELECT link.kind_id FROM collab_partner_kind_rel link
                          WHERE link.partner_id = organisation.id) AS kinds
              FROM res_partner organisation
             WHERE organisation.active AND organisation.is_company AND organisation.parent_id IS NULL
               AND organisation.id NOT IN %s
            """,
            tuple(self.env["res.partner"]._of_odoo().ids) or (0,),
        )
