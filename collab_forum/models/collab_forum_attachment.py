from odoo import api, fields, models
from odoo.fields import Domain


class CollabForumAttachment(models.Model):
    """A photo or a document joined to a question or an answer, for those who read it; or, joined afterwards by who is
    reviewed, for a moderator first."""

    _name = "collab.forum.attachment"
    _inherit = "collab.attachment.mixin"
    _description = "File joined to a discussion"
    _content_field = "post_id"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
    edit_id = fields.Many2one(
        "collab.edit",
        string="With the correction",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="That waits for a moderator.",
    )

    @api.model
    def _audience_domain(self):
        domain = super()._audience_domain()
        if self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("edit_id", "=", False) | Domain("create_uid", "=", self.env.uid))

    @api.model_create_multi
    def create(self, vals_list):
        Post, Edit = self.env["forum.post"].sudo(False), self.env["collab.edit"]
        waiting = []
        for vals in vals_list:
            post = Post.browse(vals["post_id"])
            waiting.append({**vals, "edit_id": Edit._begin(post).id} if post._waits_for_review() else vals)
        return super().create(waiting)

    @api.model
    def _rows_domain(self):
        return Domain("edit_id", "=", False)
