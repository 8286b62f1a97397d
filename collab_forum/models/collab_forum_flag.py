from odoo import api, fields, models
from odoo.fields import Domain


class CollabForumFlag(models.Model):
    """A reader says that something is wrong with what another has written. Those who moderate it read why."""

    _name = "collab.forum.flag"
    _inherit = "collab.part.mixin"
    _description = "Flag on a text of the forum"
    _whole = "post_id"
    _order = "id desc"
    _rec_name = "reason"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
    comment_id = fields.Many2one(
        "collab.forum.comment",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="When it is about a comment under this question or answer.",
    )
    reason = fields.Text(required=True, readonly=True)
    is_closed = fields.Boolean(string="Answered", readonly=True)
    closed_uid = fields.Many2one("res.users", string="Answered by", readonly=True)

    _once = models.UniqueIndex(
        "(post_id, coalesce(comment_id, 0), create_uid) WHERE is_closed IS NOT TRUE", "You have already said so."
    )
    _open_idx = models.Index("(post_id) WHERE is_closed IS NOT TRUE")

    @api.model
    def _audience_domain(self):
        """Flags are for those who moderate."""
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return Domain.FALSE
        return super()._audience_domain()
