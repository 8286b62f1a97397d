from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import in_paris, paris_day, today
from odoo.addons.collab_reseaux.refusals import field_of

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestEventSeries(AgendaCase):
    """A date that comes back: each of them lives its own life, and all may be changed together."""

    # The second Tuesday of January, at 9 h in Paris, until ten in the morning.
    START = datetime(2027, 1, 12, 8, 0)

    def _series(self, rhythm="weekly", until=date(2027, 4, 30), author=None, **vals):
        """:return calendar.event: the dates of a series, in order, as the platform sees them"""
        event = self._event(author, **{"start": self.START, **vals})
        event.with_user(event.create_uid).sudo(False)._repeat(rhythm, until)
        return self._all(event)

    def _all(self, event):
        return event.search([("recurrence_id", "=", event.recurrence_id.id)], order="original_start")

    def _own(self, event):
        return event.with_user(event.create_uid).sudo(False)

    def _hours(self, events):
        return {in_paris(event.start).hour for event in events}

    def _words(self, event):
        """:return str: how often it comes back, as a moderator reads it"""
        return self._as(self.mona).with_context(lang="fr_FR").browse(event.id)._series_words()

    # When they are

    def test_a_meeting_of_every_week_keeps_its_hour_over_both_changes_of_daylight_saving(self):
        events = self._series(until=date(2027, 12, 31))
        self.assertEqual(len(events), 51)
        self.assertEqual({paris_day(event.start).weekday() for event in events}, {1})
        self.assertEqual({(in_paris(event.start).hour, in_paris(event.stop).hour) for event in events}, {(9, 11)})
        self.assertEqual({event.start.hour for event in events}, {7, 8})

    def test_a_night_that_loses_or_gains_an_hour_lasts_as_long_on_the_clock(self):
        events = self._series(
            start=datetime(2027, 3, 20, 21, 0), stop=datetime(2027, 3, 21, 5, 0), until=date(2027, 4, 4)
        )
        self.assertEqual({(in_paris(event.start).hour, in_paris(event.stop).hour) for event in events}, {(22, 6)})
        self.assertEqual([event.stop - event.start for event in events], [timedelta(hours=h) for h in (8, 7, 8)])

    def test_each_rhythm_gives_the_days_that_people_expect(self):
        for rhythm, days in {
            "fortnightly": [date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 9), date(2027, 2, 23)],
            "monthly_weekday": [date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9), date(2027, 4, 13)],
            "monthly_date": [date(2027, 1, 12), date(2027, 2, 12), date(2027, 3, 12), date(2027, 4, 12)],
        }.items():
            with self.subTest(rhythm):
                found = [paris_day(event.start) for event in self._series(rhythm)]
                self.assertEqual(found[:4], days)
        yearly = self._series("yearly", date(2028, 12, 31))
        self.assertEqual([paris_day(event.start) for event in yearly], [date(2027, 1, 12), date(2028, 1, 12)])

    def test_whole_days_come_back_as_whole_days(self):
        start, stop = datetime(2027, 3, 22, 8), datetime(2027, 3, 23, 18)
        events = self._series(start=start, stop=stop, allday=True, until=date(2027, 4, 10))
        self.assertEqual([event.start for event in events], [start + timedelta(weeks=n) for n in range(3)])
        self.assertEqual(events[1].stop, stop + timedelta(weeks=1))
        self.assertEqual(events.mapped("allday"), [True] * 3)

    def test_a_fifth_monday_is_the_last_one_of_each_month(self):
        events = self._series("monthly_weekday", date(2027, 6, 30), start=datetime(2027, 3, 29, 8))
        self.assertEqual(
            [paris_day(event.start) for event in events],
            [date(2027, 3, 29), date(2027, 4, 26), date(2027, 5, 31), date(2027, 6, 28)],
        )

    def test_a_series_has_an_end_that_is_not_far(self):
        event = self._own(self._event(start=self.START))
        for rhythm, until, field in (
            ("weekly", False, "until"),
            ("weekly", date(2027, 1, 12), "until"),
            ("weekly", date(2029, 1, 12), "until"),
            ("weekly", date(2999, 1, 1), "until"),
            ("monthly_date", date(2027, 1, 31), "until"),
            ("each minute", date(2027, 4, 30), "rhythm"),
        ):
            with self.subTest(until=until), self.assertRaises(ValidationError) as caught:
                event._repeat(rhythm, until)
            self.assertEqual(field_of(caught.exception), field)

    # Who learns of them

    def test_a_proposal_is_one_case_and_its_other_dates_come_once_it_is_accepted(self):
        events = self._series(author=self.ana, audience_network_ids=[Command.set(self.blue.ids)])
        self.assertEqual(len(events), 1)
        self.assertIn("Tous les mardis", self._words(events))
        self._own(events).write(
            {"start": self.START + timedelta(days=1), "stop": self.START + timedelta(days=1, hours=1)}
        )
        self._as(self.mona).browse(events.id)._accept()
        events = self._all(events)
        self.assertEqual(len(events), 16)
        self.assertEqual({paris_day(event.start).weekday() for event in events}, {2})
        self.assertEqual(events.create_uid, self.ana)
        self.assertEqual(events.audience_network_ids, self.blue)
        self.assertEqual(len(self._as(self.bob).search([("id", "in", events.ids)])), 16)
        self.assertFalse(self._as(self.greta).search([("id", "in", events.ids)]))
        self.assertEqual(sum(event.is_new for event in self._as(self.bob).browse(events.ids)), 1)

    def test_a_moderator_accepts_the_series_of_somebody_who_has_left_the_network(self):
        events = self._series(
            author=self.ana, audience_network_ids=[Command.set(self.blue.ids)], organiser_id=self.blue.id
        )
        self.ana.partner_id.network_ids = self.green
        self._as(self.mona).browse(events.id)._accept()
        self.assertEqual(self._all(events).audience_network_ids, self.blue)

    def test_a_refused_proposal_brings_no_other_date(self):
        events = self._series(author=self.ana)
        self._as(self.mona).browse(events.id)._hide("Hors sujet")
        self.assertEqual(len(self._all(events)), 1)

    # Changing some of them

    def test_one_of_them_is_moved_alone(self):
        events = self._series()
        third = self._own(events[2])
        third._write_all({"start": third.start + timedelta(days=1), "stop": third.stop + timedelta(days=1)}, "this")
        self.assertEqual(events[2].start - events[2].original_start, timedelta(days=1))
        self.assertEqual(events.mapped("follow_recurrence"), [True, True, False] + [True] * 13)

    def test_those_that_follow_move_to_another_hour_and_the_others_stay(self):
        events = self._series(until=date(2027, 6, 30))
        pivot = self._own(events[2])
        later = {
            "start": pivot.start + timedelta(hours=5),
            "stop": pivot.stop + timedelta(hours=5),
            "name": "L’après-midi",
        }
        pivot._write_all(later, "following")
        self.assertEqual(self._hours(events[:2]), {9})
        self.assertEqual(self._hours(events[2:]), {14})
        self.assertEqual(set(events[2:].mapped("name")), {"L’après-midi"})
        self.assertNotIn("L’après-midi", events[:2].mapped("name"))
        self.assertEqual(events[2:].mapped("start"), events[2:].mapped("original_start"))
        self.assertEqual(len(events[:2].recurrence_id | events[2:].recurrence_id), 2)
        rule = events[2:].recurrence_id
        self.assertLessEqual({*events[2:].mapped("start")}, {*rule._get_occurrences(events[2].start)})

    def test_the_second_tuesday_becomes_the_second_thursday_of_each_month(self):
        events = self._series("monthly_weekday", date(2027, 10, 31))
        first = self._own(events[0])
        first._write_all({"start": first.start + timedelta(days=2), "stop": first.stop + timedelta(days=2)}, "all")
        days = [paris_day(event.start) for event in events]
        self.assertEqual(days[:4], [date(2027, 1, 14), date(2027, 2, 11), date(2027, 3, 11), date(2027, 4, 8)])
        self.assertEqual({(day.weekday(), (day.day - 1) // 7) for day in days}, {(3, 1)})
        self.assertEqual(len(events.recurrence_id), 1)
        self.assertIn("2e jeudi", self._words(events[0]))

    def test_one_that_was_moved_alone_stays_where_it_is_when_the_others_move(self):
        events = self._series()
        alone = self._own(events[3])
        alone._write_all({"start": alone.start + timedelta(days=2), "stop": alone.stop + timedelta(days=2)}, "this")
        kept, first = alone.start, self._own(events[0])
        first._write_all({"start": first.start + timedelta(hours=1), "stop": first.stop + timedelta(hours=1)}, "all")
        self.assertEqual(events[3].start, kept)
        self.assertEqual(self._hours(events - events[3]), {10})
        self.assertEqual(in_paris(events[3].original_start).hour, 10)

    def test_words_of_all_change_and_what_is_over_stays_as_it_was(self):
        start = (self._in(days=-8)).replace(hour=9, minute=0)
        events = self._series(start=start, until=today() + timedelta(days=20))
        self._own(events[2])._write_all({"place": "Salle verte"}, "all")
        self.assertEqual(events.filtered("place"), events[2:])

    def test_a_stranger_changes_none_of_them(self):
        events = self._series()
        self.assertEqual(self._as(self.bob).browse(events[0].id)._meant("all"), events)
        for person in (self.bob, self.gus):
            with self.assertRaises(AccessError):
                self._as(person).browse(events[0].id)._write_all({"name": "Piège"}, "all")
        self.assertNotIn("Piège", events.mapped("name"))

    # Deleting some of them

    def test_those_that_follow_are_deleted_together_and_put_back_together(self):
        events = self._series()
        own = self._own(events[10])
        own._chosen("following")._withdraw()
        self.assertEqual(events.mapped("active"), [True] * 10 + [False] * 6)
        own.with_context(active_test=False)._put_back()
        self.assertTrue(all(events.mapped("active")))

    def test_the_words_of_a_series_say_how_often_and_until_when(self):
        for rhythm, words in {
            "weekly": "Tous les mardis jusqu’au vendredi 30 avril 2027",
            "fortnightly": "Un mardi sur deux jusqu’au vendredi 30 avril 2027",
            "monthly_weekday": "Le 2e mardi de chaque mois jusqu’au vendredi 30 avril 2027",
            "monthly_date": "Le 12 de chaque mois jusqu’au vendredi 30 avril 2027",
        }.items():
            event = self._series(rhythm)[0]
            self.assertEqual(self._words(event), words)
        self.assertEqual(self._words(self._event()), "")
