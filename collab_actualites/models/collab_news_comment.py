from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabNewsComment(models.Model):
    _name = "collab.news.comment"
    _inherit = "collab.comment.mixin"
    _description = "Comment on a news item"
    _content_field = "news_id"
    _slug = "commentaire-actualite"
    _calls = opened("moderator", "web_read")

    news_id = fields.Many2one("collab.news", required=True, readonly=True, ondelete="cascade", index=True)
