"""Large files, lines that are cut and disks that are full, on real processes."""

import contextlib
import hashlib
import os
import pathlib
import random
import shutil
import socket
import ssl
import time

import pytest

from .person import Person, Refused
from .stack import Stack, forget_peak, peak

MEGABYTE = 1024 * 1024


@contextlib.contextmanager
def memory_grows_less_than(stack, limit):
    workers = stack.workers()
    assert len(workers) >= 2
    before = {}
    for worker in workers:
        forget_peak(worker)
        before[worker] = worker.memory_info().rss
    yield
    grown = {worker.pid: peak(worker) - rss for worker, rss in before.items()}
    assert stack.workers() == workers, "a worker was replaced: its peak is lost"
    assert max(grown.values()) < limit, grown


def noise(size):
    """:return bytes: that do not compress, always the same: drawn again each time, the first ones would be those of a
    program once in a while"""
    return random.Random(1).randbytes(size)  # noqa: S311


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """50 MB that do not compress: the largest file that is accepted."""
    start = b"\0\0\0\x18ftypmp42"
    content = start + noise(50 * MEGABYTE - len(start))
    return content, hashlib.sha256(content).hexdigest()


def test_fifty_megabytes_up_and_down_do_not_weigh_on_a_worker(stack, film):
    content, sha256 = film
    people = [Person(stack, login) for login in ("alice", "bruno")]
    for person in people:
        person.open_deposit()
        person.download(person.deposit_file("essai.txt", b"pour que tout soit charge\n", "Essai"))
    with memory_grows_less_than(stack, 20 * MEGABYTE):
        document = people[0].deposit_file("film.mp4", content, "Le film de la journée régionale")
        with people[0].download(document, stream=True) as answer:
            digest = hashlib.sha256()
            for part in answer.iter_content(MEGABYTE):
                digest.update(part)
    assert digest.hexdigest() == sha256


def send_half(stack, person, path, piece):
    """Announce a piece, send half of it, and hang up."""
    context = ssl.create_default_context(cafile=str(stack.certificate))
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1:{stack.proxy_port}\r\n"
        f"Cookie: session_id={person.session.cookies['session_id']}\r\nX-CSRF-Token: {person.token}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {len(piece)}\r\n\r\n"
    )
    for port, wrap in ((stack.proxy_port, context.wrap_socket), (stack.http_port, None)):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            if wrap:
                connection = wrap(connection, server_hostname="127.0.0.1")
            connection.sendall(head.encode() + piece[: len(piece) // 2])
            time.sleep(0.2)
            connection.close()


def test_a_connection_cut_in_the_middle_leaves_nothing_and_goes_on(stack, alice):
    alice.open_deposit()
    content = noise(6 * MEGABYTE)
    upload = alice.start("bilan.bin", len(content))
    first = content[: alice.chunk]
    alice.send(upload, first, 0)
    send_half(stack, alice, f"/envois/{upload}?offset={len(first)}", content[len(first) :])
    assert alice.received(upload) == len(first), "half a piece does not count"
    with pytest.raises(Refused, match="n’est pas arrivé entier"):
        alice.deposit([(upload, "Bilan")])
    alice.send_all(upload, content)
    document = int(alice.deposit([(upload, "Bilan")]).rsplit("/", 1)[1])
    assert alice.download(document).content == content


def test_what_is_given_up_leaves_nothing_on_the_disk(stack, alice):
    uploads = stack.data_dir / "uploads" / stack.database
    before = set(os.listdir(uploads))
    alice.open_deposit()
    upload = alice.start("bilan.bin", 3 * MEGABYTE)
    alice.send(upload, noise(MEGABYTE), 0)
    assert len(set(os.listdir(uploads)) - before) == 1
    url = f"{stack.url}/envois/{upload}"
    assert alice.session.delete(url, headers={"X-CSRF-Token": alice.token}).ok
    assert set(os.listdir(uploads)) == before


@pytest.fixture
def small_disk(stack, folder):
    """The same platform, whose files lie on a disk of 90 MB."""
    disk = folder / "small-disk"
    disk.mkdir()
    # A disk of its own, that only this server sees: no right over the machine is needed. Root has that right, and
    # would lose that of reading what belongs to PostgreSQL.
    rights = [] if os.getuid() == 0 else ["--map-root-user"]
    mount = f'mount -t tmpfs -o size=90m none {disk} && touch {disk}/mounted && exec "$@"'
    prefix = ["unshare", *rights, "--mount", "sh", "-ec", mount, "sh"]
    small = Stack(
        stack.cluster,
        stack.database,
        folder / "small",
        data_dir=disk,
        prefix=prefix,
        environ={"ODOO_X_SENDFILE": "False"},
    )
    small.folder.mkdir()
    try:
        small.start_odoo()
        # Where its disk is seen from here.
        small.disk = pathlib.Path(f"/proc/{small.odoo.pid}/root{disk}")
        assert (small.disk / "mounted").exists()
        # What pages are made of; the large files of other tests have no room here.
        files = stack.data_dir / "filestore"
        for path in files.glob(f"{stack.database}/*/*"):
            if path.is_file() and path.stat().st_size < MEGABYTE:
                target = small.disk / "filestore" / path.relative_to(files)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
        yield small
    finally:
        small.stop_odoo()


def test_a_full_disk_is_told_and_the_same_file_passes_once_there_is_room(small_disk, announces):
    announces("No room left on the disk to receive 'rapport.bin'")
    person = Person(small_disk, "alice", url=small_disk.odoo_url)
    person.open_deposit()
    content = noise(30 * MEGABYTE)
    upload = person.start("rapport.bin", len(content))
    filler = small_disk.disk / "filler"
    with filler.open("wb") as file, contextlib.suppress(OSError):
        while file.write(b"\0" * MEGABYTE):
            pass
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - 10 * MEGABYTE))
    files_before = sorted(os.listdir(small_disk.disk / "filestore" / small_disk.database))
    with pytest.raises(Refused, match="n’a plus de place pour «\N{NO-BREAK SPACE}rapport"):
        person.send_all(upload, content)
    assert "Bonjour Alice" in person.get("/").text, "the pages are still read"
    assert person.received(upload) <= 10 * MEGABYTE
    assert sorted(os.listdir(small_disk.disk / "filestore" / small_disk.database)) == files_before
    assert "No room left on the disk" in small_disk.log.read_text()
    filler.unlink()
    person.send_all(upload, content)
    document = int(person.deposit([(upload, "Le rapport")]).rsplit("/", 1)[1])
    # Here nothing stands between the member and Odoo, which streams the file itself.
    with memory_grows_less_than(small_disk, 20 * MEGABYTE):
        assert person.download(document).content == content
