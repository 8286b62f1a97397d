from odoo import api, models, tools
from odoo.tools import SQL

# What the record rules of all kinds of content depend on, for whoever asks for nothing more: the ORM takes longer to
# say them in SQL than PostgreSQL to answer. As in ``collab.audience.mixin``, whatever else may change them (a role, an
# audience, a folder) empties the caches of the registry.
RULED_BY = (
    *("self.env.uid", "self.env.su", "self.env.user._audience_scope()", "tuple(self.env.companies.ids)"),
    "self.env.context.get('active_test', True)",
)


class CollabContentMixin(models.AbstractModel):
    """What the current user may read of a kind of content, as its record rules say it, in SQL that is kept."""

    _inherit = "collab.content.mixin"

    @api.model
    @tools.ormcache(*RULED_BY)
    def _rules(self):
        """:return SQL | None: ``id`` of what the current user may read, and a search may find; None: nothing"""
        query = self._search(self._search_filter())
        query.order = None
        return None if query.is_empty() else query.select(SQL.identifier(query.table, "id"))

    @api.model
    def _readable_among(self, numbers):
        """:param Collection[int] numbers: identifiers
        :return frozenset[int]: those of ``_rules``: asked of the database each time"""
        rules = self._rules() if numbers else None
        if rules is None:
            return frozenset()
        asked = SQL("SELECT id FROM (%s) readable WHERE id = ANY(%s)", rules, list(numbers))
        rows = self.env.execute_query(asked)
        return frozenset(number for (number,) in rows)
