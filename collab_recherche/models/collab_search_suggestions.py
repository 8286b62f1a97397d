from odoo import api, models
from odoo.tools import SQL

from ..query import LETTERS_MAX, any_of, quoted, terms_of
from .collab_search_contents import RECENT

SUGGESTED_OF_EACH = 3
# How many titles are looked at first.
LOOKED_AT = 30


class CollabSearch(models.AbstractModel):
    """What is offered to somebody who is typing."""

    _inherit = "collab.search"

    @api.model
    def _suggest(self, typed, limit=8):
        """
        :param str typed: so far
        :return list[dict]: ``title``, ``url`` and ``nature`` of what has these words in its title, the last one begun
        """
        terms = terms_of(typed[:LETTERS_MAX])
        if self._too_short(typed) or not terms or self.env.user._audience_scope() is None:
            return []
        self.env.flush_all()
        *whole, last = terms
        begun = " & ".join([*(any_of(map(quoted, term.stems)) for term in whole), f"{quoted(last.folded)}:*"])
        return [*self._people_suggested(typed), *self._titles_suggested(begun, limit)][:limit]

    @api.model
    def _people_suggested(self, typed):
        found = []
        for source in self._themselves():
            numbers = source._find_words(typed)[0][:SUGGESTED_OF_EACH]
            for one in source._found_rows(numbers) if numbers else ():
                row = one["row"]
                title = row.get("title") or row["name"]
                found.append({"title": title, "url": row["url"], "nature": source._found_one()})
        return found

    @api.model
    def _titles_suggested(self, begun, limit):
        """:param str begun: a ``tsquery``"""
        found, names = [], self.env["collab.contents"]._names()
        for kind, number, title in self._latest_titled(begun, limit):
            said = self.env[names[kind - 1]]._content()
            found.append({"title": title, "url": f"{said.address}/{number}", "nature": said.nature})
        return found

    @api.model
    def _latest_titled(self, begun, limit):
        """
        :param str begun: a ``tsquery``
        :return list[tuple[int, int, str]]: kind, identifier and title of what the current user may read
        """
        found = []
        for condition in (RECENT, None) if self.env["collab.search.entry"]._is_long() else (None,):
            matching = self._matching("title_vector", begun, condition, SQL(", day, title"))
            # The latest ones are nearly always enough.
            for most in (LOOKED_AT, None):
                titles = "SELECT kind, res_id, title FROM (%s) matching ORDER BY day DESC, id DESC LIMIT %s"
                latest = self.env.execute_query(SQL(titles, matching, most))
                readable = self._readable_among(one[:2] for one in latest)
                found = [one for one in latest if one[:2] in readable]
                if len(found) >= limit:
                    return found[:limit]
                if len(latest) < LOOKED_AT:
                    break
        return found
