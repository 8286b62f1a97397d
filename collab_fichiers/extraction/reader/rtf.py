"""Rich Text Format, as Word specifies it (version 1.9.1), with headers, footers, notes and comments, without what a
tracked change has deleted."""

import codecs
import re
from typing import NamedTuple

from .contract import Corrupt

SIGNATURE = b"{\\rtf"
DEPTH_MAX = 10_000
# A control word and its number; a byte in hexadecimal; a control symbol; a brace; text. Line ends mean nothing.
TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)", re.DOTALL
)
# Groups that hold no text of the document. Those that begin with \* hold none either, but for these.
SKIPPED = frozenset(
    "colortbl comment datastore fldinst fonttbl info listoverridetable listtable nonshppict objdata pict revtbl rsidtbl"
    " sn sp stylesheet sv template themedata xe tc".split()
)
KEPT = frozenset("annotation atnauthor footnote shpinst shptxt".split())
PIECES = frozenset(
    "header headerf headerl headerr footer footerf footerl footerr footnote annotation atnauthor shptxt".split()
)
WRITTEN = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "nestrow": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
SYMBOLS = {"~": "\N{NO-BREAK SPACE}", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
# Python finds them on disk at their first use. Another code page is read as if it were ours.
PAGES = {number: codecs.lookup(f"cp{number}") for number in (437, 850, 1250, 1252)}
MACINTOSH = codecs.lookup("mac-roman")
UTF_16 = codecs.lookup("utf-16-le")


class _Group(NamedTuple):
    """What holds until the closing brace.

    :param bool skipped: its text is not wanted
    :param bool deleted: a tracked change has deleted it
    :param int spare: how many characters stand after a Unicode one, for programs that do not know Unicode
    :param str end: what is written when it closes
    """

    skipped: bool = False
    deleted: bool = False
    spare: int = 1
    end: str = ""


def read(file, output, _kind):
    """:raises Corrupt: it is not RTF, or too deep"""
    data = file.read()
    if not data.startswith(SIGNATURE):
        raise Corrupt
    _Reader(output).run(data.decode("latin-1"))


class _Reader:
    def __init__(self, output):
        self._output = output
        self._group, self._outer = _Group(), []
        self._code_page = PAGES[1252]
        # Characters to pass over; \* has just been read; half of a pair of UTF-16.
        self._spare, self._optional, self._half = 0, False, None

    def run(self, text):
        """:param str text: the file, a character per byte"""
        position = 0
        while token := TOKEN.match(text, position):
            position = token.end()
            word, number, code, symbol, brace, words = token.groups()
            if brace:
                self._brace(brace)
            elif word == "bin":
                position += max(0, int(number or 0))
            elif word:
                self._word(word, int(number) if number else None)
            elif code:
                self._write(self._code_page.decode(bytes.fromhex(code), "replace")[0])
            elif symbol == "*":
                self._optional = True
            elif symbol:
                self._write(SYMBOLS.get(symbol, ""))
            elif words:
                self._write(self._code_page.decode(words.encode("latin-1"), "replace")[0])

    def _brace(self, brace):
        self._spare, self._optional = 0, False
        if brace == "{":
            if len(self._outer) == DEPTH_MAX:
                raise Corrupt
            self._outer.append(self._group)
            self._group = self._group._replace(end="")
        elif self._outer:
            self._write(self._group.end)
            self._group = self._outer.pop()

    def _word(self, word, number):
        optional, self._optional = self._optional, False
        if word in SKIPPED or (optional and word not in KEPT):
            self._group = self._group._replace(skipped=True)
        elif word in PIECES:
            self._write("\n")
            self._group = self._group._replace(end="\n")
        elif word in WRITTEN:
            self._write(WRITTEN[word])
        elif word == "u":
            self._unicode((number or 0) & 0xFFFF)
        elif word == "uc":
            self._group = self._group._replace(spare=max(0, number or 0))
        elif word in ("deleted", "plain"):
            self._group = self._group._replace(deleted=word == "deleted" and number != 0)
        elif word == "ansicpg":
            self._code_page = PAGES.get(number, PAGES[1252])
        elif word == "mac":
            self._code_page = MACINTOSH

    def _unicode(self, code):
        """Write a character, given by its number, or by the two halves that UTF-16 makes of it."""
        if 0xD800 <= code < 0xDC00:
            self._half = code
        else:
            self._spare = 0
            pair = [self._half, code] if self._half and 0xDC00 <= code < 0xE000 else [code]
            self._write(UTF_16.decode(b"".join(unit.to_bytes(2, "little") for unit in pair), "ignore")[0])
            self._half = None
        self._spare = self._group.spare

    def _write(self, text):
        if self._spare:
            passed = min(self._spare, len(text))
            self._spare -= passed
            text = text[passed:]
        if text and not self._group.skipped and not self._group.deleted:
            self._output.add(text)
