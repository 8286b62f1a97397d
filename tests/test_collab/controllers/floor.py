from odoo.http import Controller, request, route

ITEM = {"type": "http", "auth": "user", "website": True, "members": True, "sitemap": False, "methods": ["GET"]}


class Floor(Controller):
    """What a page costs before it says anything: the bench tells it apart from what the page itself costs."""

    @route("/test/deux-mots", **ITEM)
    def two_words(self):
        """The cycle of a request: session, door, transaction."""
        return request.make_response("Two words")

    @route("/test/page-vide", **ITEM)
    def empty_page(self):
        """And the members' layout."""
        return request.render("test_collab.empty_page")
