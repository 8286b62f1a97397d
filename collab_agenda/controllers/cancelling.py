from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_contribution.controllers.pages import Pages
from odoo.addons.collab_habillage.saying import say


class Cancelling(Pages, Controller):
    """Saying that a date does not take place, once one has been asked why."""

    _model = "calendar.event"

    def _cancelled(self, event_id):
        """:return calendar.event: that the current user may cancel
        :raises NotFound: there is none"""
        event = self._read(event_id)
        if not event._may_cancel():
            raise request.not_found()
        return event

    @route("/agenda/<int:event_id>/annuler", methods=["GET", "POST"], **ITEM)
    def cancel(self, event_id, reason="", lesquels="", dialogue="", **kw):
        """Ask why a date is cancelled, then cancel it.

        :param str lesquels: which dates of its series, as ``_scopes``
        :param str dialogue: ``1``: the question alone, for the script that shows it in the page where one is
        """
        event, form = self._cancelled(event_id), Form("annuler")
        if request.httprequest.method == "POST":
            form = Form("annuler", {"reason": reason})
            form.send(lambda: event._meant(lesquels)._cancel(reason))
            if not form.refusal or form.is_done_already:
                say(request.env._("Cancelled. It stays in the agenda, crossed out."))
                return request.redirect(event._read_url())
        values = {"event": event, "form": form, "choices": event._scopes(), "chosen": lesquels}
        template = "cancel_dialog" if dialogue and request.httprequest.method == "GET" else "cancel_page"
        return request.render(f"collab_agenda.{template}", values)

    @route("/agenda/<int:event_id>/restaurer", methods=["POST"], **ITEM)
    def restore(self, event_id, **kw):
        event, form = self._cancelled(event_id), Form()
        form.send(event._restore_cancelled)
        say(form.error or request.env._("Restored: it takes place."), "bad" if form.error else "good")
        return request.redirect(event._read_url())
