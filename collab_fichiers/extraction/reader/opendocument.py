"""Texts, spreadsheets and presentations of LibreOffice (OpenDocument 1.3, part 3), with headers, footers, notes and
comments, without what a tracked change has deleted."""

from . import package
from .contract import Corrupt, Locked

TABLE_NAME = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 name"


def read(file, output, kind):
    """
    :raises Locked: opening it takes a password
    :raises Corrupt: it is not OpenDocument
    """
    archive = package.opened(file)
    package.walk(archive, "META-INF/manifest.xml", _Manifest())
    if kind != "odp":
        # Headers and footers. Those of a presentation are models, filled with examples.
        package.walk(archive, "styles.xml", _Styles(output))
    if "content.xml" not in archive.NameToInfo:
        raise Corrupt
    package.walk(archive, "content.xml", BODIES[kind](output))


class _Manifest(package.Handler):
    """Tells whether a password protects the parts (part 2, 4.4)."""

    def __init__(self):
        super().__init__(None)

    def enter(self, name, attributes):
        if name == "encryption-data":
            raise Locked


class _Body(package.Handler):
    """The document itself."""

    holders = frozenset({"p", "h", "creator"})
    # What is deleted, or is a number that changes by itself.
    skipped = frozenset({"tracked-changes", "note-citation", "page-number", "page-count", "sheet-name"})
    # Runs of spaces are one in the end: their number does not matter.
    before = {"s": " ", "tab": "\t", "line-break": "\n", "note": " ", "annotation": "\n", "frame": "\n"}
    after = {
        "p": "\n",
        "h": "\n",
        "creator": "\n",
        "table-cell": "\t",
        "table-row": "\n",
        "footer-decl": "\n",
        "note": " ",
    }
    # A comment also holds a date and initials.
    apart = frozenset({"annotation"})
    cell, paragraph = "table-cell", "p"


class _Sheets(_Body):
    """A spreadsheet. A cell that is repeated is written once."""

    def enter(self, name, attributes):
        if name == "table" and TABLE_NAME in attributes:
            self._output.add("\n" + attributes[TABLE_NAME] + "\n")


class _Styles(_Body):
    """Headers and footers, which stand among the styles of pages."""

    holders = frozenset()
    pieces = frozenset({"header", "header-left", "header-first", "footer", "footer-left", "footer-first"})

    def enter(self, name, attributes):
        self._holding += name in self.pieces

    def leave(self, name):
        self._holding -= name in self.pieces


class _Slides(_Body):
    """A presentation: each slide, with the notes of the speaker."""

    holders = _Body.holders | {"footer-decl", "header-decl"}

    def __init__(self, output):
        super().__init__(output)
        self._slides = 0

    def enter(self, name, attributes):
        if name == "page":
            if self._slides:
                self._output.next_page()
            self._slides += 1


BODIES = {"odt": _Body, "ods": _Sheets, "odp": _Slides}
