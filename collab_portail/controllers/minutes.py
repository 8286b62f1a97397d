from odoo.http import request, route

from odoo.addons.collab_agenda.controllers.event import EventPages
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_ressources.controllers.deposit import Deposit


class MinutesOfDates(EventPages):
    """The page of a date that has taken place leads to its minutes, and offers to deposit them."""

    def _event_shown(self, event, before, sent):
        return {**super()._event_shown(event, before, sent), "minutes": event._minutes_shown()}


class DepositOfMinutes(Deposit):
    """The deposit of the minutes of a date: for the same people, in the folder of the last ones."""

    @route()
    def deposit_page(self, dossier=None, **kw):
        response, event = super().deposit_page(dossier, **kw), self._event(kw.get("rendez-vous", ""))
        if event:
            shown, folders = response.qcontext, response.qcontext["folders"]
            audience = self._audience_shown(shown["form"], event)
            shown |= {name: audience[name] for name in audience if not name.startswith("kept")}
            shown |= {"minutes_of": event, "proposed": str(event._minutes_folder(folders) or shown["proposed"])}
        return response

    def _event(self, text):
        """:return calendar.event: of which the current user may deposit the minutes; an empty one when the request
        names none"""
        event = request.env["calendar.event"].search([("id", "=", number_in(text) or 0)])
        return event if event and event._has_minutes() else event.browse()

    def _deposit(self, wanted, vals):
        documents = super()._deposit(wanted, vals)
        if event := self._event(request.params.get("minutes_of", "")):
            documents.sudo().event_id = event.id  # sudo: its author has just been allowed to say so, and to say no more
        return documents
