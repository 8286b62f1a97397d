import hashlib
import textwrap
from datetime import datetime, time
from typing import NamedTuple
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_contribution import ics
from odoo.addons.collab_reseaux.moments import today

from ..series import series
from .collab_agenda_address import ALL, MINE, NETWORK

KEPT_MONTHS = 3
TEXT_MAX_CHARS = 400


class Entry(NamedTuple):
    """What is kept in memory of a date that calendars show."""

    id: int
    cell: tuple[int, int | None]  # its audience, and the network that organises it
    author: int
    series: int | None  # the calendar.recurrence to which it belongs
    stamp: str  # another one as soon as a calendar must take it again


class Calendars(NamedTuple):
    """What is kept in memory for all those who subscribe."""

    entries: dict[int, Entry]  # by date, in the order of their hours
    cells: dict[tuple, str]  # fingerprints of all the dates of a cell
    written: dict[int, list[Entry]]  # by author
    rules: dict[int, str]  # of the series


class Feed(NamedTuple):
    """What the calendar of one reader is given now."""

    name: str
    entries: dict[int, Entry]  # as those of ``Calendars``
    rules: dict[int, str]
    cells: frozenset  # that he reads
    own: frozenset[int]  # his own dates, which he reads whomever they address
    picked: frozenset[int] | None  # those among which he chooses; None: all of them
    held: str  # a fingerprint of what he is given

    def listed(self):
        """:return list[Entry]: what he is given, in the order of hours"""
        return [
            one
            for one in self.entries.values()
            if (one.cell in self.cells or one.id in self.own) and (self.picked is None or one.id in self.picked)
        ]


