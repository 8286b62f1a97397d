"""What bin/test-module adds to pytest-odoo: a skip fails, and the thread is named as Odoo's own runner names it."""

import threading

import pytest
from conftest import pytest_sessionfinish, pytest_terminal_summary  # noqa: F401  (hooks)

from odoo.tests.common import get_db_name


@pytest.fixture(scope="session", autouse=True)
def name_of_the_database(load_registry):
    threading.current_thread().dbname = get_db_name()
