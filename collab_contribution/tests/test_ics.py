from datetime import datetime

import vobject

from odoo.tests import BaseCase, tagged

from ..ics import CalendarEvent, calendar


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

    def _read(self, event):
        return vobject.readOne(calendar([event]).decode()).vevent

    def test_a_calendar_reads_what_was_written(self):
        read = self._read(self.EVENT)
        self.assertEqual(read.summary.value, self.EVENT.title)
        self.assertEqual(read.location.value, self.EVENT.place)
        self.assertEqual(read.description.value, "Venez.\nOn se gare devant.")
        self.assertEqual(read.uid.value, self.EVENT.uid)

    def test_its_hours_are_utc_so_that_no_calendar_has_to_know_the_clocks_of_paris(self):
        lines = calendar([self.EVENT]).decode().split("\r\n")
        self.assertIn("DTSTART:20261203T090000Z", lines)
        self.assertIn("DTEND:20261203T120000Z", lines)
        self.assertIn("DTSTAMP:20261102T080005Z", lines)

    def test_an_event_without_an_end_lasts_an_hour(self):
        self.assertIn(b"DTEND:20261203T100000Z\r\n", calendar([self.EVENT._replace(stop=None)]))

    def test_no_line_is_longer_than_what_calendars_read(self):
        self.assertLessEqual(max(map(len, calendar([self.EVENT._replace(text="é" * 500)]).split(b"\r\n"))), 75)

    def test_a_title_adds_no_line_of_its_own(self):
        for end in ("\r\n", "\r", "\n", "\x0b", "\x85", "\u2028"):
            with self.subTest(repr(end)):
                title = f"Fête{end}END:VEVENT{end}BEGIN:VEVENT"
                made = calendar([self.EVENT._replace(title=title)])
                self.assertEqual(made.count(b"\r\nBEGIN:VEVENT"), 1)
                self.assertEqual(len(vobject.readOne(made.decode()).contents["vevent"]), 1)
