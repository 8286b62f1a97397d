import pathlib
import threading

import pytest

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root():
    return ROOT


def pytest_collection_finish(session):
    """As Odoo's own runner does: core asks the thread for the name of the database, to list its routes."""
    if database := session.config.getoption("odoo_database", None):
        threading.current_thread().dbname = database


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped: {report.nodeid}")


def pytest_sessionfinish(session, exitstatus):
    """A skipped test proves nothing: it fails the run."""
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
