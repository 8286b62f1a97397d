"""Events as calendars read them (iCalendar, RFC 5545). They say what, when and where, and nothing of anybody."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

import vobject
from vobject.icalendar import utc

TYPE = "text/calendar; charset=utf-8"
# An event whose end nobody has said.
LASTS = timedelta(hours=1)
# The line breaks that a text keeps are escaped; a calendar refuses the other controls.
UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


class CalendarEvent(NamedTuple):
    """What a calendar shows of an event. Moments are in UTC, naive."""

    uid: str  # the same each time: a calendar then replaces what it has
    changed: datetime
    start: datetime
    stop: datetime | None
    title: str
    place: str = ""
    text: str = ""
    url: str = ""


def calendar(events):
    """
    :param Iterable[CalendarEvent] events:
    :return bytes: a calendar of these events
    """
    made = vobject.iCalendar()
    made.add("prodid").value = "-//Collab//Plateforme collaborative//FR"
    made.add("method").value = "PUBLISH"
    for event in events:
        shown = made.add("vevent")
        shown.add("uid").value = event.uid
        for name, moment in (
            ("dtstamp", event.changed),
            ("last-modified", event.changed),
            ("dtstart", event.start),
            ("dtend", event.stop or event.start + LASTS),
        ):
            shown.add(name).value = moment.replace(microsecond=0, tzinfo=utc)
        said = {"summary": event.title, "location": event.place, "description": event.text, "url": event.url}
        for name, text in said.items():
            if text := UNWRITABLE.sub("", text.replace("\r\n", "\n")):
                shown.add(name).value = text
    return made.serialize().encode()
