"""The helper that reads the servers' logs: what it takes for a fault."""

import pytest
import server_log

pytest_plugins = ["pytester"]

FAULT = """2026-11-02 08:00:00,123 42 ERROR collab odoo.http: Exception during request handling.
Traceback (most recent call last):
  File "http.py", line 1, in f
KeyError: 'HTTP_HOST'
"""
GOOD = '2026-11-02 08:00:01,000 42 INFO collab werkzeug: 127.0.0.1 "GET / HTTP/1.1" 200 - 8 0.010 0.020\n'
WARNING = "2026-11-02 08:00:02,000 42 WARNING collab odoo.http: Access denied\n"


def test_an_error_or_a_traceback_is_a_fault_and_the_rest_is_not():
    assert server_log.faults(GOOD + WARNING) == []
    assert server_log.faults(GOOD + FAULT + GOOD) == [FAULT]
    critical = FAULT.splitlines(keepends=True)[0].replace("ERROR", "CRITICAL")
    assert server_log.faults(critical) == [critical]
    # A warning that carries one, and what a process says before its log.
    traced = WARNING + FAULT.partition("\n")[2]
    assert server_log.faults(traced) == [traced]
    assert len(server_log.faults(FAULT.partition("\n")[2] + GOOD)) == 1


def test_only_what_is_announced_is_let_through():
    other = FAULT.replace("HTTP_HOST", "x")
    assert server_log.faults(FAULT + GOOD + other, ["KeyError: 'HTTP_HOST'"]) == [other]


def test_what_core_does_again_is_not_a_fault_until_it_gives_up():
    again = (
        '2026-11-02 08:00:03,000 42 ERROR collab odoo.sql_db: bad query: b"INSERT INTO x\\n VALUES (1)"\n'
        "ERROR: could not serialize access due to concurrent update\n\n"
    )
    assert server_log.faults(again + GOOD) == []
    other = again.replace("could not serialize access due to concurrent update", 'relation "x" does not exist')
    gave_up = FAULT.replace("KeyError: 'HTTP_HOST'", "SerializationFailure: could not serialize access")
    assert server_log.faults(again + other + gave_up) == [other, gave_up]


# As the tests of a server do, in a process of their own.
TESTS = """
from server_log import announces, last_log
import pathlib, pytest, server_log

log = pathlib.Path("server.log")

def test_first():
    server_log.watch(log)
    log.write_text({good!r})

def test_{name}(announces):
    {announced}
    with log.open("a") as file:
        file.write({fault!r})

def test_last():
    pass
"""


@pytest.mark.parametrize(
    "announced, failed", [("pass", 1), ("announces('KeyError')", 0), ("announces('another fault')", 1)]
)
def test_an_unannounced_fault_fails_the_test_during_which_it_is_written(pytester, monkeypatch, root, announced, failed):
    monkeypatch.setenv("PYTHONPATH", str(root / "tests"))
    pytester.makepyfile(TESTS.format(good=GOOD, fault=FAULT, name="provoking", announced=announced))
    result = pytester.runpytest_subprocess("-p", "no:odoo")
    result.assert_outcomes(passed=3, errors=failed)
    if failed:
        result.stdout.fnmatch_lines(["*ERROR at teardown of test_provoking*", "*KeyError: 'HTTP_HOST'*"])
