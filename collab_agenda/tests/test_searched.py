from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase
from odoo.addons.collab_suivi.content import Part

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestSearched(SearchedCase, AgendaCase):
    """What a search reads of a date."""

    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()
        self.event = self._event(
            name="Journée mobilité",
            content="<p>Avec la <em>juriste</em>.</p>",
            place="Salle des fêtes",
            commune_id=self.clisson.id,
            organiser_id=self.blue.id,
        )
        self.remark = self._by(self.bob, self.env["collab.event.comment"]).create(
            {"event_id": self.event.id, "body": "Je viens à vélo"}
        )

    def _by(self, person, record):
        return record.with_env(self.env(user=person, su=False))

    def test_a_date_is_found_by_what_it_says(self):
        found = self._searched(self.event)
        self.assertEqual(found.title, "Journée mobilité")
        kind, territory = self._kind("meeting"), self.clisson.territory_id
        self.assertEqual(set(found.said.split("\n")), {kind.name, territory.name, "Clisson", "Salle des fêtes", "Blue"})
        self.assertEqual(found.parts, (Part("Avec la juriste."), Part("Je viens à vélo", "bob")))
        self._joined(self.env["collab.event.attachment"], self.event)
        self.assertEqual(self._files_of(self.event), ["plan.pdf"])

    def test_what_all_its_readers_do_not_read_is_not_found(self):
        self._by(self.mona, self.remark)._hide("x")
        self.assertNotIn("vélo", self._read(self.event))
        self.assertIn("juriste", self._read(self.event))
        for what, hide in (
            ("hidden", lambda: self._by(self.mona, self.event)._hide("x")),
            ("deleted", lambda: self._by(self.mona, self.event)._withdraw()),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertIsNone(self._searched(self.event))
                savepoint.rollback()
        self.assertIsNone(
            self._searched(self._event(self.ana)), "a member proposes it, and a moderator has not read it"
        )

    def test_it_is_told_of_all_that_changes_what_it_reads(self):
        own = self._by(self.mona, self.event)
        comments = self._by(self.bob, self.env["collab.event.comment"])
        for what, act in (
            ("write", lambda: own.write({"name": "Journée vélo"})),
            ("place", lambda: own.write({"place": "Ailleurs"})),
            ("organiser", lambda: own.write({"organiser_id": False})),
            ("join", lambda: self._joined(self.env["collab.event.attachment"], self.event)),
            ("comment", lambda: comments.create({"event_id": self.event.id, "body": "Et moi"})),
            ("hide", lambda: own._hide("x")),
            ("show", lambda: own._show("x")),
            ("delete", own._withdraw),
            ("put back", own._put_back),
        ):
            with self.subTest(what), self._noted(self.event):
                act()
        proposed = self._event(self.ana)
        with self.subTest("accept"), self._noted(proposed):
            self._by(self.ada, proposed)._accept()
        self.assertIsNotNone(self._searched(proposed))
        with self.subTest("cancel"), self._noted():
            own._cancel("x")

    def test_a_search_is_narrowed_as_the_agenda_is(self):
        Event = self._as(self.bob)
        other = self._event(name="Ailleurs", audience_network_ids=self.blue.ids, audience_territory_ids=self.port.ids)
        both = Domain("id", "in", (self.event | other).ids)
        for chosen, found in (
            ({}, self.event | other),
            ({"network": self.blue.id}, self.event | other),
            ({"network": self.green.id}, Event),
            ({"territory": self.clisson.territory_id.id}, self.event),
            ({"territory": self.north.id}, other),
            ({"theme": self.env["collab.theme"].search([], limit=1).id}, Event),
        ):
            with self.subTest(chosen):
                mine = Event.search(both & Event._search_filter(**chosen))
                self.assertEqual(set(mine.ids), set(found.ids))

    def test_a_row_shows_what_was_found_and_escapes_it(self):
        Event = self._as(self.bob)
        [row] = Event._rows(Event._latest([("id", "=", self.event.id)]))
        self._drawn(Event, row)
