from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.spreadsheet import CSV_TYPE

# What addresses and forms call the answers.
ANSWERS = {"oui": "yes", "peut-etre": "maybe", "non": "no"}


class Answers(Controller):
    """Saying whether one comes, on the page and by the link of a mail; and who comes, for who organises it."""

    def _event(self, event_id):
        """:raises NotFound: there is none; what the reader may not read does not exist"""
        event = request.env["calendar.event"].search([("id", "=", event_id)])
        if not event:
            raise request.not_found()
        return event

    @route("/agenda/<int:event_id>/reponse", methods=["POST"], **ITEM)
    def answer(self, event_id, reponse="", **kw):
        event, form = self._event(event_id), Form()
        # The answer is a record: a form gives an identifier back.
        row = form.send(lambda: event._answer(ANSWERS.get(reponse)))
        if form.refusal:
            say(form.error, "bad", at="reponse")
        else:
            say(self._noted(row), at="reponse")
        return request.redirect(f"{event._read_url()}#reponse")

    def _noted(self, row):
        """:param collab.participation row: that has just been written
        :return str: what its person is told"""
        noted = request.env._("It is noted.")
        return f"{noted} {row._in_words()}"

    # By a mail

    @route(
        "/agenda/reponse/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        # Whoever opens a mail has no session here: the signed token of the address stands for it.
        csrf=False,
        light=True,
    )
    def answer_by_link(self, token, reponse="", **kw):
        """Answer from a mail, logged out. Only a POST does: programs that check mails open their links."""
        link = request.env["calendar.event"]._answer_link(token)
        if not link:
            # Not raised: a visitor would be sent to the login page.
            return request.render("collab_habillage.error", {"status": 404}, status=404)
        event = link.event
        shown = {
            "title": event.name,
            "when": event._said_when(),
            "address": event._address(),
            "url": event._read_url(),
            "is_open": event._takes_answers(),
            "is_used": link.is_used,
            "done": "",
            "error": "",
            "answer": event._own_answer().answer,
        }
        if request.httprequest.method == "POST" and not link.is_used:
            try:
                with request.env.cr.savepoint():
                    row = event._answer_by_link(link.turn, ANSWERS.get(reponse))
                shown["done"] = self._noted(row)
            except UserError as refusal:
                shown["error"] = str(refusal)
        return request.render("collab_agenda.answer_link", shown)

    # For who organises it

    def _organised(self, event_id):
        """:raises NotFound: the reader does not organise it"""
        event = self._event(event_id)
        if not event._organises():
            raise request.not_found()
        return event

    @route("/agenda/<int:event_id>/participants.csv", methods=["GET"], **ITEM)
    def participants(self, event_id, **kw):
        event = self._organised(event_id)
        return self._saved(event._participants_csv(), CSV_TYPE, f"participants-{event.id}.csv")

    @route("/agenda/<int:event_id>/emargement.pdf", methods=["GET"], **ITEM)
    def attendance_sheet(self, event_id, **kw):
        event = self._organised(event_id)
        return self._saved(event._attendance_sheet(), "application/pdf", f"emargement-{event.id}.pdf")

    def _saved(self, content, kind, name):
        headers = [("Content-Type", kind), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers=headers)
