from odoo import api, fields, models
from odoo.tools import SQL

from ..passages import LONG_FROM
from ..words import Vector

# How many passages of a content are looked at, to choose what is shown.
LOOKED_AT = 6


class CollabSearchPassage(models.Model):
    """A passage of what somebody has written, or of a file: what is shown of a content that is found."""

    _name = "collab.search.passage"
    _description = "Passage of the index"
    _log_access = False
    _order = "number"
    _rec_name = "label"

    entry_id = fields.Many2one("collab.search.entry", readonly=True, ondelete="cascade", index="btree_not_null")
    file_id = fields.Many2one("collab.search.file", readonly=True, ondelete="cascade", index="btree_not_null")
    number = fields.Integer(readonly=True)
    label = fields.Char(readonly=True, help="Who says it.")
    page = fields.Integer(readonly=True, help="Of a file that has pages.")
    text = fields.Text(required=True, readonly=True)

    def init(self):
        self.env.cr.execute("ALTER TABLE collab_search_passage ADD COLUMN IF NOT EXISTS vector tsvector")

    @api.model
    def _replace(self, field, passages):
        """
        :param str field: that leads to what they are passages of
        :param dict[int, list[tuple[str, int | None, str]]] passages: label, page and text of each, by the identifier
            of what they are passages of
        """
        column = SQL.identifier(field)
        self.env.cr.execute(SQL("DELETE FROM collab_search_passage WHERE %s IN %s", column, tuple(passages)))
        rows = [
            SQL("(%s, %s, %s, %s, %s, %s::tsvector)", owner, place, label, page, text, self._own_vector(text, own))
            for owner, own in passages.items()
            for place, (label, page, text) in enumerate(own)
        ]
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO collab_search_passage (%s, number, label, page, text, vector) VALUES %s",
                    column,
                    SQL(", ").join(rows),
                )
            )

    @api.model
    def _own_vector(self, text, passages):
        """:return str | None: the words of a passage, if there are many beside it"""
        if len(passages) < LONG_FROM:
            return None
        vector = Vector()
        vector.add(text)
        return str(vector)

    @api.model
    def _of(self, entries, wanted):
        """
        :param Collection[tuple[str, int]] entries: model and identifier of contents, which the reader may read
        :param str wanted: a ``tsquery``: what any of its words finds
        :return dict[tuple[str, int], list[tuple]]: for each, some passages that may have these words: label, page, text
        """
        if not entries:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT entry.res_model, entry.res_id, near.label, near.page, near.text FROM collab_search_entry entry,"
                " (SELECT %(wanted)s::tsquery AS wanted) asked,"
                " LATERAL (SELECT passage.label, passage.page, passage.text FROM ("
                "   SELECT own.label, own.page, own.text, own.vector, own.number, 0 AS rank"
                "     FROM collab_search_passage own WHERE own.entry_id = entry.id"
                "   UNION ALL"
                "   SELECT link.label, file.page, file.text, file.vector, file.number, 1"
                "     FROM collab_search_link link JOIN collab_search_passage file ON file.file_id = link.file_id"
                "    WHERE link.entry_id = entry.id) passage"
                "  WHERE passage.vector IS NULL OR passage.vector @@ asked.wanted"
                "  ORDER BY passage.vector IS NULL, ts_rank(passage.vector, asked.wanted) DESC, passage.rank,"
                "           passage.number LIMIT %(most)s) near"
                " WHERE (entry.res_model, entry.res_id) IN %(entries)s",
                wanted=wanted,
                most=LOOKED_AT,
                entries=tuple(entries),
            )
        )
        found = {}
        for model, number, *passage in rows:
            found.setdefault((model, number), []).append(passage)
        return found
