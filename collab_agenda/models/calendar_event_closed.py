from odoo import api, fields, models


class CalendarEvent(models.Model):
    """Core's own ways to people are closed here: whom it invites, it lets read by a link, names to all, and mails, and
    it knows nothing of audiences. Nobody is a participant of core's; who comes is ``collab.participation``."""

    _inherit = "calendar.event"

    partner_ids = fields.Many2many(default=None)
    start = fields.Datetime(tracking=False)
    stop = fields.Datetime(tracking=False)
    active = fields.Boolean(tracking=False)

    @api.model
    def _get_public_fields(self):
        """All of them: core masks what it calls private, with more queries for each read. The rules decide here."""
        return set(self._fields)

    def _check_private_event_conditions(self):
        return False

    def _check_closing_date(self):
        """``collab.event.mixin`` checks the same, beside the field."""
