import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

ZONE = ZoneInfo("Europe/Paris")
# As people write a day (3/12/26, 03.12.2026), and an hour after it (14h30, 14 h, 14:30).
DAY = r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4}|[0-9]{2})"
TYPED_DAY = re.compile(DAY)
TYPED_MOMENT = re.compile(rf"{DAY},?(?: à)? ([0-9]{{1,2}}) ?(?:[h:] ?([0-9]{{2}})|h)", re.I)
CENTURY = 2000


def say_moment(moment):
    """Write a date and a time as the mails do.

    :param datetime moment: UTC, naive
    :return str: in French, in Paris time; with the year unless it is the current one
    """
    there = in_paris(moment)
    year = "" if there.year == datetime.now(ZONE).year else " y"
    return format_datetime(there, f"EEEE d MMMM{year} 'à' H'\u00a0h\u00a0'mm", locale="fr_FR")


def say_day(day):
    """:param date day: in Paris
    :return str: in French, as « samedi 5 décembre »; with the year unless it is the current one"""
    return _in_french(day, "EEEE d MMMM" if day.year == today().year else "EEEE d MMMM y")


@lru_cache(maxsize=1024)
def _in_french(day, pattern):
    """A list says the same days again and again, and Babel reads its pattern each time."""
    return format_date(day, pattern, locale="fr_FR")


def read_day(text):
    """Read a day.

    :param str text: as ``<input type="date">`` sends it, ISO 8601; or as people write it, the day before the month
    :return date: of a year in two digits, that of this century
    :raises ValueError: it is none
    """
    text = _tidy(text)
    typed = TYPED_DAY.fullmatch(text)
    return date(*_day_of(typed)) if typed else date.fromisoformat(text)


def from_paris(text):
    """Read a day and an hour of Paris.

    :param str text: as ``<input type="datetime-local">`` sends it, ISO 8601, without a zone; or as people write it
    :return datetime: UTC, naive; of an hour that comes twice, at the end of summer time, the first
    :raises ValueError: it is none, or an hour that the clocks skip, at the beginning of summer time
    """
    text = _tidy(text)
    typed = TYPED_MOMENT.fullmatch(text)
    there = datetime(*_day_of(typed), int(typed[4]), int(typed[5] or 0)) if typed else datetime.fromisoformat(text)
    if there.tzinfo:
        raise ValueError(text)
    try:
        moment = there.replace(tzinfo=ZONE).astimezone(UTC)
    except OverflowError as error:
        # The first day of all years begins the year before in UTC.
        raise ValueError(text) from error
    if moment.astimezone(ZONE).replace(tzinfo=None) != there:
        raise ValueError(text)
    return moment.replace(tzinfo=None)


def _tidy(text):
    """:return str: what somebody has typed, with one ordinary space where there are some of any kind"""
    return " ".join(text.split())


def _day_of(typed):
    """:param re.Match typed: of ``DAY``
    :return tuple[int, int, int]: year, month and day"""
    day, month, year = (int(number) for number in typed.groups()[:3])
    return year if len(typed[3]) == 4 else CENTURY + year, month, day


def in_paris(moment):
    """:param datetime moment: UTC, naive
    :return datetime: aware, in Paris"""
    return moment.replace(tzinfo=UTC).astimezone(ZONE)


def later(moment, delay):
    """:param datetime moment: UTC, naive
    :param timedelta delay: on the clocks of Paris: the same hour stays the same over a change of daylight saving
    :return datetime: UTC, naive; of an hour that the clocks skip, the one that they show instead"""
    return (in_paris(moment) + delay).astimezone(UTC).replace(tzinfo=None)


def to_paris(moment):
    """:param datetime moment: UTC, naive
    :return str: the value of ``<input type="datetime-local">`` that shows it in Paris time"""
    return in_paris(moment).strftime("%Y-%m-%dT%H:%M")


def today():
    """:return date: in Paris"""
    return datetime.now(ZONE).date()


def paris_day(moment):
    """:param datetime moment: UTC, naive
    :return date: the day that it is then in Paris"""
    return in_paris(moment).date()


def say_hour(moment):
    """:param datetime moment: UTC, naive
    :return str: in Paris, as « 10 h » or « 14 h 30 »"""
    there = in_paris(moment)
    minutes = f"\N{NO-BREAK SPACE}{there.minute:02}" if there.minute else ""
    return f"{there.hour}\N{NO-BREAK SPACE}h{minutes}"


def say_span(start, stop=None):
    """
    :param datetime start: UTC, naive
    :param datetime | None stop: likewise; None when nobody has said it
    :return tuple[str, str]: in French, the day, or the first one and its hour; then the hours, or the last day and its
        hour
    """
    if not stop or stop == start:
        return say_day(paris_day(start)), say_hour(start)
    if paris_day(start) == paris_day(stop):
        return say_day(paris_day(start)), f"{say_hour(start)} à {say_hour(stop)}"
    first, last = (f"{say_day(paris_day(moment))}, {say_hour(moment)}" for moment in (start, stop))
    return f"du {first}", f"au {last}"


def say_days(first, last):
    """:param date first: in Paris
    :param date last: likewise; it may be the same
    :return tuple[str, str]: as ``say_span``, of whole days"""
    return (say_day(first), "toute la journée") if first == last else (f"du {say_day(first)}", f"au {say_day(last)}")


def day_tile(day, above="MMM"):
    """
    :param date day: in Paris
    :param str above: what stands above the number, as a pattern of ``say_part``
    :return dict: what the tile of a day shows: ``month``, ``number``; and ``whole``, for those who do not see it
    """
    return {"month": _in_french(day, above), "number": day.day, "whole": say_day(day), "iso": day.isoformat()}


def say_part(day, pattern):
    """
    :param date day: in Paris
    :param str pattern: of Unicode (CLDR): ``LLLL y`` for « novembre 2026 », ``EEEE`` for « lundi »
    :return str: what it says of this day, in French
    """
    return _in_french(day, pattern)
