from datetime import timedelta

from dateutil import relativedelta as rd

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from odoo.addons.collab_contribution.html import Clean
from odoo.addons.collab_reseaux.moments import ZONE, in_paris, later, say_day
from odoo.addons.collab_reseaux.refusals import beside
from odoo.addons.collab_suivi.models.collab_mark import NEW_DAYS

AHEAD_MAX = rd.relativedelta(years=2)
DATES_MAX = 104
WEEKDAYS = (rd.MO, rd.TU, rd.WE, rd.TH, rd.FR, rd.SA, rd.SU)
FLAGS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class CalendarEvent(models.Model):
    """Dates that come back: a row for each, so that one of them is moved, cancelled or answered alone. Core's rule says
    when they are; what core does to keep its own events along its rule is not used."""

    _inherit = "calendar.event"

    @api.model
    def _rhythms(self):
        """:return dict[str, str]: how often a date may come back: the labels, by name"""
        return {
            "weekly": self.env._("Every week"),
            "fortnightly": self.env._("Every two weeks"),
            "monthly_weekday": self.env._("Every month, the same weekday (the 2nd Tuesday, for example)"),
            "monthly_date": self.env._("Every month, on the same date (the 15th, for example)"),
            "yearly": self.env._("Every year"),
        }

    def _rule(self):
        """:return calendar.recurrence: that of its series, in sudo; an empty one when it comes once"""
        # sudo: nobody reads core's rules; what they say is on the page of each date
        return self.recurrence_id.sudo()

    def _rhythm(self):
        """:return str: one of ``_rhythms``"""
        rule = self._rule()
        if rule.rrule_type == "weekly":
            return "fortnightly" if rule.interval == 2 else "weekly"
        if rule.rrule_type == "monthly":
            return "monthly_weekday" if rule.month_by == "day" else "monthly_date"
        return "yearly"

    def _rule_vals(self, rhythm):
        """:return dict: of core's rule, from the day of this date"""
        day = self._day_of(self.start)
        flag, order = FLAGS[day.weekday()], self._order_in_month(day)
        kind = {
            "weekly": {"rrule_type": "weekly"},
            "fortnightly": {"rrule_type": "weekly", "interval": 2},
            "monthly_weekday": {"rrule_type": "monthly", "month_by": "day"},
            "monthly_date": {"rrule_type": "monthly", "month_by": "date"},
            "yearly": {"rrule_type": "yearly"},
        }[rhythm]
        on = {"day": day.day, "weekday": flag.upper(), "byday": str(order)}
        return {"interval": 1, **dict.fromkeys(FLAGS, False), flag: True, **on, **kind}

    @staticmethod
    def _order_in_month(day):
        """:return int: 2 for the second Tuesday of a month; -1 for a fifth one, which only some months have"""
        order = (day.day - 1) // 7 + 1
        return order if order < 5 else -1

    # Beginning a series

    def _repeat(self, rhythm, until):
        """Let a date of one's own come back. The others are made once this one is shown: a proposal is one case for a
        moderator, and people are told once.

        :param str rhythm: one of ``_rhythms``
        :param date | bool until: the last day
        :raises UserError: there is no such rhythm, no last day, or too many dates
        """
        self.ensure_one()
        self._check_own()
        if rhythm not in self._rhythms():
            raise beside("rhythm", ValidationError(self.env._("Choose how often it comes back.")))
        self._check_until(until)
        rule = {**self._rule_vals(rhythm), "event_tz": ZONE.key, "end_type": "end_date", "until": until}
        # sudo: nobody writes core's rules; this one follows from what its author has been allowed to write
        event = self.sudo()
        made = event.env["calendar.recurrence"].create({**rule, "base_event_id": self.id})
        event.write(self._in_series(made, self.start))
        number = len(event._slots())
        if not number:
            once = self.env._("It does not come back before this day: choose a later one.")
            raise beside("until", ValidationError(once))
        if number >= DATES_MAX:
            many = self.env._("That makes more than %s dates: choose a day that is not so far.", DATES_MAX)
            raise beside("until", ValidationError(many))
        if self.is_shown:
            event._make_others()

    def _check_until(self, until):
        """:raises ValidationError: a series has no end, or a far one"""
        first = self._day_of(self.start)
        last = first + AHEAD_MAX
        if not until:
            raise beside("until", ValidationError(self.env._("Say until which day it comes back.")))
        if until <= first:
            early = self.env._("It comes back after its first day: choose a later last day.")
            raise beside("until", ValidationError(early))
        if until > last:
            far = self.env._("A series lasts two years at most: choose a day up to %s.", say_day(last))
            raise beside("until", ValidationError(far))

    @api.model
    def _in_series(self, rule, slot):
        """:return dict: what is written of a date of a series, which its rule puts at this moment"""
        return {"recurrence_id": rule.id, "recurrency": True, "follow_recurrence": True, "original_start": slot}

    def _slots(self):
        """:return list[datetime]: when its rule has it come back, after it: UTC, naive, or core's of whole days"""
        return sorted({slot for slot in self._rule()._get_occurrences(self.start) if slot > self.start})

    def _announce(self):
        firsts = self.filtered(lambda event: event.is_shown and not event.shown_date and event.recurrence_id)
        result = super()._announce()
        firsts._make_others()
        return result

    def _make_others(self):
        """Make the other dates of the series that these ones begin."""
        for event in self:
            rule = event._rule()
            # Its author may have moved it while it was waiting.
            rule.write(event._rule_vals(event._rhythm()))
            event.original_start = event.start
            # In the name of its author: they are his to correct.
            own = event.with_user(event.create_uid).sudo()
            lasts = event.stop - event.start if event.allday else in_paris(event.stop) - in_paris(event.start)
            own.create(
                [
                    {**own._repeated(), **self._in_series(rule, slot), "start": slot, "stop": event._after(slot, lasts)}
                    for slot in own._slots()
                ]
            )

    def _repeated(self):
        """:return dict: what is the same in all the dates of a series"""
        said = {name: self[name] for name in self._author_fields() - {"start", "stop"}}
        said = {name: self._fields[name].convert_to_write(value, self) for name, value in said.items()}
        return {
            **said,
            # It has passed the gate already.
            "content": Clean(self.content or ""),
            **{name: [Command.set(self[name].ids)] for name in self._audience_fields},
            "state": self.state,
            "shown_date": self.shown_date,
            # The first one is new to its readers; a hundred would hide all else.
            "content_date": self.content_date - timedelta(days=NEW_DAYS),
        }

    def _after(self, moment, delay):
        """:return datetime: so long after, on the clocks of Paris"""
        return moment + delay if self.allday else later(moment, delay)

    def _continues(self):
        """:return bool: it is another date of a series, whose first one has been checked when its author wrote it"""
        first = self._rule().base_event_id
        return bool(first) and first != self

    def _check_addressed(self, before):
        if self._continues() and self.audience_id == self._rule().base_event_id.audience_id:
            return None
        return super()._check_addressed(before)

    @api.constrains("organiser_id")
    def _check_organiser(self):
        alike = self.filtered(
            lambda event: event._continues() and event.organiser_id == event._rule().base_event_id.organiser_id
        )
        return super(CalendarEvent, self - alike)._check_organiser()

    # What pages show of it

    def _series(self):
        """:return: the dates of its series that the current user may read, itself too, in order"""
        if not self.recurrence_id:
            return self
        return self.search([("recurrence_id", "=", self.recurrence_id.id)], order="start, id")

    def _series_files(self):
        """:return list[dict]: as ``_files``: those of the first date of its series are for all of them"""
        first = self._rule().base_event_id
        return self.browse(first.id)._files() if first and first != self else []

    def _series_words(self):
        """:return str: how often it comes back, and until when; empty when it comes once"""
        rule = self._rule()
        if not rule:
            return ""
        day = self._day_of(self.original_start or self.start)
        orders = {
            1: self.env._("1st"),
            2: self.env._("2nd"),
            3: self.env._("3rd"),
            4: self.env._("4th"),
            -1: self.env._("last"),
        }
        said = {"until": say_day(rule.until), "weekday": say_day(day).partition(" ")[0], "day": day.day}
        said["order"] = orders[self._order_in_month(day)]
        return {
            "weekly": self.env._("Every %(weekday)s until %(until)s", **said),
            "fortnightly": self.env._("Every second %(weekday)s until %(until)s", **said),
            "monthly_weekday": self.env._("The %(order)s %(weekday)s of every month until %(until)s", **said),
            "monthly_date": self.env._("On day %(day)s of every month until %(until)s", **said),
            "yearly": self.env._("Every year until %(until)s", **said),
        }[self._rhythm()]

    # Changing several of them

    def _scopes(self):
        """:return list[tuple[str, str]]: which dates of its series somebody may mean: values and labels; empty when it
        is alone"""
        if len(self._series()) < 2:
            return []
        labels = {
            "this": self.env._("This date only"),
            "following": self.env._("This one and those that follow"),
            "all": self.env._("All those to come"),
        }
        return [*labels.items()]

    def _deletion_choices(self):
        return self._scopes()

    def _chosen(self, choice):
        return self._meant(choice)

    def _put_back(self):
        """With those of its series that were deleted with it."""
        # sudo: what is in the bin; they are their author's own, which is checked next
        binned = self.sudo().with_context(active_test=False)
        series = [("recurrence_id", "in", self.recurrence_id.ids), ("removed_date", "in", self.mapped("removed_date"))]
        together = binned.search([*series, ("active", "=", False), ("create_uid", "=", self.env.uid)])
        return super(CalendarEvent, self | together.with_env(self.env))._put_back()

    def _meant(self, scope):
        """
        :param str scope: one of ``_scopes``, or anything else for this one alone
        :return: these dates of one's own: this one; with it those that the series puts after it; or with it all those
            that are still to come
        """
        self.ensure_one()
        if scope not in ("following", "all") or not self.recurrence_id:
            return self
        domain = Domain("recurrence_id", "=", self.recurrence_id.id) & Domain("create_uid", "=", self.create_uid.id)
        if scope == "following":
            domain &= Domain("original_start", ">=", self.original_start)
        else:
            domain &= Domain("stop", ">=", fields.Datetime.now())
        return self | self.search(domain)

    def _write_all(self, vals, scope):
        """Correct a date of one's own, and likewise others of its series. Those that have been moved alone keep their
        day and their hour.

        :param dict vals: what changes in this one
        :param str scope: as ``_meant``
        """
        meant = self._meant(scope)
        if meant == self:
            is_moved = bool(self.recurrence_id) and vals.keys() & {"start", "stop", "allday"}
            self.write(vals)
            if is_moved:
                # sudo: nobody writes where a date is in its series, which follows from what its author has written
                self.sudo().follow_recurrence = False
            return
        vals = dict(vals)
        was = {event: (event.original_start, event.follow_recurrence) for event in meant}
        before = self._day_of(self.original_start)
        self.write(vals)
        times = {vals.pop(name, None) for name in ("start", "stop", "allday")} - {None}
        others = (meant - self).sorted("original_start")
        if not times:
            others.write(vals)
            return
        moved = self._moved([self._day_of(was[event][0]) for event in others], before)
        for event, (start, stop) in zip(others, moved, strict=True):
            slot = {"start": start, "stop": stop, "allday": self.allday} if was[event][1] else {}
            event.write({**vals, **slot})
        # sudo: as above
        self.sudo()._follow_from(others.sudo(), [start for start, _stop in moved])

    def _moved(self, days, before):
        """
        :param list[date] days: of other dates of its series
        :param date before: its own day, before it was moved
        :return list[tuple[datetime, datetime]]: when each begins and ends now
        """
        now = self._day_of(self.start)
        months = (now.year - before.year) * 12 + now.month - before.month
        order = self._order_in_month(now)
        weekday = WEEKDAYS[now.weekday()](order)
        step = {
            "monthly_weekday": rd.relativedelta(months=months, day=1 if order > 0 else 31, weekday=weekday),
            "monthly_date": rd.relativedelta(months=months, day=now.day),
            "yearly": rd.relativedelta(years=now.year - before.year, month=now.month, day=now.day),
        }.get(self._rhythm(), now - before)
        moved = []
        for day in days:
            away = day + step - now
            moved.append((self._after(self.start, away), self._after(self.stop, away)))
        return moved

    def _follow_from(self, others, slots):
        """Give a rule to dates that have been moved together; those of their series that have not keep theirs.

        :param list[datetime] slots: when the rule puts each of the others
        """
        rule, meant = self._rule(), self | others
        left = rule.with_context(active_test=False).calendar_event_ids - meant
        first = min(meant, key=lambda event: event.original_start)
        last = max(self._day_of(slot) for slot in [self.start, *slots])
        vals = {**self._rule_vals(self._rhythm()), "base_event_id": first.id, "until": max(rule.until, last)}
        if left:
            kept = max(event._day_of(event.original_start) for event in left)
            new = rule.copy(vals)
            rule.write({"until": min(rule.until, kept), "base_event_id": min(left, key=lambda e: e.original_start).id})
            rule = new
        else:
            rule.write(vals)
        self.write(self._in_series(rule, self.start))
        for event, slot in zip(others, slots, strict=True):
            event.write({**self._in_series(rule, slot), "follow_recurrence": event.start == slot})
