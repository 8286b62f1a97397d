"""Documents that are zip archives of XML parts, read as they are unpacked: no part is ever whole in memory."""

import codecs
import zipfile
import zlib
from xml.parsers import expat

from .contract import Corrupt, Locked

PIECE_BYTES = 64 * 1024
# The compound file in which Office puts a document that a password protects (MS-OFFCRYPTO 2.3.4.4).
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
IS_ENCRYPTED = 1  # bit of a member of an archive (APPNOTE 4.4.4)
# The encoding of names in an archive: Python finds it on disk at its first use.
codecs.lookup("cp437")


def opened(file):
    """
    :param BinaryIO file: the document
    :return zipfile.ZipFile: its parts
    :raises Locked: a password protects it
    :raises Corrupt: it is not a zip archive
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        file.seek(0)
        content = file.read()
        locked = content.startswith(COMPOUND) and ENCRYPTED_PART in content
        raise Locked if locked else Corrupt from error
    if any(member.flag_bits & IS_ENCRYPTED for member in archive.infolist()):
        raise Locked
    return archive


def walk(archive, part, handler):
    """Read a part from its beginning to its end.

    :param zipfile.ZipFile archive: the document
    :param str part: name; nothing is read if the document has no such part
    :param handler: told ``start(name, attributes)``, ``end(name)`` and ``text(words)``. Names are without namespace;
        those of attributes, with it: "namespace name"
    :raises Corrupt: it is not XML, or declares a type of document: entities would come with it, of any size and place
    """
    if part not in archive.NameToInfo:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: handler.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.text
    try:
        with archive.open(part) as content:
            while piece := content.read(PIECE_BYTES):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Corrupt from error


def _local(name):
    return name.rpartition(" ")[2]


def _refuse(*_declaration):
    raise Corrupt


class Handler:
    """Writes the text of a part. Elements have the names of the format, without namespace."""

    # Where text is; elements whose text is not wanted; what is written before and after an element.
    holders = frozenset()
    skipped = frozenset()
    before = {}
    after = {}
    # Text in the middle of another, such as a comment, that has holders of its own.
    apart = frozenset()
    # A cell of a table, whose paragraphs are written on the line of its row.
    cell = paragraph = None

    def __init__(self, output):
        self._output = output
        self._skipping = self._holding = self._cells = 0
        self._held = []

    def start(self, name, attributes):
        if self._skipping or name in self.skipped:
            self._skipping += 1
            return
        if name in self.apart:
            self._held.append(self._holding)
            self._holding = 0
        if name in self.holders:
            self._holding += 1
        self._cells += name == self.cell
        self.enter(name, attributes)
        if name in self.before:
            self._output.add(self.before[name])

    def end(self, name):
        if self._skipping:
            self._skipping -= 1
            return
        if name in self.holders:
            self._holding -= 1
        if name in self.apart:
            self._holding = self._held.pop()
        self._cells -= name == self.cell
        if name == self.paragraph and self._cells:
            self._output.add(" ")
        elif name in self.after:
            self._output.add(self.after[name])
        self.leave(name)

    def text(self, words):
        if self._holding and not self._skipping:
            self._output.add(words)

    def enter(self, name, attributes):
        """Do what else must be done as an element begins."""

    def leave(self, name):
        """Do what else must be done as an element ends."""
