"""What a log tells is understood, and the list of what is known stays true."""

import pytest

from upstream.compare import FAILED, SKIPPED, Run, differences, read_list, read_log

PREFIX = "2026-11-25 13:09:23,481 10895"
LOG = f"""{PREFIX} INFO base odoo.addons.dms.tests.test_file: Starting TestFile.test_passes ...
{PREFIX} ERROR base odoo.addons.dms.tests.test_file: FAIL: TestFile.test_fails
Traceback (most recent call last):
FAIL: TestFile.test_of_a_traceback
{PREFIX} ERROR base odoo.sql_db: bad query: ERROR: TestFile.test_of_a_query
{PREFIX} ERROR base odoo.addons.dms.tests.test_file: ERROR: Subtest TestFile.test_of_two (login='one')
{PREFIX} ERROR base odoo.addons.dms.tests.test_file: FAIL: Subtest TestFile.test_of_two (login='two')
{PREFIX} ERROR base odoo.tests.suite: ERROR: setUpClass (odoo.addons.dms.tests.test_portal.TestPortal)
{PREFIX} INFO base odoo.addons.dms.tests.test_file: skipped TestFile.test_is_long : Takes too long.
{PREFIX} ERROR base odoo.tests.shell: Tests failed: 2 failed, 2 error(s) of 9 tests
"""
OUTCOMES = {
    ("TestFile.test_fails", FAILED),
    ("TestFile.test_of_two", FAILED),
    ("TestPortal.setUpClass", FAILED),
    ("TestFile.test_is_long", SKIPPED),
}


def test_a_log_is_understood():
    assert read_log(LOG) == Run(9, OUTCOMES)


def test_a_log_that_tells_more_than_is_understood_is_refused():
    with pytest.raises(ValueError, match="compte 5 échecs, dont 4"):
        read_log(LOG.replace("2 error(s)", "3 error(s)"))


def test_a_log_that_stops_in_the_middle_is_refused():
    with pytest.raises(ValueError, match="arrêtés en route"):
        read_log(LOG[: LOG.index("Tests failed")])


def test_what_is_known_is_nothing_to_say():
    assert differences(Run(9, OUTCOMES), OUTCOMES, 9) == []


def test_what_is_new_what_is_repaired_and_what_has_vanished_are_said():
    known = {("TestFile.test_fails", SKIPPED), *OUTCOMES} - {("TestFile.test_fails", FAILED)}
    said = differences(Run(8, OUTCOMES), known, 9)
    assert [line.split(",")[0] for line in said] == [
        "TestFile.test_fails : échec",
        "TestFile.test_fails : saut dans la liste",
        "8 tests au lieu de 9 au moins : chercher ceux qui ont disparu",
    ]


@pytest.mark.parametrize("line", ["", "A.b\téchec", "A.b\téchec\t ", "A.b\tfail\tx", "A.b\téchec\tx\ty"])
def test_a_line_without_a_reason_is_refused(line):
    with pytest.raises(ValueError, match="ligne 2"):
        read_list(f"A.a\tsaut\tparce que\n{line}\n")


@pytest.mark.parametrize("module", ["dms", "website_forum"])
def test_a_list_is_well_made(root, module):
    known = read_list((root / f"tests/upstream/{module}.txt").read_text())
    assert known and list(known) == sorted(known)
