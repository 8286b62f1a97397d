from odoo import fields, models

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened


class CollabForumFlag(models.Model):
    """A reader says that something is wrong with what another has written in the forum."""

    _name = "collab.forum.flag"
    _inherit = ["collab.forum.note.mixin", "collab.flag.mixin"]
    _description = "Flag on a text of the forum"
    _told_by = "forum_flag"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
    comment_id = fields.Many2one(
        "collab.forum.comment",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="When it is about a comment under this question or answer.",
    )
    title = fields.Char(string="Discussion")
    outcome = fields.Selection(
        selection_add=[("remove",), ("close", "Discussion closed"), ("withdraw",)],
    )

    _once = models.UniqueIndex(
        "(post_id, coalesce(comment_id, 0), create_uid) WHERE is_closed IS NOT TRUE", "You have already said so."
    )
    _open_idx = models.Index("(post_id) WHERE is_closed IS NOT TRUE")

    def _notification(self, kind, event):
        """Tell what has become of the text, and not what the moderator has said to its author, nor what it says now."""
        if kind != "forum_flag" or self.create_uid != self.env.user:
            return None
        # sudo: to ask what he may read; what has just been hidden may be named in the title
        question = self.sudo().post_id._question()
        title = question._titles_for(self.env.user).get(question)
        closed = self.env._("The discussion that you flagged has been closed")
        if title:
            title = f"«\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»"
            closed = self.env._("The discussion that you flagged, %s, has been closed", title)
        title = title or self.env._("a discussion")
        subject = {
            "keep": self.env._("What you flagged in %s has been looked at, and stays", title),
            "correct": self.env._("What you flagged in %s has been corrected", title),
            "hide": self.env._("What you flagged in %s has been hidden", title),
            "remove": self.env._("What you flagged in %s has been removed", title),
            "close": closed,
            "withdraw": self.env._("What you flagged in %s has been withdrawn by its author", title),
        }.get(self.outcome)
        if not subject:
            return None
        post = self.env["forum.post"].search([("id", "=", self.post_id.id)])
        said = self.env._("You had written: %s", self.reason)
        return {"title": title, "subject": subject, "said": said, "url": post._url() if post else "/forum"}
