import io
import json
import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestDatesJoined(World, HttpCase):
    """What the application joins to dates: news that have a day, and minutes. Neither module knows the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.to_blue = {"audience_network_ids": [Command.set(cls.blue.ids)]}

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _over(self, author):
        """:return calendar.event: of the blue network, that has taken place yesterday"""
        event = self._planned(self.env(user=author.id, su=False), name="Réunion de rentrée", **self.to_blue).sudo()
        yesterday = fields.Datetime.now() - timedelta(days=1)
        event.write({"start": yesterday - timedelta(hours=2), "stop": yesterday})
        return event.with_env(self.env)

    def _announced(self, **vals):
        start = fields.Datetime.now() + timedelta(days=2)
        kind = self.env.ref("collab_actualites.type_open_days").id
        news = self.env["collab.news"].with_user(self.wanda)
        return news.create({"name": "Portes ouvertes", "type_id": kind, "start": start, **vals}).sudo()

    def test_a_news_item_that_has_a_day_stands_in_the_agenda_of_those_who_read_it(self):
        mine = self._announced(**self.to_blue)
        without = self._announced(start=False)
        for person, shown in ((self.bea, True), (self.greta, False)):
            self._as(person)
            for view in ("", "?vue=liste", "?vue=semaine", f"?date={mine.start:%Y-%m}"):
                page = self.url_open(f"/agenda{view}").text
                if view != "?vue=semaine" or mine.start.isocalendar()[1] == fields.Datetime.now().isocalendar()[1]:
                    self.assertEqual(f'href="/actualites/{mine.id}"' in page, shown, (person.login, view))
                self.assertNotIn(f'href="/actualites/{without.id}"', page)
        # Filtered by a network, it stands there like a date; by a type of dates, it does not.
        self._as(self.bea)
        self.assertIn(f"/actualites/{mine.id}", self.url_open(f"/agenda?vue=liste&reseau={self.blue.id}").text)
        self.assertNotIn(f"/actualites/{mine.id}", self.url_open(f"/agenda?vue=liste&reseau={self.green.id}").text)
        meeting = self.env.ref("collab_agenda.type_meeting").id
        self.assertNotIn(f"/actualites/{mine.id}", self.url_open(f"/agenda?vue=liste&type={meeting}").text)

    def _deposit(self, event, title):
        """Deposit minutes as the current user does, by the page to which that of a date leads."""
        page = self.url_open(f"/ressources/depot?rendez-vous={event.id}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        upload = self.env["collab.upload"].with_user(self.who).sudo(False)._start(f"{title}.txt", len(title))
        upload._append(0, io.BytesIO(title.encode()))
        sent = {
            "csrf_token": token,
            "files": json.dumps([{"id": upload.id, "title": title}]),
            "folder": self.env.ref("collab_ressources.directory_tools").id,
            "networks": self.blue.id,
            "minutes_of": event.id,
        }
        self.assertEqual(self.url_open("/ressources/depot", data=sent).status_code, 200)
        return self.env["dms.file"].search([("title", "=", title)]), page

    def test_who_has_organised_a_meeting_deposits_its_minutes_for_the_same_people(self):
        self.who, event = self.bea, self._over(self.bea)
        link = f"/ressources/depot?rendez-vous={event.id}"
        self._as(self.bea)
        self.assertIn(link, self.url_open(f"/agenda/{event.id}").text)
        document, page = self._deposit(event, "CompteRendu")
        chosen = html.fromstring(page).xpath("//input[@name='networks' and @checked]/@value")
        self.assertEqual(chosen, [str(self.blue.id)])
        self.assertEqual(document.event_id, event)
        # Another member of the network finds them there, and is asked nothing.
        self._as(self.wanda)
        shown = self.url_open(f"/agenda/{event.id}").text
        self.assertIn(f'href="/ressources/{document.id}"', shown)
        self.assertNotIn(link, shown)
        # The next ones are proposed in the same folder.
        self._as(self.bea)
        again = self._over(self.bea)
        page = self.url_open(f"/ressources/depot?rendez-vous={again.id}").text
        self.assertIn('selected="selected"', page.partition('id="deposit-folder"')[2].partition("</select>")[0])

    def test_minutes_that_one_may_not_read_are_not_named(self):
        self.who, event = self.bea, self._over(self.bea)
        event.write({"audience_network_ids": [Command.clear()]})
        self._as(self.bea)
        document, _page = self._deposit(event, "PourLesBleus")
        self._as(self.greta)
        shown = self.url_open(f"/agenda/{event.id}")
        self.assertEqual(shown.status_code, 200)
        self.assertNotIn("PourLesBleus", shown.text)
        self.assertNotIn(f"/ressources/{document.id}", shown.text)

    def test_who_has_not_organised_it_gives_it_no_minutes(self):
        self.who, event = self.wanda, self._over(self.bea)
        self._as(self.wanda)
        document, page = self._deposit(event, "DeWanda")
        self.assertNotIn("minutes_of", page)
        self.assertTrue(document)
        self.assertFalse(document.event_id)
        # Nor of what does not exist, of what is to come, or of what is no number.
        coming = self._planned(self.env(user=self.bea.id, su=False))
        self._as(self.bea)
        for text in (coming.id, 0, 10**30, "x"):
            self.assertNotIn("minutes_of", self.url_open(f"/ressources/depot?rendez-vous={text}").text)
