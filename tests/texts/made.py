"""Documents that the tests write themselves."""

import gzip
import io
import pathlib
import struct
import zipfile
import zlib

import extraction

DOCUMENTS = pathlib.Path(__file__).parent / "documents"
# A word per place of the documents that are kept, and the one that a tracked change has deleted.
WORDS = {
    "compte": (
        "étincelle Châteaubriant écureuil l’accueil chouette rainette castor loutre ragondin vipère salamandre cœur"
        " brochet anguille marécage goéland lézard"
    ).split(),
    "budget": "épervier castor 12500 répété loutre 2026 buse vipère lézard marécage goéland".split(),
    "expose": "étincelle triton goéland lézard brochet castor loutre".split(),
}
DELETED = "hérisson"
# What libmagic says of these contents, by extension.
TYPES = {
    **{kind: mimetype for mimetype, kind in reversed(extraction.KINDS.items())},
    "ppt": "application/x-ole-storage",
    "txt": "text/plain",
    "csv": "text/csv",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"


def document(name):
    """:return bytes: one of the documents that are kept, compressed or not"""
    path = DOCUMENTS / name
    return path.read_bytes() if path.exists() else gzip.decompress((DOCUMENTS / f"{name}.gz").read_bytes())


def docx(body, before="", **parts):
    """
    :param str | Repeated body: XML of the document, where ``w`` is the namespace
    :param str before: what stands between the declaration and the document
    :param parts: more of them, by name, with __ for /
    :return bytes: a document of Word
    """
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{WORD}"><w:body>'
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONSHIPS,
            "word/document.xml": around(head, body, "</w:body></w:document>"),
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )


def opendocument(kind, body, before=""):
    """
    :param str kind: "text", "spreadsheet" or "presentation"
    :param str | Repeated body: XML of the document, where ``o``, ``t``, ``b`` and ``d`` are the namespaces
    :param str before: what stands between the declaration and the document
    :return bytes: a document of LibreOffice
    """
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}"'
        f' xmlns:b="{TABLE}" xmlns:d="{DRAW}"><o:body><o:{kind}>'
    )
    content = around(head, body, f"</o:{kind}></o:body></o:document-content>")
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


class Repeated:
    """A content of any size that is made at once: one piece is compressed, and taken many times."""

    def __init__(self, head, piece, times, tail):
        """Each of the three is str or bytes."""
        self.head, self.piece, self.tail = (
            part if isinstance(part, bytes) else part.encode() for part in (head, piece, tail)
        )
        self.times = times

    def deflated(self):
        """:return bytes: compressed, without head nor sum"""
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        head = compressor.compress(self.head) + compressor.flush(zlib.Z_FULL_FLUSH)
        piece = compressor.compress(self.piece) + compressor.flush(zlib.Z_FULL_FLUSH)
        return head + piece * self.times + compressor.compress(self.tail) + compressor.flush()

    def sum(self):
        """:return int: CRC-32 of the whole"""
        found = zlib.crc32(self.head)
        for _ in range(self.times):
            found = zlib.crc32(self.piece, found)
        return zlib.crc32(self.tail, found)

    def __len__(self):
        return len(self.head) + len(self.piece) * self.times + len(self.tail)


def around(head, body, tail):
    """:return str | Repeated: the three together"""
    if isinstance(body, str):
        return head + body + tail
    return Repeated(head.encode() + body.head, body.piece, body.times, body.tail + tail.encode())


def archive(parts):
    """:return bytes: a zip archive of these contents, by name (APPNOTE 4.3)"""
    written, index = io.BytesIO(), b""
    for name, content in parts.items():
        if isinstance(content, Repeated):
            packed, crc, size = content.deflated(), content.sum(), len(content)
        else:
            content = content if isinstance(content, bytes) else content.encode()
            packed, crc, size = zlib.compress(content)[2:-4], zlib.crc32(content), len(content)
        facts = struct.pack("<5H3I2H", 20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0)
        index += b"PK\1\2\x14\0" + facts + struct.pack("<3H2I", 0, 0, 0, 0, written.tell()) + name.encode()
        written.write(b"PK\3\4" + facts + name.encode() + packed)
    start = written.tell()
    end = struct.pack("<4H2IH", 0, 0, len(parts), len(parts), len(index), start, 0)
    return written.getvalue() + index + b"PK\5\6" + end


def protected(document):
    """:return bytes: the same archive, whose members say that they have a password (bit 0 of their flags)"""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        starts = [document.rindex(b"PK\1\2", 0, document.rindex(name.encode())) for name in parts.namelist()]
    changed = bytearray(document)
    for start in starts:
        changed[start + 8] |= 1
    return bytes(changed)


def pdf(pages, content, compressed=False):
    """
    :param int pages: how many, all the same
    :param bytes content: what draws a page; of zlib if compressed
    :return bytes: a PDF
    """
    kids = b" ".join(b"%d 0 R" % (rank + 5) for rank in range(pages))
    packed = b"/Filter/FlateDecode" if compressed else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        FONT,
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), packed, content),
        *[PAGE] * pages,
    ]
    written, places = bytearray(b"%PDF-1.7\n"), []
    for rank, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (rank, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(written)
