from odoo import api, fields, models
from odoo.fields import Domain

VOTES = [("yes", "Can"), ("maybe", "Can if need be"), ("no", "Cannot")]


class CollabDateVote(models.Model):
    """Whether somebody can come at a moment that a poll proposes. Nobody writes it but ``calendar.event._vote``."""

    _name = "collab.date.vote"
    _inherit = "collab.access.mixin"
    _description = "Answer to a date proposed in a poll"
    _order = "answered_date, id"
    _rec_name = "answer"

    slot_id = fields.Many2one("collab.date.slot", required=True, readonly=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    answer = fields.Selection(VOTES, required=True, readonly=True)
    answered_date = fields.Datetime(string="Answered on", required=True, readonly=True)

    _once = models.UniqueIndex("(slot_id, user_id)", "This person has answered already.")

    @api.model
    def _audience_domain(self):
        """Of a poll that one may read: one's own; all of them, for who organises it, or if it names who comes."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        # Not in sudo, even when the caller is: the record rules of the current user decide.
        events = self.env["calendar.event"].sudo(False).with_context(active_test=False)
        named = events._organised_domain() | Domain("shows_participants", "=", True)
        return Domain("slot_id.event_id", "in", events._search(Domain.TRUE)) & (
            Domain("user_id", "=", self.env.uid) | Domain("slot_id.event_id", "in", events._search(named))
        )
