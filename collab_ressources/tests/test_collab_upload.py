import hashlib
import io
import os
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_fichiers.filestore import arriving, incoming_folder

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestUpload(LibraryCase):
    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()

    def _start(self, name="note.pdf", size=10, user=None):
        return self.env(user=user or self.alice, su=False)["collab.upload"]._start(name, size, "document")

    def test_pieces_make_a_file_in_the_filestore(self):
        upload = self._start(size=10)
        self.assertEqual(upload._append(0, io.BytesIO(b"%PDF-")), 5)
        self.assertEqual(upload._append(5, io.BytesIO(b"12345")), 10)
        path = upload._path()
        document = upload._deposit({"title": "Note", "directory_id": self.folder.id})
        checksum = hashlib.sha1(b"%PDF-12345", usedforsecurity=False).hexdigest()
        self.assertEqual((document.size, document.checksum, document.mimetype), (10, checksum, "application/pdf"))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.file"), ("res_id", "=", document.id), ("res_field", "=", "content_file")]
        )
        self.assertEqual(attachment.raw, b"%PDF-12345")
        self.assertTrue(os.path.exists(attachment._full_path(attachment.store_fname)))
        self.assertFalse(document.require_migration)
        self.env.flush_all()
        self.env.cr.postcommit.run()
        self.assertFalse(os.path.exists(path))

    def test_a_piece_sent_twice_counts_once(self):
        upload = self._start(size=10)
        upload._append(0, io.BytesIO(b"01234"))
        upload._append(0, io.BytesIO(b"01234"))
        self.assertEqual(upload._received(), 5)
        with self.assertRaises(UserError):
            upload._append(7, io.BytesIO(b"789"))

    def test_a_file_that_has_not_arrived_whole_is_not_deposited(self):
        upload = self._start(size=10)
        upload._append(0, io.BytesIO(b"01234"))
        with self.assertRaises(UserError):
            upload._deposit({"title": "Note", "directory_id": self.folder.id})

    def test_more_than_announced_is_refused(self):
        upload = self._start(size=3)
        with self.assertRaises(UserError):
            upload._append(0, io.BytesIO(b"0123"))

    def _refusal(self, name, size=10):
        """:return str: what a member reads when he announces such a file"""
        uploads = self.env(user=self.alice, su=False, context={"lang": "fr_FR"})["collab.upload"]
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            uploads._start(name, size, "document")
        return str(refusal.exception)

    def test_what_would_be_refused_is_refused_before_it_is_sent(self):
        for name, size, said in (
            ("vide.pdf", 0, "« vide.pdf » est vide"),
            ("film.mp4", 51 * 1024 * 1024, "« film.mp4 » est trop lourd : 50 Mo maximum."),
            ("virus.EXE", 10, "Les fichiers « .exe » ne sont pas acceptés ici."),
            ("page.html", 10, "Les fichiers « .html » ne sont pas acceptés ici."),
            ("../../etc/passwd", 10, "Le nom « ..?..?etc?passwd » ne peut pas être celui d’un fichier"),
            ("..", 10, "ne peut pas être celui d’un fichier"),
            ("nul\0.pdf", 10, "Le nom « nul?.pdf » ne peut pas être celui d’un fichier"),
            ("demi\ud83d.pdf", 10, "Le nom « demi?.pdf » ne peut pas être celui d’un fichier"),
            ("a" * 300 + ".pdf", 10, "est trop long : renommez le fichier en quelques mots."),
        ):
            with self.subTest(name[:20]):
                self.assertIn(said, self._refusal(name, size))
        self.assertFalse(self.env["collab.upload"].search_count([("create_uid", "=", self.alice.id)]))

    def test_an_emoji_in_a_name_is_welcome(self):
        document = self._deposit(self.alice, name="fête de l'été 🎉.pdf")
        self.assertEqual((document.name, document.title), ("fête de l'été 🎉.pdf", "Note"))

    def test_a_content_that_denies_its_name_is_refused_and_nothing_is_kept(self):
        document = io.BytesIO()
        with zipfile.ZipFile(document, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
            archive.writestr("[Content_Types].xml", "<x/>")
        for name, content, said in (
            ("rapport.pdf", b"Bonjour a tous", "n’est pas vraiment un fichier PDF"),
            ("photo.jpg", b"\x89PNG\r\n\x1a\n" + bytes(20), "n’est pas vraiment un fichier JPG"),
            ("grille.xlsx", document.getvalue(), "n’est pas vraiment un fichier XLSX"),
            ("note.txt", b"<!DOCTYPE html><html><script>alert(1)</script>", "contient un programme ou une page web"),
            ("outil.bin", b"#!/bin/sh\nrm -rf /", "contient un programme ou une page web"),
            ("image.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "contient un programme ou une page web"),
        ):
            upload = self._start(name, len(content)).with_context(lang="fr_FR")
            upload._append(0, io.BytesIO(content))
            path = upload._path()
            with self.subTest(name):
                # As the page does, which answers and commits; Odoo's assertRaises would undo what was done.
                try:
                    upload._inspect()
                except ValidationError as refusal:
                    self.assertIn(said, str(refusal))
                else:
                    self.fail("accepted")
                self.assertFalse(upload.exists())
                self.env.cr.postcommit.run()
                self.assertFalse(os.path.exists(path))

    def test_an_office_document_is_known_whatever_the_order_of_its_parts(self):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("word/document.xml", "<x/>" * 10_000)
            archive.writestr("[Content_Types].xml", "<x/>")
        document = self._deposit(self.alice, name="livret.docx", content=content.getvalue())
        self.assertIn("wordprocessingml", document.mimetype)

    def test_a_content_that_the_library_has_is_pointed_out_to_whom_may_read_it(self):
        self._deposit(self.alice, audience_network_ids=self.blue.ids)
        for user, seen in ((self.alan, True), (self.chloe, False)):
            upload = self._start(user=user, size=8)
            upload._append(0, io.BytesIO(b"%PDF-1.4"))
            with self.subTest(user.login):
                upload._inspect()
                self.assertEqual(bool(upload._same()), seen)

    def test_a_deposit_that_is_asked_for_twice_is_made_once(self):
        upload = self._start(size=8)
        upload._append(0, io.BytesIO(b"%PDF-1.4"))
        vals = {"title": "Note", "directory_id": self.folder.id}
        document = upload._deposit(vals)
        self.env.flush_all()
        self.env.cr.postcommit.run()
        self.assertEqual(upload._deposit(vals), document)
        with self.assertRaises(UserError):
            upload._append(0, io.BytesIO(b"%PDF-1.5"))

    def test_what_a_crash_left_in_the_filestore_is_replaced(self):
        """Core refuses for ever a content whose beginning stands already under its name."""
        Attachment = self.env["ir.attachment"]
        content = b"%PDF-1.4 whole"
        path = Attachment._full_path(
            Attachment._get_path(content, hashlib.sha1(content, usedforsecurity=False).hexdigest())[0]
        )
        for make in (
            lambda: Attachment.create({"name": "x", "raw": content}),
            lambda: self._deposit(self.alice, content=content),
        ):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as partial:
                partial.write(content[:5])
            make()
            with open(path, "rb") as stored:
                self.assertEqual(stored.read(), content)

    def test_a_write_that_fails_leaves_nothing_under_the_final_name(self):
        Attachment = self.env["ir.attachment"]
        content = os.urandom(64)
        path = Attachment._full_path(
            Attachment._get_path(content, hashlib.sha1(content, usedforsecurity=False).hexdigest())[0]
        )
        folder = incoming_folder(self.cr.dbname)
        before = set(os.listdir(folder))
        with self.assertRaises(ZeroDivisionError), arriving(self.cr.dbname, path) as incoming:
            with open(incoming, "wb") as target:
                target.write(content[:10])
            raise ZeroDivisionError
        self.assertFalse(os.path.exists(path))
        self.assertEqual(set(os.listdir(folder)), before)

    def test_a_sending_is_its_sender_s(self):
        upload = self._start()
        with self.assertRaises(AccessError):
            upload.with_user(self.alan).read(["name"])
        self.assertFalse(self.env["collab.upload"].with_user(self.alan).search([("id", "=", upload.id)]))

    def test_a_deposit_that_fails_keeps_what_was_sent(self):
        whole, part = self._start("note.txt", 5), self._start("note.txt", 5)
        whole._append(0, io.BytesIO(b"01234"))
        vals = {"title": "Note", "directory_id": self.folder.id}
        with self.assertRaises(UserError), self.cr.savepoint():
            whole._deposit(vals)
            part._deposit(vals)
        self.env.cr.postcommit.run()
        self.assertEqual(whole._received(), 5)
        part._append(0, io.BytesIO(b"56789"))
        self.assertEqual(len(whole._deposit(vals) | part._deposit(vals)), 2)

    def test_two_members_who_deposit_the_same_content_each_keep_it(self):
        first, second = (self._deposit(user, content=b"the same", name="note.txt") for user in (self.alice, self.chloe))
        self.env.cr.postcommit.run()
        first.sudo().unlink()
        self.assertEqual(second.with_context(bin_size=False).content_file and second.size, 8)

    def test_what_nobody_deposits_is_forgotten_after_a_day(self):
        old, recent = self._start(), self._start()
        old._append(0, io.BytesIO(b"01234"))
        path = old._path()
        self.env.cr.execute(
            "UPDATE collab_upload SET write_date = write_date - interval '2 days' WHERE id = %s", [old.id]
        )
        self.env["collab.upload"].invalidate_model()
        self.env["collab.upload"]._gc_uploads()
        self.env.cr.postcommit.run()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())
        self.assertFalse(os.path.exists(path))

    def test_what_a_crash_left_on_the_disk_is_swept_after_a_day(self):
        folder = incoming_folder(self.cr.dbname)
        recent, old = (os.path.join(folder, f"incoming-{name}") for name in ("recent", "old"))
        for path in (recent, old):
            with open(path, "wb"):
                self.addCleanup(lambda path=path: os.path.exists(path) and os.unlink(path))
        os.utime(old, (0, 0))
        self.env["collab.upload"]._gc_uploads()
        self.assertTrue(os.path.exists(recent))
        self.assertFalse(os.path.exists(old))

    def test_what_is_accepted_for_the_library_may_not_be_for_a_text(self):
        self.env["ir.config_parameter"].set_param("collab_ressources.accept_archives", True)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("note.txt", "Bonjour")
        size = len(content.getvalue())
        upload = self._start("outils.zip", size)
        upload._append(0, io.BytesIO(content.getvalue()))
        with self.assertRaisesRegex(ValidationError, "archive"):
            upload._take_turn("joined")

    def test_what_is_sent_for_nothing_that_is_known_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env(user=self.alice, su=False)["collab.upload"]._start("note.pdf", 10, "autre")
