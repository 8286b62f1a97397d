"""What is found in the files of members, format by format."""

import datetime
import io
import unicodedata

import docx as python_docx
import extraction
import pypdf
import pytest
import xlsxwriter
from PIL import Image
from pptx import Presentation
from pptx.util import Cm
from production.stack import LOCAL
from reportlab.pdfgen import canvas

from . import made


@pytest.mark.parametrize("extension", ["odt", "docx", "doc", "rtf"])
def test_a_letter_is_found_whole_with_headers_notes_and_comments(read, extension):
    found = read(f"compte.{extension}")
    [text] = found.pages
    assert [word for word in made.WORDS["compte"] if word not in text] == []
    assert (found.state, found.cut) == ("text", False)
    # What somebody has deleted is nobody's to find; nor the date and the marks of a comment.
    assert made.DELETED not in text and "2026" not in text


def test_a_line_of_a_table_is_a_line_of_text(read):
    for extension in ("odt", "docx", "rtf"):
        assert "Cellule-castor Cellule-loutre\nCellule-ragondin Cellule-vipère" in read(f"compte.{extension}").pages[0]
    assert "Cellule-castor Cellule-loutre" in read("expose.odp").pages[2]


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        ("ods", "épervier castor 12500.5 répété loutre 14/03/2026 buse vipère lézard marécage goéland"),
        ("xlsx", "épervier castor 12500.5 répété loutre 2026-03-14 buse vipère lézard marécage goéland"),
        ("xls", "épervier castor 12500.5 répété loutre 2026-03-14 buse vipère lézard"),
    ],
)
def test_a_budget_is_found_with_the_names_of_its_sheets(read, extension, words):
    found = read(f"budget.{extension}")
    [text] = found.pages
    assert [word for word in words.split() if word not in text] == []
    assert found.state == "text"


def test_the_result_of_a_formula_is_found_and_not_the_formula(read):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Bilan")
        sheet.write_formula("A1", '=CONCATENATE("a","b")', value="Total des aides")
        sheet.write_datetime("A2", datetime.date(2026, 3, 14), book.add_format({"num_format": "d/m/yy"}))
        sheet.write_rich_string("A3", "Pont-", book.add_format({"bold": True}), "Rousseau")
    [text] = read("bilan.xlsx", content.getvalue()).pages
    assert "Bilan" in text and "Total des aides" in text and "2026" in text and "Pont-Rousseau" in text
    assert "CONCATENATE" not in text


@pytest.mark.parametrize(
    ("extension", "first"),
    [
        ("odp", "étincelle triton brochet lézard goéland"),
        ("pptx", "étincelle triton brochet lézard goéland"),
        ("ppt", "étincelle triton"),
        ("pdf", None),
    ],
)
def test_a_slide_is_a_page_even_an_empty_one(read, extension, first):
    found = read(f"expose.{extension}") if first else read("compte.pdf")
    assert len(found.pages) == 3 and found.state == "text"
    if first:
        assert [word for word in first.split() if word not in found.pages[0]] == []
        assert found.pages[1] == "" and "castor" in found.pages[2] and "loutre" in found.pages[2]
    else:
        assert "Commentaire-lézard" in found.pages[0] and "Seconde page" in found.pages[1]


def test_slides_come_in_the_order_of_the_presentation(read):
    show = Presentation()
    for word in ("Trois", "Un", "Deux"):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, Cm(5), Cm(2)).text_frame.text = word
        slide.notes_slide.notes_text_frame.text = f"dire {word}"
    order = show.slides._sldIdLst
    order.append(order[0])
    content = io.BytesIO()
    show.save(content)
    assert read("ordre.pptx", content.getvalue()).pages == ["Un\ndire Un", "Deux\ndire Deux", "Trois\ndire Trois"]


