import io
import zipfile
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_fichiers.file_types import has_macros, media_type
from odoo.addons.collab_fichiers.preview import IMAGE_MAX_PIXELS, TEXT_MAX_BYTES, beginning, kind_of

from ..archive import stream, unique
from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestLife(LibraryCase):
    """What becomes of documents and folders, and what may not become of them."""

    def _path(self, content):
        path = f"{self.env['ir.attachment']._filestore()}/test-life"
        with open(path, "wb") as target:
            target.write(content)
        return path

    def _folder(self, name, parent=None, **vals):
        return self.env["dms.directory"].create({"name": name, "parent_id": (parent or self.folder).id, **vals})

    # Documents

    def test_documents_do_not_replace_each_other_in_a_circle(self):
        first, second, third = (self._deposit(self.alice) for _ in range(3))
        first.replaced_by_id, second.replaced_by_id = second, third
        for document in (first, third):
            with self.assertRaises(ValidationError):
                third.replaced_by_id = document

    def test_what_is_reported_is_answered_by_its_owner(self):
        document = self._deposit(self.alice)
        document.with_user(self.alan)._say_outdated("Périmé")
        with self.assertRaises(ValidationError):
            document.with_user(self.alan)._say_outdated("Encore")
        with self.assertRaises(ValidationError):
            document.with_user(self.chloe)._say_outdated("  ")
        self.assertEqual(document._open_reports(), [("alan", "Périmé")])
        document._still_good()
        self.assertFalse(document._open_reports())
        self.env.flush_all()
        document.with_user(self.alan)._say_outdated("Toujours périmé")

    def test_the_bin_keeps_for_thirty_days_and_no_more(self):
        kept, gone, there = (self._deposit(self.alice) for _ in range(3))
        (kept | gone)._withdraw()
        kept.sudo().removed_date -= timedelta(days=29)
        gone.sudo().removed_date -= timedelta(days=31)
        self.env["dms.file"]._gc_bin()
        self.assertEqual((kept | gone | there).exists(), kept | there)
        kept.with_user(self._user("maud", "moderator", networks=[self.blue]))._restore()
        self.assertFalse(kept.removed_date)

    def test_merged_documents_lead_to_the_one_that_stays(self):
        kept, other = self._deposit(self.alice), self._deposit(self.alice)
        for document in (kept, other):
            document.with_user(self.alan)._set_mark("favourite", True)
        other.with_user(self.chloe)._set_mark("follow", True)
        self.env["collab.document.comment"].with_user(self.alan).create({"document_id": other.id, "body": "Utile"})
        moderator = self._user("maud", "moderator", networks=[self.blue])
        wizard = (
            self.env["collab.document.merge"]
            .with_user(moderator)
            .create({"document_ids": (kept | other).ids, "kept_id": kept.id})
        )
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual(kept.comment_ids.body, "Utile")
        self.assertIn(self.chloe, kept._followers())
        self.assertFalse(other.active)
        self.assertEqual(self.env["dms.file"].with_user(self.chloe)._merged_into(other.id), kept)

    def test_what_is_parted_again_after_a_merge_is_not_replaced_any_more(self):
        kept, other = self._deposit(self.alice), self._deposit(self.alice)
        replaced = self._deposit(self.alice)
        replaced.write({"status": "replaced", "replaced_by_id": kept.id})
        maud, omar = (self._user(name, "moderator", networks=[self.blue]) for name in ("maud", "omar"))
        other.with_user(maud)._merge_into(kept.with_user(maud))
        other.with_user(omar)._restore()
        self.assertEqual((other.status, other.replaced_by_id.ids, other.active), ("current", [], True))
        # What its author had replaced himself stays so, out of the bin too.
        replaced._withdraw()
        replaced.with_user(maud)._restore()
        self.assertEqual((replaced.status, replaced.replaced_by_id), ("replaced", kept))

    def test_a_new_version_answers_who_says_it_is_out_of_date_and_the_date_that_has_passed(self):
        document = self._deposit(self.alice)
        document.write({"review_date": fields.Date.today(), "status": "review"})
        document.with_user(self.alan)._say_outdated("Les montants ont changé")
        upload = self.env(user=self.alice, su=False)["collab.upload"]._start("note-2.pdf", 10)
        upload._append(0, io.BytesIO(b"%PDF-1.4 2"))
        upload._replace(document)
        self.assertFalse(document._open_reports())
        self.env["dms.file"]._ask_for_reviews()
        self.assertEqual(document.status, "current")

    def test_what_was_said_to_some_is_not_shown_to_others_by_a_merge(self):
        for_all, for_blue = self._deposit(self.alice), self._deposit(self.alice, audience_network_ids=self.blue.ids)
        with self.assertRaises(UserError):
            for_blue._merge_into(for_all)
        closed = self._folder("Réservé", audience_network_ids=self.blue.ids)
        in_closed = self._deposit(self.alice, directory_id=closed.id)
        with self.assertRaises(UserError):
            in_closed._merge_into(for_all)

    # Folders

    def test_a_folder_does_not_go_into_itself_nor_below(self):
        above = self._folder("Au-dessus")
        below = self._folder("Au-dessous", above)
        moderator = self._user("maud", "moderator", networks=[self.blue])
        for target in (above, below):
            with self.assertRaises(UserError), self.cr.savepoint():
                above.with_user(moderator).parent_id = target
        with self.assertRaises(UserError):
            above.with_user(moderator)._merge_into(below.with_user(moderator))

    def test_a_merged_folder_loses_nothing(self):
        source, target = self._folder("Source"), self._folder("Cible")
        self._folder("Commun", target)
        deep = self._folder("Commun", source)
        documents = self._deposit(self.alice, directory_id=source.id) | self._deposit(self.alice, directory_id=deep.id)
        documents[0]._withdraw()
        hidden = self._deposit(self.chloe, directory_id=source.id, audience_network_ids=self.green.ids)
        moderator = self._user("maud", "moderator", networks=[self.blue])
        source.with_user(moderator)._set_mark("favourite", True)
        source.with_user(moderator)._merge_into(target.with_user(moderator))
        self.assertFalse((source | deep).exists())
        self.assertEqual(documents[0].directory_id, target)
        self.assertEqual(documents[1].directory_id, target.child_directory_ids)
        self.assertEqual(hidden.directory_id, target)
        self.assertTrue(target.with_user(moderator).is_favourite)

    def test_a_merge_does_not_open_what_its_folder_closed(self):
        closed, target = self._folder("Fermé", audience_network_ids=self.blue.ids), self._folder("Ouvert")
        with self.assertRaises(UserError):
            closed._merge_into(target)

    def test_a_folder_that_is_not_empty_is_not_deleted(self):
        folder = self._folder("Plein")
        document = self._deposit(self.alice, directory_id=folder.id)
        document._withdraw()
        moderator = self._user("maud", "moderator", networks=[self.blue])
        with self.assertRaises(UserError):
            folder.with_user(moderator).unlink()
        document.sudo().unlink()
        folder.with_user(moderator).unlink()

    def test_a_name_tells_nothing_of_a_folder_that_is_closed(self):
        self._folder("Projet", audience_network_ids=self.green.ids)
        moderator = self._user("maud", "moderator", networks=[self.blue])
        Folder = self.env["dms.directory"].with_user(moderator)
        Folder.create({"name": "Projet", "parent_id": self.folder.id})
        with self.assertRaises(ValidationError):
            Folder.create({"name": "Projet", "parent_id": self.folder.id})

    def test_who_deposits_where_is_decided_folder_by_folder(self):
        reserved = self._folder("Officiel", deposit_by="moderators")
        below = self._folder("Arrêtés", reserved)
        moderator = self._user("maud", "moderator", networks=[self.blue])
        for folder in (reserved, below):
            with self.assertRaises(ValidationError):
                self._deposit(self.alice, directory_id=folder.id)
            self.assertNotIn(folder.id, self.env["dms.directory"].with_user(self.alice)._deposit_folders())
            self.assertIn(folder.id, self.env["dms.directory"].with_user(moderator)._deposit_folders())
            self._deposit(moderator, directory_id=folder.id)
        document = self._deposit(self.alice)
        with self.assertRaises(ValidationError):
            document.directory_id = reserved

    # Files

    def _office(self, *names):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ("[Content_Types].xml", "xl/workbook.xml", *names):
                archive.writestr(name, "x")
        return buffer.getvalue()

    def test_macros_and_archives_are_accepted_or_not_as_administrators_choose(self):
        macros, plain = self._office("xl/vbaProject.bin"), self._office()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("note.txt", "x")
        settings = self.env["ir.config_parameter"]
        for content, name, setting, said in (
            (macros, "grille.xlsm", "macros", "macros"),
            (macros, "grille.xlsx", "macros", "macros"),
            (buffer.getvalue(), "lot.zip", "archives", "archive"),
        ):
            with self.subTest(name):
                settings.set_param(f"collab_ressources.accept_{setting}", False)
                with self.assertRaisesRegex(ValidationError, said):
                    self._deposit(self.alice, content, name)
                settings.set_param(f"collab_ressources.accept_{setting}", "True")
                self.assertTrue(self._deposit(self.alice, content, name))
        self.assertTrue(self._deposit(self.alice, plain, "sans-macro.xlsx"))

    def test_macros_of_former_documents_are_seen_too(self):
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2 * 1024 * 1024 - 20) + "_VBA_PROJECT".encode("utf-16-le")
        path = self._path(content)
        self.assertTrue(has_macros(path, media_type(path), "xls"))
        self.assertFalse(has_macros(self._path(content[:-24]), media_type(path), "xls"))

    def _bomb(self, width, height):
        """:return bytes: a picture of a few kilobytes that unfolds into much more"""
        buffer = io.BytesIO()
        Image.new("1", (width, height)).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def test_a_picture_that_unfolds_into_gigabytes_is_deposited_and_not_unfolded(self):
        bomb = self._bomb(30_000, 30_000)
        self.assertLess(len(bomb), 2 * 1024 * 1024)
        document = self._deposit(self.alice, bomb, "plan.png")
        self.assertFalse(document.image_1920)
        self.assertEqual(kind_of("image/png", document._content_path()), "large")
        small = self._deposit(self.alice, self._bomb(200, 200), "logo.png")
        self.assertEqual(kind_of("image/png", small._content_path()), "image")
        self.assertLess(200 * 200, IMAGE_MAX_PIXELS)

    def test_what_is_not_a_picture_whatever_it_says_is_not_shown(self):
        self.assertEqual(kind_of("image/png", self._path(b"\x89PNG\r\n\x1a\n" + bytes(30))), "large")

    def test_only_the_beginning_of_a_text_is_read(self):
        self.assertEqual(beginning(self._path("L'été à Angers".encode())), ("L'été à Angers", False))
        self.assertEqual(beginning(self._path("L'été à Angers".encode("cp1252"))), ("L'été à Angers", False))
        text, more = beginning(self._path("é".encode() * TEXT_MAX_BYTES))
        self.assertTrue(more)
        self.assertEqual(text, "é" * (TEXT_MAX_BYTES // 2))

    def test_an_archive_holds_each_file_under_a_name_of_its_own(self):
        path = self._path(b"contenu")
        taken = set()
        names = [unique(name, taken) for name in ("note.txt", "NOTE.txt", "note.txt", "dossier/note.txt")]
        self.assertEqual(names, ["note.txt", "NOTE (2).txt", "note (3).txt", "dossier/note.txt"])
        archive = stream([(path, name) for name in names])
        length = len(archive)
        content = b"".join(archive)
        self.assertEqual(len(content), length, "the browser is told how much is to come")
        with zipfile.ZipFile(io.BytesIO(content)) as read:
            self.assertEqual(read.namelist(), names)
            self.assertIsNone(read.testzip())

    def test_a_person_is_given_his_own_documents_without_a_browser(self):
        """As an operator does for whoever asks by letter: there is no request."""
        document = self._deposit(self.alice, b"%PDF-1.4 hers")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            self.alice._write_own_data(archive)
        with zipfile.ZipFile(target) as archive:
            self.assertEqual(archive.read(f"documents/{document.id} - note.pdf"), b"%PDF-1.4 hers")
