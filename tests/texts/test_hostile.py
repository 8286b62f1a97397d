"""What somebody may send to harm: it costs one small process, and neither the server nor the other files."""

import json
import random
import resource
import time

import extraction
import psutil
import pytest

from . import made

# Of processor, starting the process included: a machine that does other things may take longer by the clock.
SECONDS_MAX = 5
SECRET = "mot-de-passe-du-serveur"
MEGABYTE = 1024 * 1024


@pytest.fixture
def bounded(read):
    """:return Callable: reads a hostile file as ``read`` does, and asserts what it costs"""

    def bounded(name, content=None, mimetype=None):
        before, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        found = read(name, content, mimetype)
        after, later = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        assert later.ru_utime + later.ru_stime - children.ru_utime - children.ru_stime < SECONDS_MAX
        # What it sends, twice while it is decoded.
        assert (after.ru_maxrss - before.ru_maxrss) * 1024 < 8 * extraction.TEXT_MAX_BYTES
        assert sum(len(page.encode()) for page in found.pages) <= extraction.OUTPUT_MAX_BYTES
        assert len(found.pages) <= extraction.PAGES_MAX
        return found

    return bounded


def zlib_of(content):
    """:return bytes: a content that is Repeated, as zlib compresses it, with a wrong sum: PDFium does not care"""
    return b"\x78\xda" + content.deflated() + bytes(4)


