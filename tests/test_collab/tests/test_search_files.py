import contextlib
import io
import zipfile

from PIL import Image

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_recherche.models import collab_search_file

from .searching import DOCUMENTS, Searching

READER = "odoo.addons.collab_recherche.models.collab_search_file"
JOB = "odoo.addons.base.models.ir_cron"


@tagged("post_install", "-at_install")
class TestSearchFiles(Searching, TransactionCase):
    """What is written in the files is found, each of them read once, and none stops the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._index()

    def _file(self, document):
        """:return collab.search.file: what is known of what a document holds"""
        return self.env["collab.search.file"].search([("checksum", "=", document.checksum)])

    def _extract(self, words):
        """:return str: the only one that wanda sees, without marks"""
        [row] = self._rows(self.wanda, words)
        return str(row["extract"]).replace("<mark>", "").replace("</mark>", "").replace("\xa0", " ")

    def test_the_words_of_a_file_are_found_and_the_page_is_said(self):
        document = self._deposit(self.wanda, "Compte rendu", name="compte.pdf")
        self._index()
        self._finds(self.wanda, "anguille")
        self._finds(self.wanda, "compte rendu", document)
        self._read_files()
        for words, page in (("anguille", 3), ("cœur de l'œuvre", 2), ("salamandre", 1)):
            self._finds(self.wanda, words, document)
            self.assertIn(f"page {page}", self._extract(words), words)
        self._finds(self.wanda, "hérisson", document)
        self.assertEqual((self._file(document).state, self._file(document).is_cut), ("text", False))

    def test_tables_headers_and_notes_are_found(self):
        texts = {name: self._deposit(self.wanda, name, name=name) for name in ("compte.docx", "compte.odt")}
        self._read_files()
        for words in ("ragondin", "marécage", "brochet", "écureuil", "Châteaubriant", "lézard"):
            self._finds(self.wanda, words, *texts.values())
        self._finds(self.wanda, "hérisson")
        for row in self._rows(self.wanda, "ragondin"):
            self.assertIn("<mark>ragondin</mark>", row["extract"])
            self.assertNotRegex(row["extract"], r"page.\d", "these have none")

    def test_a_file_that_is_in_two_documents_is_read_once(self):
        read = []

        def extract(*args):
            read.append(args)
            return original(*args)

        original = collab_search_file.extract
        self.patch(collab_search_file, "extract", extract)
        first = self._deposit(self.wanda, "Le premier", name="compte.odt")
        second = self._deposit(self.greta, "Le second", name="compte.odt")
        self._read_files()
        self.assertEqual(len(read), 1)
        self._finds(self.wanda, "ragondin", first, second)
        third = self._deposit(self.bea, "Le troisième", name="compte.odt")
        self._read_files()
        self.assertEqual(len(read), 1)
        self._finds(self.wanda, "ragondin", first, second, third)
        self.assertEqual(len(self._file(first).link_ids), 3)
        # It stays as long as one of them does.
        (first | second).sudo().unlink()
        self._index()
        self.env["collab.search.file"]._gc_left()
        self._finds(self.wanda, "ragondin", third)

    def test_a_file_that_is_joined_to_an_answer_is_found_with_the_question_and_its_name_is_said(self):
        question = self._ask(self.wanda, "Une question", "x")
        answer = self._answer(self.greta, question, "Voici.")
        content = b"Le tarif du klaxon"
        upload = self._of(self.greta)["collab.upload"]._start("tarifs.txt", len(content))
        upload._append(0, io.BytesIO(content))
        self._of(self.greta)["collab.forum.attachment"]._attach(self._by(self.greta, answer), upload)
        self._read_files()
        self._finds(self.wanda, "klaxon", question)
        self.assertIn("tarifs.txt", self._extract("klaxon"))
        self._by(self.ada, answer)._hide("x")
        self._index()
        self._finds(self.wanda, "klaxon")

    def test_another_file_in_the_place_of_the_first_one(self):
        document = self._deposit(self.wanda, "Notice", content=b"Une camionnette")
        self._read_files()
        content = b"Une fourgonnette"
        upload = self._of(self.wanda)["collab.upload"]._start("suite.txt", len(content))
        upload._append(0, io.BytesIO(content))
        upload._replace(self._by(self.wanda, document))
        self._read_files()
        self._finds(self.wanda, "camionnette")
        self._finds(self.wanda, "fourgonnette", document)

    # Those that cannot be read

    def _scan(self):
        """:return bytes: a PDF of one picture"""
        content = io.BytesIO()
        Image.new("RGB", (600, 800), (250, 250, 250)).save(content, "PDF")
        return content.getvalue()

    def _bomb(self):
        """:return bytes: a document of Word that is a hundred times larger once it is open"""
        content = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._document("compte.docx"))) as sound:
            with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb:
                for name in sound.namelist():
                    long = name == "word/footnotes.xml"
                    bomb.writestr(name, b"<x>" + b" " * 80_000_000 if long else sound.read(name))
        return content.getvalue()

    def _document(self, name):
        return (DOCUMENTS / name).read_bytes()

    def test_a_file_that_cannot_be_read_says_why_and_the_others_are_read(self):
        broken = self._document("compte.odt")[:3_000]
        states = {
            "scan": self._deposit(self.wanda, "Numérisé", name="scan.pdf", content=self._scan()),
            "locked": self._deposit(self.wanda, "Protégé", name="protege.odt", content=self._protected()),
            "failed": self._deposit(self.wanda, "Abîmé", name="casse.odt", content=broken),
            "none": self._deposit(self.wanda, "Photo", name="photo.png", content=self._picture()),
            "empty": self._deposit(self.wanda, "Vide", name="vide.txt", content=b" \n "),
            "text": self._deposit(self.wanda, "Sain", name="compte.odt"),
        }
        bomb = self._deposit(self.wanda, "Bombe", name="bombe.docx", content=self._bomb())
        self._read_files()
        self.assertEqual(
            {state: self._file(document).state for state, document in states.items()}, {s: s for s in states}
        )
        self.assertNotEqual(self._file(bomb).state, "todo")
        self.assertIn(("dms.file", states["text"].id), self._hits(self.wanda, "ragondin"))
        # They are still found by what is said of them.
        for words, document in (("numérisé", states["scan"]), ("abîmé", states["failed"]), ("bombe", bomb)):
            self._finds(self.wanda, words, document)
        self.assertFalse(self.env["collab.search.file"].search([("state", "=", "todo")]))

    def _protected(self):
        """:return bytes: a document of LibreOffice whose parts say that they have a password (bit 0 of their flags)"""
        changed, at = bytearray(self._document("compte.odt")), -1
        while (at := changed.find(b"PK\1\2", at + 1)) >= 0:
            changed[at + 8] |= 1
        return bytes(changed)

    def _picture(self):
        content = io.BytesIO()
        Image.new("RGB", (20, 20), (1, 2, 3)).save(content, "PNG")
        return content.getvalue()

    def test_a_file_that_kills_its_reader_is_left_alone_after_some_tries(self):
        deadly = self._deposit(self.wanda, "Mortel", content=b"Zorglub")
        sound = self._deposit(self.wanda, "Sain", content=b"Camionnette")
        self._index()
        original, tried = collab_search_file.extract, []

        def extract(path, mimetype, name):
            with open(path, "rb") as content:
                if content.read() == b"Zorglub":
                    tried.append(name)
                    raise MemoryError
            return original(path, mimetype, name)

        self.patch(collab_search_file, "extract", extract)
        for _run in range(6):
            with contextlib.suppress(RuntimeError), mute_logger(JOB):
                self._read_files()
        self.assertEqual(len(tried), 3)
        self.assertEqual(self._file(deadly).state, "failed")
        self._finds(self.wanda, "camionnette", sound)
        self._finds(self.wanda, "mortel", deadly)

    def test_a_file_that_is_out_of_reach_for_now_is_tried_by_the_next_runs(self):
        document = self._deposit(self.wanda, "Notice", content=b"Camionnette")
        other = self._deposit(self.wanda, "Autre", content=b"Fourgonnette")
        self._index()
        original, away = collab_search_file.extract, {document.checksum}

        def extract(path, mimetype, name):
            if any(checksum in path for checksum in away):
                raise OSError("out of reach")
            return original(path, mimetype, name)

        self.patch(collab_search_file, "extract", extract)
        for _run in range(2):
            with mute_logger(READER):
                self._read_files()
            self._finds(self.wanda, "fourgonnette", other)
            self.assertEqual(self._file(document).state, "todo")
        away.clear()
        self._read_files()
        self._finds(self.wanda, "camionnette", document)
        # For ever, it is not.
        lost = self._deposit(self.wanda, "Perdu", content=b"Perdu de vue")
        away.add(lost.checksum)
        with mute_logger(READER):
            for _run in range(5):
                self._read_files()
        self.assertEqual((self._file(lost).state, self._file(lost).tries), ("failed", 3))

    def test_a_document_that_is_gone_before_its_file_is_read(self):
        document = self._deposit(self.wanda, "Notice", content=b"Camionnette")
        self._index()
        checksum = document.checksum
        document.sudo().unlink()
        self._read_files()
        self.assertFalse(self.env["collab.search.file"].search([("checksum", "=", checksum)]))

    def test_very_long_files_make_a_content_that_the_base_takes(self):
        question = self._ask(self.wanda, "Trois longs fichiers", "x")
        for number in range(3):
            text = " ".join(f"Mot{number}à{word}" for word in range(40_000)).encode()
            upload = self._of(self.wanda)["collab.upload"]._start(f"long{number}.txt", len(text))
            upload._append(0, io.BytesIO(text))
            self._of(self.wanda)["collab.forum.attachment"]._attach(self._by(self.wanda, question), upload)
        self._read_files()
        files = self.env["collab.search.entry"].search([("res_id", "=", question.id)]).link_ids.file_id
        self.assertEqual(files.mapped("state"), ["text"] * 3)
        self.assertEqual(files.mapped("is_cut"), [True] * 3)
        self._finds(self.wanda, "Mot0à7", question)
        self._finds(self.wanda, "longs fichiers", question)
