from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

ZONE = ZoneInfo("Europe/Paris")


def say_moment(moment):
    """Say when something has happened, as the clocks of its readers show it.

    :param datetime moment: UTC, without its zone
    :return str: in French, as the letters are; with the year when it is not ours
    """
    there = moment.replace(tzinfo=UTC).astimezone(ZONE)
    year = "" if there.year == datetime.now(ZONE).year else " y"
    return format_datetime(there, f"EEEE d MMMM{year} 'à' H'\u00a0h\u00a0'mm", locale="fr_FR")


def today():
    """:return date: in Paris"""
    return datetime.now(ZONE).date()
