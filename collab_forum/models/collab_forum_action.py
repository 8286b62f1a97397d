from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened

# What is done to somebody, and not to a text: he is told by his account.
ABOUT_PEOPLE = ("suspend", "resume")


class CollabForumAction(models.Model):
    """What a moderator has done, to what, and why: a log, to which rows are only added. The author of the text reads
    what has been done to it."""

    _name = "collab.forum.action"
    _inherit = "collab.part.mixin"
    _description = "Action of a moderator in the forum"
    _whole = "post_id"
    _order = "id desc"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")
    _rec_name = "title"

    kind = fields.Selection(
        [
            ("accept", "Accepted"),
            ("refuse", "Refused"),
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("accept_edit", "Correction accepted"),
            ("refuse_edit", "Correction refused"),
            ("move", "Moved to another theme"),
            ("merge", "Merged with another discussion"),
            ("close", "Closed"),
            ("reopen", "Opened again"),
            ("hide", "Hidden"),
            ("show", "Shown again"),
            ("remove", "Put in the bin"),
            ("restore", "Taken out of the bin"),
            ("approve", "Answer approved"),
            ("unapprove", "Answer not approved any more"),
            ("suspend", "Suspended from writing"),
            ("resume", "May write again"),
        ],
        required=True,
        readonly=True,
    )
    # Kept when what it was about has left the bin for good.
    post_id = fields.Many2one("forum.post", readonly=True, ondelete="set null", index="btree_not_null")
    comment_id = fields.Many2one("collab.forum.comment", readonly=True, ondelete="set null", index="btree_not_null")
    title = fields.Char(string="Discussion", readonly=True, help="Its title at that moment.")
    author_id = fields.Many2one("res.users", string="Author of the text", readonly=True, index="btree_not_null")
    reason = fields.Text(readonly=True)
    detail = fields.Text(string="Before", readonly=True)

    @api.model
    def _audience_domain(self):
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        own = Domain("author_id", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        others = super()._audience_domain() & self.env["forum.post"]._heard_domain("post_id")
        domain = own | Domain("create_uid", "=", self.env.uid)
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return domain | others | Domain("post_id", "=", False)
        # Why somebody is suspended is for his network, and that of whoever did it; the others know that he is.
        decided = Domain("kind", "in", ABOUT_PEOPLE)
        near = Domain("partner_id.scope_network_ids", "in", self.env.user._networks().ids)
        # sudo: memberships are compared, and not shown
        people = self.env["res.users"].sudo()._search(near, active_test=False)
        told = Domain("author_id", "in", people) & Domain("create_uid", "in", people)
        alone = Domain("post_id", "=", False) & Domain("title", "=", False)
        return domain | (others & ~decided) | (decided & told & (others | alone))

    def _rows(self):
        """:return list[dict]: what a page shows of these actions: ``kind``, ``what`` (its label), ``is_comment``,
        ``is_about_person`` (and not about a text), ``title``, ``url`` of the page of that text (``None``: it is not
        there any more, or nobody's business), ``reason``, ``before``, ``by``, ``author``, ``when``"""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        Post = self.env["forum.post"].with_context(active_test=False)
        Comment = self.env["collab.forum.comment"].with_context(active_test=False)
        posts = set(Post.search([("id", "in", self.post_id.ids)]).ids)
        comments = set(Comment.search([("id", "in", self.comment_id.ids)]).ids)
        people = Post._authors(self.create_uid | self.author_id)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows = []
        for action in self:
            is_there = action.comment_id.id in comments or (action.post_id.id in posts and not action.comment_id)
            rows.append(
                {
                    "kind": action.kind,
                    "what": labels[action.kind],
                    "is_comment": bool(action.comment_id),
                    "is_about_person": action.kind in ABOUT_PEOPLE,
                    "title": action.title or "",
                    "url": (action.comment_id or action.post_id)._case_url() if is_there else None,
                    "reason": action.reason or "",
                    "before": action.detail or "",
                    "by": people[action.create_uid.id][0],
                    "author": people[action.author_id.id][0] if action.author_id else "",
                    "when": say_when(action.create_date, {}),
                }
            )
        return rows

    def _already_done(self):
        """:return AlreadyDone: that says who has done this; nobody has, as far as the log knows, if there is none"""
        if self.create_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        if self:
            return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", **self._who_and_when()))
        return AlreadyDone(self.env._("It is done already."))

    def _who_and_when(self):
        """:return dict: ``person`` and ``when``, for a sentence"""
        people = self.env["forum.post"]._authors(self.create_uid)
        return {
            "person": people[self.create_uid.id][0],
            "when": self.env["ir.qweb.field.collab_when"].value_to_html(self.create_date, {}),
        }

    def action_open_page(self):
        """:return dict: the action that leads from a screen of the federations to the page of what it was about
        :raises UserError: it is not there any more
        """
        text = (self.comment_id or self.post_id).with_context(active_test=False)
        if not text.search_count([("id", "in", text.ids)]):
            raise UserError(self.env._("What this was about is not there any more."))
        return {"type": "ir.actions.act_url", "url": text._case_url(), "target": "self"}

    def write(self, vals):
        # Of somebody who is being erased, it keeps that he was suspended, and no word about him.
        if not self.env.su or vals != {"reason": False}:
            raise UserError(self.env._("The log of the moderators does not change."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of the moderators is kept."))

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
