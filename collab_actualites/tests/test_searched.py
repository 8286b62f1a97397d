from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase
from odoo.addons.collab_suivi.content import Part

from .common import NewsCase


@tagged("post_install", "-at_install")
class TestSearched(SearchedCase, NewsCase):
    """What a search reads of a news item."""

    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()
        self.news = self._news(
            kind="open_days",
            name="Portes ouvertes",
            content="<p>Venez <strong>visiter</strong>.</p>",
            start=self._in(days=3),
            place="3 rue du Port",
            commune_id=self.clisson.id,
            contact="Lucie",
            audience_network_ids=self.blue.ids,
        )
        self.remark = self._by(self.bob, self.env["collab.news.comment"]).create(
            {"news_id": self.news.id, "body": "J’y serai"}
        )

    def _by(self, person, record):
        return record.with_env(self.env(user=person, su=False))

    def test_a_news_item_is_found_by_what_it_says(self):
        found = self._searched(self.news)
        self.assertEqual(found.title, "Portes ouvertes")
        kind, territory = self._kind("open_days"), self.clisson.territory_id
        self.assertEqual(set(found.said.split("\n")), {kind.name, territory.name, "Clisson", "3 rue du Port", "Lucie"})
        self.assertEqual(found.parts, (Part("Venez visiter."), Part("J’y serai", "bob")))
        self._joined(self.env["collab.news.attachment"], self.news)
        self.assertEqual(self._files_of(self.news), ["plan.pdf"])

    def test_a_job_offer_is_found_by_its_contract(self):
        news = self._news(kind="job", name="Encadrant", contract="cddi")
        contracts = news._fields["contract"]._description_selection(news.with_context(lang="fr_FR").env)
        self.assertIn(dict(contracts)["cddi"], self._read(news))
        with self._noted(news):
            self._by(self.ana, news).write({"contract": "cdi"})

    def test_what_has_left_the_feed_is_found_in_the_archives(self):
        self._leave(self.news)
        self.assertIn("visiter", self._read(self.news))

    def test_what_all_its_readers_do_not_read_is_not_found(self):
        for what, hide in (
            ("a comment that is hidden", lambda: self._by(self.mona, self.remark)._hide("x")),
            ("one that waits", lambda: self.remark.sudo().write({"state": "pending"})),
            ("one that is deleted", lambda: self._by(self.bob, self.remark)._withdraw()),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertNotIn("J’y serai", self._read(self.news))
                self.assertIn("visiter", self._read(self.news))
                savepoint.rollback()
        for what, hide in (
            ("hidden", lambda: self._by(self.mona, self.news)._hide("x")),
            ("waiting", lambda: self.news.write({"state": "pending"})),
            ("deleted", lambda: self._by(self.ana, self.news)._withdraw()),
        ):
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                hide()
                self.assertIsNone(self._searched(self.news))
                savepoint.rollback()

    def test_it_is_told_of_all_that_changes_what_it_reads(self):
        own, moderated = self._by(self.ana, self.news), self._by(self.mona, self.news)
        for what, act in (
            ("write", lambda: own.write({"content": "<p>Entrez.</p>"})),
            ("place", lambda: own.write({"place": "Ailleurs"})),
            ("commune", lambda: own.write({"commune_id": False})),
            ("type", lambda: own.write({"type_id": self._kind("information").id})),
            ("join", lambda: self._joined(self.env["collab.news.attachment"], self.news)),
            ("correct a comment", lambda: self._by(self.bob, self.remark).write({"body": "Oui"})),
            ("hide a comment", lambda: self._by(self.mona, self.remark)._hide("x")),
            ("hide", lambda: moderated._hide("x")),
            ("show", lambda: moderated._show("x")),
            ("delete", own._withdraw),
            ("put back", own._put_back),
            ("remove", lambda: moderated._remove("x")),
            ("restore", moderated._restore),
            ("rename its type", lambda: self._kind("information").write({"name": "Information d’essai"})),
        ):
            others = self.env["collab.news"].search([("type_id", "=", self._kind("information").id)])
            changed = self.news | others if what.startswith("rename") else self.news
            with self.subTest(what), self._noted(*changed):
                act()
        for what, act in (
            ("see", self._by(self.bob, self.news)._mark_seen),
            ("interest", lambda: self._by(self.bob, self.news)._set_mark("interest", True)),
            ("pin", lambda: moderated._pin(self._in(days=2).date())),
        ):
            with self.subTest(what), self._noted():
                act()

    def test_a_search_is_narrowed_as_the_feed_is(self):
        News = self._as(self.bob)
        other = self._news(name="Ailleurs", audience_territory_ids=self.port.ids)
        both = Domain("id", "in", (self.news | other).ids)
        for chosen, found in (
            ({}, self.news | other),
            ({"network": self.blue.id}, self.news),
            ({"territory": self.clisson.territory_id.id}, self.news),
            ({"territory": self.north.id}, other),
            ({"theme": self.env["collab.theme"].search([], limit=1).id}, News),
            ({"author": self.bob.id}, News),
            ({"since": self._in(days=1)}, News),
        ):
            with self.subTest(chosen):
                mine = News.search(both & News._search_filter(**chosen))
                self.assertEqual(set(mine.ids), set(found.ids))

    def test_a_row_shows_what_was_found_and_escapes_it(self):
        News = self._as(self.bob)
        [row] = News._rows(News._latest([("id", "=", self.news.id)]))
        self.assertIn("Venez", row["said"])
        shown, found = self._drawn(News, row)
        self.assertIn("c-row__text", shown)
        self.assertNotIn("c-row__text", found, "the extract stands in the place of its beginning")
