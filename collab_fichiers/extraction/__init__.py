"""The text of a file, for the search. See ``reader`` for how it is read.

A file is read by a process of its own, since whoever wrote it may want to harm. That process is begun anew, with an
empty environment: it holds nothing of the server's memory, no secret, no connection. ``reader/limits.py`` says what it
can do once it reads: nearly nothing. Here, it is given the open file instead of its path, and is killed with its whole
group when it has taken too long or written too much. What it has sent until then is kept.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from .reader.contract import PAGE_END, PAGES_MAX, STATES, TEXT_MAX_BYTES

WALL_SECONDS = 20
PIECE_BYTES = 64 * 1024
# What the process sends at most: the text, the end of each page, and how it ended.
OUTPUT_MAX_BYTES = TEXT_MAX_BYTES + PAGES_MAX + 64
# Run with -I, which ignores the environment and the folder where the server was started.
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from reader.main import main; main(sys.argv[2])"

OOXML = "application/vnd.openxmlformats-officedocument."
OPENDOCUMENT = "application/vnd.oasis.opendocument."
# By media type, how a file is read.
KINDS = {
    "application/pdf": "pdf",
    f"{OOXML}wordprocessingml.document": "docx",
    f"{OOXML}spreadsheetml.sheet": "xlsx",
    f"{OOXML}presentationml.presentation": "pptx",
    f"{OPENDOCUMENT}text": "odt",
    f"{OPENDOCUMENT}spreadsheet": "ods",
    f"{OPENDOCUMENT}presentation": "odp",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "text/html": "html",
    "application/csv": "txt",
    "application/json": "txt",
}
# Types that libmagic gives to documents of several formats: the extension tells which.
VAGUE = frozenset(
    {
        "application/CDFV2",
        "application/encrypted",
        "application/octet-stream",
        "application/vnd.ms-office",
        "application/x-ole-storage",
        "application/zip",
        "inode/x-empty",
    }
)
EXTENSIONS = {**{kind: kind for kind in KINDS.values()}, "csv": "txt", "htm": "html"}


class Extracted(NamedTuple):
    """
    :param list[str] pages: texts in Unicode NFC, without NUL nor form feed. One per page of a PDF or slide of a
        presentation, empty strings included; otherwise one for the whole file
    :param str state: "text"; "scan" for a PDF that has pages but no words (see ``reader/pdf.py``); "empty"; "locked" by
        a password; "failed" when it is corrupt, refused or too slow; "none" for a kind of file without text, such as a
        picture, an archive or a video
    :param bool cut: a limit was reached before the end: the text goes no further
    """

    pages: list[str]
    state: str
    cut: bool


def extract(path, mimetype, name):
    """Read the text of a file, in a process that is bounded in every way.

    :param str path: of the file
    :param str mimetype: its media type, found from its content (``file_types.media_type``)
    :param str name: what it is called, with its extension
    :return Extracted: its text, whatever the file contains
    :raises OSError: the file cannot be opened, or no process can be started
    """
    kind = kind_of(mimetype, name)
    if not kind:
        return Extracted([], "none", False)
    with open(path, "rb") as content:
        return _understood(_sent(kind, content))


def kind_of(mimetype, name):
    """:return str | None: how a file is read; None when it has no text"""
    extension = os.path.splitext(name)[1][1:].lower()
    if mimetype in VAGUE:
        return EXTENSIONS.get(extension)
    if mimetype.startswith(("text/", "message/")) and EXTENSIONS.get(extension) in ("txt", "html"):
        # libmagic takes a text that speaks of HTML for HTML, and HTML for a text.
        return EXTENSIONS[extension]
    return KINDS.get(mimetype) or ("txt" if mimetype.startswith("text/") else None)


def _sent(kind, content):
    """:return bytes: what the process that reads a file has sent before it ended, or was killed"""
    deadline = time.monotonic() + WALL_SECONDS
    command = [sys.executable, "-I"]
    if sys.pycache_prefix:
        command += ["-X", f"pycache_prefix={sys.pycache_prefix}"]
    command += ["-c", PROGRAM, str(Path(__file__).parent), kind]
    child = subprocess.Popen(  # noqa: S603  # nothing in the command comes from a member
        command,
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        return _until(deadline, child.stdout)
    finally:
        # It has not been waited for: its group still exists, and is its own.
        os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


def _until(deadline, pipe):
    """:return bytes: all that comes from a pipe before a time, OUTPUT_MAX_BYTES at most"""
    received = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while len(received) < OUTPUT_MAX_BYTES and ready.select(max(0, deadline - time.monotonic())):
            piece = os.read(pipe.fileno(), PIECE_BYTES)
            if not piece:
                break
            received += piece
    return bytes(received[:OUTPUT_MAX_BYTES])


def _understood(sent):
    """Understand what a process has sent, even if the file has taken control of it.

    :param bytes sent: pages, each followed by PAGE_END; then NUL, the state, and "+" if the text was cut
    :return Extracted: that text
    """
    text, _, end = sent.partition(b"\0")
    pages = text.decode("utf-8", "replace").split(PAGE_END)
    # After the last page comes nothing, or the beginning of a page on which the process was stopped.
    if not pages[-1]:
        pages.pop()
    state, cut = end.rstrip(b"+").decode("ascii", "replace"), end.endswith(b"+")
    if state not in STATES:
        state, cut = ("text", True) if any(pages) else ("failed", False)
    if state in ("locked", "failed"):
        return Extracted([], state, False)
    return Extracted(pages[:PAGES_MAX], state, cut)
