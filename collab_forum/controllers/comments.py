from odoo.exceptions import UserError
from odoo.http import request, route

from .discussions import ITEM, Discussions


class Comments(Discussions):
    """What readers do with a comment in a discussion, and its author."""

    def _comment(self, comment_id, own=False):
        """
        :param bool own: whether it must be that of who asks
        :return collab.forum.comment: which the reader may read
        :raises NotFound: there is none
        """
        comment = request.env["collab.forum.comment"].search([("id", "=", comment_id)])
        if not comment or (own and comment.create_uid != request.env.user):
            raise request.not_found()
        return comment

    def _try_comment(self, comment, act, typed, then=None):
        """Do something with a comment, or say on its page why not, with what was typed."""
        question = comment.post_id._question()
        try:
            with request.env.cr.savepoint():
                act()
        except UserError as refusal:
            whole = request.env["forum.post"]._for_page(question.id)
            page = comment.post_id._page()
            return self._render_discussion(whole, page, error=str(refusal), typed_comment={comment.id: typed})
        if then:
            return request.redirect(f"/forum/{question.id}{then}")
        return request.redirect(f"{comment.post_id._url().partition('#')[0]}#commentaire-{comment.id}")

    @route("/forum/commentaires/<int:comment_id>/signaler", methods=["POST"], **ITEM)
    def flag_comment(self, comment_id, reason="", jeton="", **kw):
        comment = self._comment(comment_id)

        def act():
            typed = ["signaler", comment._name, str(comment.id), reason]
            request.env["collab.receipt"]._make_once(jeton, typed, lambda: comment._report(reason) or comment.id)

        return self._try_comment(comment, act, reason, "?signale=1")

    @route("/forum/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, comment_id, body="", empreinte=None, **kw):
        comment = self._comment(comment_id, own=True)

        def act():
            comment._check_stamp(empreinte)
            comment.write({"body": body})

        return self._try_comment(comment, act, body)

    @route("/forum/commentaires/<int:comment_id>/retirer", methods=["POST"], **ITEM)
    def withdraw_comment(self, comment_id, **kw):
        comment = self._comment(comment_id, own=True)
        where = f"#reponse-{comment.post_id.id}" if comment.post_id.parent_id else "?"
        return self._try_comment(comment, comment._withdraw, "", where)
