from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened


class CollabForumFlag(models.Model):
    """A reader says that something is wrong with what another has written. Those who moderate it read why; he is told
    what has become of it."""

    _name = "collab.forum.flag"
    _inherit = "collab.part.mixin"
    _description = "Flag on a text of the forum"
    _whole = "post_id"
    _order = "id desc"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")
    _rec_name = "title"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
    comment_id = fields.Many2one(
        "collab.forum.comment",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="When it is about a comment under this question or answer.",
    )
    title = fields.Char(string="Discussion", readonly=True, help="Its title at that moment, which its reader has read.")
    reason = fields.Text(required=True, readonly=True)
    is_closed = fields.Boolean(string="Answered", readonly=True)
    outcome = fields.Selection(
        [
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("hide", "Hidden"),
            ("remove", "Put in the bin"),
            ("close", "Discussion closed"),
            ("withdraw", "Withdrawn by its author"),
        ],
        readonly=True,
    )
    closed_uid = fields.Many2one("res.users", string="Answered by", readonly=True)

    _once = models.UniqueIndex(
        "(post_id, coalesce(comment_id, 0), create_uid) WHERE is_closed IS NOT TRUE", "You have already said so."
    )
    _open_idx = models.Index("(post_id) WHERE is_closed IS NOT TRUE")

    @api.model
    def _audience_domain(self):
        """Flags are for those who moderate; who has put one knows that he has."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("create_uid", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        return own | (super()._audience_domain() & self.env["forum.post"]._heard_domain("post_id"))

    def action_open_page(self):
        """:return dict: the action that leads from a screen of the federations to the page of what is flagged"""
        text = self.comment_id or self.post_id
        return {"type": "ir.actions.act_url", "url": text._case_url(), "target": "self"}

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
