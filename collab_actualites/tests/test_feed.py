from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .common import NewsCase


@tagged("post_install", "-at_install")
class TestFeed(NewsCase):
    """What somebody finds in the feed, and what is counted beside each filter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.for_all = cls._news(name="Pour tous")
        cls.blue_only = cls._news(name="Bleu", kind="job", audience_network_ids=cls.blue.ids)
        cls.at_port = cls._news(name="Au port", kind="job", audience_territory_ids=cls.port.ids)
        cls.green_only = cls._news(cls.greta, name="Vert", audience_network_ids=cls.green.ids)

    def _found(self, person):
        News = self._as(person)
        return set(News._latest(News._feed_domain()).mapped("name"))

    def _pinned(self, person):
        News = self._as(person)
        reading = News._reading()
        feed = News._feed(reading)
        return list(feed.read_by(reading, feed.pinned))

    def _counts(self, person, *choice):
        News = self._as(person)
        reading = News._reading()
        return News._feed(reading).counts.of(reading.audiences, *(choice or (None, None, None)))

    def test_each_finds_what_is_addressed_to_him_once(self):
        self.assertEqual(self._found(self.bob), {"Pour tous", "Bleu", "Au port"})
        self.assertEqual(self._found(self.greta), {"Pour tous", "Vert"})
        self.assertEqual(self._found(self.ada), {"Pour tous", "Bleu", "Au port", "Vert"})

    def test_what_is_counted_is_what_is_found_with_each_filter_and_each_reader(self):
        kinds = [None, self._kind("job").id, self._kind("information").id]
        territories = [None, self.port.id, self.north.id, self.hills.id]
        networks = [None, self.blue.id, self.green.id]
        for person in (self.ana, self.bob, self.greta, self.mona, self.ada):
            News = self._as(person)
            for choice in [(k, t, n) for k in kinds for t in territories for n in networks]:
                with self.subTest(person.login, choice=choice):
                    domain = News._feed_domain() & News._filter_domain(*choice)
                    found = News._latest(domain)
                    self.assertEqual(self._counts(person, *choice)["total"], len(found))
                    self.assertEqual(News._found(News._reading(), *choice), found.ids)

    def test_beside_each_value_stands_what_it_would_give(self):
        counts = self._counts(self.bob)
        self.assertEqual(counts["type"], {self._kind("job").id: 2, self._kind("information").id: 1})
        self.assertEqual(counts["network"], {self.blue.id: 1})
        self.assertEqual(counts["territory"][self.north.id], 1, "what lies in it counts")
        chosen = self._counts(self.bob, self._kind("information").id, None, None)
        self.assertEqual((chosen["total"], chosen["type"][self._kind("job").id]), (1, 2))

    def test_what_has_left_the_feed_is_in_the_archives_and_new_to_nobody(self):
        self.assertEqual(self._as(self.bob)._count_new(), 3)
        self._leave(self.for_all)
        News = self._as(self.bob)
        self.assertEqual(News._count_new(), 2)
        self.assertNotIn("Pour tous", self._found(self.bob))
        self.assertEqual(News._latest(News._feed_domain(is_over=True)).mapped("name"), ["Pour tous"])
        self.assertEqual(News._count_over(News._reading()), 1)
        self.assertEqual(self._counts(self.bob)["total"], 2)
        self.assertNotIn(self.for_all.id, News._first(10)[2].ids)
        [row] = News._rows(News.browse(self.for_all.id))
        self.assertEqual((row["is_new"], row["is_over"]), (False, True))

    def test_the_archives_count_what_each_may_read(self):
        self._leave(self.blue_only | self.green_only | self.for_all)
        for person in (self.ana, self.bob, self.greta, self.mona, self.ada):
            with self.subTest(person.login):
                News = self._as(person)
                over = News.search_count(News._feed_domain(is_over=True))
                self.assertEqual(News._count_over(News._reading()), over)
                self.assertEqual(over, 3 if person == self.ada else 2)

    def test_a_day_later_the_numbers_are_others_without_any_change(self):
        day = today() + timedelta(days=3)
        News, last = self._as(self.bob), self._news(name="Dernier", kind="job", deadline=today())
        self.assertEqual(self._counts(self.bob)["total"], 4)
        before = News._reading().state
        self.startPatcher(patch("odoo.addons.collab_contribution.models.collab_feed_mixin.today", lambda: day))
        self.assertNotEqual(News._reading().state, before)
        self.assertEqual(self._counts(self.bob)["total"], 3)
        self.assertNotIn(last.name, self._found(self.bob))

    def test_near_somebody_is_what_happens_in_his_territory_or_around(self):
        News = self._as(self.bob)
        self.assertEqual(News._around(News._reading(), self.port.ids, 3), self.at_port.ids)
        self.assertEqual(News._around(News._reading(), [], 3), [])
        Other = self._as(self.greta)
        self.assertEqual(Other._around(Other._reading(), self.port.ids, 3), [], "it is not addressed to her")

    def test_what_is_pinned_is_known_until_its_day(self):
        self._as(self.mona).browse(self.blue_only.id)._pin(today())
        self.assertEqual(self._pinned(self.bob), self.blue_only.ids)
        self.assertEqual(self._pinned(self.greta), [])

    def test_the_row_of_a_list_says_what_there_is_to_know(self):
        self.env["collab.news.comment"].with_user(self.bob).create({"news_id": self.at_port.id, "body": "Merci"})
        News = self._as(self.bob)
        [row] = News._counted(News._rows(News.browse(self.at_port.id)))
        self.assertEqual((row["kind"], row["comments"], row["interested"]), ("Offre d’emploi", 1, 0))
        self.assertEqual(row["url"], f"/actualites/{self.at_port.id}")
