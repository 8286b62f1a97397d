from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestDirectory(LibraryCase):
    def setUp(self):
        super().setUp()
        Directory = self.env["dms.directory"]
        self.closed = Directory.create(
            {"name": "Blue only", "parent_id": self.folder.id, "audience_network_ids": self.blue.ids}
        )
        self.inside = Directory.create({"name": "Inside", "parent_id": self.closed.id})

    def test_a_closed_folder_closes_what_it_holds(self):
        document = self._deposit(self.alice, directory_id=self.inside.id)
        for record in (self.closed, self.inside, document):
            with self.subTest(record.display_name):
                self.assertTrue(record.with_user(self.alan).has_access("read"))
                self.assertFalse(record.with_user(self.chloe).has_access("read"))
                self.assertFalse(record.with_user(self.chloe).search([("id", "=", record.id)]))

    def test_counts_and_weights_tell_nothing_of_what_is_for_others(self):
        fields = ["count_files", "count_total_files", "count_elements", "count_total_elements", "size", "human_size"]
        empty = self.env["dms.directory"].create({"name": "Empty", "parent_id": self.folder.id})
        self.inside.audience_network_ids = self.closed.audience_network_ids = False
        self._deposit(self.alice, directory_id=self.inside.id, audience_network_ids=self.blue.ids)
        seen, nothing = (self.inside | empty).with_user(self.chloe).read(fields)
        self.assertEqual({**seen, "id": 0}, {**nothing, "id": 0})
        self.inside.invalidate_recordset()  # another reader is another request
        self.assertEqual(self.inside.with_user(self.alan).count_files, 1)

    def test_a_folder_weighs_what_its_reader_finds_in_it_and_below(self):
        for number in range(3):
            self._deposit(self.alice, b"abcd\n", f"{number}.txt", directory_id=self.inside.id)
        self._deposit(self.alice, b"abcdef\n", "x.txt", directory_id=self.closed.id)
        folders = self.inside | self.closed | self.folder
        for reader, sizes in ((self.alan, [15, 22, 22]), (self.chloe, [0])):
            mine = folders.with_user(reader)._filtered_access("read")
            mine.invalidate_recordset()
            with self.subTest(reader.login), self.assertQueryCount(12):
                self.assertEqual(mine.mapped("size"), sizes)

    def test_nobody_deposits_where_he_may_not_enter(self):
        with self.assertRaises(MissingError):
            self._deposit(self.chloe, directory_id=self.inside.id)
        document = self._deposit(self.chloe)
        with self.assertRaises(MissingError):
            document.directory_id = self.inside

    def test_members_do_not_make_folders(self):
        with self.assertRaises(AccessError):
            self.env["dms.directory"].with_user(self.alice).create({"name": "Mine", "parent_id": self.folder.id})

    def test_moderators_organise(self):
        moderator = self._user("maud", "moderator", networks=[self.blue])
        folder = self.env["dms.directory"].with_user(moderator).create({"name": "New", "parent_id": self.folder.id})
        folder.name = "Renamed"
        document = self._deposit(self.alice)
        document.with_user(moderator).directory_id = folder
        self.assertEqual(document.directory_id, folder)
