from odoo.http import Controller, request, route

from .forms import ITEM


class Drafts(Controller):
    @route("/brouillons/<string:form>", methods=["POST"], **ITEM)
    def keep(self, form, contenu="", **kw):
        """Keep what a person is typing in a form. An empty text deletes the draft."""
        request.env["collab.draft"]._keep(form, contenu)
        return request.make_json_response({})
