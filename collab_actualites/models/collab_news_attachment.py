from odoo import fields, models


class CollabNewsAttachment(models.Model):
    _name = "collab.news.attachment"
    _inherit = "collab.joined.file.mixin"
    _description = "File joined to a news item"
    _content_field = "news_id"

    news_id = fields.Many2one("collab.news", required=True, readonly=True, ondelete="cascade", index=True)