def test_a_word_that_is_written_in_pieces_is_one_word(read):
    body = "<w:p><w:r><w:t>Pré</w:t></w:r><w:proofErr/><w:r><w:t>carité</w:t></w:r></w:p><w:p/>"
    body += "<w:sdt><w:sdtContent><w:p><w:r><w:t>Choix d'une liste</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body += "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:moveFrom><w:r><w:t>avant</w:t></w:r></w:moveFrom>"
    body += "<w:moveTo><w:r><w:t>après</w:t></w:r></w:moveTo></w:p>"
    assert read("formulaire.docx", made.docx(body)).pages == ["Précarité\nChoix d'une liste\naprès"]
    cut = "<t:p>Pré<t:span>cari</t:span>té<t:s t:c='2000000000'/>forte<t:line-break/>durable</t:p>"
    assert read("mot.odt", made.opendocument("text", cut)).pages == ["Précarité forte\ndurable"]


def test_a_cell_that_is_repeated_a_billion_times_is_found_once(read):
    row = '<b:table b:name="Plan"><b:table-row b:number-rows-repeated="1048576"><b:table-cell'
    row += ' b:number-columns-repeated="16384"><t:p>vide</t:p></b:table-cell></b:table-row></b:table>'
    assert read("plan.ods", made.opendocument("spreadsheet", row)).pages == ["Plan\nvide"]


def test_a_file_made_by_other_programs_is_found_by_its_name(read):
    assert read("rezippe.odt", mimetype="application/zip").pages == ["Bonjour"]
    document = python_docx.Document()
    document.add_paragraph("Grille d'accueil")
    content = io.BytesIO()
    document.save(content)
    assert read("grille.docx", content.getvalue(), "application/octet-stream").pages == ["Grille d'accueil"]


def test_a_pdf_is_found_with_its_comments_and_what_is_typed_in_it(read):
    content = io.BytesIO()
    page = canvas.Canvas(content)
    page.drawString(50, 700, "Demande de partici-")
    page.drawString(50, 686, "pation de la structure aux frais de formation")
    page.acroForm.textfield(name="nom", value="Amélie Retière", x=50, y=600, width=200, height=20)
    page.textAnnotation("Revoir le budget", Rect=[50, 500, 80, 520])
    page.linkURL("https://lien.example", (10, 10, 20, 20))
    page.save()
    assert read("demande.pdf", content.getvalue()).pages == [
        "Demande de participation de la structure aux frais de formation\nAmélie Retière\nRevoir le budget"
    ]


def test_a_real_document_is_found_page_by_page():
    path = LOCAL / "documents/usr/share/debian-reference/debian-reference.fr.pdf"
    found = extraction.extract(path, "application/pdf", path.name)
    assert len(found.pages) == 265 and found.state == "text" and not found.cut
    assert found.pages[1] == "Référence Debian i\nRéférence Debian\nOsamu Aoki"
    assert found.pages[100].startswith("Référence Debian 73 / 237\n")


def scanned(words):
    """:return bytes: a PDF of three pages that are pictures, with these words on each"""
    content = io.BytesIO()
    document = canvas.Canvas(content)
    for _ in range(3):
        document.drawInlineImage(Image.new("L", (60, 85), 255), 0, 0, 595, 842)
        document.drawString(20, 20, words)
        document.showPage()
    document.save()
    return content.getvalue()


def test_a_scan_is_told_from_a_text_and_from_nothing(read):
    found = read("scan.pdf", scanned("Page 1/3"))
    assert found == (["Page 1/3"] * 3, "scan", False)
    # A picture behind a text is not a scan; nor are a few words without a picture.
    assert read("affiche.pdf", scanned("Journée des chantiers d'insertion à Châteaubriant")).state == "text"
    assert read("mot.pdf", made.pdf(1, b"BT /F1 12 Tf 50 700 Td (Bonjour) Tj ET")) == (["Bonjour"], "text", False)
    assert read("blanc.pdf", made.pdf(2, b"")) == (["", ""], "empty", False)


