from odoo import fields, models

from odoo.addons.collab_reseaux.moments import say_span


class CollabDateSlot(models.Model):
    """A moment that a poll of dates proposes."""

    _name = "collab.date.slot"
    _inherit = "collab.part.mixin"
    _description = "Date proposed in a poll"
    _order = "start, stop, id"
    _rec_name = "start"
    _content_field = "event_id"

    event_id = fields.Many2one("calendar.event", required=True, readonly=True, ondelete="cascade", index=True)
    start = fields.Datetime(required=True, readonly=True)
    stop = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex("(event_id, start, stop)", "The same date is proposed twice.")

    def _said(self):
        """:return tuple[str, str]: in French, as ``say_span``: its day and its hours"""
        return say_span(self.start, self.stop)
