from odoo import api, models, tools
from odoo.tools import SQL

from .collab_search import HITS_MAX

# The best ones are looked for among so many: those whose title has the words first, then the latest.
RANKED_MAX = 300
# What a word counts where it stands, of PostgreSQL's weights D, C, B, A: a file, a text, what describes it, a title.
WEIGHTS = [0.1, 0.2, 0.5, 1.0]
# What the record rules of all kinds of content depend on, for whoever asks for nothing more: the ORM takes longer to
# say them in SQL than PostgreSQL to answer. As in ``collab.audience.mixin``, whatever else may change them (a role, an
# audience, a folder) empties the caches of the registry.
RULED_BY = (
    *("self.env.uid", "self.env.su", "self.env.user._audience_scope()", "tuple(self.env.companies.ids)"),
    "self.env.context.get('active_test', True)",
)


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
    def _matching(self, column, wanted):
        """
        :param str column: "vector", or "title_vector" for titles alone
        :param str | SQL wanted: a ``tsquery``
        :return SQL: the entries that have these words, whoever may read them: ``id``, ``kind``, ``res_id``
        """
        names = list(self.env["collab.contents"]._names())
        return SQL(
            "SELECT id, array_position(%s, res_model::text) AS kind, res_id FROM collab_search_entry"
            " WHERE %s @@ %s::tsquery",
            names,
            SQL.identifier(column),
            wanted,
        )

    @api.model
    def _matching_level(self, query, level):
        """:return SQL: as ``_matching``; what is sure first, then what must be read"""
        sure = query.sure(level)
        if not sure:
            return self._matching("vector", level)
        rest = self._matching("vector", f"({level}) & !({sure})")
        return SQL("%s UNION ALL %s", self._matching("vector", sure), rest)

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
        :return tuple[dict, list]: how many, by model, audience and theme; models, identifiers and authors of those of
            the kind that is asked for, the best ones first
        """
        self.env.flush_all()
        visible = self._visible(asked.filters)
        if visible is None:
            return {}, []
        names = self.env["collab.contents"]._names()
        of_kind = SQL("")
        if asked.kind:
            wanted = [self._kind_of(one) for one in self.env["collab.contents"]._all() if one._slug == asked.kind]
            of_kind = SQL("WHERE kind = ANY(%s::integer[])", wanted)
        titled = SQL("") if asked.by_date else SQL("entry_id IN (SELECT id FROM titled) DESC,")
        # What is older counts a little less.
        age = SQL("greatest(0, extract(epoch FROM now() AT TIME ZONE 'UTC' - chosen.day)) / 31557600")
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS (SELECT %(wanted)s::tsquery AS wanted),
                     matching AS MATERIALIZED (%(matching)s),
                     titled AS (SELECT id FROM collab_search_entry WHERE title_vector @@ %(wanted)s::tsquery),
                     visible AS MATERIALIZED (%(visible)s),
                     best AS (
                         SELECT kind, id, day, author, entry_id FROM visible %(of_kind)s
                          ORDER BY %(titled)s day DESC, kind, id DESC LIMIT %(most)s),
                     chosen AS (SELECT *, row_number() OVER () AS place FROM best)
                SELECT chosen.kind, chosen.id, chosen.author, NULL, CASE WHEN place <= %(ranked)s
                       THEN ts_rank(%(weights)s, entry.vector, asked.wanted, 1) * (0.7 + 0.3 / (1 + %(age)s))
                       ELSE -place END
                  FROM chosen CROSS JOIN asked
                  -- The others are not even looked up.
                  LEFT JOIN collab_search_entry entry ON entry.id = CASE WHEN place <= %(ranked)s THEN entry_id END
                 UNION ALL
                SELECT kind, NULL, audience, theme, count(*) FROM visible GROUP BY kind, audience, theme
                """,
                wanted=query.any,
                matching=self._matching_level(query, level),
                visible=visible,
                titled=titled,
                of_kind=of_kind,
                most=HITS_MAX,
                ranked=0 if asked.by_date else RANKED_MAX,
                weights=SQL("%s::real[]", WEIGHTS),
                age=age,
            )
        )
        hits = [(rank, number, names[kind - 1], author) for kind, number, author, _theme, rank in rows if number]
        hits.sort(reverse=True)
        groups = {
            (names[kind - 1], audience, theme): int(many) for kind, number, audience, theme, many in rows if not number
        }
        return groups, [(name, number, author) for _rank, number, name, author in hits]

    @api.model
    def _readable(self, queries):
        """:param Collection[str] queries: each a ``tsquery``
        :return set[str]: those that find something that the current user may read"""
        if not queries:
            return set()
        self.env.flush_all()
        is_readable = self._is_readable()
        if is_readable is None:
            return set()
        # Materialized, what has a word is taken from the index, and one by one; otherwise PostgreSQL reads the whole
        # table, in the hope of meeting one soon.
        asked = SQL(
            """
            SELECT query FROM unnest(%s) AS asked (query) WHERE EXISTS (
                WITH matching AS MATERIALIZED (%s) SELECT FROM matching WHERE %s)""",
            list(queries),
            self._matching("vector", SQL("asked.query")),
            is_readable,
        )
        rows = self.env.execute_query(asked)
        return {query for (query,) in rows}

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
    def _facets(self, groups, kind):
        """
        :param dict groups: as ``_contents_found``
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
