from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import from_paris, today

from .common import AgendaCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestAgenda(AgendaCase):
    """What somebody finds in the agenda, on which days, and what is counted beside each filter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.for_all = cls._event(cls.ada, name="Pour tous")
        cls.blue_only = cls._event(name="Bleu", kind="training", audience_network_ids=[Command.set(cls.blue.ids)])
        cls.by_green = cls._event(cls.gus, name="Par le vert", organiser_id=cls.green.id, start=cls._in(days=3))
        cls.at_port = cls._event(name="Au port", start=cls._in(days=2), audience_territory_ids=cls.port.ids)
        cls.before = cls._event(name="Passé", start=cls._in(days=-9), commune_id=cls.clisson.id)
        cls.everything = cls.for_all | cls.blue_only | cls.by_green | cls.at_port | cls.before

    def _names(self, person, numbers):
        return self._as(person)._of(numbers).mapped("name")

    def _coming(self, person, *chosen, **options):
        Event = self._as(person)
        return self._names(person, Event._coming(Event._reading(), *chosen, **options))

    def _on(self, person, first, last=None):
        Event = self._as(person)
        days = Event._by_day(Event._reading(), first, last or first)
        return self._names(person, list(dict.fromkeys(number for dates in days.values() for number, _begun in dates)))

    def _row(self, event):
        """:return dict: what a list shows of it to Bob, in French"""
        Event = self._as(self.bob).with_context(lang="fr_FR")
        [row] = Event._rows(Event.browse(event.id))
        return row

    def _days(self, *hours, **vals):
        """:return list[date]: those on which somebody finds what lasts from an hour of Paris to another"""
        start, stop = map(from_paris, hours)
        event = self._event(name="Autour de minuit", start=start, stop=stop, **vals)
        around = (start.date() + number * DAY for number in range(-2, (stop - start).days + 4))
        return [day.isoformat() for day in around if event.name in self._on(self.bob, day)]

    # Who finds what

    def test_each_finds_what_is_addressed_to_him_the_next_first(self):
        self.assertEqual(self._coming(self.bob), ["Pour tous", "Bleu", "Au port", "Par le vert"])
        self.assertEqual(self._coming(self.greta), ["Pour tous", "Par le vert"])
        self.assertEqual(self._coming(self.ada), ["Pour tous", "Bleu", "Au port", "Par le vert"])

    def test_a_member_who_has_not_accepted_the_charter_finds_nothing(self):
        self.bob.sudo().accepted_charter_id = False
        self.assertEqual(self._coming(self.bob), [])

    def test_what_waits_for_a_moderator_is_found_by_its_author_alone(self):
        own = self._event(self.ana, name="Proposée", start=self._in(days=2))
        self.assertIn("Proposée", self._coming(self.ana))
        for person in (self.bob, self.mona, self.ada):
            self.assertNotIn("Proposée", self._coming(person), person.login)
        own.with_user(self.mona).sudo(False)._accept()
        self.assertIn("Proposée", self._coming(self.bob))

    def test_what_is_hidden_or_in_the_bin_is_found_no_more(self):
        self.for_all.with_user(self.ada).sudo(False)._hide("Faux")
        self.assertNotIn("Pour tous", self._coming(self.bob))
        self.at_port.with_user(self.ada).sudo(False)._remove("Double")
        self.assertEqual(self._coming(self.bob), ["Bleu", "Par le vert"])

    def test_what_is_cancelled_stays_where_it_was(self):
        self.at_port.cancelled_date = self._in()
        self.assertIn("Au port", self._coming(self.bob))
        self.assertTrue(self._row(self.at_port)["is_cancelled"])

    def test_what_is_counted_is_what_is_found_with_each_filter_and_each_reader(self):
        kinds = [None, self._kind("meeting").id, self._kind("training").id]
        territories = [None, self.port.id, self.north.id, self.hills.id, self.clisson.territory_id.id]
        networks = [None, self.blue.id, self.green.id]
        for person in (self.ana, self.greta, self.mona, self.ada):
            Event = self._as(person)
            reading = Event._reading()
            agenda = Event._agenda(reading)
            for choice in [(k, t, n) for k in kinds for t in territories for n in networks]:
                with self.subTest(person.login, choice=choice):
                    for counts, found in (
                        (agenda.counts, Event._coming(reading, *choice)),
                        (agenda.past, Event._past(reading, *choice)),
                    ):
                        self.assertEqual(counts.of(reading.audiences, *choice)["total"], len(found))
                        # The rules let him read all of them.
                        self.assertEqual(len(Event._of(found)), len(found))

    def test_a_network_finds_what_it_organises_and_what_is_addressed_to_it(self):
        self.assertEqual(self._coming(self.bob, None, None, self.green.id), ["Par le vert"])
        self.assertEqual(self._coming(self.bob, None, None, self.blue.id), ["Bleu"])

    def test_a_territory_finds_what_lies_in_it_or_is_addressed_to_it(self):
        self.assertEqual(self._coming(self.bob, None, self.north.id, None), ["Au port"], "the port lies in the north")
        Event = self._as(self.bob)
        past = Event._past(Event._reading(), None, self.clisson.territory_id.id, None)
        self.assertEqual(self._names(self.bob, past), ["Passé"])

    # On which days

    def test_days_are_those_of_paris_when_the_clocks_change(self):
        for hours, days in (
            (("2027-03-27T22:00", "2027-03-27T23:59"), ["2027-03-27"]),
            (("2027-03-28T00:30", "2027-03-28T04:00"), ["2027-03-28"]),
            (("2027-03-28T23:30", "2027-03-29T00:30"), ["2027-03-28", "2027-03-29"]),
            (("2027-10-31T00:30", "2027-10-31T23:30"), ["2027-10-31"]),
            (("2027-10-31T23:30", "2027-11-01T00:30"), ["2027-10-31", "2027-11-01"]),
        ):
            with self.subTest(hours):
                self.assertEqual(self._days(*hours), days)
                self.env["calendar.event"].search([("name", "=", "Autour de minuit")]).unlink()

    def test_what_ends_at_midnight_is_not_of_the_next_day(self):
        self.assertEqual(self._days("2027-06-10T20:00", "2027-06-11T00:00"), ["2027-06-10"])

    def test_what_lasts_over_the_end_of_a_month_is_of_both(self):
        days = self._days("2027-01-30T10:00", "2027-02-02T12:00")
        self.assertEqual(days, ["2027-01-30", "2027-01-31", "2027-02-01", "2027-02-02"])
        for first, last in ((date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 2, 28))):
            self.assertEqual(self._on(self.bob, first, last), ["Autour de minuit"])

    def test_a_whole_day_is_that_day_whatever_the_season(self):
        for day in (date(2027, 1, 15), date(2027, 7, 15)):
            start, stop = (datetime.combine(day, time(hour)) for hour in (8, 18))
            event = self._event(name="Journée", start=start, stop=stop, allday=True)
            self.assertEqual([self._on(self.bob, day + number * DAY) for number in (-1, 0, 1)], [[], ["Journée"], []])
            row = self._row(event)
            self.assertEqual(
                (row["hour"], row["until"], row["tile"]["iso"]), ("toute la journée", None, day.isoformat())
            )

    def test_what_lasts_a_month_is_found_on_its_last_day(self):
        self.assertEqual(len(self._days("2027-05-01T10:00", "2027-06-01T09:00")), 32)

    def test_a_poll_is_of_no_day(self):
        poll = self._event(name="Quand ?")
        poll.is_poll = True
        self.assertNotIn("Quand ?", self._coming(self.bob))
        Event = self._as(self.bob)
        agenda = Event._agenda(Event._reading())
        self.assertEqual([one.number for one in Event._found(Event._reading(), agenda.polls)], poll.ids)
        row = self._row(poll)
        self.assertEqual((row["tile"], row["hour"], row["is_today"]), (None, None, False))

    # As days go by

    def test_the_day_after_it_is_past_and_new_to_nobody(self):
        Event = self._as(self.bob)
        self.assertEqual(Event._count_new(), 4)
        new = Event._latest(Event._new_domain())
        self.assertEqual(set(new.ids), set((self.everything - self.before).ids))
        later = today() + 2 * DAY
        for module in ("lists", "rows"):
            self.startPatcher(patch(f"odoo.addons.collab_agenda.models.calendar_event_{module}.today", lambda: later))
        self.assertEqual(self._coming(self.bob), ["Au port", "Par le vert"])
        self.assertEqual(Event._count_new(), 2)
        self.assertEqual(set(Event._latest(Event._new_domain()).mapped("name")), {"Au port", "Par le vert"})
        row = self._row(self.for_all)
        self.assertEqual((row["is_new"], row["is_over"]), (False, True))
        past = self._names(self.bob, Event._past(Event._reading()))
        self.assertEqual(past[-1], "Passé")
        self.assertIn("Pour tous", past)

    def test_what_is_today_is_to_come_until_its_last_day_is_over(self):
        start = from_paris(f"{today() - 2 * DAY}T10:00")
        event = self._event(name="Trois jours", start=start, stop=start + 2 * DAY)
        self.assertEqual(self._coming(self.bob)[0], "Trois jours")
        row = self._row(event)
        self.assertEqual(
            (row["is_today"], row["tile"]["month"], row["tile"]["iso"]), (True, "auj.", today().isoformat())
        )

    def test_the_first_page_shows_the_next_ones_and_not_those_written_last(self):
        self._event(name="Dans un an", start=self._in(days=365))
        self.assertEqual(self._as(self.bob)._first(2)[2].mapped("name"), ["Pour tous", "Bleu"])
        self.assertEqual(self._as(self.bob)._latest(limit=1).name, "Dans un an", "elsewhere, the latest come first")

    def test_a_change_is_seen_at_once(self):
        self.assertIn("Pour tous", self._on(self.bob, today() + DAY))
        self.for_all.with_user(self.ada).sudo(False).write(
            {"start": self.for_all.start + 9 * DAY, "stop": self.for_all.stop + 9 * DAY}
        )
        self.assertNotIn("Pour tous", self._on(self.bob, today() + DAY))
        self.assertIn("Pour tous", self._on(self.bob, today() + 10 * DAY))

    # In a row

    def test_the_row_of_a_list_says_what_there_is_to_know(self):
        vals = {"commune_id": self.clisson.id, "link": "https://visio.example/salle", "organiser_id": self.blue.id}
        vals |= {"audience_network_ids": self.blue.ids, "start": from_paris("2027-06-10T09:30")}
        row = self._row(event := self._event(name="Réunion", **vals))
        self.assertEqual(row["hour"].replace("\N{NO-BREAK SPACE}", " "), "9 h 30")
        self.assertEqual((row["place"], row["kind"]), ("Clisson et visio", "Réunion"))
        self.assertEqual([network["id"] for network in row["networks"]], self.blue.ids, "once")
        self.assertEqual((row["participates"], row["seats"]), (False, None))
        self.assertEqual(row["url"], f"/agenda/{event.id}")

    # What clashes

    def _clashes(self, person, start, networks=(), territories=(), **options):
        found = self._as(person)._clashes(start, start + timedelta(hours=1), networks, territories, **options)
        return [row["title"] for row in found]

    def test_who_plans_sees_what_others_plan_that_day_for_the_same_people(self):
        start = from_paris("2027-06-10T08:00")
        green = self._event(self.gus, name="Vert", start=start + timedelta(hours=6), organiser_id=self.green.id)
        port = self._event(self.ada, name="Port", start=start, audience_territory_ids=self.port.ids)
        self._event(self.ada, name="Autre jour", start=start + DAY)
        self.assertEqual(self._clashes(self.mona, start), ["Port", "Vert"])
        self.assertEqual(self._clashes(self.mona, start, self.blue.ids, self.port.ids), ["Port", "Vert"])
        self.assertEqual(
            self._clashes(self.mona, start, (), self.north.ids), ["Port", "Vert"], "the port is in the north"
        )
        self.assertEqual(self._clashes(self.mona, start, (), self.hills.ids), ["Vert"], "others are at the port")
        self.assertEqual(self._clashes(self.mona, start, but=port), ["Vert"])
        self.assertEqual(self._clashes(self.gus, start, organiser=self.green.id), ["Port"], "one knows one's own")
        green.cancelled_date = self._in()
        self.assertEqual(self._clashes(self.mona, start), ["Port"])

    def test_who_plans_is_told_nothing_of_what_he_may_not_read(self):
        start = from_paris("2027-06-10T08:00")
        self._event(self.gus, name="Vert seul", start=start, audience_network_ids=self.green.ids)
        self._event(self.ana, name="Proposée", start=start)
        self.assertEqual(self._clashes(self.mona, start), [])
        self.assertEqual(self._clashes(self.ada, start, self.blue.ids), [], "the green network alone comes to it")
        self.assertEqual(self._clashes(self.ada, start), ["Vert seul"])
