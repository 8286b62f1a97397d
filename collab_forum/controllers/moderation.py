from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from .discussions import ITEM, Discussions

# What a button of the queue, or of a discussion, asks; each with the reason that the author reads.
ACTIONS = {
    "accepter": "_accept",
    "garder": "_answer_flags",
    "masquer": "_hide",
    "montrer": "_show",
    "supprimer": "_remove",
    "fermer": "_close",
    "rouvrir": "_reopen",
}


class Moderation(Discussions):
    """What those who moderate do, from the pages that everybody reads."""

    def _check_moderates(self):
        """:raises NotFound: to whom does not moderate, there is nothing here"""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()

    @route("/forum/moderation", methods=["GET"], **ITEM)
    def queue(self, fait=None, **kw):
        self._check_moderates()
        rows = request.env["forum.post"]._queue()
        return request.render("collab_forum.queue", {"rows": rows, "done": fait, "error": None})

    @route("/forum/moderation/<string:model>/<int:record_id>/<string:action>", methods=["POST"], **ITEM)
    def moderate(self, model, record_id, action, reason="", **kw):
        """Act on a post or a comment; back to the queue."""
        self._check_moderates()
        names = {"discussion": "forum.post", "commentaire": "collab.forum.comment"}
        if model not in names or action not in ACTIONS:
            raise request.not_found()
        record = request.env[names[model]].search([("id", "=", record_id)])
        if not record or not hasattr(record, ACTIONS[action]):
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                getattr(record, ACTIONS[action])(reason)
        except (UserError, AccessError) as refusal:
            rows = request.env["forum.post"]._queue()
            return request.render("collab_forum.queue", {"rows": rows, "done": None, "error": str(refusal)})
        return request.redirect("/forum/moderation?fait=1")

    @route("/forum/<int:post_id>/valider", methods=["POST"], **ITEM)
    def approve(self, post_id, on="1", **kw):
        self._check_moderates()
        post = self._read(post_id)
        return self._try(post, lambda: post._approve(on == "1"))
