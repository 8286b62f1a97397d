import hashlib
import io
import os

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestUpload(LibraryCase):
    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()

    def _start(self, name="note.pdf", size=10, user=None):
        return self.env(user=user or self.alice, su=False)["collab.upload"]._start(name, size)

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

    def test_what_would_be_refused_is_refused_before_it_is_sent(self):
        self.env["ir.config_parameter"].set_param("dms.forbidden_extensions", "exe")
        for name, size in (("empty.pdf", 0), ("large.pdf", 51 * 1024 * 1024), ("virus.EXE", 10)):
            with self.subTest(name), self.assertRaises(ValidationError):
                self._start(name, size)

    def test_a_sending_is_its_sender_s(self):
        upload = self._start()
        with self.assertRaises(AccessError):
            upload.with_user(self.alan).read(["name"])
        self.assertFalse(self.env["collab.upload"].with_user(self.alan).search([("id", "=", upload.id)]))

    def test_a_deposit_that_fails_keeps_what_was_sent(self):
        whole, part = self._start(size=5), self._start(size=5)
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
        first, second = (self._deposit(user, content=b"the same") for user in (self.alice, self.chloe))
        self.env.cr.postcommit.run()
        first.unlink()
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
