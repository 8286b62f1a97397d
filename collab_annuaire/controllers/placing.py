import math

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_habillage.saying import say

from ..ground import show_on, tiles_of

SHOWN = ("name", "organisation_id", "street", "street2", "zip", "city", "latitude", "longitude", "is_approximate")
# The middle of the region, for what has no position yet.
MIDDLE = (47.4, -0.9)


class Placing(Controller):
    """The small map on which an organisation, or a site of one, is placed by hand."""

    @route("/annuaire/structures/<int:place_id>/emplacement", methods=["GET", "POST"], **ITEM)
    def place(self, place_id, jeton="", **sent):
        place, partner = self._read(place_id), request.env["res.partner"].browse(place_id)
        form = Form("emplacement", token=jeton)
        if request.httprequest.method == "POST":
            if "commune" in sent:
                form.send(partner._unplace)
                said = request.env._("Placed at the centre of its commune.")
            else:
                point = [form.take(name, sent.get(name, ""), self._degrees) for name in ("latitude", "longitude")]
                form.send(lambda: partner._place_by_hand(*point))
                said = request.env._("Position saved.")
            if not form.refusal:
                say(said)
                return request.redirect(f"/carte?structure={place.organisation_id.id}")
            place = self._read(place_id)
        shown = {
            "form": form,
            "place": place,
            "heading": request.env._("Place “%s” on the map", place.name),
            "start": (place.latitude, place.longitude) if place.latitude else MIDDLE,
            "tiles": tiles_of(request.env),
        }
        return show_on(request.render("collab_annuaire.placing", shown), shown["tiles"])

    def _read(self, place_id):
        """:return collab.place:
        :raises NotFound: there is none, or the reader does not place it"""
        place = request.env["collab.place"].search_fetch([("id", "=", place_id)], SHOWN)
        if not place or not request.env["res.partner"].browse(place_id)._may_place():
            raise request.not_found()
        return place

    def _degrees(self, text):
        """:return float: as people write it, with a comma or a point
        :raises UserError: it is no number"""
        try:
            value = float((text or "").replace(",", ".").replace("−", "-").strip())
        except ValueError as error:
            raise UserError(request.env._("“%s” is not a number of degrees: write it as 47.2184.", text)) from error
        if not math.isfinite(value):
            raise UserError(request.env._("“%s” is not a number of degrees: write it as 47.2184.", text))
        return value
