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


def today():
    """:return date: in Paris"""
    return datetime.now(ZONE).date()
