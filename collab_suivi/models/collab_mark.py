from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# An older content is new to nobody. Otherwise, somebody back from a long leave would find hundreds of new contents.
NEW_DAYS = 60
# The kinds that pages show: all the marks of a person are read together. Downloads are left out: they grow every year.
LISTED = frozenset({"seen", "favourite", "follow", "useful", "interest"})


class CollabMark(models.Model):
    """What a person has seen, keeps or follows: one row per person, kind and content. It gives no right to read."""

    _name = "collab.mark"
    _description = "Personal mark on a content"
    _rec_name = "kind"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("seen", "Seen"),
            ("favourite", "Favourite"),
            ("follow", "Followed"),
            ("useful", "Useful"),
            ("interest", "Interested"),
            ("download", "Downloaded"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(
        string="Content", required=True, readonly=True, help="Zero, for what has been seen: all of it, until the date."
    )
    date = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, kind, res_model, res_id)", "This is marked already.")
    _content_idx = models.Index("(res_model, res_id, kind)")

    @api.model
    def _put(self, kind, model, ids, date=None):
        """Put marks of the current user on contents. A mark that is there already takes the new date.

        :param str | Iterable[str] kind: one of the selection, or several
        :param str model: name of the model of the contents
        :param Iterable[int] ids: their identifiers
        :param datetime | None date: in UTC; None: now
        """
        kinds = [kind] if isinstance(kind, str) else list(kind)
        ids, date = sorted(set(ids)), date or fields.Datetime.now()
        if ids:
            if (mine := self._kept()) is not None:
                for one in set(kinds) & LISTED:
                    mine.setdefault((model, one), {}).update(dict.fromkeys(ids, date))
            self.env.cr.execute(
                SQL(
                    """INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
                       SELECT %s, kind, %s, id, %s FROM unnest(%s) kind, unnest(%s) id
                       ON CONFLICT (user_id, kind, res_model, res_id) DO UPDATE SET date = excluded.date""",
                    self.env.uid,
                    model,
                    date,
                    kinds,
                    ids,
                )
            )

    @api.model
    def _take_off(self, kind, model, ids):
        """Remove marks of the current user from contents, where there are some."""
        if ids:
            for number in ids:
                (self._kept() or {}).get((model, kind), {}).pop(number, None)
            self.env.cr.execute(
                SQL(
                    "DELETE FROM collab_mark WHERE user_id = %s AND kind = %s AND res_model = %s AND res_id IN %s",
                    self.env.uid,
                    kind,
                    model,
                    tuple(ids),
                )
            )

    @api.model
    def _copy(self, model, ids, other):
        """Copy the marks of all people from some contents to another one, except that they have seen it.

        :param str model: name of the model of the contents
        :param Iterable[int] ids: their identifiers
        :param int other: identifier of the other one
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
                   SELECT user_id, kind, res_model, %s, max(date) FROM collab_mark
                    WHERE res_model = %s AND res_id IN %s AND kind != 'seen' GROUP BY user_id, kind, res_model
                   ON CONFLICT DO NOTHING""",
                other,
                model,
                tuple(ids) or (0,),
            )
        )
        self._forget_kept()

    @api.model
    def _of(self, model, ids=None, kinds=None):
        """
        :param Iterable[int] | None ids: of contents; None: all of them
        :param Iterable[str] | None kinds: of marks; None: all of them
        :return dict[str, dict[int, datetime]]: the marks of the current user on contents, by kind
        """
        if kinds is not None and LISTED.issuperset(kinds):
            return self._listed(model, ids, kinds)
        marks = {}
        if ids is None or ids:
            conditions = [SQL("user_id = %s AND res_model = %s", self.env.uid, model)]
            conditions += [] if kinds is None else [SQL("kind IN %s", tuple(kinds))]
            conditions += [] if ids is None else [SQL("res_id IN %s", tuple(ids))]
            rows = self.env.execute_query(
                SQL("SELECT kind, res_id, date FROM collab_mark WHERE %s", SQL(" AND ").join(conditions))
            )
            for kind, res_id, date in rows:
                marks.setdefault(kind, {})[res_id] = date
        return marks

    @api.model
    def _kept(self):
        """:return dict[tuple[str, str], dict[int, datetime]] | None: by model and kind, the marks of the current user
        that pages show; None when this transaction has not read them yet"""
        return self.env.cr.cache.get("collab.mark", {}).get(self.env.uid)

    @api.model
    def _read_for_page(self):
        """Read in one query what every page needs: the marks of the current user that pages show, on all contents, and
        the states of all kinds of content (``collab.change``)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_model, kind, res_id, date, NULL FROM collab_mark WHERE user_id = %s AND kind IN %s"
                " UNION ALL SELECT res_model, NULL, NULL, NULL, state FROM (%s) states",
                self.env.uid,
                tuple(LISTED),
                self.env["collab.change"]._states_query(),
            )
        )
        mine, states = {}, {}
        for name, kind, res_id, date, state in rows:
            if kind:
                mine.setdefault((name, kind), {})[res_id] = date
            else:
                states[name] = state
        self.env.cr.cache.setdefault("collab.mark", {})[self.env.uid] = mine
        self.env["collab.change"]._keep(states)

    @api.model
    def _listed(self, model, ids, kinds):
        """As ``_of``, for the kinds that pages show. The first call reads the marks on all contents, for the others."""
        mine = self._kept()
        if mine is None:
            self._read_for_page()
            mine = self._kept()
        wanted = None if ids is None else set(ids)
        found = {kind: mine.get((model, kind), {}) for kind in kinds}
        if wanted is not None:
            found = {
                kind: {number: date for number, date in dates.items() if number in wanted}
                for kind, dates in found.items()
            }
        return {kind: dates for kind, dates in found.items() if dates}

    @api.model
    def _forget_kept(self):
        """Forget the marks that this transaction has read: something else than the methods above has changed them."""
        self.env.cr.cache.pop("collab.mark", None)

    @api.model
    def _count(self, kinds, model, ids):
        """:return dict[str, dict[int, int]]: by kind, how many people have marked each content"""
        counts = {kind: {} for kind in kinds}
        if ids:
            rows = self.env.execute_query(
                SQL(
                    "SELECT kind, res_id, count(*) FROM collab_mark"
                    " WHERE res_model = %s AND res_id IN %s AND kind IN %s GROUP BY kind, res_id",
                    model,
                    tuple(ids),
                    tuple(kinds),
                )
            )
            for kind, res_id, number in rows:
                counts[kind][res_id] = number
        return counts

    @api.model
    def _marked(self, kind, model, alias):
        """:param str alias: of the table, in the query
        :return SQL: a condition: the row has such a mark of the current user"""
        return SQL(
            "EXISTS (SELECT FROM collab_mark mark WHERE mark.user_id = %s AND mark.kind = %s"
            " AND mark.res_model = %s AND mark.res_id = %s)",
            self.env.uid,
            kind,
            model,
            SQL.identifier(alias, "id"),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_kept(self):
        self._forget_kept()

    @api.autovacuum
    def _gc_seen(self):
        """Delete the marks of what people have seen so long ago that it would not be new to them anyway."""
        limit = fields.Datetime.now() - timedelta(days=NEW_DAYS)
        old = Domain("kind", "=", "seen") & Domain("res_id", "!=", 0) & Domain("date", "<", limit)
        self.search(old).unlink()
