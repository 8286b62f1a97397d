from odoo import fields, models
from odoo.tools import SQL

from ..calls import opened


class CollabPlace(models.Model):
    """Where the member organisations are: the address of each, and those of its sites, as everybody sees them."""

    _name = "collab.place"
    _inherit = "collab.projection.mixin"
    _description = "Address of an organisation as seen by members"
    _auto = False
    # As in ``collab.member``.
    _depends = {
        "res.partner": [
            "name",
            "street",
            "street2",
            "zip",
            "city",
            "commune_id",
            "phone",
            "is_company",
            "active",
            "parent_id",
            "type",
            *("pin_source", "partner_latitude", "partner_longitude"),
        ],
        "collab.commune": ["latitude", "longitude"],
    }
    # The address of an organisation comes before those of its sites. Not by organisation: its table does not exist.
    _order = "is_site, name, id"
    _calls = opened("moderator")

    organisation_id = fields.Many2one("collab.organisation", readonly=True)
    is_site = fields.Boolean(readonly=True)
    name = fields.Char(readonly=True)
    street = fields.Char(readonly=True)
    street2 = fields.Char(readonly=True)
    zip = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    commune_id = fields.Many2one("collab.commune", readonly=True)
    phone = fields.Char(readonly=True)
    # Both are 0 where nothing says where it is.
    latitude = fields.Float(digits=(10, 7), readonly=True)
    longitude = fields.Float(digits=(10, 7), readonly=True)
    # The position is that of the commune.
    is_approximate = fields.Boolean(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT place.id, organisation.id AS organisation_id, place.id != organisation.id AS is_site, place.name,
                   place.street, place.street2, place.zip, place.city, place.commune_id, place.phone,
                   CASE WHEN place.pin_source IS NULL THEN commune.latitude ELSE place.partner_latitude END AS latitude,
                   CASE WHEN place.pin_source IS NULL THEN commune.longitude
                        ELSE place.partner_longitude END AS longitude,
                   place.pin_source IS NULL AS is_approximate
              FROM res_partner place
              LEFT JOIN collab_commune commune ON commune.id = place.commune_id
              JOIN (%s) organisation ON organisation.id = place.id
                                     OR (organisation.id = place.parent_id AND place.type = 'site')
             WHERE place.active
            """,
            self.env["collab.organisation"]._table_query,
        )
