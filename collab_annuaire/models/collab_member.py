from odoo import api, models
from odoo.tools import SQL

from odoo.addons.collab_reseaux.names import initials

from ..index import Entry, Index, sorted_by, words_of

# Those who have no organisation come last; then, those who have come last come first.
ORDERS = {
    "organisation": lambda entry: (not entry.said["organisation"], sorted_by(entry.said["organisation"])),
    "joined": lambda entry: -entry.said["joined"].timestamp(),
}
SIDES = ("territory", "job", "theme", "network", "organisation")


class CollabMember(models.Model):
    """The people whom the directory lists, found in memory."""

    _name = "collab.member"
    _inherit = ["collab.member", "collab.change.mixin"]

    @api.model
    def _index(self):
        """:return Index: the people who are listed, by last name; nobody, for whoever may read nothing. Its sides are
        SIDES, its orders ORDERS; an entry says ``job``, ``organisation``, ``city``, ``initials`` and ``joined`` (a UTC
        date and time)"""
        if self.env.user._audience_scope() is None:
            return Index((), SIDES, ORDERS)
        state = self.env["collab.change"]._state(self._name)
        return self._since_last_change(f"directory {self.env.lang}", state, self._read_index)

    @api.model
    def _read_index(self):
        self.env.flush_all()
        columns = ("id", "name", "firstname", "lastname", "function", "organisation_id", "organisation_name", "city")
        lists = ("joined_date", "networks", "territories", "themes")
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM (%s) member WHERE is_listed",
                SQL(", ").join(map(SQL.identifier, columns + lists)),
                self._table_query,
            )
        )
        return Index(map(self._entry, rows), SIDES, ORDERS)

    @api.model
    def _entry(self, row):
        """:param tuple row: as ``_read_index`` reads it
        :return Entry:"""
        number, name, first, last, job, employer, organisation, city, joined, networks, territories, themes = row
        reach = self.env["collab.territory"]._reach(tuple(sorted(territories))) if territories else ()
        sides = {
            "territory": tuple(reach),
            # The same job is written in several ways.
            "job": (" ".join(words_of(job)),) if job else (),
            "theme": themes,
            "network": networks,
            "organisation": (employer,) if employer else (),
        }
        said = {
            "job": job,
            "organisation": organisation,
            "city": city,
            "initials": initials(first, last) if first or last else initials(name),
            "joined": joined,
        }
        order = sorted_by(last or name), sorted_by(first)
        names = (first, last, organisation) if first or last else (name, organisation)
        return Entry(number, name, order, names, (job, city), sides, said)
