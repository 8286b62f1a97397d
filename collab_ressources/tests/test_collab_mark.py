from datetime import timedelta

from odoo.fields import Domain
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestMark(LibraryCase):
    """What each person has seen and keeps, on the documents of the library."""

    def _as(self, person, document):
        document.env.invalidate_all()
        return document.with_user(person)

    def _count(self, person):
        return self.env["dms.file"].with_user(person)._count_new()

    def _facets(self, person, **choice):
        Document = self.env["dms.file"].with_user(person)
        return Document._facets(Document._reading(), **choice)

    def setUp(self):
        super().setUp()
        # What the installation has laid there is not what is counted.
        self.env["dms.file"].search([]).sudo().active = False
        # They have been there for a while.
        self.env.cr.execute(
            "UPDATE res_users SET create_date = create_date - interval '1 day' WHERE id IN %s",
            [(self.alice.id, self.alan.id, self.chloe.id)],
        )
        self.env.invalidate_all()

    def test_what_a_colleague_deposits_is_new_until_it_is_opened(self):
        document = self._deposit(self.alice)
        self.assertTrue(self._as(self.alan, document).is_new)
        self.assertEqual(self._count(self.alan), 1)
        self.assertFalse(self._as(self.alice, document).is_new, "it is hers")
        self.assertEqual(self._count(self.alice), 0)
        self._as(self.alan, document)._mark_seen()
        self.assertFalse(self._as(self.alan, document).is_new)
        self.assertEqual(self._count(self.alan), 0)
        self.assertEqual(self._count(self.chloe), 1, "she has opened nothing")

    def test_looking_and_searching_agree_on_what_is_new(self):
        seen, unseen = self._deposit(self.alice), self._deposit(self.alice)
        self._as(self.alan, seen)._mark_seen()
        Document = self.env["dms.file"].with_user(self.alan)
        self.assertEqual(Document.search(Document._new_domain()), unseen)
        self.assertEqual(Document.search([("is_new", "=", True)]), unseen)

    def test_what_is_not_addressed_to_him_counts_for_nothing(self):
        self._deposit(self.alice, audience_network_ids=self.blue.ids)
        self.assertEqual(self._count(self.chloe), 0)

    def test_who_has_not_accepted_the_charter_has_nothing_new(self):
        self._deposit(self.alice)
        nadia = self._user("nadia", accepts=False)
        self.env["dms.file"]._kept().clear()
        self.assertEqual(self._count(nadia), 0)
        self.assertEqual(self._facets(nadia)["total"], 0)
        self.assertEqual(self._facets(self.alan)["total"], 1)

    def test_a_new_version_is_new_again(self):
        document = self._deposit(self.alice)
        self._as(self.alan, document)._mark_seen()
        self.env.cr.execute("UPDATE collab_mark SET date = date - interval '1 hour'")
        self.env["collab.mark"]._forget_kept()
        self._as(self.alice, document)._say_changed("note-2.pdf")
        self.assertTrue(self._as(self.alan, document).is_new)
        self.assertEqual(self._count(self.alan), 1)
        self.assertFalse(self._as(self.alice, document).is_new)

    def test_all_is_seen_at_once_and_what_comes_later_is_new(self):
        documents = self._deposit(self.alice) | self._deposit(self.alice)
        self._as(self.alan, documents[0])._mark_seen()
        self.env["dms.file"].with_user(self.alan)._mark_all_seen()
        self.assertEqual(self._count(self.alan), 0)
        marks = self.env["collab.mark"].search([("user_id", "=", self.alan.id), ("kind", "=", "seen")])
        self.assertEqual(marks.mapped("res_id"), [0], "one row says it all")
        later = self._deposit(self.alice)
        later.sudo().content_date += timedelta(minutes=1)
        self.assertEqual(self._count(self.alan), 1)

    def test_what_is_old_is_new_to_nobody(self):
        document = self._deposit(self.alice)
        self.env.cr.execute(
            "UPDATE res_users SET create_date = create_date - interval '1 year' WHERE id = %s", [self.alan.id]
        )
        document.sudo().content_date -= timedelta(days=61)
        self.assertFalse(self._as(self.alan, document).is_new)
        self.assertEqual(self._count(self.alan), 0)

    def test_who_has_just_arrived_does_not_face_hundreds_of_marks(self):
        document = self._deposit(self.alice)
        document.sudo().content_date -= timedelta(hours=1)
        self.assertFalse(self._as(self._user("zoe"), document).is_new)

    def test_the_counter_stops_at_a_hundred(self):
        document = self._deposit(self.alice)
        for _ in range(7):
            self.env.cr.execute(
                "INSERT INTO dms_file (name, title, active, directory_id, audience_id, content_date, create_uid,"
                " status, state, is_shown)"
                " SELECT name, title, active, directory_id, audience_id, content_date, create_uid,"
                " status, state, is_shown"
                " FROM dms_file WHERE active AND create_uid = %s",
                [self.alice.id],
            )
        self.assertEqual(self._count(self.alan), 100, document)

    def test_what_is_kept_is_found_again_by_oneself_only(self):
        document, folder = self._deposit(self.alice), self.folder
        for content in (document, folder):
            self._as(self.alan, content)._set_mark("favourite", True)
            kept = Domain("is_favourite", "=", True)
            self.assertEqual(self._as(self.alan, content).search(kept), content)
            self.assertTrue(self._as(self.alan, content).is_favourite)
            self.assertFalse(self._as(self.chloe, content).search(kept))
            self.assertFalse(self._as(self.chloe, content).is_favourite)
            self._as(self.alan, content)._set_mark("favourite", False)
            self.assertFalse(self._as(self.alan, content).search(kept))

    def test_twice_is_once(self):
        document = self._deposit(self.alice)
        for _ in range(2):
            self._as(self.alan, document)._set_mark("useful", True)
        self.assertEqual(
            self.env["collab.mark"]._count(["useful"], "dms.file", document.ids), {"useful": {document.id: 1}}
        )

    def test_how_much_a_document_is_used_is_how_many_people_used_it(self):
        document = self._deposit(self.alice)
        for person in (self.alan, self.chloe):
            self._as(person, document)._set_mark("useful", True)
            document.with_user(person).env["collab.mark"]._put("download", "dms.file", document.ids)
        self.env["dms.file"]._count_use()
        self.assertEqual(document.use_count, 2)

    def test_the_marks_go_with_the_document_and_with_the_person(self):
        document, other = self._deposit(self.alice), self._deposit(self.alice)
        for content in (document, other):
            self._as(self.alan, content)._set_mark("favourite", True)
        document.sudo().unlink()
        own = [("user_id", "=", self.alan.id)]
        self.assertEqual(self.env["collab.mark"].search(own).mapped("res_id"), other.ids)
        self.alan.active = False
        self.alan._forget()
        self.assertFalse(self.env["collab.mark"].search(own))

    def test_numbers_are_those_of_what_the_reader_may_read(self):
        self._deposit(self.alice, audience_network_ids=self.blue.ids)
        self._deposit(self.alice)
        total = {person.login: self._facets(person)["total"] for person in (self.alan, self.chloe)}
        self.assertEqual(total, {"alan": 2, "chloe": 1})

    def test_filters_say_what_one_would_find(self):
        theme, other = self.env["collab.theme"].search([], limit=2)
        tool, minutes = (self.env.ref(f"collab_ressources.category_{name}").id for name in ("tool", "minutes"))
        for values in ({"theme_id": theme.id, "category_id": tool}, {"theme_id": other.id, "category_id": tool}, {}):
            self._deposit(self.alice, **values)
        facets = self._facets(self.alan, category=tool, theme=theme.id)
        self.assertEqual(facets["total"], 1)
        self.assertEqual(facets["theme"], {theme.id: 1, other.id: 1}, "what another theme would give")
        self.assertEqual(facets["category"], {tool: 1})
        self.assertNotIn(minutes, self._facets(self.alan)["category"])
        below = self.env["dms.directory"]._below(self.folder.id)
        self.assertEqual(self._facets(self.alan, folders=below)["total"], 3)
