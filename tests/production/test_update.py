"""An update that is killed and run again changes nothing that people wrote."""

import os
import signal

import pytest

from .conftest import copy_of_demo
from .stack import LOCAL, run, start

# What an update writes again by itself, and nobody typed.
MACHINERY = {
    "ir_attachment",  # style sheets and scripts of pages, made again; files of people are compared below
    "ir_cron_trigger",  # when Odoo's own jobs run next
    "ir_module_module",  # what the manifests say
    "orm_signaling_registry",  # tells the workers to load the code again
}


@pytest.fixture(scope="module")
def updated():
    """:return: a cluster and a copy of the demonstration that nobody uses"""
    database = "collab_update"
    with copy_of_demo(database) as cluster:
        (LOCAL / f"stamps/database-test-{database}").unlink(missing_ok=True)
        yield cluster, database


def rows(cluster, database):
    """:return dict[str, tuple]: for each table, rows and their fingerprint, less what says when they were written"""
    tables = cluster.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", database)
    parts = [
        f"SELECT '{table}', count(*), md5(coalesce(string_agg(r, '' ORDER BY r), '')) FROM"
        f" (SELECT (to_jsonb(t) - '{{write_date,write_uid,arch_prev}}'::text[])::text AS r FROM {table} t) s"
        for (table,) in tables
    ]
    parts.append(
        "SELECT 'files of people', count(*), md5(string_agg(store_fname, '' ORDER BY id)) FROM ir_attachment"
        " WHERE res_model = 'dms.file'"
    )
    found = {table: (number, digest) for table, number, digest in cluster.sql(" UNION ALL ".join(parts), database)}
    return {table: value for table, value in found.items() if table not in MACHINERY}


def test_an_update_that_is_killed_and_run_again_changes_no_row(updated):
    cluster, database = updated
    before = rows(cluster, database)
    log = LOCAL / "log/update.log"
    log.unlink(missing_ok=True)
    killed = start("bin/update", cluster.name, database)
    while not (log.exists() and "Loading module collab_ressources" in log.read_text(errors="replace")):
        assert killed.poll() is None, "the update ended before it was killed"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    stamp = LOCAL / f"stamps/database-test-{database}"
    assert not stamp.exists(), "what was killed is not said to be done"
    run("bin/update", cluster.name, database)
    assert stamp.exists()
    after = rows(cluster, database)
    assert {table for table in before if before[table] != after.get(table)} == set()
    # Once done, there is nothing to do.
    assert "Mise à jour" not in run("bin/update", cluster.name, database)
