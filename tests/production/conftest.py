import contextlib
import fcntl
import os
import secrets
import subprocess
import threading

import pytest
from server_log import announces, last_log  # noqa: F401 — they read the logs of whatever runs

from .person import Person
from .stack import LOCAL, ROOT, Cluster, Stack, empty_folder, run

CLUSTER = "production"
# Built by bin/test, on its own cluster.
DEMO = "collab_demo"


@contextlib.contextmanager
def alone_with_demo():
    """Keep away whoever wants to read the demonstration at the same time: PostgreSQL copies no base that is in use."""
    with (LOCAL / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def copy_of_demo(database):
    """Give a copy of the demonstration that nobody else uses.

    :param str database: its name
    :return Cluster: where it lies
    """
    cluster = Cluster("test")
    cluster.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    with alone_with_demo():
        cluster.sql(f"CREATE DATABASE {database} TEMPLATE {DEMO}")
    files = LOCAL / "data/test/filestore"
    run("rsync", "-a", "--delete", f"{files}/{DEMO}/", f"{files}/{database}/")
    try:
        yield cluster
    finally:
        cluster.sql(f"DROP DATABASE {database} WITH (FORCE)")


def run_in_shell(races):
    """Run races in an Odoo shell, on a base that nobody else uses.

    :param str races: imports ``run``, and the ``case`` to be run
    """
    database = "collab_race"
    with copy_of_demo(database):
        done = subprocess.run(
            ["bin/odoo", "test", "shell", "-d", database, "--no-http"],
            input=f"{races}; run(env, case)",
            env={**os.environ, "PYTHONPATH": "tests"},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr[-20_000:]


@pytest.fixture(scope="session")
def folder():
    return empty_folder(LOCAL / "production")


@pytest.fixture(scope="session")
def cluster(folder):
    """A PostgreSQL that waits for the disk, on which the demonstration has been restored from a backup."""
    cluster = Cluster(CLUSTER)
    cluster.start()
    try:
        for database in ("collab", "collab_restored", "collab_lost"):
            cluster.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        backups = str(folder / "demo")
        with alone_with_demo():
            run("bin/backup", "test", DEMO, BACKUP_DIR=backups)
        run("bin/restore", "", "collab", CLUSTER, BACKUP_DIR=backups)
        yield cluster
    finally:
        if cluster.is_running():
            cluster.stop()


@pytest.fixture(scope="session")
def stack(cluster, folder):
    with Stack(cluster, "collab", folder / "stack") as stack:
        yield stack


@pytest.fixture
def alice(stack):
    return Person(stack, "alice")


class Writers:
    """Members who deposit one document after the other, and insist when the platform is away, as people do."""

    def __init__(self, stack, logins):
        self.stack = stack
        self.turn = secrets.token_hex(4)
        self.acknowledged = {}
        self.cuts = []
        self.refusals = []
        self.over = threading.Event()
        self.people = {login: Person(stack, login) for login in logins}
        self.threads = [threading.Thread(target=self._write, args=(login,)) for login in logins]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join(120)

    def wait_for(self, number, seconds=120):
        """Wait until so many more documents have been acknowledged."""
        wanted = len(self.acknowledged) + number
        self.stack.wait_for(lambda: len(self.acknowledged) >= wanted, f"{number} more documents", seconds)

    def wait_for_each(self, number, seconds=120):
        """Wait until so many documents of each person have been acknowledged: nobody is served in turn."""

        def written():
            titles = [title for title, _ in self.acknowledged.copy().values()]
            return all(sum(f" {login} " in title for title in titles) >= number for login in self.people)

        self.stack.wait_for(written, f"{number} documents of each", seconds)

    def _write(self, login):
        person = self.people[login]
        person.open_deposit()
        number = 0
        while not self.over.is_set():
            number += 1
            title = f"Document {login} {self.turn}.{number}"
            content = f"{title}\n".encode() * (2_000 + 7 * number)
            self._deposit(person, title, content)

    def _deposit(self, person, title, content):
        upload = None
        while True:
            try:
                upload = upload or person.start(f"{title}.txt", len(content))
                person.send_all(upload, content)
                document = int(person.deposit([(upload, title)]).rsplit("/", 1)[1])
            except OSError as cut:  # those of requests, and what is not an answer of the platform
                self.cuts.append(str(cut))
                # What has been interrupted is lost to nobody: the same sending goes on.
                if self.over.wait(0.3):
                    return
            except Exception as refusal:
                self.refusals.append(f"{title}: {refusal!r}")
                return
            else:
                self.acknowledged[document] = (title, content)
                return


@pytest.fixture(scope="session")
def writers(stack):
    """:return: a context in which alice, bruno, chloe and david write"""
    return lambda: Writers(stack, ["alice", "bruno", "chloe", "david"])
