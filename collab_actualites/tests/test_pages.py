import io
import re
from datetime import UTC, datetime, timedelta

import icalendar
from lxml import html
from PIL import Image

from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.moments import today

from .common import NewsCase


class PagesCase(NewsCase, HttpCase):
    def _enter(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/actualites").text)[1]

    def _page(self, path, status=200):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return html.fromstring(answer.text)

    def _links(self, path):
        """:return list[Element]: those that lead to what a list shows"""
        return self._page(path).xpath("//main//h3[@class='c-row__title']/a")

    def _dots(self):
        """:return list[Element]: in the feed, those that say that something is new"""
        return self._page("/actualites").xpath("//main//*[@class='c-dot']")

    def _words(self, path, status=200):
        return " ".join(self._page(path, status).text_content().split())

    def _post(self, path, **fields):
        return self.url_open(path, data={"csrf_token": self.csrf, **fields})

    def _publish(self, **fields):
        """:return Response: of the form, sent with the usual fields, and these ones"""
        usual = {"titre": "Portes ouvertes", "contenu": "Venez.", "type": self._kind("open_days").id}
        token = self._page("/actualites/publier").xpath("//form[@id='publier']//input[@name='jeton']/@value")[0]
        return self._post("/actualites/publier", **{"jeton": token, **usual, **fields})

    def _last(self):
        return self.env["collab.news"].search([], order="id desc", limit=1)


@tagged("post_install", "-at_install")
class TestPages(PagesCase):
    """The pages of the news, as members and moderators meet them."""

    # Publishing

    def test_a_member_publishes_in_one_screen(self):
        self._enter(self.ana)
        day = (today() + timedelta(days=9)).isoformat()
        answer = self._publish(debut=f"{day}T10:00", fin=f"{day}T13:00", lieu="12 rue des Tanneurs", commune="clisson")
        news = self._last()
        self.assertEqual(answer.url.rpartition("/")[2], str(news.id))
        self.assertEqual((news.create_uid, news.commune_id, news.leaves_on.isoformat()), (self.ana, self.clisson, day))
        words = self._words(f"/actualites/{news.id}")
        for said in (
            "Portes ouvertes",
            "Venez.",
            "12 rue des Tanneurs, Clisson",
            "10 h à 13 h",
            "Ajouter à mon agenda",
        ):
            self.assertIn(said, words.replace("\N{NO-BREAK SPACE}", " "))

    def test_sent_twice_it_is_there_once(self):
        self._enter(self.ana)
        for _time in range(2):
            self._publish(jeton="0" * 32)
        self.assertEqual(self.env["collab.news"].search_count([("create_uid", "=", self.ana.id)]), 1)

    def test_a_draft_is_found_again_and_is_gone_once_it_is_published(self):
        self._enter(self.ana)
        self._post("/brouillons/actualite", contenu='{"titre": "Fête du jardin"}')
        # Another device, another session.
        self._enter(self.ana)
        self.assertIn(
            "Fête du jardin", self._page("/actualites/publier").xpath("//form[@id='publier']/@data-drafted")[0]
        )
        self._publish()
        self.assertFalse(self._page("/actualites/publier").xpath("//form[@id='publier']/@data-drafted"))

    def test_the_audience_is_said_above_the_button(self):
        self._enter(self.ana)
        form = html.tostring(self._page("/actualites/publier").xpath("//form[@id='publier']")[0], encoding="unicode")
        self.assertLess(form.index("Visible par"), form.index("Publier l’actualité"))

    def test_a_yearly_assembly_starts_from_the_last_one_without_its_days(self):
        news = self._news(self.bob, "assembly", name="Assemblée 2025", place="Salle verte", start=self._in(days=2))
        self._enter(self.ana)
        form = self._page(f"/actualites/publier?depuis={news.id}").xpath("//form[@id='publier']")[0]
        self.assertEqual(form.xpath(".//textarea[@name='titre']")[0].text.strip(), "Assemblée 2025")
        self.assertEqual(form.xpath(".//input[@name='lieu']/@value"), ["Salle verte"])
        self.assertFalse("".join(form.xpath(".//input[@name='debut']/@value")))
        self._enter(self.greta)
        self._page(f"/actualites/publier?depuis={self._news(audience_network_ids=self.blue.ids).id}", 404)

    def test_an_address_fills_in_nothing(self):
        self._enter(self.ana)
        self.assertNotIn("Piège", self.url_open("/actualites/publier?titre=Piège&contenu=Piège&lieu=Piège").text)

    # Correcting

    def test_its_author_corrects_it_and_nobody_else(self):
        news = self._news(kind="open_days", start=self._in(days=5), place="1 rue Basse")
        self._enter(self.ana)
        path = f"/actualites/{news.id}/corriger"
        form = self._page(path).xpath("//form[@id='corriger']")[0]
        stamp = form.xpath(".//input[@name='empreinte']/@value")[0]
        fields = {name: "".join(form.xpath(f".//input[@name='{name}']/@value")) for name in ("debut", "fin", "lieu")}
        sent = {**fields, "titre": "Autre titre", "contenu": "Texte", "type": news.type_id.id, "empreinte": stamp}
        before = news.start
        self._post(path, **sent)
        self.assertEqual((news.name, news.start, news.place), ("Autre titre", before, "1 rue Basse"))
        answer = self._post(path, **{**sent, "titre": "Encore"})
        self.assertIn("vient de", answer.text)
        self.assertEqual(news.name, "Autre titre")
        for person in (self.bob, self.mona):
            self._enter(person)
            self._page(path, 404)

    # Reading

    def test_what_one_may_not_read_does_not_exist(self):
        news = self._news(kind="open_days", audience_network_ids=self.blue.ids, start=self._in(days=3))
        self._enter(self.greta)
        unknown = news.id + 1000
        for path in ("", ".ics", "/corriger", "/commenter"):
            said = [self.url_open(f"/actualites/{number}{path}").status_code for number in (news.id, unknown)]
            self.assertEqual(said[0], said[1], path)
            self.assertGreaterEqual(said[0], 400)
        self.assertNotIn(news.name, self._words("/actualites"))

    def test_an_item_is_new_until_it_is_opened(self):
        news = self._news()
        self._enter(self.bob)
        self.assertEqual(len(self._dots()), 1)
        self._page(f"/actualites/{news.id}")
        self.assertEqual(len(self._dots()), 0)

    def test_the_author_reads_who_is_interested_and_the_others_how_many(self):
        news = self._news()
        self._enter(self.bob)
        self._post(f"/suivi/actualite/{news.id}/interesse", on="1")
        self.assertNotIn("Intéressés", self._words(f"/actualites/{news.id}"))
        self._enter(self.ana)
        words = self._words(f"/actualites/{news.id}")
        self.assertIn("1 personne intéressée", words)
        self.assertIn("bob", words)

    def test_a_comment_is_written_corrected_and_counted(self):
        news = self._news()
        self._enter(self.bob)
        self._post(f"/actualites/{news.id}/commenter", body="On se gare où ?", jeton="1" * 32)
        comment = self.env["collab.news.comment"].search([("news_id", "=", news.id)])
        self._post(f"/actualites/{news.id}/commentaires/{comment.id}/corriger", body="Où se garer ?")
        self.assertEqual(comment.body, "Où se garer ?")
        self.assertIn("1 commentaire", self._words("/actualites"))

    def test_an_event_is_added_to_a_calendar_and_names_nobody(self):
        start = datetime(2099, 7, 3, 8, 0)
        news = self._news(kind="open_days", name="Fête", start=start, place="Quai", commune_id=self.clisson.id)
        self.env["collab.news.comment"].with_user(self.bob).create({"news_id": news.id, "body": "J’y vais"})
        self._enter(self.bob)
        answer = self.url_open(f"/actualites/{news.id}.ics")
        [event] = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
        self.assertEqual(event["DTSTART"].dt, start.replace(tzinfo=UTC))
        self.assertEqual(event["LOCATION"], "Quai, Clisson")
        self.assertTrue(event["UID"].startswith(f"actualite-{news.id}@"))
        self.assertEqual(answer.text, self.url_open(f"/actualites/{news.id}.ics").text)
        self.assertNotRegex(answer.text, "ORGANIZER|ATTENDEE|ana|bob")
        self._page(f"/actualites/{self._news().id}.ics", 404)

    # The feed

    def test_the_feed_shows_first_what_is_pinned_then_the_latest_each_once(self):
        old, middle, new = (self._news(name=f"Nouvelle {name}") for name in ("A", "B", "C"))
        near = self._news(name="Nouvelle D", audience_territory_ids=self.port.ids)
        for age, news in enumerate((near, new, middle, old)):
            news.content_date = self._in(hours=-age)
        self._as(self.mona).browse(old.id)._pin(today())
        self._enter(self.bob)
        rows = self._links("/actualites")
        self.assertEqual(
            [row.get("href").rpartition("/")[2] for row in rows], [str(n.id) for n in (old, near, new, middle)]
        )

    def test_the_feed_is_filtered(self):
        job = self._news(kind="job", name="Encadrante", audience_network_ids=self.blue.ids)
        self._news(name="Rencontre", audience_territory_ids=self.port.ids)
        self._enter(self.bob)
        for query, found in {
            f"type={job.type_id.id}": {"Encadrante"},
            f"territoire={self.north.id}": {"Rencontre"},
            f"reseau={self.blue.id}": {"Encadrante"},
            f"reseau={self.green.id}": set(),
            "vue=nouvelles": {"Encadrante", "Rencontre"},
            "vue=favoris": set(),
            "vue=miennes": set(),
            "vue=a-venir": set(),
        }.items():
            with self.subTest(query):
                rows = self._links(f"/actualites?{query}")
                self.assertEqual({row.text_content().split(":")[-1].strip() for row in rows}, found)
        for query in ("type=999999", "territoire=x", "reseau=0x1"):
            self._page(f"/actualites?{query}", 404)

    def test_a_long_feed_is_read_page_by_page(self):
        for number in range(23):
            self._news(name=f"Nouvelle {number}")
        self._enter(self.bob)
        pages = [self._links(f"/actualites?page={page}") for page in (1, 2)]
        self.assertEqual([len(rows) for rows in pages], [15, 8])
        self.assertEqual(len({row.get("href") for rows in pages for row in rows}), 23)

    def test_the_archives_hold_what_has_left_the_feed(self):
        news = self._news(name="Fête passée")
        self._leave(news)
        self._enter(self.bob)
        self.assertNotIn("Fête passée", self._words("/actualites"))
        self.assertIn("Fête passée", self._words("/actualites/archives"))
        self.assertIn("archives", self._words(f"/actualites/{news.id}"))

    def test_what_must_be_answered_soon_stands_beside(self):
        self._news(kind="job", name="Poste", deadline=today() + timedelta(days=1))
        self._enter(self.bob)
        self.assertIn("d’ici demain", self._words("/actualites"))

    def test_a_moderator_pins_from_the_page_and_nobody_else(self):
        news = self._news()
        path = f"/actualites/{news.id}/epingler"
        self._enter(self.bob)
        self.assertEqual(self._post(path, jusquau=today().isoformat()).status_code, 404)
        self._enter(self.mona)
        self.assertIn("Choisissez le dernier jour", self._post(path, jusquau="").text)
        self._post(path, jusquau=today().strftime("%d/%m/%y"))
        self.assertEqual(news.pinned_until, today())
        self._post(path, on="0")
        self.assertFalse(news.pinned_until)

    def test_files_are_for_those_who_read_the_item(self):
        news = self._news(audience_network_ids=self.blue.ids)
        file = self._joined(news, "affiche.png", self._picture(40, 30))
        self._enter(self.bob)
        self.assertEqual(self.url_open(f"/actualites/fichiers/{file.id}").headers["Content-Type"], "image/png")
        self._enter(self.greta)
        self._page(f"/actualites/fichiers/{file.id}", 404)

    def test_a_very_large_picture_is_reduced(self):
        file = self._joined(self._news(), "photo.jpg", self._picture(5200, 3900, "JPEG"))
        self.assertLess(file.width, 2600)

    @staticmethod
    def _picture(width, height, kind="PNG"):
        buffer = io.BytesIO()
        Image.effect_noise((width, height), 90).convert("RGB").save(buffer, kind, quality=95)
        return buffer.getvalue()

    def _joined(self, news, name, content):
        env = self.env(user=self.ana.id, su=False)
        upload = env["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        env["collab.news.attachment"]._attach(news.with_env(env), upload)
        return self.env["collab.news.attachment"].search([("news_id", "=", news.id)])
