from odoo.http import Controller, request, route


class Drafts(Controller):
    @route(
        "/brouillons/<string:form>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
        members=True,
    )
    def keep(self, form, contenu="", **kw):
        """Keep what somebody types while he types it; nothing, when he gives it up."""
        request.env["collab.draft"]._keep(form, contenu)
        return request.make_json_response({})
