from odoo import api, fields, models
from odoo.tools import SQL

from ..corrections import MEANT_MAX, errors_forgiven, likeliest, likely, other_numbers, without_elision
from ..query import quoted
from ..words import SMALL

# How many words are compared with one that is mistyped.
NEAR_MAX, SAME_BEGINNING_MAX = 40, 2_000
LETTERS = (2, 30)
# Of how many words one asks at once whether the reader may read them.
ASKED_AT_ONCE = 20


class CollabSearchWord(models.Model):
    """The words that the index knows. A word is told to nobody unless he may read a content that has it."""

    _name = "collab.search.word"
    _description = "Word of the index"
    _log_access = False
    _order = "name"

    name = fields.Char(required=True, readonly=True, help="Without capitals or accents; ^ before an acronym.")
    written = fields.Char(required=True, readonly=True, help="As it was written the first time.")
    entries = fields.Integer(default=1, readonly=True, help="How many contents have it, as counted last night.")

    _name_unique = models.UniqueIndex("(name)", "This word is known already.")
    _near_idx = models.Index("USING gin (name gin_trgm_ops)")
    _beginning_idx = models.Index("(left(name, 1), length(name))")

    @api.model
    def _learn(self, words):
        """:param Mapping[str, str] words: as they are written, by name"""
        if not words:
            return
        # Most are known: only the others are written. In order, so that two transactions never wait for each other.
        names, written = zip(*sorted(words.items()), strict=True)
        self.env.cr.execute(
            SQL(
                "INSERT INTO collab_search_word (name, written, entries) SELECT asked.name, asked.written, 1"
                " FROM unnest(%s, %s) AS asked (name, written)"
                " WHERE NOT EXISTS (SELECT FROM collab_search_word known WHERE known.name = asked.name)"
                " ORDER BY asked.name ON CONFLICT DO NOTHING",
                list(names),
                list(written),
            )
        )

    @api.model
    def _count(self):
        """Count again how many contents have each word, and forget those that none has."""
        self.env.cr.execute(
            "WITH counted AS MATERIALIZED (SELECT word, ndoc FROM ts_stat('SELECT vector FROM collab_search_entry')),"
            " again AS (UPDATE collab_search_word known SET entries = counted.ndoc FROM counted"
            "           WHERE counted.word = known.name AND counted.ndoc <> known.entries)"
            " DELETE FROM collab_search_word known"
            "  WHERE NOT EXISTS (SELECT FROM counted WHERE counted.word = known.name)"
        )

    @api.model
    def _numbers(self, names):
        """
        :param Collection[str] names: of words
        :return dict[str, int]: how many contents have each; those that the reader may not read one content of are left
            out, as if nobody had written them
        """
        rows = self.env.execute_query(
            SQL("SELECT name, entries FROM collab_search_word WHERE name IN %s", tuple(names) or ("",))
        )
        # However many contents have it: they may all be those of another network.
        readable = self.env["collab.search"]._readable([quoted(name) for name, _number in rows])
        return {name: number for name, number in rows if quoted(name) in readable}

    @api.model
    def _likely(self, name):
        """:param str name: a word that is not known
        :return list[tuple[float, str]]: those that may be meant, as ``corrections.likeliest``, as they are written;
            those of which the reader may read no content are left out"""
        least, most = LETTERS
        errors, whole = errors_forgiven(name), without_elision(name)
        if not least < len(name) <= most or not errors:
            return []
        near = self.env.execute_query(
            SQL(
                "(SELECT name, entries, written FROM collab_search_word WHERE name %% %s"
                " ORDER BY similarity(name, %s) DESC LIMIT %s) UNION"
                " (SELECT name, entries, written FROM collab_search_word"
                " WHERE left(name, 1) = %s AND length(name) BETWEEN %s AND %s LIMIT %s) UNION"
                " (SELECT name, entries, written FROM collab_search_word WHERE name = ANY(%s))",
                *(name, name, NEAR_MAX),
                *(name[0], len(name) - errors, len(name) + errors, SAME_BEGINNING_MAX, [*other_numbers(name), whole]),
            )
        )
        # What says nothing of what is looked for is typed right, or left out.
        written = {one: as_written for one, _number, as_written in near if one.isalpha() and one not in SMALL}
        nearest, meant = likely(name, [one[:2] for one in near if one[0] in written]), []
        # Those that he may not read leave no place empty: the others are the same without them.
        while nearest and len(meant) < MEANT_MAX:
            asked, nearest = nearest[:ASKED_AT_ONCE], nearest[ASKED_AT_ONCE:]
            readable = self.env["collab.search"]._readable([quoted(other) for _cost, other in asked])
            meant += [(cost, written[other]) for cost, other in asked if quoted(other) in readable]
        return likeliest(meant)
