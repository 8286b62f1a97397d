from datetime import UTC

from werkzeug.http import is_resource_modified

from odoo.http import Controller, Response, request, route

from odoo.addons.collab_contribution import ics
from odoo.addons.collab_contribution.controllers.events import Events
from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_habillage.saying import say

from ..models.calendar_event_ics import KEPT_MONTHS
from ..models.collab_agenda_address import ALL

PATH = "/agenda/abonnement"


class Subscription(Events, Controller):
    """One date, and the whole agenda, in one's own calendar."""

    _model = "calendar.event"

    @route("/agenda/<int:event_id>.ics", methods=["GET"], **ITEM)
    def event_calendar(self, event_id, **kw):
        event = self._read(event_id)
        if event.is_poll:
            # It has no day yet.
            raise request.not_found()
        return self._calendar(event)

    @route(
        "/agenda/flux/<string:key>.ics",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
        save_session=False,
        light=True,
    )
    def feed(self, key, **kw):
        """The agenda of the person to whom this address was given, as he may read it now. Calendar programs have no
        session, and may not be sent to the door: whatever is closed is not found."""
        subscription = request.env["collab.agenda.address"]._person_of(key)
        events = request.env["calendar.event"]
        feed = None
        if subscription:
            subscription.person._read_reader()
            events = events.with_user(subscription.person).sudo(False)
            feed = events._calendar_feed(subscription.which)
        if not feed:
            # Not raised: a visitor would be sent to the login page, which a program would take for a calendar.
            return request.render("collab_habillage.error", {"status": 404}, status=404)
        since = request.env["collab.agenda.address"]._note(subscription, feed.held).replace(tzinfo=UTC)
        asked, known = request.httprequest.environ, {"etag": feed.held, "last_modified": since}
        if is_resource_modified(asked, **known):
            response = request.make_response(events._calendar_bytes(feed), headers=[("Content-Type", ics.TYPE)])
        else:
            response = Response(status=304)
        response.set_etag(feed.held)
        response.last_modified = since
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    @route(PATH, methods=["GET", "POST"], **ITEM)
    def subscription(self, quoi=ALL, **kw):
        """Say how to subscribe; renew the addresses when they are known to somebody else."""
        Address, choices = request.env["collab.agenda.address"], request.env["calendar.event"]._calendar_choices()
        which = quoi if quoi in choices else ALL
        if request.httprequest.method == "POST":
            Address._renew(request.env.user)
            say(request.env._("Addresses changed: the old ones give nothing any more."), at="adresse")
            return request.redirect(f"{PATH}?quoi={which}")
        address = Address._of(request.env.user, which)
        shown = {
            "address": address,
            # The scheme by which programs know that one subscribes.
            "opens": f"webcal:{address.partition(':')[2]}",
            "which": which,
            "choices": choices,
            "months": KEPT_MONTHS,
        }
        return request.render("collab_agenda.subscription", shown)
