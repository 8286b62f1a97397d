from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

ZONE = ZoneInfo("Europe/Paris")


def say_moment(moment):
    """Write a date and a time as the mails do.

    :param datetime moment: UTC, naive
    :return str: in French, in Paris time; with the year unless it is the current one
    """
    there = moment.replace(tzinfo=UTC).astimezone(ZONE)
    year = "" if there.year == datetime.now(ZONE).year else " y"
    return format_datetime(there, f"EEEE d MMMM{year} 'à' H'\u00a0h\u00a0'mm", locale="fr_FR")


def from_paris(text):
    """Read a day and an hour of Paris.

    :param str text: as ``<input type="datetime-local">`` sends it: ISO 8601, without a zone
    :return datetime: UTC, naive; of an hour that comes twice, at the end of summer time, the first
    :raises ValueError: it is none, or an hour that the clocks skip, at the beginning of summer time
    """
    there = datetime.fromisoformat(text)
    if there.tzinfo:
        raise ValueError(text)
    moment = there.replace(tzinfo=ZONE).astimezone(UTC)
    if moment.astimezone(ZONE).replace(tzinfo=None) != there:
        raise ValueError(text)
    return moment.replace(tzinfo=None)


def to_paris(moment):
    """:param datetime moment: UTC, naive
    :return str: the value of ``<input type="datetime-local">`` that shows it in Paris time"""
    return moment.replace(tzinfo=UTC).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def today():
    """:return date: in Paris"""
    return datetime.now(ZONE).date()
