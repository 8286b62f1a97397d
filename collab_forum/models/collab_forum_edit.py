from odoo import fields, models


class CollabForumEdit(models.Model):
    """What its author wants a text of the forum to become, and a moderator has not read yet."""

    _name = "collab.forum.edit"
    _inherit = ["collab.forum.note.mixin", "collab.edit.mixin"]
    _description = "Correction that waits for a moderator"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade")
    comment_id = fields.Many2one(
        "collab.forum.comment",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="When it is a comment under this question or answer that is corrected.",
    )
    name = fields.Char(help="Of a question.")
    content = fields.Html(help="Of a question or an answer.")
    attachment_ids = fields.One2many("collab.forum.attachment", "edit_id", string="Files that are added")

    _once = models.UniqueIndex("(post_id, coalesce(comment_id, 0))", "A correction of this text waits already.")
