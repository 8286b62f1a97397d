from odoo.http import Controller, request, route

from ..models.collab_notification_preference import RHYTHMS


class Notifications(Controller):
    """What each person wants to be told by mail, and how he stops it."""

    @route(
        "/mon-compte/notifications",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        members=True,
    )
    def preferences(self, fait=None, **kw):
        """Choose, for each kind of thing, whether and how often to be told."""
        Preference, person = request.env["collab.notification.preference"], request.env.user
        kinds = request.env["collab.notification"]._kinds_for(person)
        if request.httprequest.method == "POST":
            for kind in kinds:
                if kw.get(kind) in dict(RHYTHMS):
                    Preference._choose(person, kind, kw[kind])
            return request.redirect("/mon-compte/notifications?fait=1")
        chosen = {kind: rhythm for (kind, _id), rhythm in Preference._rhythms(dict.fromkeys(kinds, person)).items()}
        rhythms = Preference._fields["rhythm"]._description_selection(request.env)
        received = request.env["collab.notification"]._received(person)
        values = {"kinds": kinds, "chosen": chosen, "rhythms": rhythms, "received": received}
        return request.render("collab_courrier.preferences", {**values, "done": fait, "person": person})

    @route(
        "/desabonnement/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        # RFC 8058: mail programs post here without opening a page of ours, hence without a CSRF token. The signed
        # token in the address replaces it.
        csrf=False,
        light=True,
    )
    def unsubscribe(self, token, **kw):
        """Stop the kinds of mails that a mail tells. Only a POST does: programs that check mails open their links."""
        Preference = request.env["collab.notification.preference"]
        found = Preference._unsubscribe_token(token)
        if not found:
            # Not raised: a visitor would be sent to the login page, and a mail program would take that for a success.
            return request.render("collab_habillage.error", {"status": 404}, status=404)
        person, kinds = found
        done = request.httprequest.method == "POST"
        if done:
            for kind in kinds:
                Preference._choose(person, kind, "never")
        labels = [request.env["collab.notification"]._kinds()[kind].label for kind in kinds]
        return request.render("collab_courrier.unsubscribe", {"labels": labels, "done": done})
