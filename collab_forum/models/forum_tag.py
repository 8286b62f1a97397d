from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class ForumTag(models.Model):
    """Words that an administrator may put on discussions; members classify by theme and territory.

    A word may say what a discussion is about: it is read by whom reads one that bears it."""

    _name = "forum.tag"
    _inherit = ["forum.tag", "collab.access.mixin"]

    @api.model
    def _audience_domain(self):
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        # What is asked in sudo is asked for the current user; what he may read in the bin counts too.
        posts = self.env["forum.post"].sudo(False).with_context(active_test=False)._search(Domain.TRUE)

        def to_sql(model, alias, query):
            bears = SQL("SELECT FROM forum_tag_rel bears WHERE bears.forum_tag_id = %s", SQL.identifier(alias, "id"))
            return SQL(
                "(NOT EXISTS (%s) OR EXISTS (%s AND bears.forum_post_id IN %s))", bears, bears, posts.subselect()
            )

        return Domain.custom(to_sql=to_sql)

    @api.depends("post_ids.audience_id", "post_ids.is_shown")
    def _compute_posts_count(self):
        """Count what is addressed to everyone, for everyone reads the number."""
        everyone = self.env["collab.audience"]._of((), ())
        for tag in self:
            tag.posts_count = len(tag.post_ids.filtered(lambda post: post.is_shown and post.audience_id.id == everyone))

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell nobody: the outbox of the platform does."""
        return []
