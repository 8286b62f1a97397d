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
# What the row of a list reads of a person.
ROW_SHOWN = ["name", "phone", "has_photo"]


class CollabMember(models.Model):
    """The people whom the directory lists, found in memory."""

    _name = "collab.member"
    _inherit = ["collab.member", "collab.change.mixin", "collab.found.mixin"]
    _found_slug = "personnes"

    @api.model
    def _index(self):
        """:return Index: the people who are listed, by last name; nobody, for whoever may read nothing. Its sides are
        SIDES, its orders ORDERS; an entry says ``job``, ``organisation``, ``city``, ``initials`` and ``joined`` (a UTC
        date and time)"""
        if self.env.user._audience_scope() is None:
            return Index((), SIDES, ORDERS)
        # They are found by the names of their themes too.
        state = self.env["collab.change"]._state(self._name), self.env["collab.theme"]._labels()
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
        known = self.env["collab.theme"]._labels()
        topics = tuple(known[theme] for theme in themes if theme in known)
        return Entry(number, name, order, names, (job, city), sides, said, topics)

    # What a search finds

    @api.model
    def _found_name(self):
        return self.env._("People")

    @api.model
    def _found_one(self):
        return self.env._("Person")

    @api.model
    def _find_words(self, words, network=None, territory=None, theme=None):
        return self._index().numbers(words, {"network": network, "territory": territory, "theme": theme})

    @api.model
    def _found_rows(self, numbers):
        index = self._index()
        known = {member.id: member for member in self.search_fetch([("id", "in", numbers)], ROW_SHOWN)}
        return [
            {
                "template": "collab_annuaire.person_row",
                "row": {**known[number]._row(index[number]), "extract": self._say_help(index[number])},
            }
            for number in numbers
            if number in known and number in index
        ]

    def _row(self, entry):
        """:param Entry entry: of the index
        :return dict: what the row of a list shows of this person: ``id``, ``title``, ``url``, ``member``, ``entry``"""
        return {"id": entry.id, "title": self.name, "url": f"/annuaire/{entry.id}", "member": self, "entry": entry}

    @api.model
    def _say_help(self, entry):
        """:return str: on what somebody can help, if he has said so"""
        return self.env._("Can help with: %s", ", ".join(entry.topics)) if entry.topics else ""
