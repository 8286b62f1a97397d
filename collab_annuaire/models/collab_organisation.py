from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..index import Entry, Index, sorted_by

SIDES = ("network", "territory", "kind")


class Pin(NamedTuple):
    """A point of the map: the address of an organisation, or of a site of it."""

    place: int
    latitude: float
    longitude: float
    is_approximate: bool


class CollabOrganisation(models.Model):
    """The organisations of the directory and of the map, found in memory."""

    _name = "collab.organisation"
    _inherit = ["collab.organisation", "collab.change.mixin", "collab.found.mixin"]
    _found_slug = "structures"

    @api.model
    def _index(self):
        """:return Index: the organisations, by name; none, for whoever may read nothing. An entry says ``city``, and
        ``pins`` (of Pin)"""
        if self.env.user._audience_scope() is None:
            return Index((), SIDES)
        state = self.env["collab.change"]._state("collab.member")
        return self._since_last_change(f"directory {self.env.lang}", state, self._read_index)

    @api.model
    def _read_index(self):
        self.env.flush_all()
        pins, sites = defaultdict(list), defaultdict(list)
        places = self.env.execute_query(
            SQL(
                "SELECT organisation_id, is_site, name, city, id, latitude, longitude, is_approximate FROM (%s) place"
                " ORDER BY organisation_id, is_site, id",
                self.env["collab.place"]._table_query,
            )
        )
        for number, is_site, name, city, *pin in places:
            if pin[1] and pin[2]:
                pins[number].append(Pin(pin[0], float(pin[1]), float(pin[2]), pin[3]))
            if is_site:
                # Its sites are where it is too.
                sites[number] += [name, city]
        rows = self.env.execute_query(
            SQL("SELECT id, name, city, networks, territories, kinds FROM (%s) organisation", self._table_query)
        )
        return Index((self._entry(row, sites[row[0]], tuple(pins[row[0]])) for row in rows), SIDES)

    @api.model
    def _entry(self, row, sites, pins):
        """:param tuple row: as ``_read_index`` reads it
        :param list[str] sites: the names and cities of its sites
        :param tuple[Pin] pins: of its addresses
        :return Entry:"""
        number, name, city, networks, territories, kinds = row
        reach = self.env["collab.territory"]._reach(tuple(sorted(territories))) if territories else ()
        sides = {"network": networks, "territory": tuple(reach), "kind": kinds}
        return Entry(number, name, (sorted_by(name),), (name,), (city, *sites), sides, {"city": city, "pins": pins})

    @api.model
    def _entry_rows(self, entries):
        """
        :param Iterable[Entry] entries: of the index
        :return list[dict]: what lists show of each: ``id``, ``title``, ``url``, ``entry``, ``people`` (how many are
            listed there)
        """
        working = self.env["collab.member"]._index().sides["organisation"]
        return [
            {
                "id": entry.id,
                "title": entry.name,
                "url": f"/annuaire/structures/{entry.id}",
                "entry": entry,
                "people": working.get(entry.id, 0).bit_count(),
            }
            for entry in entries
        ]

    # What a search finds

    @api.model
    def _found_name(self):
        return self.env._("Organisations")

    @api.model
    def _found_one(self):
        return self.env._("Organisation")

    @api.model
    def _find_words(self, words, network=None, territory=None, theme=None):
        if theme:
            return [], []
        return self._index().numbers(words, {"network": network, "territory": territory})

    @api.model
    def _found_rows(self, numbers):
        index, known = self._index(), set(self.search([("id", "in", numbers)])._ids)
        rows = self._entry_rows(index[number] for number in numbers if number in known and number in index)
        return [{"template": "collab_annuaire.organisation_row", "row": {**row, "extract": ""}} for row in rows]
