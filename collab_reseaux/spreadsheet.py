"""Read a table made with a spreadsheet, as rows of text; write one."""

import csv
import io
import unicodedata
import zipfile
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

DELIMITERS = ";,\t"
# A larger workbook is a "zip bomb", made to fill the memory: no real file of this size is accepted.
UNPACKED_MAX_BYTES = 100_000_000
# A cell that begins with one of these may be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UnreadableError(Exception):
    """The file cannot be read as a table. ``args``: "kind" (not a table), or "broken" and the number of the row."""


def read_rows(content):
    """Read the first sheet of a workbook, or a CSV file whatever its encoding and its delimiter.

    :param bytes content: XLSX (ECMA-376) or CSV (RFC 4180, and what spreadsheets make of it)
    :return Iterator[tuple[int, list[str]]]: the number of each row that is not empty, and its cells; a cell that begins
        with ``=`` may be a formula
    :raises UnreadableError:
    """
    rows = _workbook_rows(content) if content.startswith(b"PK\x03\x04") else _csv_rows(content)
    for number, cells in enumerate(rows, start=1):
        cells = [_visible(cell) for cell in cells]
        if any(cells):
            yield number, cells


def _visible(text):
    """:return str: without invisible characters, such as those that come along when a web page is copied"""
    return " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())


def _csv_rows(content):
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableError("broken", reader.line_num) from error


def _decode(content):
    """Decode the encodings that spreadsheets write: UTF-8 with or without a BOM, UTF-16 ("Unicode text"), cp1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content or content.startswith(b"%PDF"):
        raise UnreadableError("kind")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text):
    """:return str: the delimiter that cuts the first row into the most cells"""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([head], delimiter=delimiter), [])))


def _workbook_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MAX_BYTES:
                raise UnreadableError("kind")
        workbook = load_workbook(io.BytesIO(content), read_only=True)
        sheet = workbook.worksheets[0]
        # The size that the file declares may be wrong: rows would be missing.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in cells]
    except UnreadableError:
        raise
    except Exception as error:  # a damaged archive makes openpyxl raise almost anything
        raise UnreadableError("kind") from error


def _text(value):
    """:return str: the value as it would be typed: 12 rather than 12.0, dates in the French order"""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def write_workbook(head, rows, notes):
    """Write a table whose cells are all text: otherwise a spreadsheet removes the leading zeros of a SIRET or a phone.

    :param Sequence[str] head: names of the columns
    :param Iterable[Sequence[str]] rows: cells
    :param Mapping[str, Sequence[str]] notes: other sheets, by title: one line in each row
    :return bytes: XLSX
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(head)
    sheet.freeze_panes = "A2"
    for column, title in enumerate(head, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format = max(14, len(title) + 4), "@"
    for number, cells in enumerate(rows, start=2):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            # The type is forced to string: a text that begins with "=" is not a formula.
            cell.value, cell.data_type, cell.number_format = ILLEGAL_CHARACTERS_RE.sub("", value), "s", "@"
    for title, lines in notes.items():
        note = workbook.create_sheet(title)
        note.column_dimensions["A"].width = 100
        for line in lines:
            note.append([line])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def write_csv(rows):
    """Write a table that French spreadsheets open as it is, and of which they run nothing.

    :param Iterable[Sequence[str | None]] rows: cells; those of the first one name the columns
    :return bytes: CSV (RFC 4180, with semicolons), in UTF-8 with a BOM, by which spreadsheets recognize it
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell or "") for cell in cells] for cells in rows)
    return target.getvalue().encode("utf-8-sig")


def _harmless(text):
    """:return str: a text that no spreadsheet runs as a formula"""
    return f"'{text}" if text.startswith(FORMULA) else text
