from odoo import fields, models


class CollabEventAttachment(models.Model):
    _name = "collab.event.attachment"
    _inherit = "collab.joined.file.mixin"
    _description = "File joined to a date"
    _content_field = "event_id"

    event_id = fields.Many2one("calendar.event", required=True, readonly=True, ondelete="cascade", index=True)
