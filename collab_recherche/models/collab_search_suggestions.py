from odoo import api, models
from odoo.tools import SQL

from ..query import LETTERS_MAX, any_of, quoted, terms_of

SUGGESTED_OF_EACH = 3


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
        self._plan()
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
        visible = self._visible({})
        if visible is None:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                WITH matching AS MATERIALIZED (%s),
                     latest AS (SELECT * FROM (%s) one ORDER BY day DESC LIMIT %s)
                SELECT kind, latest.id, title FROM latest JOIN collab_search_entry entry ON entry.id = entry_id
                 ORDER BY day DESC""",
                self._matching("title_vector", begun),
                visible,
                limit,
            )
        )
        found, names = [], self.env["collab.contents"]._names()
        for kind, number, title in rows:
            said = self.env[names[kind - 1]]._content()
            found.append({"title": title, "url": f"{said.address}/{number}", "nature": said.nature})
        return found
