from odoo import fields, models

from odoo.addons.collab_reseaux.calls import READ, opened


class TestCollabNote(models.Model):
    """The smallest thing that has an audience, with all that a content may carry."""

    _name = "test.collab.note"
    _description = "Note with an audience"
    _inherit = ["mail.thread", "collab.audience.mixin"]

    _calls = opened("moderator", *READ)

    name = fields.Char()
    body = fields.Html()
    picture = fields.Image()
    website_published = fields.Boolean(default=True)
