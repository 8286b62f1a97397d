from odoo import fields, models


class CollabForumAttachment(models.Model):
    _name = "collab.forum.attachment"
    _inherit = "collab.joined.file.mixin"
    _description = "File joined to a discussion"
    _content_field = "post_id"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