PARAGRAPH = "<w:p><w:r><w:t>" + "mot " * 10_000 + "</w:t></w:r></w:p>"
DRAWN = b"BT /F1 12 Tf (AAAA) Tj ET " * 10_000
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aïe aïe aïe ">'
    + "".join(f'<!ENTITY {here} "{f"&{before};" * 10}">' for before, here in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
LAUGH = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
ROW = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 1_000 + "</w:tr>"
DEEP = 200_000
REFUSED = {
    "deux gigaoctets de mots dans un mégaoctet": (
        "a.docx",
        lambda: made.docx(made.Repeated("", PARAGRAPH, 40_000, "")),
    ),
    "dix millions de cellules vides": ("a.docx", lambda: made.docx(made.Repeated("<w:tbl>", ROW, 10_000, "</w:tbl>"))),
    "un gigaoctet de dessin dans un PDF": (
        "a.pdf",
        lambda: made.pdf(1, zlib_of(made.Repeated("", DRAWN, 4_000, "")), compressed=True),
    ),
    "un gigaoctet de rien dans un PDF": (
        "a.pdf",
        lambda: made.pdf(1, zlib_of(made.Repeated("", b"\0" * MEGABYTE, 1_000, "")), compressed=True),
    ),
    "des entités qui en contiennent d'autres": (
        "a.odt",
        lambda: made.opendocument("text", "<t:p>&i;</t:p>", LAUGHS),
    ),
    "une archive dans une archive": ("a.docx", lambda: made.archive({"b.docx": made.docx("<w:p/>")})),
    "des groupes sans fin": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 1_000_000),
    "le début d'un document": ("a.odt", lambda: made.document("compte.odt")[:9_000]),
    "le début d'un classeur": ("a.xls", lambda: made.document("budget.xls")[:4_000]),
    "un autre format": ("a.pptx", lambda: made.document("compte.docx")),
    "pas une présentation": ("a.odp", lambda: made.archive({"mimetype": "x"})),
    "pas un PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\0" * 10_000),
    "pas un texte": ("a.txt", lambda: bytes(range(256)) * 100),
    "rien": ("a.doc", lambda: b""),
}
CUT = {
    "deux gigaoctets de mots": (
        "a.odt",
        lambda: made.opendocument("text", made.Repeated("", "<t:p>" + "mot " * 10_000 + "</t:p>", 1_000, "")),
    ),
    "un seul mot sans fin": (
        "a.odp",
        lambda: made.opendocument(
            "presentation", made.Repeated("<d:page><t:p>", "a" * MEGABYTE, 100, "</t:p></d:page>")
        ),
    ),
    "des espaces sans fin": ("a.csv", lambda: b"mot" + b" " * 20 * MEGABYTE),
    "trop de mots": ("a.txt", lambda: "Réunion à Châteaubriant. ".encode() * 400_000),
    "soixante mille pages": ("a.pdf", lambda: made.pdf(60_000, b"BT /F1 12 Tf 50 700 Td (Page lisible) Tj ET")),
    "dix mille diapositives": (
        "a.odp",
        lambda: made.opendocument("presentation", "<d:page><t:p>Diapo</t:p></d:page>" * 10_000),
    ),
}
SMALL = {
    "des éléments sans fin": (
        "a.odt",
        lambda: made.opendocument("text", "<t:p>" * DEEP + "mot" + "</t:p>" * DEEP),
    ),
    "trente mille parties": (
        "a.docx",
        lambda: made.docx("<w:p><w:r><w:t>mot</w:t></w:r></w:p>", **{f"word__x{rank}": "" for rank in range(30_000)}),
    ),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_file_that_harms_is_refused_alone(bounded, said):
    name, content = REFUSED[said]
    assert bounded(name, content()) == ([], "failed", False)


@pytest.mark.parametrize("said", CUT)
def test_a_file_without_end_is_read_until_a_limit(bounded, said):
    name, content = CUT[said]
    found = bounded(name, content())
    assert (found.state, found.cut) == ("text", True)
    if len(found.pages) > 1:
        assert len(found.pages) == extraction.PAGES_MAX and all(found.pages)


@pytest.mark.parametrize("said", SMALL)
def test_a_file_that_only_looks_large_is_read(bounded, said):
    name, content = SMALL[said]
    assert bounded(name, content()) == (["mot"], "text", False)


def test_what_was_read_before_the_damage_is_kept(bounded):
    show = (
        "<d:page><t:p>Première</t:p></d:page><d:page><t:p>Deuxième</t:p></d:page><d:page><t:p>Troi</t:p><t:p></d:page>"
    )
    assert bounded("a.odp", made.opendocument("presentation", show)) == (["Première", "Deuxième", "Troi"], "text", True)


def test_nothing_of_the_server_comes_into_a_text(bounded, tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'
    for name, content in (
        ("a.docx", made.docx("<w:p><w:r><w:t>avant &s; après</w:t></w:r></w:p>", entity)),
        ("a.docx", made.docx(LAUGH, LAUGHS)),
        ("a.odt", made.opendocument("text", "<t:p>avant &s; après</t:p>", entity)),
        ("a.pptx", made.archive({"ppt/presentation.xml": f"{entity}<p>&s;</p>"})),
        ("a.html", f"{entity}<p>&s;<img src='file://{tmp_path}/secret'>".encode()),
    ):
        text = "".join(bounded(name, content).pages)
        assert SECRET not in text and "aïe" not in text


@pytest.mark.parametrize(
    "name",
    ["compte.doc", "compte.docx", "compte.odt", "compte.pdf", "compte.rtf", "budget.xls", "budget.xlsx", "expose.ppt"],
)
def test_a_damaged_file_ends_like_another(bounded, name):
    sound, chance = made.document(name), random.Random(name)  # noqa: S311  # damages, not secrets
    for _ in range(4):
        damaged = bytearray(sound)
        for _ in range(40):
            damaged[chance.randrange(16, len(damaged))] = chance.randrange(256)
        assert bounded(name, bytes(damaged)).state in extraction.STATES


def run(monkeypatch, program):
    """Run another program in place of the one that reads."""
    monkeypatch.setattr(extraction, "PROGRAM", "import sys; sys.path.insert(0, sys.argv[1])\n" + program)


def test_a_file_that_never_ends_is_stopped_and_what_it_gave_is_kept(monkeypatch, read):
    run(monkeypatch, "from reader import limits, main; limits.CPU_SECONDS = 1; main.main(sys.argv[2])")
    found = read("a.html", b"<p>Titre</p>" + b"<b>" * 4_000_000)
    assert found == (["Titre"], "text", True)


def test_a_library_that_never_answers_is_killed(monkeypatch, read):
    start = time.monotonic()
    run(
        monkeypatch,
        "import signal; from reader import limits; limits.CPU_SECONDS = 1\nlimits.seal()\n"
        "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
    )
    assert read("a.txt", b"mot") == ([], "failed", False)
    assert time.monotonic() - start < extraction.WALL_SECONDS


def test_time_stops_the_process_and_all_those_it_has_started(monkeypatch, read):
    monkeypatch.setattr(extraction, "WALL_SECONDS", 1)
    run(
        monkeypatch,
        "import os, subprocess, time\n"
        "other = subprocess.Popen(['sleep', '600'], env={'PATH': '/usr/bin:/bin'})\n"
        "os.write(1, b'%d' % other.pid)\ntime.sleep(600)",
    )
    found = read("a.txt", b"mot")
    assert (found.state, found.cut) == ("text", True)
    for _ in range(100):
        if not psutil.pid_exists(int(found.pages[0])) or psutil.Process(int(found.pages[0])).status() == "zombie":
            return
        time.sleep(0.1)
    raise AssertionError("the process that it had started still runs")


def test_a_process_that_writes_without_end_is_stopped(monkeypatch, bounded):
    run(monkeypatch, "import os\nwhile True: os.write(1, b'mot ' * 10000)")
    assert bounded("a.txt", b"mot").cut


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        (b"", ([], "failed", False)),
        (b"\0text", ([], "text", False)),
        (b"un\f\fde\0text+", (["un", "", "de"], "text", True)),
        (b"un\f", (["un"], "text", True)),
        (b"\f\f", ([], "failed", False)),
        (b"un\f\0n'importe quoi\xff+", (["un"], "text", True)),
        (b"un\f\0failed+", ([], "failed", False)),
        (b"\xff\f\0empty", (["\ufffd"], "empty", False)),
        (b"\f" * 3_000 + b"\0scan", ([""] * extraction.PAGES_MAX, "scan", False)),
    ],
)
def test_what_a_process_sends_is_never_believed(sent, understood):
    assert extraction._understood(sent) == understood


