from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

WRITTEN = frozenset({"post_id", "body"})


class CollabForumComment(models.Model):
    """A remark under a question or an answer, which asks for no answer of its own."""

    _name = "collab.forum.comment"
    _inherit = ["collab.comment.mixin", "collab.forum.contribution.mixin"]
    _description = "Comment in a discussion"
    _content_field = "post_id"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("active", "Shown"), ("pending", "Waiting for a moderator"), ("hidden", "Hidden")],
        default="active",
        required=True,
    )
    moderator_id = fields.Many2one("res.users", string="Reviewed by", readonly=True, copy=False)

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate."""
        own = Domain("create_uid", "=", self.env.uid)
        domain = super()._audience_domain() & (own | self.env["forum.post"]._heard_domain("post_id"))
        if self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("is_shown", "=", True) | own)

    @api.model_create_multi
    def create(self, vals_list):
        self = self.with_env(self.env["forum.post"]._without_defaults())
        if not self.env.su:
            self.env.user._check_may_write()
            state = "pending" if self._is_reviewed() else "active"
            for vals in vals_list:
                self._only(vals, WRITTEN)
                post = self.env["forum.post"].browse(vals.get("post_id"))
                post.check_access("read")
                # sudo: what has become of it meanwhile, whoever asks
                question = post._question().sudo()
                question._lock()
                self._check_open(question)
            vals_list = [{**vals, "state": state} for vals in vals_list]
        comments = super().create(vals_list)
        comments.post_id._refresh()
        # sudo: told in the name of each author, whoever creates
        comments.sudo()._announce()
        for comment in comments.filtered(lambda comment: comment.state == "pending"):
            comment.post_id._tell_moderators(Event("pending", comment))
        return comments

    def write(self, vals):
        if not self.env.su:
            self._only(vals, self._author_fields())
            self.env.user._check_may_write()
            self.check_access("write")
            self._check_rewritable()
            for comment in self:
                comment._take_from_author({"body": self._clean(vals["body"])} if "body" in vals else {})
            return True
        if "active" in vals:
            vals = {**vals, "removed_date": False if vals["active"] else fields.Datetime.now()}
        questions = self.post_id._question() if "post_id" in vals else self.env["forum.post"]
        result = super().write(vals)
        if vals.keys() & {"active", "state", "post_id"}:
            (questions | self.post_id)._refresh()
        return result

    def unlink(self):
        questions = self.post_id._question()
        result = super().unlink()
        questions._refresh()
        return result

    def _author_fields(self):
        return frozenset({"body"})

    def _post(self):
        return self.post_id

    def _nature(self):
        return self.env._("A comment")

    def _text(self):
        return self.body

    def _announce(self):
        shown = self.filtered(lambda comment: comment.is_shown and not comment.shown_date)
        for comment in shown:
            comment.shown_date = fields.Datetime.now()
            question, author = comment.post_id._question(), comment.create_uid
            question._refresh()
            # sudo: off, or marks and mentions would be those of the platform
            as_author = question.sudo(False).with_user(author)
            as_author._join()
            event = Event("said", comment)
            told = {"forum_mention": as_author._mentioned(comment.body), "forum_answer": as_author._followers()}
            as_author._tell(event, told)

    @api.model
    def _under(self, posts):
        """:param forum.post posts: which the reader has read
        :return collab.forum.comment: the comments under them, with all that ``_rows_by_post`` shows"""
        shown = ["body", "post_id", "state", "create_uid", "create_date", "write_date", "corrected_date"]
        return self.search_fetch([("post_id", "in", posts.ids)], shown, order="id")

    def _rows_by_post(self, people):
        """:param dict people: their authors, as ``_people``
        :return dict[int, list[dict]]: by post, what a page shows of these comments: as ``_rows``, and ``state``"""
        rows = {}
        for comment, row in zip(self, self._rows(people), strict=True):
            row.update(state=comment.state, corrected=bool(comment.corrected_date))
            rows.setdefault(comment.post_id.id, []).append(row)
        return rows
