"""What servers write in their logs while a test runs: a fault that the test has not announced is a failure.

The fixtures below are imported by the conftest.py of what runs on real workers; ``Stack`` says which logs are read.
"""

import re

import pytest

# An entry begins with its moment; what follows it, a traceback for instance, belongs to it.
ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} )", re.MULTILINE)
FAULT = re.compile(r"\A\S+ \S+ \d+ (?:ERROR|CRITICAL) |^Traceback \(most recent call last\)", re.MULTILINE)
# PostgreSQL has one of two who write at once begin again, and core does it; when it gives up, there is a traceback.
BEGUN_AGAIN = re.compile(
    r"ERROR \S+ odoo\.sql_db: bad query: .*^ERROR: +could not serialize access due to concurrent (update|delete)$",
    re.DOTALL | re.MULTILINE,
)
LINES_SHOWN = 40

_position = {}


def watch(path):
    """From now on, what is added to this log is read at the end of each test.

    :param pathlib.Path path: which may not exist yet
    """
    _position.setdefault(path, path.stat().st_size if path.exists() else 0)


def _added():
    """:return dict[pathlib.Path, str]: what each log says that has not been read"""
    found = {}
    for path, position in _position.items():
        if path.exists():
            # A folder that has been emptied begins its logs again.
            position = position if position <= path.stat().st_size else 0
            with path.open("rb") as log:
                log.seek(position)
                found[path] = log.read().decode(errors="replace")
                _position[path] = log.tell()
    return found


def faults(text, announced=()):
    """
    :param str text: of a log
    :param Iterable[str] announced: regular expressions of the faults that are expected
    :return list[str]: entries that tell another fault
    """
    expected = (BEGUN_AGAIN, *map(re.compile, announced))
    entries = [entry for entry in ENTRY.split(text) if FAULT.search(entry)]
    return [entry for entry in entries if not any(pattern.search(entry) for pattern in expected)]


def check(announced=()):
    """:raises AssertionError: a log says, since it was last read, a fault that nobody announced"""
    for path, text in _added().items():
        for fault in faults(text, announced):
            shown = "".join(fault.splitlines(keepends=True)[:LINES_SHOWN])
            raise AssertionError(f"a fault that the test has not announced, in {path}:\n{shown}")


@pytest.fixture(scope="session", autouse=True)
def last_log():
    """Set up before any server, so that what they say while they stop is read too."""
    yield
    check()


@pytest.fixture(autouse=True)
def announces():
    """What a test calls that provokes faults on purpose, with the regular expression of their entries in the log."""
    announced = []
    yield announced.append
    check(announced)
