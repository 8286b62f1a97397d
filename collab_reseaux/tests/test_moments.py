from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..moments import day_tile, from_paris, read_day, say_span


@tagged("post_install", "-at_install")
class TestMoments(BaseCase):
    """A day and an hour are read as people write them, when no calendar has helped them."""

    def test_a_day_is_read_as_people_write_it(self):
        for typed, read in (
            ("2026-12-03", date(2026, 12, 3)),
            ("3/12/26", date(2026, 12, 3)),
            ("03/12/2026", date(2026, 12, 3)),
            ("03.12.2026", date(2026, 12, 3)),
            ("3-12-26", date(2026, 12, 3)),
            (" 3 / 12\N{NO-BREAK SPACE}/ 2026 ", date(2026, 12, 3)),
            ("29/02/28", date(2028, 2, 29)),
            ("25/12/1999", date(1999, 12, 25)),
        ):
            with self.subTest(typed):
                self.assertEqual(read_day(typed), read)

    def test_what_is_no_day_is_refused(self):
        for typed in ("31/02/26", "29/02/27", "12/31/2026", "0/12/26", "3/12", "3/12/026", "3/12/26 14h30", "demain"):
            with self.subTest(typed), self.assertRaises(ValueError):
                read_day(typed)

    def test_an_hour_of_that_day_is_kept_in_utc(self):
        for typed, kept in (
            ("3/12/26 14h30", datetime(2026, 12, 3, 13, 30)),
            ("3/12/2026 14:30", datetime(2026, 12, 3, 13, 30)),
            ("03.12.2026 à 14 H 30", datetime(2026, 12, 3, 13, 30)),
            ("3/12/26, 14\N{NARROW NO-BREAK SPACE}h", datetime(2026, 12, 3, 13, 0)),
            ("3/7/26 9h05", datetime(2026, 7, 3, 7, 5)),
            # Midnight begins a day, whose date in UTC is that of the day before.
            ("3/12/26 0h", datetime(2026, 12, 2, 23, 0)),
            ("1/1/27 00:00", datetime(2026, 12, 31, 23, 0)),
            ("2026-12-03T00:00", datetime(2026, 12, 2, 23, 0)),
            # The night when the clocks go back: 2 o'clock comes twice, and is read as the first time.
            ("25/10/26 1h59", datetime(2026, 10, 24, 23, 59)),
            ("25/10/26 2h30", datetime(2026, 10, 25, 0, 30)),
            ("25/10/26 3h", datetime(2026, 10, 25, 2, 0)),
            # The night when they go forward.
            ("28/3/27 1h59", datetime(2027, 3, 28, 0, 59)),
            ("28/3/27 3h", datetime(2027, 3, 28, 1, 0)),
        ):
            with self.subTest(typed):
                self.assertEqual(from_paris(typed), kept)

    def test_what_is_no_hour_of_that_day_is_refused(self):
        for typed in (
            *("31/02/26 14h30", "3/12/26 24h", "3/12/26 14h60", "3/12/26 14", "3/12/26 14:", "3/12/26 14h3", "14h30"),
            *("3/12/26", "28/3/27 2h", "28/3/27 02:30", "2027-03-28T02:30", "3/12/26 14h30 +02:00", ""),
            "0001-01-01T00:00",
        ):
            with self.subTest(typed), self.assertRaises(ValueError):
                from_paris(typed)

    def test_an_event_is_said_as_people_say_it(self):
        start = datetime(2099, 12, 3, 9)
        for stop, said in (
            (None, ("jeudi 3 décembre 2099", "10 h")),
            (datetime(2099, 12, 3, 12, 30), ("jeudi 3 décembre 2099", "10 h à 13 h 30")),
            (datetime(2099, 12, 4, 12), ("du jeudi 3 décembre 2099, 10 h", "au vendredi 4 décembre 2099, 13 h")),
        ):
            with self.subTest(str(stop)):
                shown = tuple(part.replace("\N{NO-BREAK SPACE}", " ") for part in say_span(start, stop))
                self.assertEqual(shown, said)

    def test_the_tile_of_a_day_says_it_in_full_to_those_who_do_not_see_it(self):
        tile = day_tile(date(2099, 12, 3))
        shown = {"month": "déc.", "number": 3, "whole": "jeudi 3 décembre 2099", "iso": "2099-12-03"}
        self.assertEqual(tile, shown)
