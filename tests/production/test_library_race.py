"""Two people tidy up the library at the same moment: see library_race.py, which runs where Odoo does."""

from .conftest import run_in_shell


def test_two_people_at_once_leave_the_folders_as_if_one_had_come_after_the_other():
    run_in_shell("from production.forum_race import run; from production.library_race import LibraryRace as case")
