"""PDF, by PDFium: the text of each page, what is typed in its form, and its comments."""

import codecs
import ctypes

import pypdfium2
from pypdfium2 import raw

from .contract import PAGES_MAX, Corrupt, Locked

# Of text layer. Less is a page number, a stamp, what a scanner adds.
LETTERS_MIN = 30
# Of a page, how much is pictures when it has been scanned, in strips or whole. A logo is less.
PICTURED_MIN = 0.5
PICTURES = frozenset({raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM})
# Marks on a page that have no text of their own.
SILENT = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})
# Python finds it on disk at its first use.
UTF_16 = codecs.lookup("utf-16-le")


def read(file, output, _kind):
    """
    :return str | None: "scan" when more than half of the pages have fewer than LETTERS_MIN letters, and pictures on
        PICTURED_MIN of their surface
    :raises Locked: opening it takes a password
    :raises Corrupt: PDFium does not understand it
    """
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise Locked if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else Corrupt from error
    count, pictures = min(len(document), PAGES_MAX), 0
    for index in range(count):
        if index:
            output.next_page()
        pictures += _read_page(document, index, output)
    output.is_full = count < len(document)
    return "scan" if pictures * 2 > count else None


def _read_page(document, index, output):
    """:return bool: this page is a picture; False too when the page is broken: the others may be sound"""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return False
    layer = page.get_textpage()
    text = layer.get_text_bounded()
    is_picture = sum(map(str.isalpha, text[: 100 * LETTERS_MIN])) < LETTERS_MIN and _is_pictured(page)
    output.add(text)
    for said in _said_on(page):
        output.add("\n" + said)
    layer.close()
    page.close()
    return is_picture


def _is_pictured(page):
    """:return bool: pictures cover PICTURED_MIN of this page"""
    covered = 0
    corners = [ctypes.c_float() for _ in range(4)]
    for rank in range(raw.FPDFPage_CountObjects(page)):
        found = raw.FPDFPage_GetObject(page, rank)
        if raw.FPDFPageObj_GetType(found) in PICTURES and raw.FPDFPageObj_GetBounds(found, *corners):
            left, bottom, right, top = (corner.value for corner in corners)
            covered += (right - left) * (top - bottom)
    return covered >= PICTURED_MIN * page.get_width() * page.get_height()


def _said_on(page):
    """:return Iterator[str]: comments on a page, and values of the fields of a form"""
    for rank in range(raw.FPDFPage_GetAnnotCount(page)):
        mark = raw.FPDFPage_GetAnnot(page, rank)
        if not mark:
            continue
        kind = raw.FPDFAnnot_GetSubtype(mark)
        if kind not in SILENT:
            # PDF 32000-1, 12.5.2 and 12.7.3.1
            yield _value(mark, b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents")
        raw.FPDFPage_CloseAnnot(mark)


def _value(mark, key):
    """:return str: a text of an annotation; empty if it has none"""
    size = raw.FPDFAnnot_GetStringValue(mark, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(mark, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return UTF_16.decode(buffer.raw, "ignore")[0].rstrip("\0")
