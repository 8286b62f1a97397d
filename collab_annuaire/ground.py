"""What lies under the pins of a map: nothing but outlines, unless an administrator has chosen pictures of a service."""

from typing import NamedTuple
from urllib.parse import urlsplit

from odoo.addons.collab_charte.models.ir_http import POLICIES

PARAMETER = "collab_annuaire.tiles"


class Tiles(NamedTuple):
    """A service that sends pictures of the ground, and so learns where a reader looks, and from which address."""

    label: str  # as it is called on the settings page
    url: str  # as Leaflet reads it
    host: str  # who is named to the reader
    attribution: str  # as its licence asks
    zoom_max: int

    @property
    def source(self):
        """:return str: where its pictures come from, as a policy names it"""
        host = urlsplit(self.url).netloc.replace("{s}", "*")
        return f"https://{host}"


TILES = {
    "ign": Tiles(
        "IGN (Géoplateforme)",
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
        "&STYLE=normal&TILEMATRIXSET=PM&FORMAT=image/png&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
        "IGN (data.geopf.fr)",
        "Plan IGN, Géoplateforme",
        18,
    ),
    "osm": Tiles(
        "OpenStreetMap France",
        "https://{s}.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png",
        "OpenStreetMap France (tile.openstreetmap.fr)",
        "© OpenStreetMap",
        19,
    ),
}


def tiles_of(env):
    """:return Tiles | None: what an administrator has chosen; None, as at first: no third party"""
    # sudo: what is shown to everybody
    return TILES.get(env["ir.config_parameter"].sudo().get_param(PARAMETER))


def show_on(response, tiles):
    """Let the page of a map, and no other, load the pictures that have been chosen.

    :param Response response:
    :param Tiles | None tiles:
    :return Response: the same
    """
    if tiles:
        policy = POLICIES["members"].replace("img-src 'self'", f"img-src 'self' {tiles.source}")
        response.headers["Content-Security-Policy"] = policy
    return response
