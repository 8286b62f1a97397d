import textwrap
from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.moments import ZONE, in_paris, today

SUMMARY_MAX_CHARS = 220
REMINDER_HOUR = 9  # in Paris, the day before


class CalendarEvent(models.Model):
    """What mails say of dates: written when they leave, with the rights that their reader has then."""

    _inherit = "calendar.event"

    # Whom a date tells

    def _tell_participants(self, what):
        """Tell those who have answered that something has changed; to be called once it is written.

        :param str what: ``cancelled``, ``restored`` (it takes place after all), ``moved``, or ``chosen`` (of a poll)
        """
        # sudo: people are told, whoever acts
        rows = self.env["collab.participation"].sudo().search([("event_id", "=", self.id)])
        people = rows.filtered(lambda row: row.answer in ("yes", "maybe")).user_id.sudo(False)
        if self.is_poll or what == "chosen":
            people |= self._voters()
        # sudo: only how many times it has changed
        told = Event(what, self, str(self.sudo().revision))
        self.env["collab.notification"]._notify("event_change", self, told, people)

    @api.model
    def _remind(self):
        """Remind those who come, or may come, the day before. It may be stopped at any line, and run again: nobody is
        reminded twice of the same day."""
        now = fields.Datetime.now()
        last = today() + timedelta(days=1 if in_paris(now).hour >= REMINDER_HOUR else 0)
        morning = datetime.combine(last - timedelta(days=1), time(REMINDER_HOUR), ZONE)
        midnight = datetime.combine(last + timedelta(days=1), time(), ZONE)
        before, until = (moment.astimezone(UTC).replace(tzinfo=None) for moment in (morning, midnight))
        to_come = Domain("start", ">", now) & Domain("start", "<", until) & Domain("is_shown", "=", True)
        events = self.search(to_come & Domain("cancelled_date", "=", False) & Domain("is_poll", "=", False))
        progress = self.env["ir.cron"]._commit_progress
        progress(0, remaining=len(events))
        for event in events:
            rows = self.env["collab.participation"].search([("event_id", "=", event.id), *self._reminded()])
            # Who has answered since that hour needs no reminder of it.
            people = rows.filtered(lambda row: row.answered_date < before).user_id
            told = Event("reminder", event, event._days()[0].isoformat())
            self.env["collab.notification"]._notify("reminder", event, told, people)
            if not progress(1):
                break

    @api.model
    def _reminded(self):
        """:return Domain: who is reminded, among those who have answered"""
        return Domain("answer", "in", ("yes", "maybe")) & Domain("is_waiting", "=", False)

    # What each mail says

    def _notification(self, kind, event):
        if kind == "comment":
            return event.about._mail()
        if not self.is_shown or (not self.is_poll and self._has_ended()):
            return None
        said = {
            "event": self._said_announced,
            "reminder": self._said_before,
            "event_change": self._said_changed,
            "seat": self._said_seated,
        }[kind](event)
        if not said:
            return None
        subject, why = said
        lines = [] if self.is_poll else [self._said_when(), self._address()]
        return {
            "title": self.name,
            "subject": subject,
            "said": "\n".join(filter(None, (*lines, why))),
            "url": self._read_url(),
            "links": self._answer_links(),
        }

    def _own_answer(self):
        """:return collab.participation: what the current user has answered, if anything"""
        return self.env["collab.participation"].search([("event_id", "=", self.id), ("user_id", "=", self.env.uid)])

    def _answer_links(self):
        """:return list[tuple[str, str]]: words and path of what a mail offers beside its button"""
        if not self._takes_answers():
            return []
        comes = self._own_answer().answer == "yes"
        return [(self.env._("Withdraw") if comes else self.env._("Answer now"), self._answer_path())]

    def _said_announced(self, event):
        if self.cancelled_date or self.env.user not in self._territory_followers():
            return None
        if self.is_poll:
            return self.env._("When can you come? %s", self.name), self._beginning()
        kind = self.type_id.sudo().name  # sudo: the name of a type is public
        return self.env._("%(kind)s: %(title)s", kind=kind, title=self.name), self._beginning()

    def _said_before(self, event):
        if self.cancelled_date or self.is_poll or event.step != self._days()[0].isoformat():
            return None
        row = self._own_answer().filtered_domain(self._reminded())
        if not row:
            return None
        comes = self.env._("You take part in it.")
        why = comes if row.answer == "yes" else self.env._("You have answered that you may come.")
        if self._days()[0] == today():
            return self.env._("Today: %s", self.name), why
        return self.env._("Tomorrow: %s", self.name), why

    def _said_changed(self, event):
        # What is true now: it may have been cancelled, and put back, since.
        if bool(self.cancelled_date) != (event.what == "cancelled"):
            return None
        if event.what == "cancelled":
            reason = self.cancel_reason and self.env._("Why: %s", self.cancel_reason)
            return self.env._("Cancelled: %s", self.name), reason or ""
        row = self._own_answer()
        if event.what == "chosen":
            return self.env._("The day is chosen: %s", self.name), row._in_words() if row else ""
        if row.answer not in ("yes", "maybe"):
            return None
        if event.what == "restored":
            return self.env._("It takes place after all: %s", self.name), row._in_words()
        return self.env._("Changed: %s", self.name), self.env._(
            "Its day, its hours or its place have changed: can you still come?"
        )

    def _said_seated(self, event):
        row = self._own_answer()
        if row.answer != "yes" or row.is_waiting or not self._takes_answers():
            return None
        freed = self.env._("A seat is yours: %s", self.name)
        return freed, self.env._(
            "You were on the waiting list, and a seat is free. If you cannot come any more, say so."
        )

    def _said_when(self):
        """:return str: its days and its hours, in French, on one line"""
        return ", ".join(self._span())

    def _beginning(self):
        text = html2plaintext(self.content or "", include_references=False)
        return textwrap.shorten(text, SUMMARY_MAX_CHARS, placeholder="…")
