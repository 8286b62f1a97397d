from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.events import Events
from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_reseaux.moments import say_part, today


class EventPages(Events, Controller):
    """The page of a date, and what is said under it."""

    _model = "calendar.event"

    @route("/agenda/<int:event_id>", methods=["GET"], **ITEM)
    def item(self, event_id, avant=None, **kw):
        return self._render(self._read(event_id), before=avant)

    @route("/agenda/fichiers/<int:file_id>", methods=["GET"], **ITEM)
    def file(self, file_id, **kw):
        return self._file(file_id)

    @route("/agenda/<int:event_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, event_id, body="", jeton="", **kw):
        return self._comment(self._read(event_id), body, jeton)

    @route("/agenda/<int:event_id>/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, event_id, comment_id, body="", empreinte=None, **kw):
        return self._correct_comment(self._read(event_id), comment_id, body, empreinte)

    def _render(self, content, before=None, sent=None):
        return request.render("collab_agenda.event", self._event_shown(content, before, sent or Form()))

    def _event_shown(self, event, before, sent):
        """
        :param calendar.event event: which the reader has read
        :param str | None before: as ``Pages._render``
        :param Form sent: the form of the page that has just been refused, or an empty one
        :return dict: what its page shows of it
        """
        answers = event._answers_shown()
        first, _last = event._days()
        named = "LLLL" if first.year == today().year else "LLLL y"
        networks = {one["id"]: one for one in request.env["collab.network"]._all_branding()}
        # sudo: geography is public
        commune = event.sudo().commune_id
        shown = self._item_shown(event, before, sent)
        return {
            **shown,
            "files": shown["files"] + event._series_files(),
            "span": event._span(),
            "month": (f"{first:%Y-%m}", say_part(first, named).capitalize()),
            "commune": commune.name,
            "organiser": networks.get(event.organiser_id.id),
            "repeated": event._series_words(),
            "dates": self._dates(event),
            "may_cancel": event._may_cancel(),
            **answers,
        }

    def _dates(self, event):
        """:return list[tuple]: the other dates of its series that are to come, each with its ``_span``"""
        others = (event._series() - event).filtered(lambda one: not one._is_over())
        return [(one, *one._span()) for one in others]
