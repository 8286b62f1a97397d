from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.moments import ZONE
from odoo.addons.collab_reseaux.refusals import beside

from .collab_participation import ANSWERS

# When one of them changes, those who wait may have a seat.
SEATED_BY = frozenset({"seats", "has_answers", "cancelled_date"})


class CalendarEvent(models.Model):
    """Who comes. Answers are written under the lock of their date, so that seats go to people in the order in which
    they have come, and those who wait get the seat that is freed at once."""

    _inherit = "calendar.event"

    # Written under the lock alone.
    yes_count = fields.Integer(string="Participants", readonly=True, copy=False)
    waiting_count = fields.Integer(string="On the waiting list", readonly=True, copy=False)

    @api.constrains("seats")
    def _check_seats(self):
        for event in self:
            if 0 < event.seats < event.yes_count:
                taken = self.env._("%s people have a seat already: nobody loses it. Keep as many.", event.yes_count)
                raise beside("seats", ValidationError(taken))

    # When, and for whom

    def _ends(self):
        """:return datetime: UTC, naive; of whole days, midnight in Paris"""
        if not self.allday:
            return self.stop
        midnight = datetime.combine(self.stop.date() + timedelta(days=1), time(), ZONE)
        return midnight.astimezone(UTC).replace(tzinfo=None)

    def _has_ended(self):
        """:return bool: at this very moment; lists call it over the day after"""
        return self._ends() <= fields.Datetime.now()

    @api.model
    def _organised_domain(self):
        """:return Domain: the dates of which the current user sees all who have answered: his own; for a moderator,
        those of his network and those that no network organises; all, for administrators"""
        own = Domain("create_uid", "=", self.env.uid)
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return Domain.TRUE
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        organised = Domain("organiser_id", "in", [False, *self.env.user._own_network_ids()])
        return own | (self._addressed_domain() & organised)

    def _organises(self):
        """:return bool: as ``_organised_domain``, for this date, which the current user may read"""
        return bool(self.filtered_domain(self._organised_domain()))

    def _is_read_by(self, person):
        """:param res.users person:
        :return bool: this person may read it now"""
        if not person.active:
            return False
        return bool(self.browse().with_user(person).sudo(False).search_count([("id", "=", self.id)], limit=1))

    def _takes_answers(self):
        """:return bool: one may say now whether one comes"""
        is_open = self.is_shown and self.has_answers and not self.is_poll and not self.cancelled_date
        return is_open and not self._has_ended()

    def _check_takes_answers(self):
        """:raises UserError: one may not answer any more"""
        if self._takes_answers():
            return
        if self.cancelled_date:
            raise UserError(self.env._("This date is cancelled: there is nothing to answer any more."))
        if self.is_poll:
            raise UserError(self.env._("The day is not chosen yet: say first when you can."))
        if self._has_ended():
            raise UserError(self.env._("This date is over: there is nothing to answer any more."))
        raise UserError(self.env._("Nobody asks who comes to this date."))

    # Answering

    def _answer(self, answer):
        """Say whether the current user comes. Beyond the seats, he waits for one.

        :param str answer: of ``collab.participation``
        :return collab.participation: his, in sudo
        :raises MissingError: he may not read this date
        :raises UserError: it takes no answer, or not this one
        """
        self.ensure_one()
        self.check_access("read")
        event, row = self._locked_answer()
        event._check_takes_answers()
        event._take(row, answer)
        return row

    def _locked_answer(self):
        """:return tuple[calendar.event, collab.participation]: this date, locked, and the row of the current user; both
        in sudo"""
        self._lock()
        # sudo: answers are written by these methods alone
        event = self.sudo()
        event.invalidate_recordset()
        rows = event.env["collab.participation"]
        row = rows.search([("event_id", "=", event.id), ("user_id", "=", self.env.uid)])
        return event, row or rows.create({"event_id": event.id, "user_id": self.env.uid})

    def _take(self, row, answer):
        """
        :param collab.participation row: of this date, which is locked; both in sudo
        :param str answer: what this person says now
        :raises UserError: it is no answer
        """
        if answer not in dict(ANSWERS):
            raise UserError(self.env._("Choose one of the answers."))
        if row.answer == answer:
            return
        vals = {"answer": answer, "answered_date": fields.Datetime.now(), "is_waiting": False, "rank": 0}
        if answer == "yes":
            full = self.seats and (self.yes_count >= self.seats or self.waiting_count)
            vals.update(rank=self._last_rank() + 1, is_waiting=bool(full))
        row.write(vals)
        self._count_answers()
        self._give_freed_seats()

    def _last_rank(self):
        [[rank]] = self.env["collab.participation"]._read_group([("event_id", "=", self.id)], [], ["rank:max"])
        return rank or 0

    def _count_answers(self):
        """Count again who comes and who waits; in sudo, under the lock."""
        comes = Domain("event_id", "=", self.id) & Domain("answer", "=", "yes")
        found = self.env["collab.participation"]._read_group(comes, ["is_waiting"], ["__count"])
        number = dict(found)
        self.write({"yes_count": number.get(False, 0), "waiting_count": number.get(True, 0)})

    def _give_freed_seats(self):
        """Give the seats that are free to those who wait, in the order of their arrival, and tell them; in sudo, under
        the lock. Who may not read this date any more goes on waiting."""
        if not self.waiting_count or not self._takes_answers():
            return
        waiting = self.env["collab.participation"].search([("event_id", "=", self.id), ("is_waiting", "=", True)])
        free = self.seats - self.yes_count if self.seats else len(waiting)
        for row in waiting:
            if free <= 0:
                break
            if not self._is_read_by(row.user_id):
                continue
            row.is_waiting = False
            free -= 1
            told = Event("seat", row, str(row.rank))
            self.env["collab.notification"]._notify("seat", self, told, row.user_id.sudo(False))
        self._count_answers()

    def write(self, vals):
        # In sudo: what its author writes passes here too, once it has been allowed.
        if not (self.env.su and vals.keys() & SEATED_BY):
            return super().write(vals)
        for event in self:
            event._lock()
        self.invalidate_recordset(["yes_count", "waiting_count"])
        result = super().write(vals)
        for event in self:
            event._give_freed_seats()
        return result

    @api.model
    def _free_seats_of(self, people):
        """Free the seats of those who leave, in what is to come.

        :param res.users people: in sudo
        """
        to_come = Domain("event_id.stop", ">=", fields.Datetime.now() - timedelta(days=1))
        rows = self.env["collab.participation"].sudo().with_context(active_test=False)  # sudo: those of others
        held = rows.search(to_come & Domain("user_id", "in", people.ids) & Domain("answer", "in", ("yes", "maybe")))
        for row in held.sorted("event_id"):
            event = row.event_id
            event._lock()
            event.invalidate_recordset(["yes_count", "waiting_count"])
            event._take(row, "no")

    # What lists show

    @api.model
    def _participating_ids(self, records):
        """:param calendar.event records: which the reader has read
        :return set[int]: those to which he comes, with a seat"""
        return set(records._ids) & self.env["collab.participation"]._own_events()

    def _free_seats(self):
        """:return dict[int, int]: how many seats are free, in those of these records, which the reader has read, that
        have a number of them and take answers"""
        limited = self.filtered(lambda event: event.seats and event._takes_answers())
        return {event.id: max(event.seats - event.yes_count, 0) for event in limited}
