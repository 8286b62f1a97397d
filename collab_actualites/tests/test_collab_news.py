from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.moments import paris_day, today
from odoo.addons.collab_reseaux.refusals import field_of

from .common import NewsCase


@tagged("post_install", "-at_install")
class TestNews(NewsCase):
    """What a member announces: who reads it, when it leaves the feed, who is told."""

    def _refused(self, field, **vals):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            self._news(**vals)
        self.assertEqual(field_of(refusal.exception), field)
        return str(refusal.exception)

    # When it leaves the feed

    def test_an_event_leaves_the_feed_after_the_day_on_which_it_ends(self):
        stop = self._in(days=9)
        news = self._news(kind="open_days", start=stop - timedelta(hours=3), stop=stop)
        self.assertEqual(news.leaves_on, paris_day(stop))

    def test_an_event_that_ends_at_midnight_in_paris_is_there_on_its_last_day(self):
        # In winter, midnight of Paris is 23 h UTC.
        news = self._news(kind="open_days", start=datetime(2099, 12, 3, 17), stop=datetime(2099, 12, 3, 22, 59))
        self.assertEqual(str(news.leaves_on), "2099-12-03")
        news = self._news(kind="open_days", start=datetime(2099, 12, 3, 23))
        self.assertEqual(str(news.leaves_on), "2099-12-04")

    def test_a_job_offer_leaves_the_feed_after_the_last_day_to_apply(self):
        day = today() + timedelta(days=12)
        self.assertEqual(self._news(kind="job", deadline=day).leaves_on, day)

    def test_what_has_no_day_stays_as_long_as_its_type_says(self):
        self._kind("information").feed_days = 7
        self.assertEqual(self._news().leaves_on, today() + timedelta(days=7))

    def test_its_author_may_keep_it_for_a_shorter_or_a_longer_time(self):
        for days in (1, 80):
            day = today() + timedelta(days=days)
            self.assertEqual(self._news(kind="open_days", start=self._in(days=9), keep_until=day).leaves_on, day)

    def test_what_would_go_straight_to_the_archives_is_refused_beside_the_day_that_is_past(self):
        yesterday = today() - timedelta(days=1)
        self._refused("keep_until", keep_until=yesterday)
        self._refused("deadline", kind="job", deadline=yesterday)
        self._refused("start", kind="open_days", start=self._in(days=-2))
        self._refused("stop", kind="open_days", start=self._in(days=-3), stop=self._in(days=-2))

    def test_an_expired_item_is_corrected_in_the_archives_but_comes_back_only_with_a_day_to_come(self):
        news = self._news(kind="open_days", start=self._in(days=3))
        self._leave(news)
        own = self._as(self.ana).browse(news.id)
        own.write({"name": "Portes ouvertes, le compte rendu"})
        with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
            own.write({"start": self._in(days=-30)})
        self.assertEqual(field_of(refusal.exception), "start")
        own.write({"start": self._in(days=30)})
        self.assertGreater(news.leaves_on, today())

    # What is refused

    def test_an_event_does_not_end_before_it_begins(self):
        self._refused("stop", kind="open_days", start=self._in(days=3), stop=self._in(days=2))
        self._refused("start", kind="open_days", stop=self._in(days=2))

    def test_a_link_leads_to_a_page(self):
        for link in ("javascript:alert(1)", "www.example.org", "https://", "data:text/html,x", "http://[", "/forum"):
            with self.subTest(link):
                self._refused("link", link=link)
        self.assertEqual(self._news(link=" https://example.org/a?b=c#d ").link, "https://example.org/a?b=c#d")

    def test_a_title_has_words(self):
        for title in ("", "  ", "\N{PARTY POPPER}", "\N{PARTY POPPER} …", "\0", "!?"):
            with self.subTest(repr(title)):
                self._refused("name", name=title)
        self.assertEqual(self._news(name="Fête \N{PARTY POPPER}\n demain").name, "Fête \N{PARTY POPPER} demain")
        self._refused("name", name="x" * 201)
        self._refused("place", kind="open_days", place="x" * 501)

    def test_a_type_that_does_not_exist_is_refused(self):
        for number in (False, 0, 10**9):
            self._refused("type_id", type_id=number)

    def test_what_its_type_does_not_ask_is_not_kept(self):
        news = self._news(kind="job", start=self._in(days=2), contract="cdi", hours="35 h", place="Ici")
        self.assertEqual((news.start, news.contract, news.place), (False, "cdi", "Ici"))
        self._as(self.ana).browse(news.id).write({"type_id": self._kind("information").id})
        self.assertFalse(news.contract or news.hours or news.place)

    # Who reads and writes

    def test_it_is_for_its_audience_and_for_nobody_else(self):
        self._news(audience_network_ids=self.blue.ids)
        readers = {person for person in (self.ana, self.bob, self.greta, self.mona) if self._as(person).search([])}
        self.assertEqual(readers, {self.ana, self.bob, self.mona})

    def test_one_writes_ones_own_fields_and_those_of_nobody_else(self):
        news = self._news()
        for person in (self.bob, self.mona):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self._as(person).browse(news.id).write({"name": "Autre chose"})
        for name, value in {"pinned_until": today(), "leaves_on": today(), "state": "hidden", "summary": "x"}.items():
            with self.subTest(name), self.assertRaises(AccessError):
                self._as(self.ana).browse(news.id).write({name: value})

    def test_its_text_passes_the_gate(self):
        news = self._news(content="<p class='MsoNormal'>Venez<script>alert(1)</script> <b>tous</b></p>")
        self.assertEqual(news.content, "<p>Venez <strong>tous</strong></p>")
        self.assertEqual(news.summary, "Venez *tous*" if "*" in (news.summary or "") else "Venez tous")

    # A moderator reads first

    def test_a_type_may_be_read_by_a_moderator_first(self):
        self._kind("job").is_reviewed = True
        news = self._news(kind="job", name="Un poste")
        self.assertEqual(news.state, "pending")
        self.assertFalse(self._as(self.bob).search([("id", "=", news.id)]))
        self.assertEqual(self._news(author=self.mona, kind="job").state, "active")
        self._as(self.mona).browse(news.id)._accept()
        self.assertTrue(self._as(self.bob).search([("id", "=", news.id)]))

    def test_what_is_corrected_of_such_a_type_waits_too_its_address_included(self):
        news = self._news(kind="job", place="1 rue Basse")
        self._kind("job").is_reviewed = True
        self._as(self.ana).browse(news.id).write({"place": "2 rue Haute", "name": news.name})
        self.assertEqual((news.place, news.edit_waits), ("1 rue Basse", True))
        edit = self.env["collab.edit"]._of(news)
        self.assertIn("2 rue Haute", edit._plain())
        self.assertIn(("Address", "2 rue Haute"), edit.with_context(lang="en_US")._row()["others"])
        self._as(self.mona).browse(news.id)._accept_edit("", edit._stamp())
        self.assertEqual((news.place, news.edit_waits), ("2 rue Haute", False))

    def test_what_is_published_does_not_become_what_a_moderator_reads_first(self):
        self._kind("job").is_reviewed = True
        news = self._news()
        with self.assertRaises(UserError) as refusal:
            self._as(self.ana).browse(news.id).write({"type_id": self._kind("job").id})
        self.assertEqual(field_of(refusal.exception), "type_id")

    # At the top

    def test_a_moderator_pins_it_until_a_day_and_its_author_is_not_bothered(self):
        news = self._news()
        pinned = self._as(self.mona).browse(news.id)
        for day in (False, today() - timedelta(days=1), today() + timedelta(days=61)):
            with self.subTest(str(day)), self.assertRaises(UserError) as refusal:
                pinned._pin(day)
            self.assertEqual(field_of(refusal.exception), "pinned_until")
        pinned._pin(today() + timedelta(days=60))
        self.assertTrue(news._is_pinned())
        pinned._unpin()
        self.assertFalse(news._is_pinned())
        log = self.env["collab.action"].search([("res_model", "=", "collab.news"), ("res_id", "=", news.id)])
        self.assertEqual(log.mapped("kind"), ["unpin", "pin"])
        self.assertFalse(self.env["collab.notification"].search([("kind", "=", "moderation")]))
        for person in (self.ana, self.bob):
            with self.assertRaises(AccessError):
                self._as(person).browse(news.id)._pin(today())

    # Who is told

    def _told(self, kind="news"):
        return self.env["collab.notification"].search([("kind", "=", kind)]).user_id

    def test_who_follows_a_territory_is_told_of_what_happens_there(self):
        self.bob.partner_id.territory_ids = self.clisson.territory_id
        department = self.clisson.territory_id.parent_id.with_user(self.bob)
        department._set_mark("follow", True)
        self._news(kind="open_days", commune_id=self.clisson.id)
        self.assertEqual(self._told(), self.bob)

    def test_a_mail_says_it_to_whom_still_reads_it_and_follows(self):
        self.port.with_user(self.bob)._set_mark("follow", True)
        news = self._news(audience_territory_ids=self.port.ids, name="Fête du port", content="<p>Venez.</p>")
        event = Event("published", news)
        said = self._as(self.bob).with_context(lang="fr_FR").browse(news.id)._notification("news", event)
        self.assertEqual((said["subject"], said["said"]), ("Information\N{NO-BREAK SPACE}: Fête du port", "Venez."))
        self.port.with_user(self.bob)._set_mark("follow", False)
        self.assertIsNone(self._as(self.bob).browse(news.id)._notification("news", event))

    def test_its_author_follows_it_and_is_told_of_what_is_said_under_it(self):
        news = self._news()
        self.assertEqual(news._followers(), self.ana)
        self.env["collab.news.comment"].with_user(self.bob).create({"news_id": news.id, "body": "J’y serai"})
        self.assertIn(self.ana, self._told("comment"))

    def test_its_author_knows_who_is_interested_and_the_others_how_many(self):
        news = self._news()
        for person in (self.bob, self.greta):
            self._as(person).browse(news.id)._set_mark("interest", True)
        self.assertEqual(news._marked_by("interest"), self.bob | self.greta)
        [row] = self._as(self.bob)._counted(self._as(self.bob)._rows(self._as(self.bob).browse(news.id)))
        self.assertEqual(row["interested"], 2)

    def test_types_are_archived_and_not_deleted_while_they_serve(self):
        self._news(kind="works")
        with self.assertRaises(UserError):
            self._kind("works").unlink()
        self._kind("works").active = False
        self.assertNotIn(self._kind("works").id, self.env["collab.news.type"]._labels())
