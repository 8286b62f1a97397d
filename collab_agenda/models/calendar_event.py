from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.calendar.models.calendar_event import CalendarEvent as StockEvent
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened
from odoo.addons.collab_reseaux.refusals import beside

from ..dates import LASTS_MAX

DECIDING = "INCLUDE (audience_id, create_uid, stop)"
SEATS_MAX = 10_000
# Whoever subscribes to the agenda sees these: when one of them changes, his calendar must take it again.
IN_CALENDARS = frozenset(
    {"name", "start", "stop", "allday", "place", "commune_id", "link", "cancelled_date", "active", "is_poll"}
    | {"content", "type_id", "original_start", "recurrence_id"}
)


class CalendarEvent(models.Model):
    """A date that is shared: a meeting, a training day, an assembly. Core gives its hours and its recurrence; who reads
    it, writes it and moderates it follows from the mixins of all contents."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "collab.rich.text.mixin", "collab.event.mixin"]
    _order = "start, id"
    _slug = "rendez-vous"
    _marks = ("favourite", "follow")
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    # The WHERE is what the ORM emits, or the planner ignores it; it INCLUDEs what the record rule compares.
    _start_idx = models.Index(f"(start, id) {DECIDING} WHERE active IS TRUE")
    _own_idx = models.Index("(create_uid) WHERE active IS TRUE")

    name = fields.Char(string="Title")
    type_id = fields.Many2one("collab.event.type", required=True, ondelete="restrict", index=True)
    organiser_id = fields.Many2one(
        "collab.network", string="Organised by the network", ondelete="restrict", index="btree_not_null"
    )
    has_answers = fields.Boolean(string="One says whether one comes", default=True)
    seats = fields.Integer(help="Zero: as many as wish to come.")
    shows_participants = fields.Boolean(
        string="Participants are named", help="To all those who read it; the organiser always sees them."
    )
    cancelled_date = fields.Datetime(string="Cancelled on", readonly=True, copy=False)
    cancel_reason = fields.Char(string="Why it is cancelled", readonly=True, copy=False)
    is_poll = fields.Boolean(
        string="Waits for its date", readonly=True, copy=False, help="People say when they can; then its day is chosen."
    )
    original_start = fields.Datetime(
        string="As its series says", readonly=True, copy=False, help="When it began before somebody moved it."
    )
    # RFC 5545: SEQUENCE and LAST-MODIFIED
    revision = fields.Integer(readonly=True, copy=False)
    revised_date = fields.Datetime(string="Revised on", readonly=True, copy=False, default=fields.Datetime.now)

    _few_seats = models.Constraint(
        f"CHECK (seats BETWEEN 0 AND {SEATS_MAX})", f"There are at most {SEATS_MAX} seats, or as many as one wishes."
    )

    @api.constrains("start", "stop", "allday")
    def _check_length(self):
        for event in self:
            if event.stop - event.start > LASTS_MAX:
                too_long = self.env._("It lasts more than a month: correct its last day, or repeat it.")
                raise beside("stop", ValidationError(too_long))

    @api.constrains("organiser_id")
    def _check_organiser(self):
        """One speaks for one's own networks; administrators for all."""
        # Whoever writes: in sudo too, for an author writes so what he has been allowed to.
        if self.env.user._is_superuser() or self.env.user.has_group("collab_reseaux.group_administrator"):
            return
        own = self.env.user._own_network_ids()
        if any(event.organiser_id.id not in own for event in self.filtered("organiser_id")):
            foreign = self.env._("You organise for your own networks: choose one of them.")
            raise beside("organiser_id", ValidationError(foreign))

    # Who writes what

    def _author_fields(self):
        own = {"type_id", "organiser_id", "allday", "has_answers", "seats", "shows_participants"}
        return super()._author_fields() | own

    @api.model
    def _counted_fields(self):
        shown = {"start", "stop", "allday", "type_id", "organiser_id", "cancelled_date", "is_poll", "state", "name"}
        return super()._counted_fields() | shown

    @api.model
    def _classed_by(self):
        return (*super()._classed_by(), "type_id", "organiser_id")

    @api.model
    def _search_by_network(self, network):
        return super()._search_by_network(network) | Domain("organiser_id", "=", network)

    @api.model
    def _proposals(self):
        """:return str: what members may do: ``closed`` (nothing), ``reviewed`` (propose), ``open`` (publish)"""
        # sudo: a setting
        return self.env["ir.config_parameter"].sudo().get_param("collab_agenda.proposals") or "reviewed"

    @api.model
    def _may_write(self):
        """:return bool: the current user may publish a date, or propose one"""
        return self.env.user._is_internal() or self._proposals() != "closed"

    @api.model
    def _first_state(self, vals):
        waits = not self.env.user._is_internal() and self._proposals() == "reviewed"
        return "pending" if waits else super()._first_state(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self._may_write():
            raise UserError(self.env._("Dates are written by the federations: ask yours."))
        # Skips core's own create(), which invites people, mails them and makes activities.
        return super(StockEvent, self._quiet()).create(vals_list).with_env(self.env)

    def write(self, vals):
        # Skips core's own write(), as above; a series is ours too.
        records = self._quiet()
        if self.env.su and vals.keys() & IN_CALENDARS:
            changed = records.filtered(lambda event: event._changes_calendars(vals))
            for event in changed:
                super(StockEvent, event).write({"revision": event.revision + 1, "revised_date": fields.Datetime.now()})
        return super(StockEvent, records).write(vals)

    def unlink(self):
        return super(StockEvent, self._quiet()).unlink()

    def _changes_calendars(self, vals):
        """:param dict vals: what is about to be written
        :return bool: a calendar that shows this must take it again"""
        shown = vals.keys() & IN_CALENDARS
        return any(self._fields[name].convert_to_write(self[name], self) != vals[name] for name in shown)

    def _quiet(self):
        """:return: these records, of which core notes nothing in a chatter that nobody reads"""
        return self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True, mail_notrack=True
        )
