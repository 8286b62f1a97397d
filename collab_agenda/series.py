"""A series as calendars read it: one event that comes again by a rule, and what differs from it (RFC 5545, 3.8.5)."""

from collections import Counter
from datetime import UTC, datetime

from dateutil.rrule import rrulestr

from odoo.addons.collab_contribution.ics import Repeats
from odoo.addons.collab_reseaux.moments import ZONE, in_paris


def series(uid, rule, occurrences):
    """
    :param str uid: of the series
    :param str rule: as core writes it; its end is not read, for what is left of a series says where it ends
    :param dict[datetime, CalendarEvent] occurrences: those that a reader may read, by the moment that the rule gave
        each: UTC, naive; of whole days, only its date counts
    :return list[CalendarEvent]: the event that comes again, then each one that differs from it
    """
    slots = sorted(occurrences)
    usual = _usual(occurrences[slot] for slot in slots)
    first = next(event for event in map(occurrences.get, slots) if _shown(event) == usual)
    lasts = first.stop - first.start
    whole = {
        "uid": uid,
        "changed": max(event.changed for event in occurrences.values()),
        # The same for all: some programs leave out a change that looks older than the series.
        "sequence": max(event.sequence for event in occurrences.values()),
    }
    expected = _given_by(rule, slots[0], slots[-1], first.allday)
    known = {_as_slot(slot, first.allday) for slot in slots}
    repeats = Repeats(_value(rule), slots[-1], tuple(sorted(expected - known)), tuple(sorted(known - expected)))
    found = [first._replace(**whole, start=slots[0], stop=slots[0] + lasts, repeats=repeats)]
    for slot in slots:
        event = occurrences[slot]
        if _shown(event) != usual or _is_moved(event, slot) or _crosses_a_change(event):
            found.append(event._replace(**whole, slot=slot, slot_is_day=first.allday))
    return found


def _shown(event):
    """:return CalendarEvent: what it shows, but for its day, its page and its changes"""
    nowhen = datetime.min
    shown = {"uid": "", "changed": nowhen, "sequence": 0, "start": nowhen, "url": ""}
    return event._replace(**shown, stop=nowhen + (event.stop - event.start))


def _usual(events):
    """:return CalendarEvent: what most of them show; of those that are not cancelled, if there are any, for what is
    written of the series holds for all its dates"""
    counted = Counter(map(_shown, events))
    return max(counted, key=lambda shown: (not shown.is_cancelled, counted[shown]))


def _value(rule):
    """:return str: of the property, which core stores after a DTSTART that means nothing"""
    return rule.rpartition("RRULE:")[2]


def _given_by(rule, first, last, is_day):
    """:return set[datetime]: the moments that the rule gives between these two"""
    if is_day:
        there, until, back = _as_slot(first, True), _as_slot(last, True), lambda moment: moment
    else:
        there, until = (in_paris(moment).replace(tzinfo=None) for moment in (first, last))

        def back(moment):
            return moment.replace(tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)

    found = rrulestr(_value(rule), dtstart=there, ignoretz=True).replace(count=None, until=until)
    return set(map(back, found))


def _as_slot(moment, is_day):
    return datetime.combine(moment.date(), datetime.min.time()) if is_day else moment


def _is_moved(event, slot):
    return event.start.date() != slot.date() if event.allday else event.start != slot


def _crosses_a_change(event):
    """:return bool: clocks change while it lasts: an hour that is lost or won would be counted otherwise by each
    program"""
    return not event.allday and in_paris(event.start).utcoffset() != in_paris(event.stop).utcoffset()
