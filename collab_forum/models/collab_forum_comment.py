from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event


class CollabForumComment(models.Model):
    """A remark under a question or an answer, which asks for no answer of its own."""

    _name = "collab.forum.comment"
    # The mixin of the forum first: what it says of a discussion comes before what is said of any comment.
    _inherit = ["collab.forum.contribution.mixin", "collab.comment.mixin"]
    _description = "Comment in a discussion"
    _content_field = "post_id"
    _slug = "commentaire"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade", index=True)

    @api.model
    def _audience_domain(self):
        """Whoever has left a network hears nothing more in a discussion that he has opened there."""
        own = Domain("create_uid", "=", self.env.uid)
        return super()._audience_domain() & (own | self._moderated_domain())

    @api.model
    def _moderated_domain(self):
        return self.env["forum.post"]._heard_domain("post_id")

    @api.model
    def _check_takes(self, content):
        # sudo: what has become of it meanwhile, whoever asks
        question = content._question().sudo()
        question._lock()
        self._check_open(question)

    def write(self, vals):
        if not self.env.su:
            return super().write(vals)
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

    def _announce(self):
        # Lists count what waits for nobody too: none of it.
        self.post_id._refresh()
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
    def _under(self, posts, gone=()):
        """:param forum.post posts: which the reader has read
        :param Collection[int] gone: as ``_shown_under``
        :return collab.forum.comment: the comments under them, with all that ``_rows_by_post`` shows"""
        return self._shown_under(posts, gone, order="id")

    def _rows_by_post(self, people):
        """:param dict people: their authors, as ``_people``
        :return dict[int, list[dict]]: by post, what a page shows of these comments: as ``_rows``"""
        rows = {}
        for comment, row in zip(self, self._rows(people), strict=True):
            rows.setdefault(comment.post_id.id, []).append(row)
        return rows
