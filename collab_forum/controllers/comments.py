from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form

from .discussions import Discussions


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

    @route("/forum/commentaires/<int:comment_id>/signaler", methods=["POST"], **ITEM)
    def flag_comment(self, comment_id, reason="", jeton="", **kw):
        comment = self._comment(comment_id)
        form = Form(f"signaler-commentaire-{comment_id}", {"reason": reason}, jeton)
        form.send(lambda: comment._report(reason))
        if form.refusal:
            return self._render_refused(comment.post_id, form)
        return request.redirect(f"/forum/{comment.post_id._question().id}?signale=1")

    @route("/forum/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, comment_id, body="", empreinte=None, **kw):
        comment = self._comment(comment_id, own=True)
        form = Form(f"corriger-commentaire-{comment_id}", {"body": body})
        form.send(lambda: comment.write({"body": body}), comment, empreinte)
        if form.refusal:
            return self._render_refused(comment.post_id, form)
        return request.redirect(f"{comment.post_id._url().partition('#')[0]}#commentaire-{comment.id}")

    @route("/forum/commentaires/<int:comment_id>/retirer", methods=["POST"], **ITEM)
    def withdraw_comment(self, comment_id, **kw):
        comment, form = self._comment(comment_id, own=True), Form()
        post = comment.post_id
        form.send(comment._withdraw)
        if form.refusal:
            return self._render_refused(post, form)
        return request.redirect(f"/forum/{post._question().id}{f'#reponse-{post.id}' if post.parent_id else '?'}")
