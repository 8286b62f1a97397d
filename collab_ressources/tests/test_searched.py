import io

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase
from odoo.addons.collab_suivi.content import Part

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestSearched(SearchedCase, LibraryCase):
    """What a search reads of a document."""

    def setUp(self):
        super().setUp()
        self.maud = self._user("maud", "moderator", networks=[self.blue])
        self.theme, self.other_theme = self.env["collab.theme"].search([], limit=2)
        self.category = self.env.ref("collab_ressources.category_tool")
        self.document = self._deposit(
            self.alice,
            name="grille_2016-05-12.pdf",
            title="Grille d’entretien",
            theme_id=self.theme.id,
            category_id=self.category.id,
            audience_network_ids=self.blue.ids,
        ).sudo()
        self.remark = self._by(self.alan, self.env["collab.document.comment"]).create(
            {"document_id": self.document.id, "body": "Très utile"}
        )

    def _by(self, person, record):
        return record.with_env(self.env(user=person, su=False))

    # What it reads

    def test_a_document_is_found_by_what_is_said_of_it(self):
        found = self._searched(self.document)
        self.assertEqual(found.title, "Grille d’entretien")
        category = self.category.with_context(lang="fr_FR").name
        self.assertEqual(found.said.split("\n"), ["grille_2016-05-12.pdf", self.theme.name, category, self.folder.name])
        self.assertEqual(found.parts, (Part("Très utile", "alan"),))
        self.assertEqual(self._files_of(self.document), ["grille_2016-05-12.pdf"])

    def test_its_file_is_the_one_that_it_holds_now(self):
        [before] = self.document._searched_files()[self.document.id]
        self.assertEqual((before.mimetype, before.checksum), (self.document.mimetype, self.document.checksum))
        held = b"%PDF-1.4 autre"
        upload = self._by(self.alice, self.env["collab.upload"])._start("suite.pdf", len(held))
        upload._append(0, io.BytesIO(held))
        with self._noted(self.document):
            upload._replace(self._by(self.alice, self.document))
        [after] = self.document._searched_files()[self.document.id]
        self.assertEqual((after.name, after.checksum), ("suite.pdf", self.document.checksum))
        self.assertNotEqual(after.checksum, before.checksum)
        with open(after.path, "rb") as stored:
            self.assertEqual(stored.read(), held)

    def test_it_is_found_by_the_names_of_the_folders_that_all_its_readers_know(self):
        Directory = self.env["dms.directory"]
        closed = Directory.create(
            {"name": "Dossier bleu", "parent_id": self.folder.id, "audience_network_ids": self.blue.ids}
        )
        within = Directory.create({"name": "Dedans", "parent_id": closed.id})
        document = self._deposit(self.alice, directory_id=within.id).sudo()
        # Its author goes on reading it once he has left, but not what lies above it.
        self.assertEqual(within._known_names(), [self.folder.name, "Dedans"])
        with self._noted(document):
            closed.audience_network_ids = False
        self.assertEqual(within._known_names(), [self.folder.name, "Dossier bleu", "Dedans"])
        with self._noted(document):
            closed.name = "Dossier de tous"
        self.assertIn("Dossier de tous", self._read(document))

    def test_what_all_its_readers_do_not_read_is_not_found(self):
        for what, hide in (
            ("hidden", lambda: self._by(self.maud, self.remark)._hide("x")),
            ("waiting", lambda: self.remark.sudo().write({"state": "pending"})),
            ("deleted", lambda: self._by(self.alan, self.remark)._withdraw()),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertNotIn("Très utile", self._read(self.document))
                self.assertIn("Grille", self._read(self.document))
                savepoint.rollback()
        for what, hide in (
            ("hidden", lambda: self._by(self.maud, self.document)._hide("x")),
            ("waiting", lambda: self.document.write({"state": "pending"})),
            ("deleted", lambda: self._by(self.alice, self.document)._withdraw()),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertIsNone(self._searched(self.document))
                self.assertIsNone(self._files_of(self.document))
                savepoint.rollback()

    def test_a_title_that_waits_is_not_found(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        self._by(self.alice, self.document).write({"title": "Un autre titre"})
        self.assertNotIn("Un autre titre", self._read(self.document))
        stamp = self.env["collab.edit"]._of(self.document)._stamp()
        with self._noted(self.document):
            self._by(self.maud, self.document)._accept_edit("", stamp)
        self.assertIn("Un autre titre", self._read(self.document))

    def test_many_are_read_as_fast_as_one(self):
        others = self.env["dms.file"].browse(self._deposit(self.alice, b"%PDF-1.4 " + bytes([n])).id for n in range(5))
        self.assertEqual(self._cost(others | self.document), self._cost(self.document))

    # When it is told

    def test_it_is_told_of_all_that_changes_what_it_reads(self):
        kept = self._deposit(self.alan, b"%PDF-1.4 autre", audience_network_ids=self.blue.ids).sudo()
        own, moderated = self._by(self.alice, self.document), self._by(self.maud, self.document)
        other_folder = self.env["dms.directory"].create({"name": "Autre dossier", "parent_id": self.folder.id})
        comments = self._by(self.alan, self.env["collab.document.comment"])
        for what, act in (
            ("title", lambda: own.write({"title": "Grille"})),
            ("theme", lambda: own.write({"theme_id": self.other_theme.id})),
            ("folder", lambda: own.write({"directory_id": other_folder.id})),
            ("comment", lambda: comments.create({"document_id": self.document.id, "body": "Et ici"})),
            ("correct a comment", lambda: self._by(self.alan, self.remark).write({"body": "Utile"})),
            ("hide a comment", lambda: self._by(self.maud, self.remark)._hide("x")),
            ("hide", lambda: moderated._hide("x")),
            ("show", lambda: moderated._show("x")),
            ("delete", own._withdraw),
            ("put back", own._put_back),
            ("remove", lambda: moderated._remove("x")),
            ("restore", moderated._restore),
            ("rename its folder", lambda: other_folder.write({"name": "Rangé"})),
            ("rename its theme", lambda: self.other_theme.write({"name": "Logement et toit"})),
            ("rename its type", lambda: self.category.write({"name": "Outil d’essai"})),
            ("the name of who has said something", lambda: self.alan.partner_id.write({"name": "Alan Martin"})),
        ):
            # The author of the other one has changed his name.
            changed = (self.document, kept) if what.startswith("the name") else (self.document,)
            with self.subTest(what), self._noted(*changed):
                act()
        with self.subTest("merge"), self._noted(self.document, kept):
            moderated._merge_into(self._by(self.maud, kept))
        self.assertIsNone(self._searched(self.document))
        self.assertIn("Et ici", self._read(kept))
        with self.subTest("delete for good"), self._noted(self.document):
            self.document.unlink()

    def test_it_is_told_of_nothing_that_it_does_not_read(self):
        read = self._by(self.alan, self.document)
        for what, act in (
            ("see", read._mark_seen),
            ("useful", lambda: read._set_mark("useful", True)),
            ("report", lambda: read._say_outdated("x")),
            ("count its use", self.env["dms.file"]._count_use),
        ):
            with self.subTest(what), self._noted():
                act()

    # What narrows a search, and how it is shown

    def test_a_search_is_narrowed_as_the_list_is(self):
        Document = self._by(self.alan, self.env["dms.file"])
        other = self._deposit(self.alan, b"%PDF-1.4 autre", audience_territory_ids=self.port.ids).sudo()
        both = Domain("id", "in", (self.document | other).ids)
        for chosen, found in (
            ({}, self.document | other),
            ({"network": self.blue.id}, self.document),
            ({"territory": self.port.id}, other),
            ({"territory": self.north.id}, self.env["dms.file"]),
            ({"theme": self.theme.id}, self.document),
            ({"author": self.alice.id}, self.document),
        ):
            with self.subTest(chosen):
                self.assertEqual(Document.search(both & Document._search_filter(**chosen)).ids, found.ids)

    def test_a_row_shows_what_was_found_and_escapes_it(self):
        Document = self._by(self.alan, self.env["dms.file"])
        [row] = Document._rows(Document._latest([("id", "=", self.document.id)]))
        self._drawn(Document, row)
