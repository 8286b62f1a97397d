import re
from datetime import date, timedelta
from unittest.mock import patch

from lxml import html

from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.moments import from_paris, today

from .common import AgendaCase

DAY = timedelta(days=1)
# Queries of a page, whatever the number of dates: on real workers, one more asks whether caches still hold.
PAGE_QUERIES = 14 - 1


class AgendaPagesCase(AgendaCase, HttpCase):
    def _enter(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _page(self, path="/agenda", status=200):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return html.fromstring(answer.text)

    def _words(self, node):
        return " ".join(node.text_content().split())

    def _listed(self, path):
        """:return list[str]: the titles of the rows of a list"""
        return [self._words(link) for link in self._page(path).xpath("//main//h3[@class='c-row__title']/a")]

    def _in_month(self, path="/agenda"):
        """:return dict[str, list[str]]: what each day of the month shows"""
        cells = self._page(path).xpath("//table[@class='c-month']//td")
        return {cell.xpath(".//time/@datetime")[0]: [self._words(one) for one in cell.xpath(".//li")] for cell in cells}

    def _on(self, day, hour="10:00", **vals):
        """:return calendar.event: of two hours, on a day of Paris"""
        return self._event(start=from_paris(f"{day}T{hour}"), **vals)


@tagged("post_install", "-at_install")
class TestAgendaPages(AgendaPagesCase):
    """The agenda as its readers meet it: a month, a week, a list."""

    def test_a_month_shows_each_day_what_happens_in_it(self):
        self._on("2027-03-09", "09:30", name="Groupe CIP", organiser_id=self.blue.id)
        self._on("2027-03-31", "23:00", name="Nuit du code")
        self._on("2027-03-10", name="Vert seul", author=self.gus, audience_network_ids=self.green.ids)
        self._enter(self.bob)
        month = self._in_month("/agenda?date=2027-03")
        self.assertEqual((min(month), max(month)), ("2027-03-01", "2027-04-04"))
        self.assertEqual(month["2027-03-09"], ["Blue, 9 h 30 Groupe CIP"])
        self.assertEqual((month["2027-03-10"], month["2027-03-31"]), ([], ["23 h Nuit du code"]))
        self.assertEqual(month["2027-04-01"], ["suite Nuit du code"])
        table = self._page("/agenda?date=2027-03").xpath("//table[@class='c-month']")[0]
        self.assertEqual([self._words(one) for one in table.xpath(".//th[@scope='col']")][:2], ["lundi", "mardi"])

    def test_today_is_marked_and_the_address_holds_the_month(self):
        self._enter(self.bob)
        page = self._page()
        self.assertEqual(page.xpath("//td[@aria-current='date']//time/@datetime"), [today().isoformat()])
        following = page.xpath("//a[@rel='next']/@href")[0]
        month = (today().replace(day=1) + 32 * DAY).strftime("%Y-%m")
        self.assertEqual(following, f"/agenda?date={month}")
        self.assertEqual(self._page(following).xpath("//a[@rel='prev']/@href"), ["/agenda"])

    def _choices(self, path="/agenda"):
        """:return set[str]: what the filters offer, with how many each leaves"""
        return {self._words(one) for one in self._page(path).xpath("//ul[@class='c-pick__choices']//a")}

    def test_filters_count_what_the_reader_finds_and_are_named_as_things_are_now(self):
        self._on("2027-03-09", organiser_id=self.blue.id)
        self._on("2027-03-10", author=self.gus, audience_network_ids=self.green.ids, kind="training")
        kinds = [self._kind(code) for code in ("meeting", "training")]
        for kind, name in zip(kinds, ("Rencontres d’essai", "Formations d’essai"), strict=True):
            kind.with_user(self.ada).sudo(False).plural = name
        for _time in range(2):
            # The second time, they are drawn already.
            self._enter(self.bob)
            self.assertLessEqual({"Rencontres d’essai 1", "Blue 1"}, self._choices())
            self.assertFalse({"Formations d’essai 1", "Green 1"} & self._choices())
            self._enter(self.greta)
            self.assertLessEqual({"Rencontres d’essai 1", "Formations d’essai 1", "Green 1"}, self._choices())
        kinds[0].with_user(self.ada).sudo(False).plural = "Réunions d’essai"
        self.blue.name = "Bleu"
        names = self._choices()
        self.assertLessEqual({"Réunions d’essai 1", "Bleu 1"}, names)
        self.assertFalse({"Rencontres d’essai 1", "Blue 1"} & names)
        for registered in (False, True):
            self.assertEqual("Mes inscriptions1" in self._words(self._page().xpath("//main")[0]), registered)
            self._as(self.greta).browse(self._on("2027-04-01", has_answers=True).id)._answer("yes")

    def test_a_busy_day_shows_some_and_leads_to_the_others(self):
        for hour in range(8, 14):
            self._on("2027-03-09", f"{hour:02}:00", name=f"Rendez-vous {hour}")
        self._enter(self.bob)
        cell = self._page("/agenda?date=2027-03").xpath("//td[.//time/@datetime='2027-03-09']")[0]
        self.assertEqual(len(cell.xpath(".//li")), 4)
        [others] = cell.xpath(".//li[last()]/a")
        self.assertIn("et 3 autres", self._words(others))
        self.assertEqual(others.get("href"), "/agenda?vue=semaine&date=2027-03-09#jour-2027-03-09")
        [day] = self._page(others.get("href")).xpath("//li[@id='jour-2027-03-09']")
        self.assertEqual(len(day.xpath(".//li")), 6)

    def test_what_is_cancelled_is_struck_and_said(self):
        event = self._on(today() + DAY, name="Atelier")
        event.cancelled_date = self._in()
        self._enter(self.bob)
        page = self._page("/agenda?vue=liste")
        self.assertEqual([self._words(one) for one in page.xpath("//h3//s")], ["Atelier"])
        self.assertIn("Annulé", self._words(page.xpath("//li[contains(@class, 'c-row')]")[0]))
        day = (today() + DAY).isoformat()
        self.assertEqual(self._in_month(f"/agenda?date={day}")[day], ["10 h Annulé Atelier"])

    def test_the_list_goes_by_weeks_from_this_one_on(self):
        monday = today() - today().weekday() * DAY
        self._event(name="Passé", start=self._in(days=-20))
        self._on(today(), "23:00", name="Ce soir")
        self._on(monday + 16 * DAY, name="Plus tard")
        self._enter(self.bob)
        page = self._page("/agenda?vue=liste")
        titles = [self._words(one) for one in page.xpath("//main//div[@class='c-card__head']/h2")]
        self.assertEqual(titles[0], "Cette semaine")
        self.assertTrue(titles[1].startswith("Semaine du "), titles)
        self.assertEqual(self._listed("/agenda?vue=liste"), ["Nouveau : Ce soir", "Nouveau : Plus tard"])
        # The month holds the same list, which a phone shows in its place.
        self.assertEqual(self._listed("/agenda"), ["Nouveau : Ce soir", "Nouveau : Plus tard"])

    def test_a_long_list_has_pages(self):
        for number in range(17):
            self._on(today() + number * DAY + DAY, name=f"Rendez-vous {number}")
        self._enter(self.bob)
        page = self._page()
        self.assertEqual(page.xpath("//nav[@aria-label='Pages']/a/@href"), ["/agenda?vue=liste&page=2"])
        self.assertEqual(len(self._listed("/agenda?vue=liste&page=2")), 2)

    def test_one_finds_what_is_past_what_is_one_s_own_and_what_one_keeps(self):
        past = self._event(name="Passé", start=self._in(days=-20))
        self._event(self.ana, name="Proposée")
        self.env["collab.mark"].with_user(self.ana)._put("favourite", "calendar.event", past.ids)
        self._enter(self.ana)
        self.assertEqual(self._listed("/agenda?quoi=passees"), ["Passé"])
        self.assertEqual(self._listed("/agenda?quoi=favoris"), ["Passé"])
        self.assertEqual(self._listed("/agenda?quoi=miennes"), ["Proposée"])
        self.assertIn("En attente d’un modérateur", self._words(self._page("/agenda?quoi=miennes")))
        self.assertEqual(self._listed("/agenda?quoi=inscriptions"), [])
        self._enter(self.bob)
        self.assertEqual(self._listed("/agenda?quoi=favoris"), [])
        self._event(name="Neuf")
        self.assertEqual(self._listed("/agenda?quoi=nouvelles"), ["Nouveau : Neuf"])

    def test_a_filter_is_a_chip_that_takes_itself_off(self):
        self._event(name="Formation FALC", kind="training")
        self._event(name="Réunion")
        self._enter(self.bob)
        kind = self._kind("training").id
        choices = self._page().xpath("//details[contains(@class, 'c-pick')]//a")
        [choice] = [one for one in choices if one.get("href") == f"/agenda?type={kind}"]
        self.assertEqual(self._words(choice), "Formations 1")
        self.assertEqual(self._listed(f"/agenda?type={kind}"), ["Nouveau : Formation FALC"])
        [chip] = self._page(f"/agenda?type={kind}").xpath("//a[@class='c-chip is-on']")
        self.assertEqual(chip.get("href"), "/agenda")

    def test_nothing_that_matches_says_so_and_offers_to_clear_each_filter(self):
        self._event(name="Réunion")
        self._enter(self.bob)
        page = self._page(f"/agenda?vue=liste&type={self._kind('training').id}")
        self.assertIn("Aucun rendez-vous ne correspond à ces filtres", self._words(page))
        self.assertEqual(page.xpath("//div[@class='c-empty__ways']/a/@href"), ["/agenda?vue=liste"])

    def test_an_empty_month_leads_to_the_next_date(self):
        self._on("2027-06-10", name="Assemblée")
        self._enter(self.bob)
        [link] = self._page("/agenda?date=2027-03").xpath("//p[@class='c-calendar__none']/a")
        self.assertEqual((link.get("href"), self._words(link)), ("/agenda?date=2027-06", "jeudi 10 juin 2027"))

    def test_a_member_proposes_as_long_as_the_federations_wish_it(self):
        self._enter(self.ana)
        self.assertIn("Proposer une date", self._words(self._page()))
        self.env["ir.config_parameter"].set_param("collab_agenda.proposals", "closed")
        self.assertFalse(self._page().xpath("//a[@href='/agenda/proposer']"))
        self._enter(self.mona)
        self.assertIn("Ajouter une date", self._words(self._page()))

    def test_a_strange_address_shows_the_agenda_or_nothing_and_never_fails(self):
        self._enter(self.bob)
        many = "9" * 5_000
        for query in (
            *(
                "date=",
                "date=0000-01",
                "date=9999-12",
                "date=9999-12-31&vue=semaine",
                "date=0001-01-01",
                "date=2027-13",
            ),
            *("date=2027-02-30", "date=hier", "date=2027-W10", f"date={many}", "vue=annee", f"page={many}", "page=-1"),
            *("quoi=tout", "date=2000-01", "date=2099-12", "date=2099-12-31&vue=semaine", "date=2027-03&date=x"),
            *("date=%F0%9F%98%80", "vue=liste&date=2099-12-31", "quoi=passees&date=2027-03"),
        ):
            with self.subTest(query[:40]):
                self._page(f"/agenda?{query}")
        for query in ("type=0", f"type={many}", "territoire=x", "reseau=999999", "type=-1"):
            with self.subTest(query[:40]):
                self._page(f"/agenda?{query}", 404)
        # Nothing leads where there is nothing.
        self.assertFalse(self._page("/agenda?date=2099-12").xpath("//a[@rel='next']"))
        self.assertFalse(self._page("/agenda?date=2000-01").xpath("//a[@rel='prev']"))

    def test_nobody_reads_it_before_the_charter(self):
        self.bob.sudo().accepted_charter_id = False
        self._enter(self.bob)
        answer = self.url_open("/agenda", allow_redirects=False)
        self.assertEqual(answer.headers["Location"].partition("?")[0], "/charte")

    def test_what_has_a_day_elsewhere_stands_in_the_agenda_too(self):
        row = self._as(self.ada)._rows(self._on("2027-03-09", name="Modèle"))[0]
        asked = []

        def other_dates(_model, _reading, first, last, territory=None, network=None):
            asked.append((first, last, network))
            template = "collab_agenda.event_row"
            other = {**row, "id": 0, "title": "Portes ouvertes", "url": "/actualites/1", "template": template}
            return [other] if first <= other["day"] <= last else []

        hook = "odoo.addons.collab_agenda.models.calendar_event_lists.CalendarEvent._other_dates"
        self.startPatcher(patch(hook, other_dates))
        self._enter(self.bob)
        self.assertEqual(self._in_month("/agenda?date=2027-03")["2027-03-09"], ["10 h Modèle", "10 h Portes ouvertes"])
        self.assertIn("Portes ouvertes", self._words(self._page("/agenda?vue=semaine&date=2027-03-09")))
        self.assertIn("Portes ouvertes", self._words(self._page("/agenda?vue=liste&date=2027-03-01")))
        self._page(f"/agenda?date=2027-03&reseau={self.green.id}")
        self.assertIn((date(2027, 3, 1), date(2027, 4, 4), self.green.id), asked)
        asked.clear()
        self._page(f"/agenda?date=2027-03&type={self._kind('training').id}")
        self.assertFalse(asked, "what is written elsewhere has none of these types")

    def test_a_poll_heads_the_list_and_is_of_no_month(self):
        self._event(name="Quand pour le bilan ?").is_poll = True
        self._enter(self.bob)
        page = self._page()
        card = page.xpath("//section[@aria-labelledby='polls-title']")[0]
        self.assertIn("Quand pour le bilan ?", self._words(card))
        self.assertFalse(any(self._in_month().values()))

    # How much it costs

    def _queries(self, path):
        """:return list[str]: what a page asks of PostgreSQL, but for the savepoints of the tests"""
        queries, execute = [], Cursor.execute
        self._page(path)

        def executing(cursor, query, *args, **kwargs):
            queries.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", executing):
            self._page(path)
        return [query for query in queries if "SAVEPOINT" not in query]

    def test_a_page_asks_no_more_of_the_base_however_many_dates_there_are(self):
        paths = ("/agenda", "/agenda?vue=semaine", "/agenda?vue=liste", "/agenda?quoi=passees")
        self._event(name="Le premier")
        self._event(name="Passé", start=self._in(days=-3))
        self._enter(self.bob)
        few = {path: self._queries(path) for path in paths}
        self.env["ir.config_parameter"].set_param("collab_reseaux.daily_publication", "100")
        for number in range(60):
            start = self._in(days=number % 12 - 3)
            self._event(name=f"Rendez-vous {number}", start=start, audience_network_ids=[Command.set(self.blue.ids)])
        self.env.flush_all()
        for path in paths:
            with self.subTest(path):
                many = self._queries(path)
                self.assertLessEqual(len(many), PAGE_QUERIES, "\n".join(many))
                self.assertEqual(len(many), len(few[path]), "\n".join(many))

    def test_a_date_of_a_network_is_in_no_page_of_another(self):
        self._on(today(), "23:00", name="Secret bleu", author=self.mona, audience_network_ids=self.blue.ids)
        # Once it has been drawn for those who read it.
        self._enter(self.bob)
        self.assertTrue(re.search("Secret bleu", self.url_open("/agenda").text))
        self._enter(self.greta)
        for path in ("/agenda", "/agenda?vue=semaine", "/agenda?vue=liste", "/agenda?quoi=nouvelles"):
            self.assertFalse(re.search("Secret bleu", self.url_open(path).text), path)

    def test_a_row_says_to_each_reader_what_concerns_him(self):
        event = self._on(today() + timedelta(days=1), name="Journée mobilité", author=self.mona, seats=2)
        event.with_user(self.ana).sudo(False)._answer("yes")

        def row(person):
            self._enter(person)
            return self._words(self._page("/agenda?vue=liste").find_class("c-row")[0])

        for person, takes_part in ((self.ana, True), (self.bob, False), (self.ana, True)):
            self.assertEqual("Vous participez" in row(person), takes_part)
            self.assertIn("1 place", row(person))
        self.assertIn("Nouveau", row(self.bob))
        self.url_open(f"/agenda/{event.id}")
        event.with_user(self.bob).sudo(False)._answer("yes")
        self.assertNotIn("Nouveau", row(self.bob))
        self.assertIn("complet", row(self.ana))
