"""The attendance sheet of a date, as a file to print and to sign."""

import io
from functools import lru_cache, partial
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from odoo.tools import file_path

# Odoo ships it; it has the letters of all the languages of Europe, which those of PDF itself have not.
FONT, BOLD = "OpenSans-Regular", "OpenSans-Bold"
MARGIN, ROW = 15 * mm, 11 * mm
COLUMNS = (55 * mm, 45 * mm, 32 * mm, 48 * mm)
INK, LINE, GROUND = HexColor("#1d2733"), HexColor("#8a94a0"), HexColor("#f0eee7")
# Lines for those who come without having said so.
EMPTY_MIN = 5


class Signer(NamedTuple):
    """Who signs on a line."""

    name: str
    organisation: str
    city: str


@lru_cache(maxsize=1)
def _register_fonts():
    for name in (FONT, BOLD):
        file = name.replace("OpenSans", "Open_Sans")
        registerFont(TTFont(name, file_path(f"web/static/fonts/google/Open_Sans/{file}.ttf")))


def attendance_sheet(title, facts, signers, words):
    """
    :param str title: of the date
    :param list[str] facts: when, where, who organises it
    :param list[Signer] signers: those who are expected
    :param dict words: ``sheet`` (what it is), ``head`` (names of the columns), ``page`` (a function that
        numbers one of them)
    :return bytes: PDF
    """
    _register_fonts()
    # Written twice: the first time counts the pages.
    _content, total = _written(title, facts, signers, words, "")
    content, _total = _written(title, facts, signers, words, total)
    return content


def _written(title, facts, signers, words, total):
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        title=f"{words['sheet']} – {title}",
        lang="fr",
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN),
    )
    foot = partial(_write_foot, words=words, title=title, total=total)
    document.build(_story(title, facts, signers, words), onFirstPage=foot, onLaterPages=foot)
    return target.getvalue(), document.page


def _story(title, facts, signers, words):
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=10, leading=13, textColor=INK)
    bold = ParagraphStyle("bold", parent=plain, fontName=BOLD)
    heading = ParagraphStyle("heading", parent=bold, fontSize=16, leading=20)

    def said(text, style=plain):
        return Paragraph(escape(text), style)

    head = [said(word, bold) for word in words["head"]]
    rows = [[said(signer.name, bold), said(signer.organisation), said(signer.city), ""] for signer in signers]
    rows += [[""] * len(COLUMNS)] * EMPTY_MIN
    # Rows as high as a signature, or as the longest of their texts.
    table = Table([head, *rows], COLUMNS, [None, *([None] * len(signers)), *([ROW] * EMPTY_MIN)], repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), GROUND),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 1), (-1, len(signers)), 3 * mm),
            ("BOTTOMPADDING", (0, 1), (-1, len(signers)), 3 * mm),
        ]
    )
    return [said(words["sheet"]), said(title, heading), *map(said, facts), Spacer(0, 6 * mm), table]


def _write_foot(canvas, document, words, title, total):
    canvas.setFont(FONT, 8)
    canvas.setFillColor(INK)
    canvas.drawString(MARGIN, MARGIN / 2, title[:80])
    page = words["page"](document.page, total)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, page)