ATTEMPTS = """
import ctypes, json, os, resource, socket, subprocess
from reader import limits, office, opendocument, pdf, plain, rtf, slides
if sys.argv[2] == "html":
    limits.pyseccomp = None
environ, held = dict(os.environ), os.listdir("/proc/self/fd")
limits.seal()
def attempt(do):
    try:
        do()
    except (OSError, ValueError) as error:
        return type(error).__name__
    return "done"
said = {
    "open": attempt(lambda: open("/etc/hostname")),
    "write": attempt(lambda: open("/tmp/x", "w")),
    "list": attempt(lambda: os.listdir("/")),
    "connect": attempt(lambda: socket.socket()),
    "pipe": attempt(os.pipe),
    "raise": attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))),
    "delete": attempt(lambda: os.unlink("/nonexistent/x")),
    "signal": attempt(lambda: os.kill(os.getppid(), 0)),
}
if limits.pyseccomp:
    said["fork"] = attempt(os.fork)
    said["program"] = attempt(lambda: os.execv("/bin/true", ["true"]))
os.write(1, json.dumps([said, environ, held]).encode())
"""


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_the_process_that_reads_can_do_nothing_else(monkeypatch, read, name):
    run(monkeypatch, ATTEMPTS)
    monkeypatch.setenv("DB_PASSWORD", SECRET)
    said, environ, held = json.loads(read(name, b"mot").pages[0])
    filtered = name == "a.txt"
    assert said.pop("raise") == "ValueError"
    if filtered:
        assert set(said.values()) == {"PermissionError"}
    else:
        # Without libseccomp: no file and no connection still.
        assert {said[what] for what in ("open", "write", "list", "connect", "pipe")} == {"OSError"}
    assert SECRET not in environ.values() and not {"DB_PASSWORD", "HOME", "PATH"} & set(environ)
    # Its three, and the one that lists them.
    assert len(held) == 4
