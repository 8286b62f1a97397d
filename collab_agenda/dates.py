"""The dates of the agenda as they are kept in memory, for all readers at once."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from odoo.addons.collab_reseaux.moments import paris_day
from odoo.addons.collab_suivi.facets import Counts

LASTS_MAX = timedelta(days=31)


class Dated(NamedTuple):
    """One date."""

    number: int  # its identifier
    first: date  # its days, in Paris
    last: date
    audience: int
    kind: int
    territories: tuple[int, ...]
    networks: frozenset[int]  # that organise it, or to which it is addressed
    owner: int | None  # its author, when he alone finds it: it waits for a moderator, or is hidden


class Part(NamedTuple):
    """Those that some readers find, the first ones first."""

    dates: list[Dated]
    firsts: list[date]  # their first days

    def between(self, first_day, last_day=date.max):
        """:return list[Dated]: those of some days; one of several days is of each of them"""
        # What has begun before may last until then.
        low, middle = (bisect_left(self.firsts, day) for day in (first_day - LASTS_MAX, first_day))
        begun = [one for one in self.dates[low:middle] if one.last >= first_day]
        return begun + self.dates[middle : bisect_right(self.firsts, last_day)]

    def before(self, day):
        """:return list[Dated]: those that are over on this day, the last ones first"""
        found = self.dates[: bisect_left(self.firsts, day)]
        return [one for one in reversed(found) if one.last < day]


class Agenda(NamedTuple):
    """All of them, and what has been found there until one of them changes."""

    dates: list[Dated]  # the first ones first
    polls: list[Dated]  # those whose day is not chosen yet, the latest first
    numbered: dict[int, Dated]
    owners: frozenset[int]  # who alone finds some of them
    counts: Counts  # of those to come, by type, territory and network
    past: Counts
    parts: dict  # by what decides who finds them, and by filter
    days: dict  # by day, what has been found there, likewise
    said: dict  # what a row says of a date to any reader, by date and language
    drawn: dict  # what a calendar shows of a date, by what makes it differ
    months: dict  # the table of a month, by what its days show
    chips: dict  # the filters, by all that they say


def days_between(first, last):
    """:return Iterator[date]: each day, from the one to the other"""
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def kept(answers, key, most, make):
    """
    :param dict answers: those that have been given until now
    :param int most: how many of them are kept
    :param Callable make: gives the answer, if it is not there
    :return: the answer
    """
    if key not in answers:
        if len(answers) >= most:
            answers.clear()
        answers[key] = make()
    return answers[key]


def days_of(start, stop, allday):
    """
    :param datetime start: UTC, naive; of a whole day, the hour says nothing
    :param datetime stop: likewise
    :param bool allday: it lasts whole days
    :return tuple[date, date]: its first and its last day, in Paris
    """
    if allday:
        return start.date(), stop.date()
    first = paris_day(start)
    # What ends at midnight is not of the day that begins.
    return first, max(first, paris_day(stop - timedelta(seconds=1)))
