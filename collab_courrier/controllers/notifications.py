from odoo.exceptions import UserError
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
        saved = {kind: rhythm for (kind, _id), rhythm in Preference._rhythms(dict.fromkeys(kinds, person)).items()}
        rhythms, Stamped = (
            Preference._fields["rhythm"]._description_selection(request.env),
            request.env["collab.stamped.mixin"],
        )
        stamp, chosen, error, differences = Stamped._fingerprint(sorted(saved.items())), saved, None, []
        if request.httprequest.method == "POST":
            chosen = saved | {kind: kw[kind] for kind in kinds if kw.get(kind) in dict(RHYTHMS)}
            try:
                # One may have stopped some of them meanwhile, by the link of a mail.
                Stamped._check_same(kw.get("empreinte"), stamp)
            except UserError as refusal:
                error = str(refusal)
                known = dict(rhythms)
                differences = [(kinds[kind].label, known[saved[kind]]) for kind in kinds if saved[kind] != chosen[kind]]
            else:
                for kind, rhythm in chosen.items():
                    Preference._choose(person, kind, rhythm)
                return request.redirect("/mon-compte/notifications?fait=1")
        received = request.env["collab.notification"]._received(person)
        values = {"kinds": kinds, "chosen": chosen, "rhythms": rhythms, "received": received, "stamp": stamp}
        told = {"done": fait, "person": person, "error": error, "differences": differences}
        return request.render("collab_courrier.preferences", {**values, **told})

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
