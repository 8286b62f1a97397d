from odoo import fields, models

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened


class CollabForumAction(models.Model):
    """What a moderator has done in the forum, to what, and why."""

    _name = "collab.forum.action"
    _inherit = ["collab.forum.note.mixin", "collab.action.mixin"]
    _description = "Action of a moderator in the forum"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    kind = fields.Selection(
        selection_add=[
            ("refuse_edit",),
            ("move", "Moved to another theme"),
            ("merge", "Merged with another discussion"),
            ("close", "Closed"),
            ("reopen", "Opened again"),
            ("hide",),
            ("restore",),
            ("approve", "Answer approved"),
            ("unapprove", "Answer not approved any more"),
            ("suspend",),
        ],
        # The whole log goes with the module.
        ondelete=dict.fromkeys(("move", "merge", "close", "reopen", "approve", "unapprove"), "cascade"),
    )
    # Kept when what it was about has left the bin for good.
    post_id = fields.Many2one("forum.post", readonly=True, ondelete="set null", index="btree_not_null")
    comment_id = fields.Many2one("collab.forum.comment", readonly=True, ondelete="set null", index="btree_not_null")
    title = fields.Char(string="Discussion")

    def _notification(self, kind, event):
        if kind != "moderation" or self.author_id != self.env.user:
            return None
        # sudo: to ask what he may read; the title that the log has kept may be for others than him now
        question = self.sudo().post_id._question()
        title = question._titles_for(self.env.user).get(question)
        title = f"«\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»" if title else self.env._("a discussion")
        subject = {
            "accept": self.env._("What you wrote in %s can now be read", title),
            "refuse": self.env._("What you wrote in %s has not been accepted", title),
            "correct": self.env._("What you wrote in %s has been corrected", title),
            "accept_edit": self.env._("Your correction in %s can now be read", title),
            "refuse_edit": self.env._("Your correction in %s has not been accepted", title),
            "move": self.env._("Your question %s has been moved to another theme", title),
            "merge": self.env._("Your question has joined the discussion %s", title),
            "close": self.env._("Your question %s has been closed", title),
            "reopen": self.env._("Your question %s is open again", title),
            "hide": self.env._("What you wrote in %s has been hidden", title),
            "show": self.env._("What you wrote in %s is shown again", title),
            "remove": self.env._("What you wrote in %s has been removed", title),
            "restore": self.env._("What you wrote in %s has been put back", title),
            "approve": self.env._("Your answer in %s has been approved by a federation", title),
            "unapprove": self.env._("Your answer in %s is not marked as approved any more", title),
        }.get(self.kind)
        if not subject:
            return None
        post = self.env["forum.post"].search([("id", "=", self.post_id.id)])
        url = post._url() if post else "/forum"
        said = self.reason or ""
        if self.kind == "refuse_edit":
            # Others go on reading the text of before: his is nowhere else.
            said = f"{said}\n{self.env._('You had written: %s', self.detail)}"
        return {"title": subject, "subject": subject, "said": said, "url": url}
