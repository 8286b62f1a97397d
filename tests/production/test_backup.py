"""A backup that is taken while people write gives everything back."""

import hashlib
import os
import signal

import pytest

from .person import Person
from .stack import Stack, run, start

TABLES = ("res_users", "res_partner", "dms_file", "dms_directory", "ir_attachment", "collab_charter_acceptance")


def count(cluster, database):
    query = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in TABLES)
    return {table: int(number) for table, number in cluster.sql(query, database)}


@pytest.fixture(scope="module")
def backups(folder):
    return folder / "backups"


@pytest.fixture(scope="module")
def saved(stack, writers, backups):
    """:return: the backup, what was acknowledged before it began, and the numbers of rows before and after it"""
    with writers() as people:
        people.wait_for_each(2)
        before, acknowledged = count(stack.cluster, "collab"), dict(people.acknowledged)
        run("bin/backup", stack.cluster.name, "collab", BACKUP_DIR=str(backups))
        after = count(stack.cluster, "collab")
        people.wait_for(4)
    assert not people.refusals
    [backup] = backups.glob("2*Z")
    return backup, acknowledged, before, after


@pytest.fixture(scope="module")
def restored(stack, saved):
    backup, *_ = saved
    run("bin/restore", str(backup), "collab_restored", stack.cluster.name)
    return "collab_restored"


def test_all_rows_come_back(stack, saved, restored):
    _, _, before, after = saved
    found = count(stack.cluster, restored)
    # People wrote meanwhile: the numbers lie between those of the beginning and those of the end.
    assert all(before[table] <= found[table] <= after[table] for table in TABLES), (before, found, after)
    assert found["dms_file"] > 20


def test_each_file_comes_back_as_it_was(stack, saved, restored):
    _, acknowledged, *_ = saved
    files = stack.data_dir / "filestore" / restored
    rows = stack.cluster.sql(
        "SELECT id, store_fname, checksum, file_size FROM ir_attachment WHERE store_fname IS NOT NULL", restored
    )
    assert len(rows) > len(acknowledged) > 0
    for identifier, name, checksum, size in rows:
        content = (files / name).read_bytes()
        assert hashlib.sha1(content, usedforsecurity=False).hexdigest() == checksum, identifier
        assert len(content) == int(size), identifier


def test_a_member_finds_her_documents_on_what_was_restored(stack, saved, restored, folder):
    _, acknowledged, *_ = saved
    with Stack(stack.cluster, restored, folder / "restored") as again:
        alice = Person(again, "alice")
        mine = {key: value for key, value in acknowledged.items() if value[0].startswith("Document alice")}
        assert mine
        for document, (title, content) in mine.items():
            assert title in alice.get(f"/ressources/{document}").text
            assert alice.download(document).content == content


def test_what_is_restored_sends_nothing_to_anybody(stack, restored):
    jobs = "SELECT name FROM ir_model_data d JOIN ir_cron c ON c.id = d.res_id WHERE d.model = 'ir.cron' AND c.active"
    assert stack.cluster.sql(jobs, restored) == [("autovacuum_job",)], "it cleans, and that is all"
    assert stack.cluster.sql("SELECT value FROM ir_config_parameter WHERE key = 'database.is_neutralized'", restored)
    servers = stack.cluster.sql("SELECT smtp_host FROM ir_mail_server WHERE active", restored)
    assert set(servers) == {("invalid",)}


def test_a_file_that_is_lost_or_altered_in_a_backup_is_told(stack, saved, restored, tmp_path):
    backup, *_ = saved
    copy = tmp_path / backup.name
    run("cp", "-a", str(backup), str(copy))
    [(name,)] = stack.cluster.sql("SELECT min(store_fname) FROM ir_attachment", restored)
    victim = copy / "filestore" / name
    content = victim.read_bytes()
    victim.unlink()
    with pytest.raises(AssertionError, match=r"1 fichier\(s\) manquent"):
        run("bin/restore", str(copy), "collab_lost", stack.cluster.name)
    victim.write_bytes(b"x" + content[1:])
    with pytest.raises(AssertionError, match="des fichiers sont abîmés"):
        run("bin/restore", str(copy), "collab_lost", stack.cluster.name)
    assert not stack.cluster.sql("SELECT FROM pg_database WHERE datname = 'collab_lost'")


def test_old_backups_leave_and_what_has_not_changed_is_stored_once(stack, saved, backups):
    backup, *_ = saved
    days = ("20250101", "20250601", "20260301", "20260415", "20260416")
    for day in days:
        (backups / f"{day}T020000Z").mkdir()
    run(
        "bin/backup",
        stack.cluster.name,
        "collab",
        BACKUP_DIR=str(backups),
        BACKUP_KEEP_DAYS="2",
        BACKUP_KEEP_WEEKS="1",
        BACKUP_KEEP_MONTHS="3",
    )
    kept = sorted(path.name for path in backups.glob("2*Z"))
    # Today's, and the last of another day; the week is today's; April and March are the months before.
    newest = kept[-1]
    assert kept == ["20260301T020000Z", "20260416T020000Z", newest]
    assert newest > backup.name
    assert (backups / newest / "database.dump").stat().st_size > 100_000


def test_a_backup_that_is_killed_leaves_none_and_the_next_one_is_whole(stack, backups):
    before = set(backups.glob("2*Z"))
    killed = start("bin/backup", stack.cluster.name, "collab", BACKUP_DIR=str(backups))
    stack.wait_for(lambda: list(backups.glob(".*.partial/filestore/*")), "the backup")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert set(backups.glob("2*Z")) == before
    run("bin/backup", stack.cluster.name, "collab", BACKUP_DIR=str(backups))
    assert len(set(backups.glob("2*Z")) - before) == 1
    assert not list(backups.glob(".*.partial"))
