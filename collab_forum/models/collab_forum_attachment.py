from odoo import fields, models


class CollabForumAttachment(models.Model):
    """A photo or a document joined to a question or an answer, for those who read it."""

    _name = "collab.forum.attachment"
    _inherit = "collab.attachment.mixin"
    _description = "File joined to a discussion"
    _whole = "post_id"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