class CalendarEvent(models.Model):
    """The dates as calendars read them. Which ones a reader is given is decided each time, in memory, and costs no more
    than a few comparisons; how each is written does not depend on the reader, and is kept."""

    _inherit = "calendar.event"

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | {"revision", "recurrence_id", "original_start"}

    def _calendar_event(self):
        said = super()._calendar_event()
        place, link = said.place, self.link or ""
        why = self.cancelled_date and self.cancel_reason
        words = textwrap.shorten(self._body(), TEXT_MAX_CHARS, placeholder="…")
        types = self.env["collab.event.type"]._described()
        return said._replace(
            changed=self.revised_date or said.changed,
            # Some programs show what is cancelled as anything else.
            title=self.env._("Cancelled: %s", said.title) if self.cancelled_date else said.title,
            place=place or link,
            text="\n\n".join(filter(None, (why, words, link if place else ""))),
            kind=types[self.type_id.id]["name"],
            allday=self.allday,
            sequence=self.revision,
            is_cancelled=bool(self.cancelled_date),
        )

    @api.model
    def _participated_domain(self):
        """:return Domain: the dates to which the current user has said that he comes, with a seat"""
        own = Domain("user_id", "=", self.env.uid) & Domain("answer", "=", "yes") & Domain("is_waiting", "=", False)
        # sudo: his own answers; the rules decide which of these dates he reads
        return Domain("id", "in", self.env["collab.participation"].sudo().search(own).event_id.ids)

    # What a reader is given

    @api.model
    def _calendar_choices(self):
        """:return dict[str, str]: what the current user may subscribe to: the names of these calendars, by what
        addresses call them"""
        networks = self.env["collab.network"]._branding()
        if not self.env.user.has_group("collab_reseaux.group_administrator"):
            own = self.env.user._own_network_ids()
            networks = [network for network in networks if network["id"] in own]
        return {
            ALL: self.env._("Shared agenda"),
            MINE: self.env._("My registrations"),
            **{f"{NETWORK}{network['id']}": network["name"] for network in networks},
        }

    @api.model
    def _calendar_feed(self, which):
        """
        :param str which: a key of ``_calendar_choices``
        :return Feed | None: what the current user is given now; None: he may not subscribe to that, or reads nothing
        """
        if self.env.user._audience_scope() is None or which not in (choices := self._calendar_choices()):
            return None
        reading, sides = self._reading(), self.env["collab.audience"]._sides
        calendars = self._since_last_change("calendars", f"{reading.state} {today()}", self._read_calendars)
        network = int(which.removeprefix(NETWORK)) if which.startswith(NETWORK) else None

        def concerns(cell):
            return network is None or cell[1] == network or network in sides(cell[0])[0]

        cells = frozenset(cell for cell in calendars.cells if concerns(cell) and reading.is_for(cell[0]))
        own = [one for one in calendars.written.get(self.env.uid, ()) if concerns(one.cell) and one.cell not in cells]
        picked = frozenset(self.search(self._participated_domain()).ids) if which == MINE else None
        feed = Feed(
            choices[which], calendars.entries, calendars.rules, cells, frozenset(one.id for one in own), picked, ""
        )
        if picked is None:
            stamps = [*(calendars.cells[cell] for cell in cells), *(one.stamp for one in own)]
        else:
            stamps = [one.stamp for one in feed.listed()]
        return feed._replace(held=_fingerprint([*sorted(stamps), *self._around_calendars(feed)]))

    @api.model
    def _around_calendars(self, feed):
        """:return list[str]: what a calendar shows that is not of its dates"""
        types = self.env["collab.event.type"]._described()
        return [feed.name, self.get_base_url(), self.env.lang or "", *(f"{n} {types[n]['name']}" for n in types)]

    @api.model
    def _calendar_bytes(self, feed):
        """:param Feed feed: of the current user
        :return bytes: the calendar"""
        groups = {}
        for entry in feed.listed():
            # Whoever comes to some dates of a series has these, and not the series.
            alone = not entry.series or feed.picked is not None
            groups.setdefault((None, entry.id) if alone else (entry.series, None), []).append(entry)
        kept, keys = self._kept_pieces("\n".join(self._around_calendars(feed)[1:])), {}
        for (number, _alone), entries in groups.items():
            # A series is made of those of its dates that a reader reads.
            keys[number, tuple(entry.id for entry in entries)] = tuple(entry.stamp for entry in entries)
        missing = [key for key, stamps in keys.items() if key not in kept or kept[key][0] != stamps]
        if missing:
            self._keep_pieces(kept, missing, keys, feed)
        return ics.assembled((kept[key][1] for key in keys), feed.name)

    # What is kept in memory

    @api.model
    def _read_calendars(self):
        """:return Calendars: of this moment"""
        self.env.flush_all()
        floor = datetime.combine(today() - relativedelta(months=KEPT_MONTHS), time.min)
        shown = SQL("event.active IS TRUE AND event.is_shown IS TRUE AND event.is_poll IS NOT TRUE")
        rows = self.env.execute_query(
            SQL(
                """SELECT event.id, event.audience_id, event.organiser_id, event.create_uid, event.recurrence_id,
                          event.revision, event.revised_date, event.write_date, rule.rrule
                     FROM calendar_event event LEFT JOIN calendar_recurrence rule ON rule.id = event.recurrence_id
                    WHERE %s AND (event.stop >= %s OR event.recurrence_id IN (
                              SELECT event.recurrence_id FROM calendar_event event WHERE %s AND event.stop >= %s))
                 ORDER BY event.start, event.id""",
                shown,
                floor,
                shown,
                floor,
            )
        )
        entries, cells, written, rules = {}, {}, {}, {}
        for number, audience, organiser, author, repeats, *said, rule in rows:
            stamp = " ".join(map(str, (number, *said, rule)))
            entry = Entry(number, (audience, organiser), author, repeats if rule else None, stamp)
            entries[number] = entry
            cells.setdefault(entry.cell, []).append(stamp)
            written.setdefault(author, []).append(entry)
            if rule:
                rules[repeats] = rule
        return Calendars(entries, {cell: _fingerprint(stamps) for cell, stamps in cells.items()}, written, rules)

    @api.model
    @tools.ormcache("_around", cache="stable")
    def _kept_pieces(self, _around):
        """:return dict: how dates, and series, are written, with their stamps. Not with what else is kept: to write ten
        thousand of them takes seconds, and the other caches are emptied at each new audience."""
        return {}

    @api.model
    def _keep_pieces(self, kept, missing, stamps, feed):
        """Write dates and series that have changed.

        :param dict kept: as ``_kept_pieces``
        :param list[tuple] missing: keys of these
        :param dict stamps: by key
        :param Feed feed:"""
        for key in kept.keys() - stamps.keys():
            # What another reader reads stays; what nobody may read any more does not.
            if any(number not in feed.entries for number in key[1]):
                del kept[key]
        # sudo: they do not depend on the reader, to whom the feed gives only what he may read
        events = self.sudo().browse({number for _series, numbers in missing for number in numbers})
        known = {event.id: event for event in events}
        host = urlsplit(self.get_base_url()).hostname
        for key in missing:
            number, found = key[0], [known[one] for one in key[1]]
            if number:
                by_slot = {event.original_start or event.start: event._calendar_event() for event in found}
                written = series(f"{self._slug}-serie-{number}@{host}", feed.rules[number], by_slot)
            else:
                written = [found[0]._calendar_event()]
            kept[key] = stamps[key], b"".join(map(ics.vevent, written))


def _fingerprint(said):
    """:param Iterable[str] said:
    :return str:"""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
