from odoo.http import Controller, request, route


class ForMe(Controller):
    """What is new to the reader, what he keeps and what he follows, for all kinds of content."""

    def _page(self, view, **values):
        return request.render("collab_suivi.for_me", {"view": view, "places": (), **values})

    @route("/pour-moi", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def news(self, **kw):
        return self._page("news", items=request.env["collab.contents"]._new())

    @route("/pour-moi/favoris", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def favourites(self, **kw):
        return self._page("favourites", items=request.env["collab.contents"]._marked("favourite"))

    @route("/pour-moi/suivis", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def followed(self, **kw):
        contents = request.env["collab.contents"]
        return self._page("followed", items=contents._marked("follow"), places=contents._followed_places())
