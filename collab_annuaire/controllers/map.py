from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_habillage.paging import Paging, number_in

from ..ground import show_on, tiles_of
from .lists import Lists

PATH = "/carte"
BESIDE, PAGE_SIZE, PEOPLE_SHOWN = 8, 20, 6
# What the page shows in the place of the map, as addresses say it.
SHAPES = ("liste", "sans-emplacement")


class Map(Lists, Controller):
    """The organisations on a map, and the same ones in a list, with those who work there."""

    @route(PATH, methods=["GET"], **ITEM)
    def map(self, page=1, **sent):
        env, index = request.env, request.env["collab.organisation"]._index()
        asked = self._read_map(index, sent)
        found = list(index.listed(index.within(asked.chosen)))
        placed, nowhere = ([entry for entry in found if bool(entry.said["pins"]) is has] for has in (True, False))
        listed = {None: placed, "liste": found, "sans-emplacement": nowhere}[asked.shape]
        paging = Paging(page, len(listed), PAGE_SIZE if asked.shape else BESIDE, asked.address)
        every = {"label": env._("All"), "address": asked.blank, "on": not asked.is_narrowed}
        filters, chips = self._chips(asked, index, index.everything, env._("Which organisations"), [every])
        working, networks, tiles = env["collab.member"]._index().sides["organisation"], self._networks(), tiles_of(env)
        shown = {
            "asked": asked,
            "rows": [
                (entry, working.get(entry.id, 0).bit_count(), self._networks_of(entry, networks))
                for entry in listed[paging.offset : paging.offset + paging.size]
            ],
            "paging": paging,
            "placed": len(placed),
            "nowhere": len(nowhere),
            "networks": networks,
            "filters": filters,
            "chips": chips,
            "card": self._card(index, asked.opened, networks) if asked.opened else None,
            "points": asked._replace(path=f"{PATH}/points", shape=None, opened=None).address(),
            "tiles": tiles,
        }
        return show_on(request.render("collab_annuaire.map", shown), tiles)

    @route(f"{PATH}/points", methods=["GET"], **ITEM)
    def points(self, **sent):
        """The pins of what is filtered so: each names its organisation, which has a name and networks once."""
        index, networks = request.env["collab.organisation"]._index(), self._networks()
        found = index.listed(index.within(self._read_map(index, sent).chosen))
        said = {
            "networks": {one["id"]: [one["name"], one["shape"], one["color"]] for one in networks},
            "organisations": [
                [
                    *(entry.id, entry.name, [network["id"] for network in self._networks_of(entry, networks)]),
                    [[*pin[:3], int(pin.is_approximate)] for pin in entry.said["pins"]],
                ]
                for entry in found
                if entry.said["pins"]
            ],
        }
        response = request.make_json_response(said)
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)

    @route(f"{PATH}/structures/<int:organisation_id>", methods=["GET"], **ITEM)
    def card(self, organisation_id, **sent):
        """The card of an organisation alone, for the script of the map."""
        index, networks = request.env["collab.organisation"]._index(), self._networks()
        values = {"asked": self._read_map(index, sent), "card": self._card(index, organisation_id, networks)}
        return request.render("collab_annuaire.map_card", values)

    def _read_map(self, index, sent):
        """
        :param dict sent: the fields of the address
        :return Asked:
        :raises NotFound: it names what the reader does not know"""
        shape = sent.get("vue") if sent.get("vue") in SHAPES else None
        asked = self._read_asked(PATH, index, {**sent, "q": ""})
        return asked._replace(shape=shape, opened=number_in(sent.get("structure")))

    def _networks(self):
        """:return tuple[dict]: those in use, as ``_branding``"""
        return request.env["collab.network"]._branding()

    def _networks_of(self, entry, networks):
        """:return list[dict]: those of these networks to which an organisation of the index belongs"""
        return [network for network in networks if network["id"] in entry.sides["network"]]

    def _card(self, index, number, networks):
        """
        :param int number: of the organisation whose card is open
        :param Collection[dict] networks: as ``_networks``
        :return dict: what ``collab_annuaire.map_card`` shows of it
        :raises NotFound: there is none
        """
        env, known = request.env, request.env["collab.organisation"]
        shown = known.search_fetch([("id", "=", number)], ["name", "phone"])
        if not shown or number not in index:
            raise request.not_found()
        entry, kinds, here = index[number], env["collab.organisation.kind"]._names(), [("organisation_id", "=", number)]
        facts = ["name", "street", "street2", "city", "is_site", "latitude", "longitude", "is_approximate"]
        places = env["collab.place"].search_fetch(here, facts)
        people = env["collab.member"]._index()
        working = list(people.listed(people.sides["organisation"].get(number, 0)))
        return {
            "shown": shown,
            "placed_by_me": {partner.id for partner in env["res.partner"].browse(places.ids) if partner._may_place()},
            "kinds": [kinds[kind] for kind in kinds if kind in entry.sides["kind"]],
            "networks": self._networks_of(entry, networks),
            "places": places,
            "people": working[:PEOPLE_SHOWN],
            "others": len(working[PEOPLE_SHOWN:]),
        }
