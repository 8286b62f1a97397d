from datetime import UTC, datetime, timedelta

import icalendar
import recurring_ical_events
from dateutil.relativedelta import relativedelta

from odoo.fields import Command, Domain
from odoo.tests import tagged

from odoo.addons.collab_contribution import ics
from odoo.addons.collab_reseaux.moments import in_paris, today

from .common import AgendaCase

YEARS = 2


class FeedCase(AgendaCase):
    def _feed(self, person, which="tout"):
        return self._as(person)._calendar_feed(which)

    def _read(self, person, which="tout"):
        """:return list[Event]: those that a calendar program is given"""
        events = self._as(person)
        return icalendar.Calendar.from_ical(events._calendar_bytes(events._calendar_feed(which))).walk("VEVENT")

    def _titles(self, person, which="tout"):
        return sorted(str(event["SUMMARY"]) for event in self._read(person, which))

    def _shown(self, person, which="tout"):
        """:return list[tuple]: what a program shows of what it is given, date by date"""
        whole = icalendar.Calendar.from_ical(ics.assembled(event.to_ical() for event in self._read(person, which)))
        first = today() - relativedelta(months=6)
        found = recurring_ical_events.of(whole).between(first, first + relativedelta(years=YEARS))
        return sorted(map(self._said, found), key=str)

    def _said(self, one):
        ends = (one[name].dt for name in ("DTSTART", "DTEND"))
        ends = (end.astimezone(UTC).replace(tzinfo=None) if isinstance(end, datetime) else end for end in ends)
        return (*ends, str(one["SUMMARY"]), str(one.get("LOCATION", "")), str(one["STATUS"]))

    def _known(self, person):
        """:return list[tuple]: the same, as the platform shows it to this person"""
        domain = Domain("is_shown", "=", True) & Domain("is_poll", "=", False)
        return sorted((self._told(event) for event in self._as(person).search(domain)), key=str)

    def _told(self, event):
        ends = event.start, event.stop
        if event.allday:
            ends = event.start.date(), event.stop.date() + timedelta(days=1)
        title = f"Cancelled: {event.name}" if event.cancelled_date else event.name
        return (*ends, title, event._address(), "CANCELLED" if event.cancelled_date else "CONFIRMED")


