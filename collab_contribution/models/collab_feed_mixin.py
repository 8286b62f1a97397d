import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import paris_day, say_day, today
from odoo.addons.collab_reseaux.refusals import beside
from odoo.addons.collab_suivi.facets import Counts

PIN_MAX_DAYS = 60


class Feed(NamedTuple):
    """What is kept in memory of a feed, for all its readers; in lists, what is to be shown first is first."""

    counts: Counts  # by type, territory and network
    pinned: list[tuple]  # identifier and audience
    placed: list[tuple]  # identifier, audience, territories, and type
    due: list[tuple]  # identifier and audience of those that await an answer, the most urgent first

    @staticmethod
    def read_by(reading, listed):
        """
        :param Reading reading: of a reader
        :param list[tuple] listed: of a feed
        :return Iterable[int]: those that he may read
        """
        return (one[0] for one in listed if reading.is_for(one[1]))


class CollabFeedMixin(models.AbstractModel):
    """A content that is read for a time: after its last day it leaves the feed, and stays in the archives. Moderators
    keep some of them at the top."""

    _name = "collab.feed.mixin"
    _inherit = "collab.publication.mixin"
    _description = "Content of a feed"
    # The many2one of what they are classed by.
    _type_field = "type_id"
    # The field of the last day to answer, if they have one.
    _due_field = None
    # The fields of days and moments after which it leaves the feed: the first one that is filled decides.
    _leaving_by = ("keep_until",)

    keep_until = fields.Date(string="In the feed until", help="As its author wishes; empty: what its dates say.")
    leaves_on = fields.Date(
        string="Last day in the feed", compute="_compute_leaves_on", store=True, precompute=True, required=True
    )
    pinned_until = fields.Date(string="At the top until", readonly=True, copy=False, help="Until the end of this day.")

    @api.depends(lambda self: (*self._leaving_by, "shown_date"))
    def _compute_leaves_on(self):
        for content in self:
            shown = paris_day(content.shown_date or fields.Datetime.now())
            content.leaves_on = content._leaving()[1] or shown + timedelta(days=content._kind()["feed_days"])

    def _leaving(self):
        """:return tuple[str, date] | tuple[None, None]: the field that says when it leaves the feed, and the day"""
        for name in self._leaving_by:
            if found := self[name]:
                return name, paris_day(found) if isinstance(found, datetime) else found
        return None, None

    def _kind(self):
        """:return dict: what it is classed by, as ``collab.label.mixin._described``, with at least ``name`` and
        ``feed_days``: how many days it stays when nothing says it; a later change of these changes nothing of what is
        in the feed already"""
        types = self.env[self._fields[self._type_field].comodel_name]
        return types._described().get(self[self._type_field].id, {"name": "", "feed_days": 0})

    @api.constrains(lambda self: self._leaving_by)
    def _check_to_come(self):
        for content in self:
            name, day = content._leaving()
            if day and day < today():
                past = self.env._("It would go straight to the archives: %s is past. Choose a day to come.")
                raise beside(name, ValidationError(past % say_day(day)))

    def _author_fields(self):
        return super()._author_fields() | {"keep_until"}

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | {*self._leaving_by, self._type_field, "pinned_until"}

    @api.model
    def _classed_by(self):
        return (*super()._classed_by(), self._type_field)

    # Pinned by moderators

    def _is_pinned(self):
        return bool(self.pinned_until) and self.pinned_until >= today()

    def _pin(self, until):
        """Keep this at the top of the feed. Its author has nothing to know or to do: he is not told.

        :param date | bool until: the last day
        :raises UserError: there is none, or it is past, or too far
        """
        last = today() + timedelta(days=PIN_MAX_DAYS)
        if not until or not today() <= until <= last:
            wrong = self.env._("Choose the last day at the top, from today to %s.", say_day(last))
            raise beside("pinned_until", UserError(wrong))
        for content in self._as_moderator():
            content._check_applies(["active"])
            content.pinned_until = until
            content._note_action("pin", say_day(until), tells=False)

    def _unpin(self):
        for content in self._as_moderator().filtered("pinned_until"):
            content.pinned_until = False
            content._note_action("unpin", False, tells=False)

    # What a reader finds

    @api.model
    def _shown(self):
        """:return list[str]: the fields that the row of a list shows, which are read in one query"""
        return ["content_date", "create_uid", "audience_id", "state", "leaves_on", "pinned_until"]

    @api.model
    def _latest(self, domain=(), limit=None, offset=0, order="content_date desc, id desc"):
        domain = Domain(domain) & self._listed_domain()
        return self.search_fetch(domain, self._shown(), order=order, limit=limit, offset=offset)

    @api.model
    def _listed_domain(self):
        """:return Domain: what lists show: moderators read what is hidden on its page, and from their queue"""
        return Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)

    @api.model
    def _first(self, limit):
        return self.browse(), self.browse(), self._latest(self._feed_domain(), limit=limit)

    @api.model
    def _feed_domain(self, is_over=False):
        """:param bool is_over: what has left it, instead
        :return Domain: what the feed shows to the reader"""
        shown = Domain("is_shown", "=", True) & Domain("leaves_on", "<" if is_over else ">=", today())
        return shown & self._addressed_domain()

    @api.model
    def _reading(self):
        # What is in the feed changes with the day, and without any change of it.
        reading = super()._reading()
        return replace(reading, state=f"{reading.state} {today()}")

    @api.model
    def _new_domain(self):
        return super()._new_domain() & self._feed_domain()

    @api.model
    def _recent_condition(self):
        return SQL("%s AND leaves_on >= %s", super()._recent_condition(), today())

    def _new_among(self, marks):
        return super(CollabFeedMixin, self.filtered(lambda one: one.leaves_on >= today()))._new_among(marks)

    def _territories(self):
        """:return tuple[int]: where this is, or else the territories to which it is addressed"""
        place = self[self._content().territory]
        return tuple(place.ids) or self.env["collab.audience"]._territories_of(self.audience_id.id)

    @api.model
    def _feed(self, reading):
        """:param Reading reading: of the current user
        :return Feed:"""
        return self._since_last_change("feed", reading.state, self._read_feed)

    @api.model
    def _count_over(self, reading):
        """:param Reading reading: of the current user
        :return int: how many of those that he may read have left the feed"""
        counted = self._since_last_change("over", reading.state, self._over_by_audience)
        return sum(number for audience, number in counted.items() if reading.is_for(audience))

    @api.model
    def _over_by_audience(self):
        # sudo: the numbers of each audience, of which a reader is given the sum of his own
        over = Domain("is_shown", "=", True) & Domain("leaves_on", "<", today())
        return {audience.id: number for audience, number in self.sudo()._read_group(over, ["audience_id"], ["__count"])}

    @api.model
    def _read_feed(self):
        self.flush_model()
        columns = ["id", "audience_id", self._type_field, self._content().territory, "pinned_until"]
        columns = [SQL.identifier(name) for name in columns]
        columns.append(SQL.identifier(self._due_field) if self._due_field else SQL("NULL::date"))
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s ORDER BY content_date DESC, id DESC",
                SQL(", ").join(columns),
                SQL.identifier(self._table),
                self._recent_condition(),
            )
        )
        Audience, steps = self.env["collab.audience"], self.env["collab.territory"]._steps()
        cells, placed, pinned, due = {}, [], [], []
        for number, audience, kind, place, pinned_until, last_day in rows:
            territories = (place,) if place else Audience._territories_of(audience)
            cells[audience, kind, territories] = cells.get((audience, kind, territories), 0) + 1
            placed.append((number, audience, territories, kind))
            if pinned_until and pinned_until >= today():
                pinned.append((number, audience))
            if last_day and last_day >= today():
                due.append((last_day, number, audience))
        counted = (
            (
                audience,
                (kind,),
                {outer for inner in territories for outer in steps.get(inner, ())},
                Audience._sides(audience)[0],
                number,
            )
            for (audience, kind, territories), number in cells.items()
        )
        urgent = [(number, audience) for _last_day, number, audience in sorted(due)]
        return Feed(Counts(("type", "territory", "network"), counted), pinned, placed, urgent)

    @api.model
    def _found(self, reading, kind=None, territory=None, network=None):
        """
        :param Reading reading: of the current user
        :return list[int]: all that he finds in the feed with these filters, the latest first. It is looked for in
            memory: a page then reads in one query only the few that it shows
        """
        sides = self.env["collab.audience"]._sides
        within = self.env["collab.territory"]._within({territory}) if territory else None
        addressed = {one: network in sides(one)[0] for one in self._feed(reading).counts.cells} if network else None
        return [
            number
            for number, audience, territories, its_kind in self._feed(reading).placed
            if (not kind or its_kind == kind)
            and (within is None or not within.isdisjoint(territories))
            and (addressed is None or addressed[audience])
            and reading.is_for(audience)
        ]

    @api.model
    def _filter_domain(self, kind=None, territory=None, network=None):
        """:return Domain: what a reader filters so, as ``Feed.counts`` counts it"""
        domain = Domain(self._type_field, "=", kind) if kind else Domain.TRUE
        return domain & self._search_filter(network=network, territory=territory)

    @api.model
    def _around(self, reading, territories, limit):
        """
        :param Reading reading: of the current user
        :param Collection[int] territories: his own
        :param int limit: how many at most
        :return list[int]: the latest ones of the feed in these territories, in what lies in them, and in what they lie
            in
        """
        reach = self.env["collab.territory"]._reach(tuple(sorted(territories))) if territories else frozenset()
        feed = self._feed(reading)
        near = (one for one in feed.placed if not reach.isdisjoint(one[2]))
        # Read no further than what is shown.
        return list(itertools.islice(feed.read_by(reading, near), limit))

    @api.model
    def _rows(self, records, marks=None):
        rows, names = super()._rows(records, marks), self._short_names(records.create_uid)
        people = self._people(records.create_uid)
        for row, content in zip(rows, records, strict=True):
            row.update(
                author=names[content.create_uid.id],
                organisation=people[content.create_uid.id][1],
                kind=content._kind()["name"],
                state=content.state,
                is_pinned=content._is_pinned(),
                is_over=content.leaves_on < today(),
            )
        return rows

    @api.model
    def _counted(self, rows, said=None):
        """Add to what a page shows of some contents what the first page, in a hurry, leaves out.

        :param list[dict] rows: as ``_rows``
        :param dict[int, int] | None said: how many comments there are under each, if the page knows it already
        :return list[dict]: the same, with ``comments`` and ``interested``: how many there are
        """
        numbers = [row["id"] for row in rows]
        said = self.env[self._content().comments]._count_under(self.browse(numbers)) if said is None else said
        interested = self.env["collab.mark"]._count(("interest",), self._name, numbers)["interest"]
        return [
            {**row, "comments": said.get(n, 0), "interested": interested.get(n, 0)}
            for n, row in zip(numbers, rows, strict=True)
        ]
