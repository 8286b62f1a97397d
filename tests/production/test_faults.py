"""What is killed while people write: nothing acknowledged is lost, and the platform answers again by itself."""

import collections
import hashlib
import time

import pytest
import requests

SECONDS_TO_RECOVER = 30


def check_ledger(stack, writers):
    """Each document that was acknowledged is there once, and is what was sent; what was not is not there by half."""
    assert not writers.refusals
    person = next(iter(writers.people.values()))
    for document, (title, content) in writers.acknowledged.items():
        owner = writers.people[title.split()[1]]
        answer = owner.download(document)
        assert answer.status_code == 200, title
        assert answer.content == content, title
    titles = [title for title, _ in writers.acknowledged.values()]
    rows = stack.cluster.sql("SELECT title FROM dms_file WHERE title LIKE 'Document %'", stack.database)
    times = collections.Counter(title for (title,) in rows)
    assert all(times[title] == 1 for title in titles), "a document that was sent again is there twice"
    bare = stack.cluster.sql(
        "SELECT f.id FROM dms_file f WHERE f.title LIKE 'Document %' AND NOT EXISTS (SELECT FROM ir_attachment a"
        " WHERE a.res_model = 'dms.file' AND a.res_id = f.id AND a.res_field = 'content_file')",
        stack.database,
    )
    assert not bare
    stored = stack.cluster.sql(
        "SELECT a.store_fname, a.checksum FROM ir_attachment a JOIN dms_file f ON f.id = a.res_id"
        " WHERE a.res_model = 'dms.file' AND a.res_field = 'content_file' AND f.title LIKE 'Document %'",
        stack.database,
    )
    for name, checksum in stored:
        content = (stack.data_dir / "filestore" / stack.database / name).read_bytes()
        assert hashlib.sha1(content, usedforsecurity=False).hexdigest() == checksum
    assert "Bonjour" in person.get("/").text, "the sessions of before go on"


@pytest.fixture
def visitor(stack):
    session = requests.Session()
    session.trust_env = False
    session.verify = str(stack.certificate)
    return session


def test_postgresql_is_killed_under_uploads(stack, writers, visitor, announces):
    # What had a connection, and what asks for one.
    announces(r"server closed the connection unexpectedly|terminating connection|cursor already closed")
    announces(r"Exception in cron[\s\S]*psycopg2\.OperationalError: connection to server")
    announces(r"Database or registry unusable[\s\S]*psycopg2\.OperationalError: connection to server")
    with writers() as people:
        people.wait_for(8)
        stack.cluster.kill()
        answers = [visitor.get(f"{stack.url}{path}", timeout=60) for path in ("/", "/ressources", "/web/login")]
        answers.append(people.people["alice"].get("/ressources"))
        health = visitor.get(f"{stack.url}/sante", timeout=60)
        stack.cluster.start()
        started = time.monotonic()
        people.wait_for(8)
        assert time.monotonic() - started < SECONDS_TO_RECOVER
    for answer in answers:
        assert answer.status_code == 503
        assert "La plateforme revient dans un instant" in answer.text
        assert answer.headers["Retry-After"] == "10"
    assert health.status_code == 503
    assert health.json() == {"status": "fail", "checks": {"database": {"ok": False}}}
    assert visitor.get(f"{stack.url}/sante").json()["checks"]["database"]["ok"]
    assert people.cuts, "the fault was felt"
    check_ledger(stack, people)


def test_workers_are_killed_under_uploads(stack, writers):
    with writers() as people:
        for _ in range(3):
            people.wait_for(4)
            for worker in stack.workers():
                worker.kill()
        people.wait_for(4)
    assert stack.odoo.poll() is None, "nobody had to start the server again"
    check_ledger(stack, people)
