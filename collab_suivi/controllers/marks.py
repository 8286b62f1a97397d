from urllib.parse import urlsplit

from odoo.http import Controller, request, route

# The marks that a person puts himself, by their names in addresses.
MARKS = {"favori": "favourite", "suivi": "follow", "utile": "useful", "interesse": "interest"}


def marked_model(slug):
    """:param str slug: the name of a kind of content in addresses
    :return: its model
    :raises NotFound: there is none"""
    name = request.env["collab.contents"]._name_of(slug)
    if not name:
        raise request.not_found()
    return request.env[name]


class Marks(Controller):
    @route(
        "/suivi/<string:slug>/<int:content_id>/<string:mark>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        members=True,
    )
    def mark(self, slug, content_id, mark, on="1", **kw):
        """Put a mark on a content (``MARKS``), or remove it."""
        contents = marked_model(slug)
        content = contents.search([("id", "=", content_id)])
        if not content or MARKS.get(mark) not in contents._marks:
            raise request.not_found()
        content._set_mark(MARKS[mark], on == "1")
        return self._back()

    @route("/suivi/<string:slug>/tout-vu", type="http", auth="user", website=True, methods=["POST"], members=True)
    def all_seen(self, slug, **kw):
        """Mark all the contents of a kind as seen."""
        contents = marked_model(slug)
        if not hasattr(contents, "_mark_all_seen"):
            raise request.not_found()
        contents._mark_all_seen()
        return self._back()

    def _back(self):
        """:return: for a script, an empty JSON answer; for a form, a redirection to the page that it was on"""
        if request.httprequest.headers.get("Accept") == "application/json":
            return request.make_json_response({})
        page = urlsplit(request.httprequest.referrer or "/")
        return request.redirect(page._replace(scheme="", netloc="").geturl() or "/")
