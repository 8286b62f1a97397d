from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM

from .lists import Lists

PATH = "/annuaire/structures"


class Organisations(Lists, Controller):
    """The member organisations, found by what one types, by network, territory and type."""

    @route(PATH, methods=["GET"], **ITEM)
    def organisations(self, page=None, **sent):
        env, index = request.env, request.env["collab.organisation"]._index()
        asked = self._read_asked(PATH, index, sent)
        typed, paging, shown = self._found(asked, index, page=page)
        filters, chips = self._chips(asked, index, typed, env._("Which organisations"))
        values = {
            "asked": asked,
            "paging": paging,
            "rows": env["collab.organisation"]._entry_rows(shown),
            "filters": filters,
            "chips": chips,
        }
        return request.render("collab_annuaire.organisations", values)
