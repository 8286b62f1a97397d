from odoo import api, models, tools
from odoo.tools import SQL

from odoo.addons.collab_suivi.models.collab_content_mixin_rules import RULED_BY

from .collab_search import HITS_MAX, Matches

RECENT, NOT_RECENT = SQL("is_recent"), SQL("NOT is_recent")
NOTHING_MORE, NO_ENTRY = SQL(""), SQL("SELECT WHERE FALSE")
# How many of the older contents are looked at first.
OLDER = 2 * HITS_MAX
# Of so many contents, it is asked first whether one may be read.
FIRST = 5
# What a word counts where it stands, of PostgreSQL's weights D, C, B, A: a file, a text, what describes it, a title.
WEIGHTS = [0.1, 0.2, 0.5, 1.0]


class CollabSearch(models.AbstractModel):
    """What is found in the index: the record rules of each kind of content are part of each query."""

    _inherit = "collab.search"

    @api.model
    def _sources(self, filters):
        """
        :param dict filters: as ``Asked.filters``
        :return list[tuple[Model, Query]]: for each kind of content, a query of what the current user may read: the
            record rules of the kind, as SQL
        """
        chosen = {name: value for name, value in filters.items() if value}
        found = [(one, one._search(one._search_filter(**chosen))) for one in self.env["collab.contents"]._all()]
        for _contents, query in found:
            query.order = None
        return [(contents, query) for contents, query in found if not query.is_empty()]

    @api.model
    def _among(self, sources):
        """
        :param list[tuple[Model, Query]] sources: as ``_sources``
        :return list[tuple[Model, Query]]: the same, joined to ``matching`` (as ``_matching``) under the name ``entry``
        """
        for contents, query in sources:
            # PostgreSQL knows nothing of what is in "matching", and would expect one row in two hundred of each kind;
            # of a CASE it expects half.
            of_kind = SQL("CASE WHEN entry.kind = %s THEN TRUE END", self._kind_of(contents))
            same = SQL("entry.res_id = %s AND %s", SQL.identifier(query.table, "id"), of_kind)
            query.add_join("JOIN", "entry", SQL.identifier("matching"), same)
        return sources

    @api.model
    def _kind_of(self, contents):
        """:return int: the place of a kind of content among all: it takes less room than its name in a query"""
        return self.env["collab.contents"]._names().index(contents._name) + 1

    @api.model
    def _matching(self, column, wanted, condition=None, more=NOTHING_MORE):
        """
        :param str column: "vector", or "title_vector" for titles alone
        :param str | SQL wanted: a ``tsquery``
        :param SQL | None condition: of these entries alone
        :param SQL more: other columns, after a comma
        :return SQL: the entries that have these words, whoever may read them: ``id``, ``kind`` (as ``_kind_of``),
            ``res_id``
        """
        return SQL(
            "SELECT id, array_position(%s, res_model::text) AS kind, res_id %s FROM collab_search_entry"
            " WHERE %s @@ %s::tsquery AND %s",
            list(self.env["collab.contents"]._names()),
            more,
            SQL.identifier(column),
            wanted,
            condition or SQL("TRUE"),
        )

    @api.model
    def _matching_any(self, column, wanted):
        """:return SQL: as ``_matching``, the recent ones first: whoever looks for one of them reads no further"""
        if not self.env["collab.search.entry"]._is_long():
            return self._matching(column, wanted)
        parts = (self._matching(column, wanted, condition) for condition in (RECENT, NOT_RECENT))
        return SQL("%s UNION ALL %s", *parts)

    @api.model
    def _matching_level(self, query, level, condition=None):
        """:return SQL: as ``_matching``; what is sure first, then what must be read"""
        sure = query.sure(level)
        if not sure:
            return self._matching("vector", level, condition)
        rest = self._matching("vector", f"({level}) & !({sure})", condition)
        return SQL("%s UNION ALL %s", self._matching("vector", sure, condition), rest)

    @api.model
    def _plan(self):
        """Let PostgreSQL take what it is asked from its indexes: what is searched is in memory, or on a disk without
        heads. It would otherwise read all the vectors rather than the index of a frequent word."""
        self.env.cr.execute("SET LOCAL random_page_cost = 1.1")

    @api.model
    def _visible(self, filters):
        """:return SQL | None: what the current user may read among ``matching``: ``kind`` (as ``_kind_of``), ``id``,
        ``day``, ``audience``, ``author``, ``theme``, ``entry_id``; None when there is nothing to look in"""
        return self._filtered(filters) if any(filters.values()) else self._unfiltered()

    @api.model
    @tools.ormcache(*RULED_BY)
    def _unfiltered(self):
        """:return SQL | None: as ``_visible``, without filters"""
        return self._filtered({})

    @api.model
    def _filtered(self, filters):
        """:return SQL | None: as ``_visible``"""
        parts = []
        for contents, query in self._among(self._sources(filters)):
            table = query.table
            day, audience, author, number = (
                SQL.identifier(table, name) for name in ("content_date", "audience_id", "create_uid", "id")
            )
            parts.append(
                query.select(
                    SQL("entry.kind, %s AS id, %s AS day, %s AS audience", number, day, audience),
                    SQL("%s AS author, %s AS theme", author, self._theme_of(contents, query)),
                    SQL("entry.id AS entry_id"),
                )
            )
        return SQL(" UNION ALL ").join(parts) if parts else None

    @api.model
    def _theme_of(self, contents, query):
        """:return SQL: the theme of a content, in a query on its model"""
        path, alias, model = contents._content().theme, query.table, contents
        if not path:
            return SQL("NULL::integer")
        *links, last = path.split(".")
        for link in links:
            model = self.env[model._fields[link].comodel_name]
            alias = query.left_join(alias, link, model._table, "id", link)
        return SQL.identifier(alias, last)

    @api.model
    def _contents_found(self, level, query, asked):
        """
        :param str level: one of ``query.levels``
        :param Query query:
        :param Asked asked:
        :return Matches:
        """
        self.env.flush_all()
        visible = self._visible(asked.filters)
        if visible is None:
            return Matches()
        if self.env["collab.search.entry"]._is_long():
            # Of what many contents have, nobody reads all: of the older ones, those that say it in their titles come
            # before the others, and the latest of these are nearly always enough.
            for most in (OLDER, None):
                hits, groups, titled, older = self._recent_hits(level, visible, query, asked, most)
                is_whole = older != most
                if len(hits) > HITS_MAX and (titled > HITS_MAX or is_whole):
                    return Matches(groups, hits, is_cut=True)
                if is_whole:
                    break
        matching, titled = self._matching_level(query, level), self._matching("title_vector", query.any)
        hits, groups, *_numbers = self._hits(matching, titled, visible, query, asked)
        return Matches(groups, hits)

    @api.model
    def _recent_hits(self, level, visible, query, asked, most):
        """
        :param int | None most: how many of the older contents are looked at, whose titles have the words
        :return tuple: as ``_hits``
        """
        and_older = SQL("SELECT id, kind, res_id FROM older")
        older = SQL("FALSE") if asked.by_date else SQL("title_vector @@ %s::tsquery AND NOT is_recent", query.any)
        older = SQL("%s ORDER BY day DESC LIMIT %s", self._matching("vector", level, older, SQL(", day")), most)
        return self._hits(
            SQL("%s UNION ALL %s", self._matching_level(query, level, RECENT), and_older),
            SQL("%s UNION ALL %s", self._matching("title_vector", query.any, RECENT), and_older),
            visible,
            query,
            asked,
            older,
        )

    @api.model
    def _hits(self, matching, titled, visible, query, asked, older=NO_ENTRY):
        """
        :param SQL matching: as ``_matching``
        :param SQL titled: those whose titles have the words, likewise
        :param SQL visible: as ``_visible``
        :param SQL older: a part of both, which they name ``older``
        :return tuple[list, dict, int, int]: hits and groups, as ``Matches``; how many of these hits have the words in
            their titles; how many there are of ``older``
        """
        names = self.env["collab.contents"]._names()
        of_kind = SQL("")
        if asked.kind:
            wanted = [self._kind_of(one) for one in self.env["collab.contents"]._all() if one._slug == asked.kind]
            of_kind = SQL("WHERE kind = ANY(%s::integer[])", wanted)
        # What is older counts a little less.
        age = SQL("greatest(0, extract(epoch FROM now() AT TIME ZONE 'UTC' - best.day)) / 31557600")
        # One by one: PostgreSQL would rather read all the entries.
        ranked = SQL(
            "(SELECT ts_rank(%s, entry.vector, %s::tsquery, 1)"
            "   FROM collab_search_entry entry WHERE entry.id = best.entry_id)"
            " * (0.7 + 0.3 / (1 + %s))",
            SQL("%s::real[]", WEIGHTS),
            query.any,
            age,
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH older AS MATERIALIZED (%(older)s),
                     matching AS MATERIALIZED (%(matching)s),
                     titled AS (%(titled)s),
                     visible AS MATERIALIZED (%(visible)s),
                     best AS (
                         SELECT kind, id, day, author, entry_id, entry_id IN (SELECT id FROM titled) AS is_titled
                           FROM visible %(of_kind)s ORDER BY %(order)s day DESC, kind, id DESC LIMIT %(most)s)
                SELECT kind, id, author, is_titled::int, %(rank)s FROM best
                 UNION ALL
                SELECT kind, NULL, audience, theme, count(*) FROM visible GROUP BY kind, audience, theme
                 UNION ALL
                SELECT 0, NULL, NULL, NULL, count(*) FROM older
                """,
                older=older,
                matching=matching,
                titled=titled,
                visible=visible,
                of_kind=of_kind,
                order=SQL("") if asked.by_date else SQL("is_titled DESC,"),
                # One more than are shown says that there are more.
                most=HITS_MAX + 1,
                rank=SQL("extract(epoch FROM day)") if asked.by_date else ranked,
            )
        )
        found = [(rank, number, names[kind - 1], author) for kind, number, author, _titled, rank in rows if number]
        found.sort(reverse=True)
        groups = {
            (names[kind - 1], audience, theme): int(many)
            for kind, number, audience, theme, many in rows
            if kind and not number
        }
        titled = sum(is_titled for _kind, number, _author, is_titled, _rank in rows if number)
        [older] = [int(many) for kind, *_others, many in rows if not kind]
        return [(name, number, author) for _rank, number, name, author in found], groups, titled, older

    @api.model
    def _readable(self, queries):
        """:param Collection[str] queries: each a ``tsquery``
        :return set[str]: those that find something that the current user may read"""
        if not queries:
            return set()
        self.env.flush_all()
        found = self._readable_among_first(queries)
        rest, is_readable = [query for query in queries if query not in found], self._is_readable()
        if not rest or is_readable is None:
            return found
        # Materialized, what has a word is taken from the index, and one by one; otherwise PostgreSQL reads the whole
        # table, in the hope of meeting one soon.
        asked = SQL(
            """
            SELECT query FROM unnest(%s) AS asked (query) WHERE EXISTS (
                WITH matching AS MATERIALIZED (%s) SELECT FROM matching WHERE %s)""",
            rest,
            self._matching_any("vector", SQL("asked.query")),
            is_readable,
        )
        rows = self.env.execute_query(asked)
        return found | {query for (query,) in rows}

    @api.model
    def _readable_among_first(self, queries):
        """:return set[str]: those of ``_readable`` of which one of the first contents that the index gives may be read:
        nearly all of them, when somebody looks for words that others write"""
        first = self.env.execute_query(
            SQL(
                """
                SELECT query, kind, res_id FROM unnest(%s) AS asked (query), LATERAL (
                    WITH matching AS MATERIALIZED (%s) SELECT kind, res_id FROM matching LIMIT %s) few""",
                list(queries),
                self._matching_any("vector", SQL("asked.query")),
                FIRST,
            )
        )
        readable = self._readable_among({one[1:] for one in first})
        return {query for query, *content in first if tuple(content) in readable}

    @api.model
    @tools.ormcache(*RULED_BY)
    def _is_readable(self):
        """:return SQL | None: whether the current user may read this one of ``matching``; None: he reads nothing"""
        kinds = []
        for contents, query in self._sources({}):
            query.add_where(SQL("%s = matching.res_id", SQL.identifier(query.table, "id")))
            kinds.append(SQL("(kind = %s AND EXISTS (%s))", self._kind_of(contents), query.select(SQL("1"))))
        return SQL(" OR ").join(kinds) if kinds else None

    @api.model
    def _readable_among(self, contents):
        """
        :param Collection[tuple[int, int]] contents: kinds, as ``_kind_of``, and identifiers
        :return set[tuple[int, int]]: those that the current user may read. The rules of their kinds alone are asked:
            PostgreSQL takes longer to understand those of all than to apply them to a few contents
        """
        by_kind, names = {}, self.env["collab.contents"]._names()
        for kind, number in contents:
            by_kind.setdefault(kind, []).append(number)
        rules = {kind: self.env[names[kind - 1]]._rules() for kind in by_kind}
        asked = [
            SQL("SELECT %s, id FROM (%s) readable WHERE id = ANY(%s)", kind, rules[kind], numbers)
            for kind, numbers in by_kind.items()
            if rules[kind]
        ]
        return set(self.env.execute_query(SQL(" UNION ALL ").join(asked))) if asked else set()

    @api.model
    def _facets(self, groups, kind):
        """
        :param dict groups: as ``Matches``
        :param str | None kind: the slug of the one that is asked for
        :return dict[str, dict[int, int]]: as ``Found.facets``
        """
        facets, Audience = {"network": {}, "territory": {}, "theme": {}}, self.env["collab.audience"]
        steps = self.env["collab.territory"]._steps()
        for (name, audience, theme), number in groups.items():
            if kind not in (None, self.env[name]._slug):
                continue
            networks, territories = Audience._sides(audience)
            around = {outer for inner in territories for outer in steps.get(inner, ())}
            for side, values in (("network", networks), ("territory", around), ("theme", [theme] if theme else ())):
                for value in values:
                    facets[side][value] = facets[side].get(value, 0) + number
        return facets
