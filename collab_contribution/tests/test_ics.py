from datetime import UTC, date, datetime, timedelta

import icalendar
import recurring_ical_events

from odoo.tests import BaseCase, tagged

from odoo.addons.collab_reseaux.moments import ZONE

from ..ics import CalendarEvent, Repeats, assembled, calendar


@tagged("-at_install", "post_install")
class TestIcs(BaseCase):
    """What a person adds to her calendar says what, when and where."""

    EVENT = CalendarEvent(
        uid="actualite-3@collab.example",
        changed=datetime(2026, 11, 2, 8, 0, 5, 120),
        start=datetime(2026, 12, 3, 9, 0),
        stop=datetime(2026, 12, 3, 12, 0),
        title="Portes ouvertes\N{NO-BREAK SPACE}; l’atelier, le jardin \N{GRINNING FACE}",
        place="12 rue des Tanneurs, 44190 Clisson",
        text="Venez.\r\nOn se gare devant.",
        url="https://collab.example/actualites/3",
    )

    def _read(self, **values):
        [event] = icalendar.Calendar.from_ical(calendar([self.EVENT._replace(**values)])).walk("VEVENT")
        return event

    def _seen(self, *events):
        """:return list[tuple]: what a calendar program shows of them: beginnings and ends, in UTC or whole days"""
        read = icalendar.Calendar.from_ical(calendar(events))
        found = recurring_ical_events.of(read).between((2026, 1, 1), (2028, 1, 1))
        ends = sorted((event["DTSTART"].dt, event["DTEND"].dt) for event in found)
        return [tuple(end.astimezone(UTC) if isinstance(end, datetime) else end for end in pair) for pair in ends]

    def test_a_calendar_reads_what_was_written(self):
        read = self._read(kind="Réunion, atelier", sequence=4)
        self.assertEqual(read["SUMMARY"], self.EVENT.title)
        self.assertEqual(read["LOCATION"], self.EVENT.place)
        self.assertEqual(read["DESCRIPTION"], f"Venez.\nOn se gare devant.\n\n{self.EVENT.url}")
        self.assertEqual(read["UID"], self.EVENT.uid)
        self.assertEqual(read["URL"], self.EVENT.url)
        self.assertEqual(read.categories, ["Réunion, atelier"])
        self.assertEqual(read["SEQUENCE"], 4)
        self.assertEqual(read["STATUS"], "CONFIRMED")
        self.assertEqual(self._read(is_cancelled=True)["STATUS"], "CANCELLED")

    def test_its_hours_are_those_of_paris(self):
        lines = calendar([self.EVENT]).decode().split("\r\n")
        self.assertIn("DTSTART;TZID=Europe/Paris:20261203T100000", lines)
        self.assertIn("DTEND;TZID=Europe/Paris:20261203T130000", lines)
        self.assertIn("DTSTAMP:20261102T080005Z", lines)

    def test_a_program_that_does_not_know_paris_reads_when_its_clocks_change(self):
        [zone] = icalendar.Calendar.from_ical(calendar([])).walk("VTIMEZONE")
        told, hour = zone.to_tz(lookup_tzid=False), datetime(2024, 1, 1)
        while hour.year < 2034:
            self.assertEqual(hour.replace(tzinfo=told).utcoffset(), hour.replace(tzinfo=ZONE).utcoffset(), hour)
            # Clocks change at two or three o'clock: on either side of it, each day.
            hour += timedelta(hours=12)

    def test_the_hour_that_comes_twice_is_the_right_one(self):
        night = datetime(2026, 10, 25)
        for minutes in range(0, 240, 30):
            start = night + timedelta(minutes=minutes)
            stop = start + timedelta(hours=1)
            [seen] = self._seen(self.EVENT._replace(start=start, stop=stop))
            self.assertEqual(seen, (start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC)))

    def test_an_event_without_an_end_lasts_an_hour(self):
        read = self._read(stop=None)
        self.assertEqual(read["DTEND"].dt - read["DTSTART"].dt, timedelta(hours=1))

    def test_whole_days_end_the_day_after_the_last_one(self):
        days = {"allday": True, "start": datetime(2026, 12, 3, 8), "stop": datetime(2026, 12, 4, 18)}
        self.assertEqual(self._seen(self.EVENT._replace(**days)), [(date(2026, 12, 3), date(2026, 12, 5))])

    def test_a_series_keeps_its_hour_when_clocks_change(self):
        first, last = datetime(2026, 3, 18, 9), datetime(2026, 4, 8, 8)
        left_out, added = datetime(2026, 4, 1, 8), datetime(2026, 10, 25, 1, 30)
        weekly = Repeats("FREQ=WEEKLY;BYDAY=WE;COUNT=99", last, (left_out,), (added,))
        seen = self._seen(self.EVENT._replace(start=first, stop=first + timedelta(hours=1), repeats=weekly))
        expected = [first, datetime(2026, 3, 25, 9), last, added]
        self.assertEqual([start for start, _stop in seen], [moment.replace(tzinfo=UTC) for moment in expected])

    def test_a_series_of_whole_days(self):
        first, last, left_out = (datetime(2026, month, 5, 8) for month in (1, 3, 2))
        monthly = Repeats("FREQ=MONTHLY;BYMONTHDAY=5", last, (left_out,))
        seen = self._seen(self.EVENT._replace(allday=True, start=first, stop=first, repeats=monthly))
        self.assertEqual(seen, [(date(2026, 1, 5), date(2026, 1, 6)), (date(2026, 3, 5), date(2026, 3, 6))])

    def test_no_line_is_longer_than_what_calendars_read(self):
        self.assertLessEqual(max(map(len, calendar([self.EVENT._replace(text="é" * 500)]).split(b"\r\n"))), 75)

    def test_a_title_adds_no_line_of_its_own(self):
        for end in ("\r\n", "\r", "\n", "\x0b", "\x85", "\u2028", "\\n", "\\"):
            with self.subTest(repr(end)):
                title = f"Fête{end}END:VEVENT{end}BEGIN:VEVENT"
                made = calendar([self.EVENT._replace(title=title)])
                self.assertEqual(made.count(b"\r\nBEGIN:VEVENT"), 1)
                self.assertEqual(len(icalendar.Calendar.from_ical(made).walk("VEVENT")), 1)

    def test_one_subscribes_to_a_calendar_that_has_a_name(self):
        read = icalendar.Calendar.from_ical(assembled([], "Agenda, le nôtre"))
        self.assertEqual(read["X-WR-CALNAME"], "Agenda, le nôtre")
        self.assertEqual(read["REFRESH-INTERVAL"].dt, timedelta(hours=4))
        self.assertEqual(read["X-PUBLISHED-TTL"], "PT4H")
