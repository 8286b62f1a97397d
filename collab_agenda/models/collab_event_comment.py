from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabEventComment(models.Model):
    _name = "collab.event.comment"
    _inherit = "collab.comment.mixin"
    _description = "Comment on a date"
    _content_field = "event_id"
    _slug = "commentaire-rendez-vous"
    _calls = opened("moderator", "web_read")

    event_id = fields.Many2one("calendar.event", required=True, readonly=True, ondelete="cascade", index=True)
