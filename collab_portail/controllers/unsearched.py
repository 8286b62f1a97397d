from odoo.addons.collab_ressources.controllers.library import Library


class UnsearchedDocuments(Library):
    """The page of a document tells those who may change it what a search cannot find in it."""

    def _render(self, content, before=None, sent=None):
        response = super()._render(content, before, sent)
        shown = response.qcontext
        # The others are told nothing, and cost nothing.
        shown["unsearched"] = content._unsearched() if shown["mine"] else ""
        return response
