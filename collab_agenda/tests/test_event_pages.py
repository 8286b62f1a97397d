import io
import re
from datetime import datetime, timedelta

from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.moments import in_paris, today

from .common import AgendaCase


class EventPagesCase(AgendaCase, HttpCase):
    def _enter(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/mon-compte").text)[1]

    def _page(self, path, status=200):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return html.fromstring(answer.text)

    def _main(self, page):
        """:return str: the words of a page, with ordinary spaces"""
        return " ".join(page.xpath("//main")[0].text_content().split())

    def _words(self, path, status=200):
        return self._main(self._page(path, status))

    def _post(self, path, **fields):
        return self.url_open(path, data={"csrf_token": self.csrf, **fields})

    def _usual(self, **fields):
        day = (today() + timedelta(days=9)).isoformat()
        usual = {"titre": "Journée mobilité", "type": self._kind("thematic_day").id, "jour": day, "de": "09:00"}
        return {**usual, "a": "16:30", "reponses": "1", **fields}

    def _propose(self, **fields):
        """:return Response: of the form, sent with the usual fields, and these ones"""
        token = self._page("/agenda/proposer").xpath("//form[@id='proposer']//input[@name='jeton']/@value")[0]
        return self._post("/agenda/proposer", jeton=token, **self._usual(**fields))

    def _last(self):
        return self.env["calendar.event"].search([], order="id desc", limit=1)

    def _fields(self, form):
        """:return dict: what a browser would send of a form"""
        boxes = ".//input[@name and (not(@type='checkbox' or @type='radio') or @checked)]"
        sent = {one.get("name"): one.get("value", "") for one in form.xpath(boxes)}
        sent |= {one.get("name"): (one.text or "").strip("\n") for one in form.xpath(".//textarea[@name]")}
        for select in form.xpath(".//select[@name]"):
            sent[select.get("name")] = "".join(select.xpath("./option[@selected]/@value"))
        return {**sent, "csrf_token": self.csrf}


@tagged("post_install", "-at_install")
class TestEventPages(EventPagesCase):
    """The page of a date, and its form, as people meet them."""

    # Adding one

    def test_a_moderator_adds_a_date_in_one_screen(self):
        self._enter(self.mona)
        answer = self._propose(lieu="8 allée du Port", commune="clisson", organise_par=self.blue.id, places="12")
        event = self._last()
        self.assertEqual(answer.url.rpartition("/")[2], str(event.id))
        self.assertEqual((in_paris(event.start).hour, in_paris(event.stop).minute, event.allday), (9, 30, False))
        self.assertEqual((event.seats, event.has_answers, event.organiser_id), (12, True, self.blue))
        words = self._main(html.fromstring(answer.text))
        for said in ("Journée mobilité", "9 h à 16 h 30", "8 allée du Port", "Clisson", "Ajouter à mon agenda"):
            self.assertIn(said, words)
        # The network that organises it is known already.
        chosen = self._page("/agenda/proposer").xpath("//select[@name='organise_par']/option[@selected]")
        self.assertEqual([one.text.strip() for one in chosen], ["Blue"])

    def test_a_member_proposes_a_date_and_a_moderator_finds_its_day_and_its_place_in_the_queue(self):
        self._enter(self.ana)
        self.assertIn("Proposer une date", self._words("/agenda/proposer"))
        answer = self._propose(commune="clisson")
        event = self._last()
        self.assertEqual(event.state, "pending")
        self.assertIn("Un modérateur le lit", self._main(html.fromstring(answer.text)))
        self._enter(self.bob)
        self._page(f"/agenda/{event.id}", 404)
        self._enter(self.mona)
        for path in ("/moderation", f"/moderation/rendez-vous/{event.id}"):
            words = self._words(path)
            self.assertIn("9 h à 16 h 30", words)
            self.assertIn("Clisson", words)

    def test_without_hours_it_lasts_whole_days(self):
        self._enter(self.mona)
        days = [today() + timedelta(days=number) for number in (9, 11)]
        self._propose(jour=days[0].isoformat(), dernier_jour=days[1].isoformat(), de="", a="")
        event = self._last()
        self.assertTrue(event.allday)
        self.assertEqual([event.start.date(), event.stop.date()], days)
        self.assertEqual((event.start.hour, event.stop.hour), (8, 18))

    def test_hours_are_read_as_people_write_them(self):
        self._enter(self.mona)
        self._propose(jour="3/3/2027", de="9h", a="12 h 15")
        event = self._last()
        self.assertEqual((event.start, event.stop), (datetime(2027, 3, 3, 8), datetime(2027, 3, 3, 11, 15)))

    def test_sent_twice_it_is_there_once_and_its_draft_is_gone(self):
        self._enter(self.mona)
        self._post("/brouillons/rendez-vous", contenu='{"titre": "Fête du jardin"}')
        form = self._page("/agenda/proposer").xpath("//form[@id='proposer']")[0]
        self.assertIn("Fête du jardin", form.get("data-drafted"))
        for _time in range(2):
            self._post("/agenda/proposer", jeton="0" * 32, **self._usual())
        self.assertEqual(self.env["calendar.event"].search_count([("create_uid", "=", self.mona.id)]), 1)
        self.assertFalse(self._page("/agenda/proposer").xpath("//form[@id='proposer']/@data-drafted"))

    def test_when_federations_alone_write_the_agenda_a_member_is_told_so(self):
        self.env["ir.config_parameter"].set_param("collab_agenda.proposals", "closed")
        self._enter(self.ana)
        self.assertIn("Écrivez à votre fédération", self._words("/agenda/proposer"))
        self._post("/agenda/proposer", jeton="1" * 32, **self._usual())
        self.assertFalse(self.env["calendar.event"].search([("create_uid", "=", self.ana.id)]))

    def test_an_address_fills_in_nothing(self):
        self._enter(self.ana)
        self.assertNotIn("Piège", self.url_open("/agenda/proposer?titre=Piège&contenu=Piège&lieu=Piège").text)

    def test_a_yearly_day_starts_from_the_last_one_without_its_day(self):
        event = self._event(name="Assemblée 2026", place="Salle verte")
        self._enter(self.gus)
        form = self._page(f"/agenda/proposer?depuis={event.id}").xpath("//form[@id='proposer']")[0]
        sent = self._fields(form)
        self.assertEqual((sent["titre"], sent["lieu"]), ("Assemblée 2026", "Salle verte"))
        self.assertEqual((sent["jour"], sent["de"], sent["a"]), ("", "", ""))
        hidden = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        self._page(f"/agenda/proposer?depuis={hidden.id}", 404)

    # What else takes place on the same day

    def test_another_network_s_date_on_the_same_day_is_shown_while_one_writes(self):
        theirs = self._event(self.gus, name="Journée verte", organiser_id=self.green.id, start=self._in(days=9))
        closed = {"audience_network_ids": [Command.set(self.green.ids)], "start": self._in(days=9)}
        closed = self._event(self.gus, name="Secret", **closed)
        day = in_paris(theirs.start).date().isoformat()
        self._enter(self.mona)
        path = "/agenda/meme-jour?jour="
        self.assertIn("Green : Journée verte, même jour", " ".join(self.url_open(f"{path}{day}").text.split()))
        self.assertNotIn(closed.name, self.url_open(f"{path}{day}").text)
        for wrong in ("", "hier", "9999-99-99", f"{day}&networks=x,{'9' * 5000}", f"{day}&but=0"):
            self.assertIn(self.url_open(f"{path}{wrong}").status_code, (200, 404), wrong)
        # Without script: once the form was refused, and once it is published.
        self.assertIn("Journée verte, même jour", self._main(html.fromstring(self._propose(jour=day, a="x").text)))
        self.assertIn("Journée verte, même jour", self._main(html.fromstring(self._propose(jour=day).text)))

    # Correcting one

    def test_its_author_corrects_it_and_nobody_else(self):
        event = self._event(place="1 rue Basse", seats=5)
        path = f"/agenda/{event.id}/corriger"
        self._enter(self.mona)
        sent = self._fields(self._page(path).xpath("//form[@id='corriger']")[0])
        before = event.start, event.stop, event.seats
        self.url_open(path, data={**sent, "titre": "Autre titre"})
        self.assertEqual((event.name, event.place), ("Autre titre", "1 rue Basse"))
        self.assertEqual((event.start, event.stop, event.seats), before)
        # From a tab that has stayed open.
        answer = self.url_open(path, data={**sent, "titre": "Encore"})
        self.assertIn("vient de", answer.text)
        self.assertEqual(event.name, "Autre titre")
        for person in (self.bob, self.gus, self.ada):
            self._enter(person)
            self._page(path, 404)

    def test_a_whole_day_is_given_hours(self):
        day = today() + timedelta(days=5)
        start, stop = (datetime.combine(day, datetime.min.time()).replace(hour=hour) for hour in (8, 18))
        event = self._event(start=start, stop=stop, allday=True)
        self._enter(self.mona)
        path = f"/agenda/{event.id}/corriger"
        sent = self._fields(self._page(path).xpath("//form[@id='corriger']")[0])
        self.assertEqual((sent["jour"], sent["de"]), (day.isoformat(), ""))
        self.url_open(path, data={**sent, "de": "14:00", "a": "15:00"})
        self.assertFalse(event.allday)
        self.assertEqual((in_paris(event.start).hour, in_paris(event.stop).hour), (14, 15))

    def test_a_night_meeting_is_moved_across_the_midnight_of_a_change_of_hour(self):
        event = self._event(start=datetime(2027, 3, 27, 20), stop=datetime(2027, 3, 27, 22, 45))
        self._enter(self.mona)
        path = f"/agenda/{event.id}/corriger"
        for (day, begins, ends), (start, stop) in {
            # In March the clocks skip from two to three, in October an hour comes twice.
            ("2027-03-28", "00:30", "03:30"): (datetime(2027, 3, 27, 23, 30), datetime(2027, 3, 28, 1, 30)),
            ("2027-10-31", "02:30", "03:30"): (datetime(2027, 10, 31, 0, 30), datetime(2027, 10, 31, 2, 30)),
        }.items():
            sent = self._fields(self._page(path).xpath("//form[@id='corriger']")[0])
            self.url_open(path, data={**sent, "jour": day, "de": begins, "a": ends})
            self.assertEqual((event.start, event.stop), (start, stop))
            self.assertIn(f"{int(begins[:2])} h 30 à 3 h 30", self._words(f"/agenda/{event.id}"))

    # Series

    def test_a_moderator_repeats_a_meeting_and_its_page_tells_the_other_dates(self):
        self._enter(self.mona)
        until = (today() + timedelta(days=40)).isoformat()
        self._propose(repetition="weekly", jusquau=until)
        events = self.env["calendar.event"].search([("name", "=", "Journée mobilité")], order="start")
        self.assertEqual(len(events), 5)
        page = self._page(f"/agenda/{events[0].id}")
        self.assertIn("jusqu’au", self._main(page))
        others = {path.rpartition("/")[2] for path in page.xpath("//aside//ul//a/@href")}
        self.assertEqual(others, {str(event.id) for event in events[1:]})
        # Then corrects those that follow the third one.
        path = f"/agenda/{events[2].id}/corriger"
        sent = self._fields(self._page(path).xpath("//form[@id='corriger']")[0])
        self.assertEqual(sent["lesquels"], "this")
        self.url_open(path, data={**sent, "de": "10:00", "a": "11:00", "lesquels": "following"})
        self.assertEqual([in_paris(event.start).hour for event in events], [9, 9, 10, 10, 10])

    def test_what_was_typed_of_a_series_without_end_is_kept(self):
        self._enter(self.mona)
        page = html.fromstring(self._propose(repetition="monthly_date", jusquau="").text)
        self.assertTrue(page.xpath("//p[@id='date-jusquau-error']"))
        form = self._fields(page.xpath("//form[@id='proposer']")[0])
        self.assertEqual((form["titre"], form["repetition"], form["de"]), ("Journée mobilité", "monthly_date", "09:00"))
        self.assertFalse(self.env["calendar.event"].search([("name", "=", "Journée mobilité")]))

    # Cancelling

    def test_a_date_is_cancelled_with_a_reason_and_restored(self):
        event = self._event(name="Café du réseau")
        path = f"/agenda/{event.id}"
        self._enter(self.mona)
        self.assertTrue(self._page(path).xpath(f"//a[@href='{path}/annuler']"))
        self.assertIn("Annuler ce rendez-vous", self._words(f"{path}/annuler"))
        dialog = html.fromstring(self.url_open(f"{path}/annuler?dialogue=1").text)
        self.assertEqual(dialog.xpath("//h2/@id"), ["asked-title"])
        page = html.fromstring(self._post(f"{path}/annuler", reason=" ").text)
        self.assertTrue(page.xpath("//textarea[@aria-invalid]"))
        self._post(f"{path}/annuler", reason="La salle est inondée")
        self._enter(self.bob)
        page = self._page(path)
        self.assertIn("Annulé", self._main(page))
        self.assertIn("La salle est inondée", self._main(page))
        self.assertEqual(page.xpath("//h1/s")[0].text_content(), "Café du réseau")
        self.assertFalse(page.xpath("//form[contains(@action, 'restaurer')]"))
        for forbidden in (f"{path}/annuler", f"{path}/restaurer"):
            self.assertEqual(self._post(forbidden, reason="Piège").status_code, 404)
        self._enter(self.mona)
        self._post(f"{path}/restaurer")
        self.assertFalse(event.cancelled_date)

    # Reading

    def test_what_one_may_not_read_does_not_exist(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        self._enter(self.greta)
        unknown = event.id + 1000
        for path in ("", "/corriger", "/annuler", "/commenter", "/restaurer"):
            answers = [self.url_open(f"/agenda/{number}{path}") for number in (event.id, unknown)]
            self.assertEqual(answers[0].status_code, answers[1].status_code, path)
            self.assertGreaterEqual(answers[0].status_code, 400)
            self.assertNotIn(event.name, answers[0].text)

    def test_a_comment_is_written_and_corrected(self):
        event = self._event()
        self._enter(self.bob)
        self._post(f"/agenda/{event.id}/commenter", body="On se gare où ?", jeton="1" * 32)
        comment = self.env["collab.event.comment"].search([("event_id", "=", event.id)])
        self._post(f"/agenda/{event.id}/commentaires/{comment.id}/corriger", body="Où se garer ?")
        self.assertIn("Où se garer ?", self._words(f"/agenda/{event.id}"))

    def test_files_are_for_those_who_read_the_date(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        env = self.env(user=self.mona.id, su=False)
        upload = env["collab.upload"]._start("programme.txt", 4)
        upload._append(0, io.BytesIO(b"9 h "))
        env["collab.event.attachment"]._attach(event.with_env(env), upload)
        file = self.env["collab.event.attachment"].search([("event_id", "=", event.id)])
        self._as(self.mona).browse(event.id)._repeat("weekly", today() + timedelta(days=15))
        self._enter(self.bob)
        for shown in (event, self._last()):
            self.assertIn("programme.txt", self._words(f"/agenda/{shown.id}"))
        self.assertEqual(self.url_open(f"/agenda/fichiers/{file.id}").content, b"9 h ")
        self._enter(self.greta)
        self._page(f"/agenda/fichiers/{file.id}", 404)

    def test_who_has_opened_it_finds_it_new_no_more(self):
        event = self._event()
        self._enter(self.bob)
        self.assertTrue(self._as(self.bob).browse(event.id).is_new)
        self._page(f"/agenda/{event.id}")
        self.env.invalidate_all()
        self.assertFalse(self._as(self.bob).browse(event.id).is_new)
