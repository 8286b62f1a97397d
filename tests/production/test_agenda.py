"""The last seat, for two people at once: see agenda_race.py, which runs where Odoo does."""

from .conftest import run_in_shell


def test_two_people_at_once_get_their_seats_as_if_one_had_come_after_the_other():
    run_in_shell("from production.forum_race import run; from production.agenda_race import AgendaRace as case")
