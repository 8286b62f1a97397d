from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM

from .discussions import Discussions


class Comments(Discussions):
    """What the author of a comment in a discussion does with it."""

    @route("/forum/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, comment_id, body="", empreinte=None, **kw):
        return self._correct_comment(request.env["forum.post"], comment_id, body, empreinte)