@pytest.mark.parametrize(
    "content",
    [
        "L’été à Nantes\r\n\r\n\r\nœuvre\tcœur\u00a0: 12\u202f000\u00a0€",
        unicodedata.normalize("NFD", "L’été à Nantes\rœuvre   cœur : 12 000 €"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_is_read_as_it_was_written(read, content, encoding):
    if encoding == "cp1252":
        content = unicodedata.normalize("NFC", content).replace("\u202f", "\u00a0")
    for name in ("note.txt", "liste.csv"):
        assert read(name, content.encode(encoding)) == (["L’été à Nantes\nœuvre cœur : 12 000 €"], "text", False)


def test_a_page_of_the_web_is_found_without_its_scripts(read):
    page = (
        "<html><head><title>Fiche</title><style>p{color:red}</style><script>let secret = '<p>';</script></head><body>"
        "<p>R&eacute;union du&nbsp;<b>co</b>mit&#233;<br>à Laval<!-- caché --><table><tr><td>Un<td>Deux</table></html>"
    )
    for encoding in ("utf-8", "cp1252", "utf-16"):
        assert read("fiche.html", page.encode(encoding)).pages == ["Fiche\nRéunion du comité\nà Laval\nUn Deux"]
    assert read("balise.txt", b"Coller <title>Accueil</title>", "text/html").pages == ["Coller <title>Accueil</title>"]


def test_rich_text_is_read_in_every_way_to_write_a_letter(read):
    letter = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Secret}}caf\'e9 \u233?t\uc0\u233 "
    letter += rb"\uc1 {\*\inconnu secret}\u-10179?\u-8704?{\pict\bin6 {}\'x{}}\emdash fin{\deleted secret}\par\~suite}"
    assert read("lettre.rtf", letter).pages == ["café été😀—fin\nsuite"]


def test_the_text_can_be_kept_and_shown(read):
    found = read("marques.txt", "a\0b\x07c\ufeffd\u200be\u00adf\f\x0bg \uf0b7 h".encode("utf-16"))
    assert found.pages == ["a b cdef\ng h"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.txt", b""),
        ("vide.docx", made.docx("<w:p/>")),
        ("vide.odt", made.opendocument("text", "<t:p/>")),
        ("espaces.csv", b"\xa0 \r\n"),
    ],
)
def test_a_file_without_a_word_is_empty(read, name, content):
    found = read(name, content)
    assert found.state == "empty" and "".join(found.pages) == ""


def test_a_password_is_told(read):
    letter, book = (bytearray(made.document(name)) for name in ("compte.doc", "budget.xls"))
    # fEncrypted of the beginning of a document (MS-DOC 2.5.2); a second record FilePass (MS-XLS 2.4.117)
    letter[letter.index(b"\xec\xa5") + 11] |= 1
    book[book.index(b"\x09\x08\x10\0") + 20] = 0x2F
    book[book.index(b"\x09\x08\x10\0") + 21] = 0
    document = pypdf.PdfWriter()
    document.add_blank_page(100, 100)
    document.encrypt("secret", algorithm="AES-256")
    content = io.BytesIO()
    document.write(content)
    manifest = '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    locked = made.archive({"content.xml": b"\x8f" * 100, "META-INF/manifest.xml": manifest})
    for name, held, mimetype in (
        ("lettre.doc", bytes(letter), None),
        ("budget.xls", bytes(book), None),
        ("paie.pdf", content.getvalue(), None),
        ("paie.odt", locked, None),
        ("paie.ods", made.protected(made.opendocument("spreadsheet", "")), None),
        ("protege.xlsx", None, "application/encrypted"),
        ("protege.pptx", made.document("protege.xlsx"), "application/encrypted"),
    ):
        assert read(name, held, mimetype) == ([], "locked", False), name


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("photo.jpg", "image/jpeg"),
        ("dessin.svg", "image/svg+xml"),
        ("film.mp4", "video/mp4"),
        ("tout.zip", "application/zip"),
        ("compte.docx", "image/png"),
        ("dossier.7z", "application/x-7z-compressed"),
        ("inconnu", "application/octet-stream"),
    ],
)
def test_what_has_no_text_is_not_read(read, name, mimetype):
    assert read(name, b"x", mimetype) == ([], "none", False)
