from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_reseaux.refusals import beside

# When one of them changes, whoever comes must know it.
MOVES = frozenset({"start", "stop", "allday", "place", "commune_id", "link"})


class CalendarEvent(models.Model):
    """A date that does not take place stays in the agenda, crossed out: people would otherwise come."""

    _inherit = "calendar.event"

    def _may_cancel(self):
        """:return bool: the current user has written this date, or moderates it for those who organise it"""
        return self.create_uid == self.env.user or (bool(self._addressed()) and self._organises())

    def _as_canceller(self):
        """:return: these dates, in sudo
        :raises AccessError: the current user may neither correct them nor moderate them, or another network organises
            one of them
        """
        if any(event.create_uid != self.env.user for event in self):
            events = self._as_moderator()
            if not all(event._organises() for event in self):
                raise AccessError(self.env._("Another network organises it: it alone can cancel it."))
            return events
        self._check_own()
        self.env.user._check_may_write()
        # sudo: authors may not write whether a date is cancelled, which tells people
        return self.sudo()

    def _cancel(self, reason):
        """Say that dates do not take place. Those of them that are cancelled or over stay as they are.

        :param str reason: all those who read them read it
        :raises UserError: there is nothing to cancel
        """
        reason = self._reason(reason)
        events = self._as_canceller()
        events._lock()
        to_cancel = events.filtered(lambda event: not event.cancelled_date)
        if not to_cancel:
            raise AlreadyDone(self.env._("It is cancelled already."))
        to_cancel = to_cancel.filtered(lambda event: event.stop >= fields.Datetime.now())
        if not to_cancel:
            raise beside("reason", UserError(self.env._("It is over: it cannot be cancelled any more.")))
        if not all(event.is_shown for event in to_cancel):
            raise beside("reason", UserError(self.env._("Nobody else reads it: delete it instead.")))
        to_cancel.write({"cancelled_date": fields.Datetime.now(), "cancel_reason": reason})
        to_cancel._note_cancelling("cancel", reason)

    def _restore_cancelled(self):
        """Let dates that were cancelled take place after all."""
        events = self._as_canceller()
        events._lock()
        cancelled = events.filtered("cancelled_date")
        cancelled.write({"cancelled_date": False, "cancel_reason": False})
        cancelled._note_cancelling("restore_cancelled", False)

    def _note_cancelling(self, kind, reason):
        """:param str kind: of ``collab.action``: what has been done of these dates"""
        for event in self:
            if event.create_uid != self.env.user:
                event._note_action(kind, reason)
            event._tell_participants("cancelled" if event.cancelled_date else "restored")

    def write(self, vals):
        moved = self.browse()
        if self.env.su and vals.keys() & MOVES:
            moved = self.filtered(lambda event: event._is_awaited() and event._moves(vals))
        result = super().write(vals)
        for event in moved:
            event._tell_participants("moved")
        return result

    def _is_awaited(self):
        """:return bool: people may be waiting for it, on the day that it says"""
        now = fields.Datetime.now()
        return self.is_shown and not self.is_poll and not self.cancelled_date and self.stop >= now

    def _moves(self, vals):
        """:param dict vals: what is about to be written
        :return bool: it will not be there, or not then"""
        changed = vals.keys() & MOVES
        return any(self._fields[name].convert_to_write(self[name], self) != vals[name] for name in changed)
