"""Write a document in the format that its name says, with the library of that format."""

import io
import os

import docx
import openpyxl
import pptx
from odf import opendocument
from odf import text as odf_text
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer


def _pdf(title, parts, target):
    styles = getSampleStyleSheet()
    story = [Paragraph(title, styles["Title"]), Spacer(1, 12)]
    for heading, lines in parts:
        story.append(Paragraph(heading, styles["Heading2"]))
        story += [Paragraph(line, styles["BodyText"]) for line in lines]
    SimpleDocTemplate(target, pagesize=A4, title=title, lang="fr").build(story)


def _docx(title, parts, target):
    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, 0)
    for heading, lines in parts:
        document.add_heading(heading, 1)
        for line in lines:
            document.add_paragraph(line)
    document.save(target)


def _odt(title, parts, target):
    document = opendocument.OpenDocumentText()
    document.text.addElement(odf_text.H(outlinelevel=1, text=title))
    for heading, lines in parts:
        document.text.addElement(odf_text.H(outlinelevel=2, text=heading))
        for line in lines:
            document.text.addElement(odf_text.P(text=line))
    document.write(target)


def _xlsx(title, parts, target):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Grille"
    sheet.append([title])
    for heading, lines in parts:
        sheet.append([])
        sheet.append([heading])
        for line in lines:
            # Numbers as numbers: a formula of the sheet may add them.
            sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(" | ")])
    book.save(target)


def _pptx(title, parts, target):
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[0])
    first.shapes.title.text = title
    for heading, lines in parts:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text = "\n".join(lines)
    show.save(target)


WRITERS = {".pdf": _pdf, ".docx": _docx, ".odt": _odt, ".xlsx": _xlsx, ".pptx": _pptx}


def write(name, title, parts):
    """Write a document.

    :param str name: file name; its extension says the format
    :param str title: its title
    :param list[tuple[str, list[str]]] parts: headings, each with its paragraphs, or its lines with `` | `` between
        the cells of a table
    :return bytes: the content
    """
    target = io.BytesIO()
    WRITERS[os.path.splitext(name)[1]](title, parts, target)
    return target.getvalue()
