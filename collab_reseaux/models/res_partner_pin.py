from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..refusals import beside

# What may move an organisation on the map, core's own fields included: it forgets where a contact is when one of them
# is written, even with the value that it has.
ADDRESS_FIELDS = frozenset({"street", "street2", "zip", "city", "commune_id", "state_id", "country_id"})
# The region and what is just around it, in degrees: south, west, north, east.
REGION_BOX = (46.1, -2.8, 48.7, 1.1)


class ResPartner(models.Model):
    """Where an organisation, or a site of one, is on the map.

    Core's ``partner_latitude`` and ``partner_longitude`` hold a position of its own, which the service of addresses has
    found or somebody has chosen. Without one it is shown at its commune, about: nothing has to be computed, and the
    pin follows the address. People are nowhere.
    """

    _name = "res.partner"
    _inherit = "res.partner"

    pin_source = fields.Selection(
        [("service", "Address service"), ("hand", "Placed by hand")],
        string="Position on the map",
        readonly=True,
        copy=False,
        help="Empty: at the centre of its commune.",
    )
    pin_label = fields.Char(string="Address found", readonly=True, copy=False, help="As the service writes it.")
    pin_score = fields.Float(
        string="Score", readonly=True, copy=False, help="How sure the service was of its answer, from 0 to 1."
    )
    pin_date = fields.Datetime(string="Placed on", readonly=True, copy=False)
    pin_asked_date = fields.Datetime(
        string="Asked on", readonly=True, copy=False, help="When the service answered about the present address."
    )
    pin_failures = fields.Integer(
        string="Failures",
        readonly=True,
        copy=False,
        default=0,
        help="How many times the service has failed on this address.",
    )
    pin_was_by_hand = fields.Boolean(
        string="Was placed by hand",
        readonly=True,
        copy=False,
        help="It was, before its address changed to another commune.",
    )

    @api.model
    def _placed_domain(self):
        """:return Domain: what is shown on the map: organisations, and their sites; never people"""
        organisation = Domain("is_company", "=", True) & Domain("parent_id", "=", False)
        site = Domain("type", "=", "site") & Domain("parent_id.active", "=", True)
        return Domain("id", "not in", self._of_odoo().ids) & (organisation | site)

    @api.model
    def _to_place_domain(self):
        """:return Domain: what waits for somebody who places it by hand"""
        waits = Domain("pin_asked_date", "!=", False) | Domain("pin_was_by_hand", "=", True)
        return self._placed_domain() & Domain("pin_source", "=", False) & waits

    def _may_place(self):
        """:return bool: the current user may say where this organisation, or this site, is"""
        self.ensure_one()
        # sudo: whether he keeps it up to date, which says nothing of it
        place = self.sudo()
        return place.is_managed and bool(place.filtered_domain(self._placed_domain()))

    def _place_by_hand(self, latitude, longitude):
        """Put this organisation, or this site, at a point of the map. Nothing moves it from there but another hand, or
        an address in another commune.

        :param float latitude: in degrees
        :param float longitude: in degrees
        :raises AccessError: the current user does not keep it up to date
        :raises ValidationError: the point is not in the region
        """
        south, west, north, east = REGION_BOX
        if not self._may_place():
            raise AccessError(self.env._("This is not yours to place."))
        if not (south <= latitude <= north and west <= longitude <= east):
            outside = self.env._("This point is outside the region: choose another one on the map.")
            raise beside("latitude", ValidationError(outside))
        # sudo: the right to place it has just been checked
        self.sudo()._set_pin("hand", latitude, longitude)

    def _unplace(self):
        """Show this organisation, or this site, at its commune again.

        :raises AccessError: the current user does not keep it up to date
        """
        if not self._may_place():
            raise AccessError(self.env._("This is not yours to place."))
        # sudo: as above. It is not asked about again: the service would put it back where it was wrong.
        self.sudo()._set_pin(False)

    def _set_pin(self, source, latitude=0, longitude=0, **values):
        """
        :param str | bool source: of ``pin_source``
        :param values: other fields of the pin
        """
        self.write(
            {
                "partner_latitude": latitude,
                "partner_longitude": longitude,
                "pin_source": source,
                "pin_date": fields.Datetime.now(),
                "pin_label": False,
                "pin_score": 0,
                "pin_was_by_hand": False,
                **values,
            }
        )

    def write(self, vals):
        if not ADDRESS_FIELDS & vals.keys() or "pin_source" in vals:
            return super().write(vals)
        # sudo: compared only
        before = {one.id: one._pinned_on() for one in self.sudo() if one.pin_source or one.pin_asked_date}
        result = super().write(vals)
        # sudo: the platform moves the pin, whoever has changed the address
        for place in self.sudo().browse(before):
            place._follow_address(*before[place.id])
        return result

    def _pinned_on(self):
        """:return tuple: address, commune, and position"""
        street = " ".join(f"{self.street or ''} {self.street2 or ''}".split()).lower()
        return (street, self.zip, self.city), self.commune_id, (self.partner_latitude, self.partner_longitude)

    def _follow_address(self, address, commune, position):
        """Let the position follow what has just been written of the address.

        :param address, commune, position: as ``_pinned_on``, before
        """
        now, commune_now, _lost = self._pinned_on()
        by_hand = self.pin_source == "hand"
        if commune_now == commune and (by_hand or now == address):
            self.write({"partner_latitude": position[0], "partner_longitude": position[1]})
        else:
            self._set_pin(False, pin_was_by_hand=by_hand or self.pin_was_by_hand, pin_date=False)
        if now != address or commune_now != commune:
            self.write({"pin_asked_date": False, "pin_failures": 0})
