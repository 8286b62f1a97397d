from odoo import api, models


class ForumTag(models.Model):
    """Words that an administrator may put on discussions; members classify by theme and territory."""

    _inherit = "forum.tag"

    @api.depends("post_ids.audience_id", "post_ids.is_shown")
    def _compute_posts_count(self):
        """Count what is addressed to everyone, for everyone reads the number."""
        everyone = self.env["collab.audience"]._of((), ())
        for tag in self:
            tag.posts_count = len(tag.post_ids.filtered(lambda post: post.is_shown and post.audience_id.id == everyone))

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell nobody: the outbox of the platform does."""
        return []
