from datetime import UTC, date, datetime, timedelta

import icalendar
import recurring_ical_events

from odoo.tests import BaseCase, tagged

from odoo.addons.collab_contribution.ics import CalendarEvent, calendar

from ..series import series

RULE = "DTSTART:20000101T000000\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=9;BYDAY=TU,TH"
TWO_HOURS = timedelta(hours=2)
NEW_YEAR = datetime(2026, 1, 1)


@tagged("-at_install", "post_install")
class TestSeries(BaseCase):
    """A series is shown by calendar programs as it is on the platform."""

    # In Paris at 10: UTC, on either side of the 29th of March.
    SLOTS = [datetime(2026, 3, 17, 9), datetime(2026, 3, 19, 9), datetime(2026, 3, 31, 8), datetime(2026, 4, 2, 8)]

    def _one(self, start, **values):
        usual = CalendarEvent(uid="", changed=NEW_YEAR, start=start, stop=start + TWO_HOURS, title="Permanence")
        return usual._replace(url=f"https://collab.example/{start:%d%m%H}", **values)

    def _all(self, **values):
        return {slot: self._one(slot, **values) for slot in self.SLOTS}

    def _written(self, occurrences, rule=RULE):
        return icalendar.Calendar.from_ical(calendar(series("s@x", rule, occurrences))).walk("VEVENT")

    def _seen(self, occurrences, rule=RULE):
        """:return list[tuple]: the beginning, the end, the title and the state of each, as a program shows them"""
        read = icalendar.Calendar.from_ical(calendar(series("s@x", rule, occurrences)))
        found = recurring_ical_events.of(read).between((2026, 1, 1), (2027, 1, 1))

        def plain(end):
            return end.astimezone(UTC).replace(tzinfo=None) if isinstance(end, datetime) else end

        shown = [
            (plain(one["DTSTART"].dt), plain(one["DTEND"].dt), str(one["SUMMARY"]), str(one["STATUS"])) for one in found
        ]
        return sorted(shown, key=str)

    def _check(self, occurrences, rule=RULE):
        expected = sorted(
            (one.start, one.stop, one.title, "CANCELLED" if one.is_cancelled else "CONFIRMED")
            for one in occurrences.values()
        )
        self.assertEqual(self._seen(occurrences, rule), expected)

    def test_dates_that_are_alike_are_one_event_with_a_rule(self):
        self.assertEqual(len(self._written(self._all())), 1)
        self._check(self._all())

    def test_what_has_been_deleted_is_left_out_be_it_the_first_one(self):
        for gone in self.SLOTS:
            occurrences = self._all()
            del occurrences[gone]
            with self.subTest(gone):
                [written] = self._written(occurrences)
                self.assertEqual(written["UID"], "s@x")
                self._check(occurrences)

    def test_what_differs_is_written_apart(self):
        first, second, third, last = self.SLOTS
        occurrences = self._all()
        occurrences[first] = self._one(first - timedelta(days=1))
        occurrences[second] = self._one(second, title="Annulé", is_cancelled=True)
        occurrences[third] = self._one(third, stop=third + timedelta(hours=5), sequence=3)
        written = self._written(occurrences)
        self.assertEqual(len(written), 4)
        self.assertEqual({event["UID"] for event in written}, {"s@x"})
        self.assertEqual({event["SEQUENCE"] for event in written}, {3})
        self._check(occurrences)
        self.assertEqual(occurrences[last].title, "Permanence")

    def test_a_series_whose_dates_are_mostly_cancelled_goes_on(self):
        occurrences = self._all(is_cancelled=True, title="Annulé")
        occurrences[self.SLOTS[2]] = self._one(self.SLOTS[2])
        self.assertEqual(self._written(occurrences)[0]["STATUS"], "CONFIRMED")
        self._check(occurrences)
        self._check(self._all(is_cancelled=True))

    def test_a_date_that_the_rule_does_not_give_is_added(self):
        extra = datetime(2026, 3, 26, 9)
        self._check({**self._all(), extra: self._one(extra)})

    def test_nights_when_clocks_change(self):
        nights = [datetime(2026, month, day, 22) for month, day in ((10, 22), (10, 23), (10, 25))]
        nights[0:2] = [night - timedelta(hours=1) for night in nights[0:2]]
        nights.insert(2, datetime(2026, 10, 24, 21))
        # In Paris from 23 to 4.
        stops = [night + timedelta(hours=5) for night in nights]
        stops[2] += timedelta(hours=1)
        found = {start: self._one(start, stop=stop) for start, stop in zip(nights, stops, strict=True)}
        self._check(found, "RRULE:FREQ=DAILY")

    def test_whole_days(self):
        slots = [datetime(2026, month, 5, 8) for month in (1, 2, 3, 4)]
        found = {slot: self._one(slot, stop=slot.replace(hour=18), allday=True) for slot in slots}
        del found[slots[1]]
        moved = found[slots[2]]._replace(start=datetime(2026, 3, 9, 8), stop=datetime(2026, 3, 10, 18))
        found[slots[2]] = moved
        seen = self._seen(found, "RRULE:FREQ=MONTHLY;BYMONTHDAY=5")
        self.assertEqual(
            [one[:2] for one in seen],
            [
                (date(2026, 1, 5), date(2026, 1, 6)),
                (date(2026, 3, 9), date(2026, 3, 11)),
                (date(2026, 4, 5), date(2026, 4, 6)),
            ],
        )
        # One of them has hours now.
        hours = datetime(2026, 4, 5, 9)
        found[slots[3]] = self._one(hours)
        both = {slot: found[slot] for slot in (slots[0], slots[3])}
        seen = {one[:2] for one in self._seen(both, "RRULE:FREQ=MONTHLY;BYMONTHDAY=5")}
        self.assertEqual(seen, {(date(2026, 1, 5), date(2026, 1, 6)), (hours, hours + TWO_HOURS)})
