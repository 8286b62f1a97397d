from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import ZONE, today
from odoo.addons.collab_suivi.facets import Counts

from ..dates import Agenda, Dated, Part, days_between, days_of, kept

SIDES = ("type", "territory", "network")
CLASHES_SHOWN = 5
# How many answers are kept; there is one for each set of audiences and filters.
PARTS_KEPT = 50


class CalendarEvent(models.Model):
    """What a reader finds in the agenda. It is looked for in memory: a page then reads in one query the few dates that
    it shows, and the rules decide once more."""

    _inherit = "calendar.event"

    @api.model
    def _shown(self):
        """:return list[str]: the fields that the row of a list shows, which are read in one query"""
        return [
            *("content_date", "create_uid", "audience_id", "state", "name", "type_id", "organiser_id"),
            *("start", "stop", "allday", "place", "commune_id", "link", "cancelled_date", "is_poll"),
            # For its seats.
            *("seats", "has_answers", "yes_count", "is_shown"),
        ]

    @api.model
    def _latest(self, domain=(), limit=None, offset=0, order="content_date desc, id desc"):
        domain = Domain(domain) & self._listed_domain()
        return self.search_fetch(domain, self._shown(), order=order, limit=limit, offset=offset)

    @api.model
    def _listed_domain(self):
        """:return Domain: what lists show: moderators read what is hidden on its page, and from their queue"""
        return Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)

    @api.model
    def _of(self, numbers):
        """:param Sequence[int] numbers: of dates
        :return calendar.event: those that the current user may read, in the same order, with what lists show"""
        found = set(self._latest([("id", "in", list(numbers))])._ids) if numbers else ()
        return self.browse(number for number in numbers if number in found)

    @api.model
    def _first(self, limit):
        # The next ones, and not those that have been written last.
        return self.browse(), self.browse(), self._of(self._coming(self._reading())[:limit])

    # What is new is to come

    @api.model
    def _reading(self):
        # What is to come changes with the day, and without any change of it.
        reading = super()._reading()
        return replace(reading, state=f"{reading.state} {today()}")

    @api.model
    def _coming_domain(self):
        """:return Domain: what is not over today, and what waits for its day"""
        midnight = _midnight()
        return Domain("stop", ">", midnight) | Domain("start", ">=", midnight) | Domain("is_poll", "=", True)

    @api.model
    def _counted_fields(self):
        # What calendars show, as they are kept drawn.
        return super()._counted_fields() | {"place", "link", "seats"}

    @api.model
    def _new_domain(self):
        shown = Domain("is_shown", "=", True) & self._addressed_domain()
        return super()._new_domain() & shown & self._coming_domain()

    @api.model
    def _recent_condition(self):
        coming = SQL("(stop > %(now)s OR start >= %(now)s OR is_poll IS TRUE)", now=_midnight())
        return SQL("%s AND %s", super()._recent_condition(), coming)

    def _new_among(self, marks):
        return super(CalendarEvent, self.filtered(lambda event: not event._is_over()))._new_among(marks)

    def _days(self):
        """:return tuple[date, date]: its first and its last day, in Paris"""
        return days_of(self.start, self.stop, self.allday)

    def _is_over(self):
        return not self.is_poll and self._days()[1] < today()

    # Kept in memory

    @api.model
    def _agenda(self, reading):
        """:param Reading reading: of the current user
        :return Agenda:"""
        return self._since_last_change("agenda", reading.state, self._read_agenda)

    @api.model
    def _read_agenda(self):
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, start, stop, allday IS TRUE, audience_id, type_id, territory_id, organiser_id,"
                " is_poll IS TRUE, CASE WHEN is_shown THEN NULL ELSE create_uid END"
                " FROM calendar_event WHERE active IS TRUE"
            )
        )
        Audience = self.env["collab.audience"]
        dates, polls = [], []
        for number, start, stop, allday, audience, kind, place, organiser, is_poll, owner in rows:
            first, last = days_of(start, stop, allday)
            territories = (place,) if place else Audience._territories_of(audience)
            networks = Audience._sides(audience)[0] | ({organiser} if organiser else set())
            one = Dated(number, first, last, audience, kind, territories, networks, owner)
            (polls if is_poll else dates).append(((first, not allday, start, number), one))
        dates, polls = [one for _key, one in sorted(dates)], [one for _key, one in sorted(polls, reverse=True)]
        return Agenda(
            dates,
            polls,
            {one.number: one for one in (*dates, *polls)},
            frozenset(one.owner for one in dates if one.owner),
            self._counts(one for one in dates if one.last >= today()),
            self._counts(one for one in dates if one.last < today()),
            *({} for _kept in range(6)),
        )

    @api.model
    def _counts(self, dates):
        """:param Iterable[Dated] dates:
        :return Counts: of those that others than their author find"""
        cells, steps = {}, self.env["collab.territory"]._steps()
        for one in dates:
            if one.owner is None:
                cell = one.audience, one.kind, one.territories, one.networks
                cells[cell] = cells.get(cell, 0) + 1
        return Counts(
            SIDES,
            (
                (
                    audience,
                    (kind,),
                    {outer for inner in territories for outer in steps.get(inner, ())},
                    networks,
                    number,
                )
                for (audience, kind, territories, networks), number in cells.items()
            ),
        )

    # What a reader finds there

    @api.model
    def _filtered(self, dates, kind=None, territory=None, network=None):
        """
        :param Iterable[Dated] dates: of the agenda
        :return list[Dated]: those that these filters leave
        """
        within = self.env["collab.territory"]._within({territory}) if territory else None
        return [
            one
            for one in dates
            if (not kind or one.kind == kind)
            and (within is None or not within.isdisjoint(one.territories))
            and (not network or network in one.networks)
        ]

    @api.model
    def _found(self, reading, dates, *chosen):
        """
        :param Reading reading: of the current user
        :param Iterable[Dated] dates: of the agenda
        :param int | None chosen: type, territory and network, as ``_filtered``
        :return list[Dated]: those that he may read, in the same order; his own ones that others do not read yet too
        """
        uid, mine = self.env.uid, None if reading.audiences is None else frozenset(reading.audiences)
        return [
            one
            for one in self._filtered(dates, *chosen)
            if (mine is None or one.audience in mine if one.owner is None else one.owner == uid)
        ]

    @api.model
    def _part(self, reading, *chosen):
        """Answers are kept, because many readers have the same audiences.

        :return Part: what the current user finds, as ``_found``
        """
        agenda = self._agenda(reading)

        def find():
            found = self._found(reading, agenda.dates, *chosen)
            return Part(found, [one.first for one in found])

        return kept(agenda.parts, self._part_key(agenda, reading, chosen), PARTS_KEPT, find)

    @api.model
    def _part_key(self, agenda, reading, chosen):
        """:return tuple: what decides what the current user finds there"""
        return reading.audiences, chosen, self.env.uid if self.env.uid in agenda.owners else None

    @api.model
    def _by_day(self, reading, first_day, last_day, *chosen):
        """As ``_part``, kept for the readers of the same audiences.

        :param date first_day, last_day: in Paris
        :param int | None chosen: as ``_found``
        :return dict[date, list[tuple[int, bool]]]: for each day, the dates of it, as ``_found``; and whether each has
            begun a day before
        """
        agenda = self._agenda(reading)

        def find():
            by_day = {first_day + timedelta(days=number): [] for number in range((last_day - first_day).days + 1)}
            for one in self._part(reading, *chosen).between(first_day, last_day):
                for day in days_between(max(one.first, first_day), min(one.last, last_day)):
                    by_day[day].append((one.number, day > one.first))
            return by_day

        asked = first_day, last_day, *self._part_key(agenda, reading, chosen)
        return kept(agenda.days, asked, PARTS_KEPT, find)

    @api.model
    def _coming(self, reading, *chosen, since=None):
        """
        :param int | None chosen: as ``_found``
        :param date | None since: the day from which they are to come; None: today
        :return list[int]: the dates to come, the next ones first, as ``_found``
        """
        return [one.number for one in self._part(reading, *chosen).between(since or today())]

    @api.model
    def _past(self, reading, *chosen):
        """:return list[int]: as ``_coming``, those that are over, the last ones first"""
        return [one.number for one in self._part(reading, *chosen).before(today())]

    @api.model
    def _other_dates(self, reading, first_day, last_day, territory=None, network=None):
        """A hook for modules whose contents have a day too, which are not written again as dates.

        :param Reading reading: of the current user
        :param date first_day, last_day: in Paris
        :param int | None territory, network: as ``_filtered``
        :return list[dict]: as ``_rows``, with at least ``template`` (which shows it in a list, as ``row``), ``url``,
            ``title``, ``day`` and ``last`` (its first and last day), ``hour``, ``place``, ``networks``
        """
        return []

    # What is planned the same day

    @api.model
    def _clashes(self, start, stop, networks, territories, but=None, organiser=None):
        """
        :param datetime start, stop: of what is being planned; UTC, naive
        :param Collection[int] networks, territories: to which it is addressed; empty: all
        :param calendar.event | None but: that is being corrected
        :param int | None organiser: the network that plans it, which knows its own dates
        :return list[dict]: what others plan the same days for some of the same people, and the current user may read,
            as ``_rows``
        """
        reading, sides = self._reading(), self.env["collab.audience"]._sides
        reach = self.env["collab.territory"]._reach(tuple(sorted(territories))) if territories else None

        def meets(audience):
            theirs, where = sides(audience)
            return not (networks and theirs and theirs.isdisjoint(networks)) and not (
                reach is not None and where and where.isdisjoint(reach)
            )

        same_days = self._part(reading).between(*days_of(start, stop, False))
        found = self._of([one.number for one in same_days if one.owner is None and meets(one.audience)])
        others = found.filtered(
            lambda event: (
                not event.cancelled_date and event != but and (not organiser or event.organiser_id.id != organiser)
            )
        )
        return self._rows(others[:CLASHES_SHOWN])


def _midnight():
    """:return datetime: when this day began in Paris; UTC, naive"""
    return datetime.combine(today(), time(), ZONE).astimezone(UTC).replace(tzinfo=None)
