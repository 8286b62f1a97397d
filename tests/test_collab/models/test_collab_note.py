from odoo import fields, models


class TestCollabNote(models.Model):
    """The smallest thing that has an audience, with all that a content may carry."""

    _name = "test.collab.note"
    _description = "Note with an audience"
    _inherit = ["mail.thread", "collab.audience.mixin"]

    name = fields.Char()
    body = fields.Html()
    picture = fields.Image()
    website_published = fields.Boolean(default=True)
