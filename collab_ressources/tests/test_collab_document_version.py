import base64
import io
import os

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestVersion(LibraryCase):
    def _replace(self, person, document, content, name="note-2.pdf"):
        upload = self.env(user=person, su=False)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        upload._replace(document.with_user(person))
        self.env.invalidate_all()
        return upload

    def _content(self, record):
        self.env.invalidate_all()
        with open(self.env["ir.attachment"]._content_of(record.sudo())._stored_path(), "rb") as content:
            return content.read()

    def test_what_it_was_is_kept_whole_and_put_back(self):
        document = self._deposit(self.alice, b"%PDF-1.4 one")
        self._replace(self.alice, document, b"%PDF-1.4 two")
        self.assertEqual(self._content(document), b"%PDF-1.4 two")
        version = document.version_ids
        self.assertEqual((version.name, version.author_id), ("note.pdf", self.alice))
        self.assertEqual(self._content(version), b"%PDF-1.4 one")
        document._restore_version(version)
        self.assertEqual(self._content(document), b"%PDF-1.4 one")
        self.assertEqual(document.name, "note.pdf")
        self.assertEqual(sorted(document.version_ids.mapped("name")), ["note-2.pdf", "note.pdf"])
        self.assertEqual(
            {self._content(version) for version in document.version_ids}, {b"%PDF-1.4 one", b"%PDF-1.4 two"}
        )

    def test_only_who_may_change_the_document_changes_its_content(self):
        document = self._deposit(self.alice)
        with self.assertRaises(AccessError):
            self._replace(self.alan, document, b"%PDF-1.4 two")
        self._replace(self.alice, document, b"%PDF-1.4 two")
        with self.assertRaises(AccessError):
            document.with_user(self.alan)._restore_version(document.version_ids.with_user(self.alan))

    def test_a_version_is_as_closed_as_the_document(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        self._replace(self.alice, document, b"%PDF-1.4 two")
        version = document.version_ids
        content = self.env["ir.attachment"]._content_of(version.sudo())
        staff = self._user("mona", "moderator", networks=[self.green])
        self.env.invalidate_all()
        for stranger in (self.chloe, staff):
            self.assertFalse(version.with_user(stranger).search([]))
            self.assertFalse(version.with_user(stranger).has_access("read"))
            self.assertFalse(content.with_user(stranger).has_access("read"))
            with self.assertRaises(MissingError):
                version.with_user(stranger).name  # noqa: B018
        self.assertTrue(version.with_user(self.alan).name)

    def test_nobody_rewrites_what_was(self):
        document = self._deposit(self.alice)
        self._replace(self.alice, document, b"%PDF-1.4 two")
        for person in (self.alice, self._user("maud", "moderator", networks=[self.blue])):
            with self.assertRaises(AccessError):
                document.version_ids.with_user(person).name = "autre.pdf"
            with self.assertRaises(AccessError):
                document.version_ids.with_user(person).unlink()

    def test_asked_twice_it_is_replaced_once(self):
        document = self._deposit(self.alice)
        upload = self._replace(self.alice, document, b"%PDF-1.4 two")
        upload._replace(document)
        self.assertEqual(len(document.version_ids), 1)

    def test_the_picture_of_a_former_content_does_not_stay(self):
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        document = self._deposit(self.alice, pixel, "plan.png")
        self.assertTrue(document.image_1920)
        self._replace(self.alice, document, b"Plus de plan", "plan.txt")
        self.assertFalse(document.image_1920)

    def test_files_go_with_the_document_at_the_end_of_the_bin(self):
        document = self._deposit(self.alice)
        self._replace(self.alice, document, b"%PDF-1.4 two")
        attachments = self.env["ir.attachment"]._content_of(document.version_ids.sudo())
        self.assertTrue(os.path.exists(attachments._stored_path()))
        document.sudo().unlink()
        self.assertFalse(attachments.exists())
