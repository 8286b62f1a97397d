from itertools import product

from odoo.fields import Domain
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestReading(LibraryCase):
    """Lists and numbers that are counted once for many readers: each finds what he would count himself."""

    def setUp(self):
        super().setUp()
        Directory = self.env["dms.directory"]
        self.closed = Directory.create(
            {"name": "Blue only", "parent_id": self.folder.id, "audience_network_ids": self.blue.ids}
        )
        self.themes = self.env["collab.theme"].search([], limit=2)
        self.category = self.env.ref("collab_ressources.category_tool")
        audiences = ({}, {"audience_network_ids": self.blue.ids}, {"audience_territory_ids": self.port.ids})
        for author, audience, theme in product((self.alice, self.chloe), audiences, (False, *self.themes.ids)):
            if author != self.chloe or "audience_network_ids" not in audience:
                self._deposit(author, theme_id=theme, category_id=self.category.id if theme else False, **audience)
        self._deposit(self.alice, directory_id=self.closed.id)
        # Closed to its author since he has deposited.
        late = Directory.create({"name": "Late", "parent_id": self.folder.id})
        self._deposit(self.chloe, directory_id=late.id)
        late.audience_network_ids = self.blue
        self.env.flush_all()
        self.readers = (
            *(self.alice, self.alan, self.chloe),
            self._user("maud", "moderator", networks=[self.green]),
            self._user("ada", "administrator"),
        )

    def _documents(self, reader):
        self.env.invalidate_all()
        return self.env(user=reader, su=False)["dms.file"]

    def test_numbers_are_those_that_each_reader_would_count(self):
        below = self.env["dms.directory"]._below(self.folder.id)
        choices = product((None, below), (None, *self.themes.ids), (None, self.category.id), (None, self.port.id))
        for reader, (folders, theme, category, territory) in product(self.readers, list(choices)):
            Document = self._documents(reader)
            domains = {
                "folders": Domain("directory_id", "in", folders) if folders else Domain.TRUE,
                "theme": Domain("theme_id", "=", theme) if theme else Domain.TRUE,
                "category": Domain("category_id", "=", category) if category else Domain.TRUE,
                "territory": Domain("audience_territory_ids", "in", [territory]) if territory else Domain.TRUE,
            }
            facets = Document._facets(Document._reading(), folders, theme=theme, category=category, territory=territory)
            with self.subTest(reader.login, folders=folders, theme=theme, category=category, territory=territory):
                self.assertEqual(facets["total"], Document.search_count(Domain.AND(domains.values())))
                for name, field, axis in (
                    ("folder", "directory_id", "folders"),
                    ("theme", "theme_id", "theme"),
                    ("category", "category_id", "category"),
                    ("territory", "audience_territory_ids", "territory"),
                ):
                    others = Domain.AND(domain for other, domain in domains.items() if other != axis)
                    counted = {}
                    for document in Document.search(others):
                        for value in document[field].ids or ([None] if name != "territory" else []):
                            counted[value] = counted.get(value, 0) + 1
                    self.assertEqual({key: number for key, number in facets[name].items() if number}, counted, name)

    def test_what_is_new_is_what_each_reader_would_find(self):
        self.env(user=self.chloe)["dms.file"].search([], limit=2)._mark_seen()
        for reader in self.readers:
            Document = self._documents(reader)
            with self.subTest(reader.login):
                self.assertEqual(Document._count_new(), Document.search_count(Document._new_domain()))

    def test_numbers_follow_each_change(self):
        Document = self._documents(self.chloe)
        before = Document._facets(Document._reading())["total"]
        document = self._deposit(self.alice)
        self.assertEqual(Document._facets(Document._reading())["total"], before + 1)
        document.audience_network_ids = self.blue
        self.assertEqual(Document._facets(Document._reading())["total"], before)

    def test_the_last_pages_are_read_from_the_end_in_the_same_order(self):
        Document = self._documents(self.alice)
        total = Document.search_count([])
        for order in ("latest", "title", "use"):
            whole = Document._latest(order=order).ids
            pages = [Document._latest((), 4, offset, order, total).ids for offset in range(0, total, 4)]
            self.assertEqual([document for page in pages for document in page], whole)

    def test_the_most_used_come_first(self):
        Document = self._documents(self.alice)
        used, liked = Document.search([], limit=2)
        Mark = self.env["collab.mark"]
        for reader in (self.alan, self.chloe):
            Mark.with_user(reader)._put("download", "dms.file", used.ids)
        Mark.with_user(self.alan)._put("useful", "dms.file", liked.ids)
        Document._count_use()
        self.assertEqual(Document._latest(order="use").ids[:2], [used.id, liked.id])
        Mark.with_user(self.alan)._take_off("useful", "dms.file", liked.ids)
        Document._count_use()
        self.assertEqual(liked.use_count, 0)
