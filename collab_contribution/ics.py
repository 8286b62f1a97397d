"""Events as calendars read them (iCalendar, RFC 5545). They say what, when and where, and nothing of anybody."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import icalendar

from odoo.addons.collab_reseaux.moments import ZONE, in_paris

TYPE = "text/calendar; charset=utf-8"
# An event whose end nobody has said.
LASTS = timedelta(hours=1)
# The line breaks that a text keeps are escaped; a calendar refuses the other controls.
UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
# How often a program that subscribes asks again.
REFRESHED = timedelta(hours=4)
END = b"END:VCALENDAR\r\n"
# When clocks change in Paris, as a rule and not as a list of nights: some programs read only that.
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)
CHANGES = (
    (icalendar.TimezoneDaylight, "CEST", datetime(1981, 3, 29, 2), 3, WINTER, SUMMER),
    (icalendar.TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, SUMMER, WINTER),
)


class Repeats(NamedTuple):
    """How an event comes again. Moments are as those of the event."""

    rule: str  # the value of an RRULE; its end is not read
    last: datetime
    left_out: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()


class CalendarEvent(NamedTuple):
    """What a calendar shows of an event. Moments are in UTC, naive; of one of whole days, only their dates count."""

    uid: str  # the same each time: a calendar then replaces what it has
    changed: datetime
    start: datetime
    stop: datetime | None
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    kind: str = ""
    allday: bool = False
    sequence: int = 0
    is_cancelled: bool = False
    repeats: Repeats | None = None
    # Of one that differs from the others of its series: when the rule would have it, and whether that is a whole day.
    slot: datetime | None = None
    slot_is_day: bool = False


def vevent(event):
    """
    :param CalendarEvent event:
    :return bytes: of this event alone, to be put in ``assembled``
    """
    made = icalendar.Event()
    made.add("uid", event.uid)
    for name in ("dtstamp", "last-modified"):
        made.add(name, event.changed.replace(microsecond=0, tzinfo=UTC))
    made.add("sequence", event.sequence)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    for name, end in zip(("dtstart", "dtend"), _ends(event), strict=True):
        made.add(name, end)
    if event.slot:
        made.add("recurrence-id", _written(event.slot, event.slot_is_day))
    if event.repeats:
        _add_rule(made, event)
    # Few programs show the address of the page elsewhere than in a text.
    text = "\n\n".join(filter(None, (event.text, event.url)))
    said = {"summary": event.title, "location": event.place, "description": text, "url": event.url}
    for name, text in {**said, "categories": event.kind}.items():
        if text := UNWRITABLE.sub("", text.replace("\r\n", "\n")):
            made.add(name, [text] if name == "categories" else text)
    return made.to_ical()


def _written(moment, is_day=False):
    """
    :param datetime moment: as those of a ``CalendarEvent``
    :param bool is_day: it is a whole day
    :return date | datetime: as a calendar is given it: in Paris, or in UTC if its hour comes twice that night, and this
        is the second time, which no hour of Paris can say
    """
    if is_day:
        return moment.date()
    there = in_paris(moment)
    return moment.replace(tzinfo=UTC) if there.fold else there


def _ends(event):
    """:return tuple[date | datetime, date | datetime]: beginning and end, both in Paris or both in UTC"""
    if event.allday:
        # The day after the last one: the end of a calendar is not part of the event.
        return event.start.date(), (event.stop or event.start).date() + timedelta(days=1)
    ends = event.start, event.stop or event.start + LASTS
    if any(in_paris(end).fold for end in ends):
        return tuple(end.replace(tzinfo=UTC) for end in ends)
    return tuple(map(in_paris, ends))


def _add_rule(made, event):
    repeats, rule = event.repeats, icalendar.vRecur.from_ical(event.repeats.rule)
    rule.pop("COUNT", None)
    # Of hours, the end is in UTC (RFC 5545, 3.3.10).
    rule["UNTIL"] = [repeats.last.date() if event.allday else repeats.last.replace(tzinfo=UTC)]
    made.add("rrule", rule)
    for name, moments in (("exdate", repeats.left_out), ("rdate", repeats.added)):
        found = [_written(moment, event.allday) for moment in moments]
        # One line for those of Paris, one for those of UTC.
        for zone in dict.fromkeys(getattr(moment, "tzinfo", None) for moment in found):
            alike = [moment for moment in found if getattr(moment, "tzinfo", None) == zone]
            made.add(name, alike, parameters={"VALUE": "DATE"} if event.allday else None)


@lru_cache
def _frame(name):
    """:param str name: of the calendar; empty for a file of one event
    :return bytes: a calendar without events"""
    made = icalendar.Calendar()
    made.add("prodid", "-//Collab//Plateforme collaborative//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("x-wr-calname", name)
        made.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
        # The same for Outlook.
        made.add("x-published-ttl", icalendar.vDuration(REFRESHED))
    zone = icalendar.Timezone()
    zone.add("tzid", ZONE.key)
    for kind, short, first, month, before, after in CHANGES:
        change = kind()
        change.add("tzname", short)
        change.add("dtstart", first)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        zone.add_component(change)
    made.add_component(zone)
    return made.to_ical()


def assembled(pieces, name=""):
    """
    :param Iterable[bytes] pieces: of ``vevent``
    :param str name: of the calendar that one subscribes to; empty for a file of one event
    :return bytes: a calendar of these events
    """
    return b"".join((_frame(name).removesuffix(END), *pieces, END))


def calendar(events):
    """
    :param Iterable[CalendarEvent] events:
    :return bytes: a calendar of these events
    """
    return assembled(map(vevent, events))
