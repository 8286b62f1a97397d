from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

ANSWERS = [("yes", "Comes"), ("maybe", "Maybe"), ("no", "Does not come")]


class CollabParticipation(models.Model):
    """What somebody has answered to a date. Nobody writes it but the methods of ``calendar.event``, which lock the
    date: seats are given one after the other."""

    _name = "collab.participation"
    _inherit = "collab.access.mixin"
    _description = "Answer to a date"
    _order = "rank, id"
    _rec_name = "answer"

    event_id = fields.Many2one("calendar.event", required=True, readonly=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    answer = fields.Selection(ANSWERS, readonly=True, help="Empty: only a link of a mail has served.")
    is_waiting = fields.Boolean(string="On the waiting list", readonly=True)
    rank = fields.Integer(readonly=True, help="In the order of arrival of those who come.")
    answered_date = fields.Datetime(string="Answered on", readonly=True)
    turn = fields.Integer(
        readonly=True, help="How many links of mails have served: the older ones do nothing any more."
    )

    _once = models.UniqueIndex("(event_id, user_id)", "This person has answered already.")

    @api.model
    def _audience_domain(self):
        """Of a date that one may read: one's own; all of them, for who organises it; who comes, if the date says so."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        # Not in sudo, even when the caller is: the record rules of the current user decide.
        events = self.env["calendar.event"].sudo(False).with_context(active_test=False)
        comes = Domain("answer", "=", "yes") & Domain("is_waiting", "=", False)
        return Domain("event_id", "in", events._search(Domain.TRUE)) & (
            Domain("user_id", "=", self.env.uid)
            | Domain("event_id", "in", events._search(events._organised_domain()))
            | (comes & Domain("event_id", "in", events._search([("shows_participants", "=", True)])))
        )

    @api.model
    def _own_events(self):
        """A page asks for it for each of its lists: it is read once in a transaction.

        :return frozenset[int]: the dates to which the current user comes, with a seat
        """
        kept, name = self.env.cr.cache, ("collab.participation", self.env.uid)
        if name not in kept:
            self.flush_model()
            own = SQL("SELECT event_id FROM collab_participation WHERE user_id = %s AND answer = 'yes'", self.env.uid)
            rows = self.env.execute_query(SQL("%s AND is_waiting IS NOT TRUE", own))
            kept[name] = frozenset(number for (number,) in rows)
        return kept[name]

    def _forget_own_events(self):
        for person in self.user_id:
            self.env.cr.cache.pop(("collab.participation", person.id), None)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._forget_own_events()
        return rows

    def write(self, vals):
        self._forget_own_events()
        return super().write(vals)

    def unlink(self):
        self._forget_own_events()
        return super().unlink()

    def _in_words(self):
        """:return str: what its person has answered, said to him"""
        if self.answer == "yes" and not self.is_waiting:
            return self.env._("You take part in it.")
        if self.answer == "yes":
            place = self._place()
            first = self.env._("You are first on the waiting list.")
            return first if place == 1 else self.env._("You are number %s on the waiting list.", place)
        said = {"maybe": self.env._("You may come."), "no": self.env._("You do not come.")}
        return said.get(self.answer, "")

    def _place(self):
        """:return int: how many wait until this person, included, has a seat"""
        # sudo: those before him are only counted
        waiting = Domain("event_id", "=", self.event_id.id) & Domain("is_waiting", "=", True)
        return self.sudo().search_count(waiting & Domain("rank", "<=", self.rank))
