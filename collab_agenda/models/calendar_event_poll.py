from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.collab_reseaux.moments import day_tile, paris_day
from odoo.addons.collab_reseaux.refusals import beside

from .calendar_event import LASTS_MAX
from .collab_date_vote import VOTES

SLOTS_MIN, SLOTS_MAX = 2, 12
WITHIN = timedelta(days=366)


class Slot(NamedTuple):
    """A moment that somebody proposes."""

    start: datetime  # UTC, naive
    stop: datetime


class CalendarEvent(models.Model):
    """A date whose day is not chosen yet: people say when they can, then whoever organises it chooses, and it becomes a
    date as any other. Until then it stands at the first of the moments that are proposed."""

    _inherit = "calendar.event"

    # Asking

    @api.model
    def _start_poll(self, vals, slots):
        """Ask when people can.

        :param dict vals: of the date, as its author writes it; without its hours
        :param Iterable[Slot] slots: the moments that he proposes
        :return calendar.event:
        :raises ValidationError: these moments will not do
        """
        slots = self._checked_slots(slots)
        event = self.create({**vals, "start": slots[0].start, "stop": slots[0].stop, "allday": False})
        # sudo: an author writes none of these
        event.sudo().is_poll = True
        self.env["collab.date.slot"].sudo().create([{"event_id": event.id, **slot._asdict()} for slot in slots])
        return event

    @api.model
    def _checked_slots(self, slots):
        """:param Iterable[Slot] slots: as somebody proposes them
        :return list[Slot]: in their order
        :raises ValidationError: too few or too many, twice the same, one that is past, far away, or that ends before it
            begins
        """
        slots, now, refused = sorted(slots), fields.Datetime.now(), None
        if not SLOTS_MIN <= len(slots) <= SLOTS_MAX:
            refused = self.env._("Propose from %(least)s to %(most)s dates.", least=SLOTS_MIN, most=SLOTS_MAX)
        elif len(set(slots)) < len(slots):
            refused = self.env._("The same date is proposed twice: change one of them.")
        elif slots[0].start <= now:
            refused = self.env._("A date that you propose is past: choose days to come.")
        elif slots[-1].start > now + WITHIN:
            refused = self.env._("A date that you propose is more than a year away: choose nearer days.")
        elif any(slot.stop <= slot.start for slot in slots):
            refused = self.env._("A date ends before it begins: correct its hours.")
        elif any(slot.stop - slot.start > LASTS_MAX for slot in slots):
            refused = self.env._("A date lasts more than a month: correct its last day.")
        if refused:
            raise beside("slots", ValidationError(refused))
        return slots

    # Answering

    def _votes_are_open(self):
        """:return bool: one may say now when one can"""
        if not (self.is_poll and self.is_shown and not self.cancelled_date):
            return False
        return any(slot.stop > fields.Datetime.now() for slot in self._poll_slots())

    def _poll_slots(self):
        """:return collab.date.slot: the moments that it proposes, in their order"""
        return self.env["collab.date.slot"].search([("event_id", "=", self.id)])

    def _lock_poll(self):
        """:return calendar.event: this poll, locked, in sudo
        :raises UserError: its day is chosen, or it is closed"""
        self.check_access("read")
        self._lock()
        event = self.sudo()  # sudo: votes are written by the methods that call this one alone
        event.invalidate_recordset()
        if not event.is_poll:
            raise UserError(self.env._("The day is chosen: one does not say any more when one can."))
        if not event._votes_are_open():
            raise UserError(self.env._("This poll is closed."))
        return event

    def _vote(self, answers):
        """Say when the current user can. What he says again replaces what he has said.

        :param dict[int, str] answers: of ``collab.date.vote``, by moment
        :raises UserError: nothing is answered, or it is closed
        """
        self.ensure_one()
        event = self._lock_poll()
        Votes = event.env["collab.date.vote"]
        answers = {slot: answers[slot.id] for slot in event._poll_slots() if answers.get(slot.id) in dict(VOTES)}
        if not answers:
            raise UserError(self.env._("Answer for one of the dates at least."))
        now = fields.Datetime.now()
        known = Votes.search([("slot_id.event_id", "=", event.id), ("user_id", "=", self.env.uid)])
        said = {vote.slot_id: vote for vote in known}
        for slot, answer in answers.items():
            if slot not in said:
                vals = {"slot_id": slot.id, "user_id": self.env.uid, "answer": answer, "answered_date": now}
                Votes.create(vals)
            elif said[slot].answer != answer:
                # Who changes his mind comes after those who have said it before him.
                said[slot].write({"answer": answer, "answered_date": now})

    # Choosing

    def _choose_slot(self, slot_id):
        """Choose the day. Those who can are registered in the order of their answers, the last ones on the waiting list
        if seats are missing; all who have answered are told.

        :param int slot_id: one of its moments
        :raises AccessError: the current user does not organise it
        :raises UserError: its day is chosen already, or this moment is past
        """
        self.ensure_one()
        event = self._lock_poll()
        if not self._organises():
            raise AccessError(self.env._("Only who organises it chooses its day."))
        slot = event._poll_slots().filtered(lambda one: one.id == slot_id)
        if not slot:
            raise UserError(self.env._("This date is not proposed."))
        if slot.start <= fields.Datetime.now():
            raise UserError(self.env._("This date is past: choose another one."))
        event.write({"start": slot.start, "stop": slot.stop, "is_poll": False})
        if event.has_answers:
            rows = event.env["collab.participation"]
            for vote in event.env["collab.date.vote"].search([("slot_id", "=", slot.id)]):
                if event._is_read_by(vote.user_id):
                    event._take(rows.create({"event_id": event.id, "user_id": vote.user_id.id}), vote.answer)
        self._tell_participants("chosen")

    def _voters(self):
        """:return res.users: who has said when he can"""
        # sudo: people are told, whoever acts
        votes = self.env["collab.date.vote"].sudo().search([("slot_id.event_id", "=", self.id)])
        return votes.user_id.sudo(False)

    # What its page shows

    def _poll_shown(self):
        """:return dict: ``poll``: None when it waits for no day, or ``is_open``, ``chooses`` (the reader chooses the
        day), ``voters`` (how many have answered), ``answered`` (the reader has) and ``slots``: ``id``, ``day``,
        ``hours``, ``tile``, ``counts`` by answer, ``is_best``, ``is_past``, ``mine``, ``names`` by answer"""
        if not self.is_poll:
            return {"poll": None}
        slots, now = self._poll_slots(), fields.Datetime.now()
        # sudo: only numbers are shown to all
        votes = self.env["collab.date.vote"].sudo().search([("slot_id", "in", slots.ids)])
        counts = {slot.id: dict.fromkeys(dict(VOTES), 0) for slot in slots}
        for vote in votes:
            counts[vote.slot_id.id][vote.answer] += 1
        read = self.env["collab.date.vote"].search([("slot_id", "in", slots.ids)])
        own = {vote.slot_id.id: vote.answer for vote in read if vote.user_id == self.env.user}
        people = self.env["collab.member"]._named_by_account(read.user_id.ids) if self._names_voters() else {}
        names = {slot.id: {answer: [] for answer, _label in VOTES} for slot in slots}
        for vote in read:
            if vote.user_id.id in people:
                names[vote.slot_id.id][vote.answer].append(people[vote.user_id.id][0])
        best = max(((count["yes"], count["maybe"]) for count in counts.values()), default=(0, 0))
        is_open = self._votes_are_open()
        return {
            "poll": {
                "is_open": is_open,
                "chooses": is_open and self._organises(),
                "voters": len(votes.user_id),
                "answered": bool(own),
                "choices": self.env["collab.date.vote"]._fields["answer"]._description_selection(self.env),
                "slots": [
                    {
                        "id": slot.id,
                        "day": slot._said()[0],
                        "hours": slot._said()[1],
                        "tile": day_tile(paris_day(slot.start)),
                        "counts": counts[slot.id],
                        "is_best": best > (0, 0) and (counts[slot.id]["yes"], counts[slot.id]["maybe"]) == best,
                        "is_past": slot.start <= now,
                        "mine": own.get(slot.id),
                        "names": names[slot.id],
                    }
                    for slot in slots
                ],
            }
        }

    def _names_voters(self):
        return self.shows_participants or self._organises()