@tagged("post_install", "-at_install")
class TestFeed(FeedCase):
    """A calendar shows what the platform shows to whom it belongs: no more, no less, and at the same hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Both changes of the clocks are in the year to come.
        cls.monday = datetime.combine(today() + relativedelta(weekday=0, weeks=1), datetime.min.time())
        cls.to_blue = {"audience_network_ids": [Command.set(cls.blue.ids)]}
        cls.to_green = {"author": cls.gus, "audience_network_ids": [Command.set(cls.green.ids)]}

    def _clock_changes(self):
        """:return list[datetime]: the next nights when clocks change, at midnight in Paris, naive"""
        days = [datetime.combine(today() + timedelta(days=number), datetime.min.time()) for number in range(370)]
        there = [in_paris(self._utc(day)).utcoffset() for day in days]
        return [days[n] for n in range(369) if there[n] != there[n + 1]]

    def test_every_date_is_where_the_platform_says(self):
        monday = self.monday.replace(hour=9)
        weekly = self._series(monday, {"rrule_type": "weekly", "mon": True}, 52, name="Chaque lundi")
        by_two = self._series(
            monday.replace(hour=14, minute=30) + timedelta(days=1),
            {"rrule_type": "weekly", "interval": 2, "tue": True, "thu": True},
            30,
            name="Un mardi et un jeudi sur deux",
            commune_id=self.clisson.id,
        )
        first = self.monday + relativedelta(day=1, months=1)
        second_tuesday = {"rrule_type": "monthly", "month_by": "day", "weekday": "TUE", "byday": "2"}
        monthly = self._series(first.replace(day=8, hour=18) + relativedelta(weekday=1), second_tuesday, 12)
        the_fifth = {"rrule_type": "monthly", "month_by": "date", "day": 5}
        two_days = {"allday": True, "lasts": timedelta(days=1, hours=10)}
        whole = self._series(first.replace(day=5, hour=8), the_fifth, 12, **two_days)
        spring_or_autumn = self._clock_changes()
        self.assertEqual(len(spring_or_autumn), 2)
        for night in spring_or_autumn:
            # It begins before clocks change, and ends after; then it is moved across midnight.
            over = self._event(start=self._utc(night - timedelta(hours=2)), stop=self._utc(night + timedelta(hours=6)))
            over.write({"start": self._utc(night + timedelta(minutes=30))})
            self._event(start=self._utc(night + timedelta(hours=4)), stop=self._utc(night + timedelta(hours=28)))
        weekly[0].unlink()
        weekly[3].write({"active": False})
        weekly[4].write({"cancelled_date": self._in()})
        weekly[5].write({"start": weekly[5].start + timedelta(days=2), "stop": weekly[5].stop + timedelta(days=2)})
        weekly[6].write({"name": "Ce lundi, autre chose", "place": "À la mairie"})
        by_two[7].write({"stop": by_two[7].stop + timedelta(hours=3)})
        by_two[8].write({"state": "hidden"})
        monthly[2].write({"start": monthly[2].start + timedelta(days=7), "stop": monthly[2].stop + timedelta(days=7)})
        whole[1].write({"start": whole[1].start + timedelta(days=2), "stop": whole[1].stop + timedelta(days=2)})
        whole[2].write({"cancelled_date": self._in()})
        self._event(**self.to_blue, name="Pour les bleus")
        self._event(**self.to_green, name="Pour les verts")
        for person in (self.ana, self.greta, self.mona, self.gus, self.ada):
            with self.subTest(person.login):
                self.assertEqual(self._shown(person), self._known(person))
        # Each series is written once, with what differs from it.
        written = [str(event["UID"]) for event in self._read(self.ana)]
        self.assertLess(len(written), 20)

    def test_a_title_of_any_letters(self):
        title = "Réunion ; budget, suite \N{SNOWMAN} \N{FAMILY}" + " é" * 80
        event = self._event(name=title, place="12, rue du Port ; 2e étage", content="<p>Un</p><p>Deux, trois;</p>")
        [read] = self._read(self.ana)
        self.assertEqual(read["SUMMARY"], event.name)
        self.assertEqual(read["LOCATION"], "12, rue du Port ; 2e étage")
        self.assertIn("Un Deux, trois;", read["DESCRIPTION"])
        self.assertIn(f"/agenda/{event.id}", read["DESCRIPTION"])
        self.assertEqual(read.categories, [event.type_id.name])

    def test_nobody_is_named(self):
        event = self._event(self.mona, contact="Isabelle, 02 40 00 00 00", shows_participants=True)
        events = self._as(self.ana)
        given = events._calendar_bytes(events._calendar_feed("tout")).decode()
        self.assertIn(event.name, given)
        self.assertNotRegex(given, "(?i)ORGANIZER|ATTENDEE|mona|isabelle|mailto")

    def test_a_cancelled_date_stays_and_says_so(self):
        event = self._event(name="Journée")
        before = self._read(self.ana)[0]
        event.write({"cancelled_date": self._in(), "cancel_reason": "La salle est prise."})
        [after] = self._read(self.ana)
        self.assertEqual((after["STATUS"], after["SUMMARY"]), ("CANCELLED", "Cancelled: Journée"))
        self.assertIn("La salle est prise.", after["DESCRIPTION"])
        self.assertEqual(after["UID"], before["UID"])
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])

    def test_what_has_no_day_yet_or_waits_or_is_hidden_is_not_there(self):
        self._event(name="Sondage").write({"is_poll": True})
        self._event(self.ana, name="Proposé")
        self._event(name="Masqué").write({"state": "hidden"})
        self._event(name="Supprimé").write({"active": False})
        self._event(name="Là")
        for person in (self.ana, self.mona, self.ada):
            self.assertEqual(self._titles(person), ["Là"])

    def test_what_is_over_stays_three_months(self):
        self._event(name="Récent", start=self._in(days=-80))
        self._event(name="Ancien", start=self._in(days=-100))
        self.assertEqual(self._titles(self.ana), ["Récent"])
        begun = self.monday - timedelta(weeks=15)
        self._series(begun.replace(hour=9), {"rrule_type": "weekly", "mon": True}, 20, name="Chaque lundi")
        self.assertEqual(len(self._shown(self.ana)), 21, "a series stays whole")

    def test_one_network_alone(self):
        self._event(name="À tous")
        self._event(name="Organisé", organiser_id=self.blue.id)
        self._event(name="Adressé", **self.to_blue)
        self._event(name="Ailleurs", **self.to_green)
        blue, green = f"reseau-{self.blue.id}", f"reseau-{self.green.id}"
        self.assertEqual(self._titles(self.ana, blue), ["Adressé", "Organisé"])
        self.assertIsNone(self._feed(self.ana, green))
        self.assertEqual(self._titles(self.ada, green), ["Ailleurs"])
        for unknown in ("reseau-", "reseau-x", "reseau-0", "", "autre"):
            self.assertIsNone(self._feed(self.ana, unknown))

    def test_where_one_comes_alone(self):
        dates = self._series(self.monday.replace(hour=9), {"rrule_type": "weekly", "mon": True}, 3)
        left = self._event(self.gus)
        self.assertEqual(self._read(self.ana, "inscriptions"), [])
        nothing = self._feed(self.ana, "inscriptions").held
        for date in (dates[1], left):
            date.with_user(self.ana).sudo(False)._answer("yes")
        left.write({"audience_network_ids": [Command.set(self.green.ids)]})
        [read] = self._read(self.ana, "inscriptions")
        # Of a series, the date alone, under the name that it has in a file of its own.
        self.assertEqual(read["DTSTART"].dt.astimezone(UTC).replace(tzinfo=None), dates[1].start)
        self.assertEqual(read["UID"], dates[1]._calendar_event().uid)
        self.assertNotIn("RRULE", read)
        held = self._feed(self.ana, "inscriptions").held
        self.assertNotEqual(held, nothing)
        dates[0].write({"place": "Ailleurs"})
        self.assertEqual(self._feed(self.ana, "inscriptions").held, held)

    def test_one_reads_one_s_own_whomever_it_addresses(self):
        event = self._event(self.mona, name="À d’autres")
        event.write({"audience_network_ids": [Command.set(self.green.ids)]})
        for person, expected in ((self.mona, ["À d’autres"]), (self.greta, ["À d’autres"]), (self.ana, [])):
            self.assertEqual(self._titles(person), expected)

    def test_who_changes_networks_is_given_something_else_at_once(self):
        self._event(name="Bleu", **self.to_blue)
        self._event(name="Vert", **self.to_green)
        before = self._feed(self.ana).held
        self.assertEqual(self._titles(self.ana), ["Bleu"])
        self.ana.partner_id.write({"network_ids": [Command.set(self.green.ids)]})
        self.assertEqual(self._titles(self.ana), ["Vert"])
        self.assertNotEqual(self._feed(self.ana).held, before)
        self.assertIsNone(self._feed(self.ana, f"reseau-{self.blue.id}"))

    def test_its_fingerprint_is_that_of_all_that_is_given(self):
        old, new = self._event(start=self._in(days=-2), **self.to_blue), self._event(**self.to_blue)
        held = {self._feed(self.ana).held, self._feed(self.bob).held}
        self.assertEqual(len(held), 1, "those who read the same are given the same")
        green = self._feed(self.greta).held
        for change in (
            {"audience_network_ids": [Command.set((self.blue | self.green).ids)]},
            {"place": "Ailleurs"},
            {"content": "<p>Autre chose</p>"},
            {"state": "hidden"},
            {"state": "active"},
            {"active": False},
            {"active": True},
        ):
            old.write(change)
            now = self._feed(self.ana).held
            # Put back, it is not what it was: its audience, or its number, has changed.
            self.assertNotIn(now, held - {self._feed(self.bob).held}, change)
            held.add(now)
        self.assertGreaterEqual(len(held), 5)
        self.assertNotEqual(self._feed(self.greta).held, green)
        green = self._feed(self.greta).held
        new.write({"place": "Ailleurs"})
        self.assertEqual(self._feed(self.greta).held, green, "of others, nothing is told")
        old.unlink()
        self.assertNotIn(self._feed(self.ana).held, held)
        kind = self._kind("meeting")
        before = self._feed(self.ana).held
        kind.name = "Rencontre"
        self.assertNotEqual(self._feed(self.ana).held, before)
        self.assertEqual(self._read(self.ana)[0].categories, ["Rencontre"])

    def test_a_series_of_which_each_reads_a_part(self):
        dates = self._series(self.monday.replace(hour=9), {"rrule_type": "weekly", "mon": True}, 6)
        dates[1].write({"audience_network_ids": [Command.set(self.green.ids)]})
        dates[4].write({"audience_network_ids": [Command.set(self.blue.ids)]})
        for person, number in ((self.greta, 5), (self.bob, 5), (self.ada, 6), (self.greta, 5)):
            self.assertEqual(len(self._shown(person)), number)
            self.assertEqual(self._shown(person), self._known(person))
            self.assertEqual(len(self._read(person)), 1)

    def test_a_series_whose_rule_changes_is_given_again(self):
        dates = self._series(self.monday.replace(hour=9), {"rrule_type": "weekly", "mon": True}, 3)
        before = self._feed(self.ana).held
        dates.recurrence_id.write({"count": 4})
        self.assertNotEqual(self._feed(self.ana).held, before)

    def test_what_is_kept_in_memory_is_written_once(self):
        for number in range(3):
            self._event(name=f"Date {number}")
        self._read(self.ana)
        events = self._as(self.bob)
        feed = events._calendar_feed("tout")
        with self.assertQueryCount(0):
            first = events._calendar_bytes(feed)
        self.assertEqual(first, events._calendar_bytes(feed))
        self.assertEqual(first.count(b"BEGIN:VEVENT"), 3)
