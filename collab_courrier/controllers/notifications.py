from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.moments import say_day, today

from ..models.collab_notification_preference import RHYTHMS

DAY = timedelta(days=1)


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
    def preferences(self, **kw):
        """Choose, for each kind of thing, whether and how often to be told; and for all of them, one mail a day, or a
        pause."""
        if request.httprequest.method == "GET":
            return self._render(request.env.user)
        return self._pause(kw) if kw.get("quoi") == "pause" else self._choose(kw)

    def _saved(self, person):
        """:return tuple[dict[str, str], Asked, str]: rhythms by kind, what he asks for all, and the stamp of both"""
        Preference, Notification = request.env["collab.notification.preference"], request.env["collab.notification"]
        kinds = Notification._kinds_for(person)
        saved = {kind: rhythm for (kind, _id), rhythm in Preference._rhythms(dict.fromkeys(kinds, person)).items()}
        asked = request.env["collab.notification.setting"]._of(person)
        return saved, asked, request.env["collab.stamped.mixin"]._fingerprint([*sorted(saved.items()), *asked])

    def _render(self, person, **values):
        saved, asked, stamp = self._saved(person)
        kinds = request.env["collab.notification"]._kinds_for(person)
        sections = {}
        for name, kind in kinds.items():
            sections.setdefault(kind.section, {})[name] = kind.label
        values = {
            **{"chosen": saved, "one_a_day": asked.one_a_day, "error": None, "refused": None, "differences": []},
            **{"pause": say_day(asked.paused_until) if asked.paused_until else "", "tomorrow": today() + DAY},
            **{"typed": "", "rhythms": self._rhythms(), "person": person, "stamp": stamp},
            **{"sections": sections, "received": request.env["collab.notification"]._received(person), **values},
        }
        chosen = values["chosen"]
        ready = [name for name, rhythms in self._ready(kinds).items() if rhythms == chosen and not values["one_a_day"]]
        return request.render("collab_courrier.preferences", {**values, "ready": ready[0] if ready else None})

    def _rhythms(self):
        """:return list[tuple[str, str]]: names and words of the rhythms"""
        return request.env["collab.notification.preference"]._fields["rhythm"]._description_selection(request.env)

    def _ready(self, kinds):
        """:param dict[str, Kind] kinds: that a person may be told
        :return dict[str, dict[str, str]]: the rhythms that each ready-made setting chooses"""
        return {
            "essentiel": {name: kind.rhythm for name, kind in kinds.items()},
            "groupe": dict.fromkeys(kinds, "daily"),
            "rien": dict.fromkeys(kinds, "never"),
        }

    def _choose(self, sent):
        """Save the choices of the table, or a ready-made setting.

        :param dict sent: the fields of the form"""
        person, Preference = request.env.user, request.env["collab.notification.preference"]
        kinds = request.env["collab.notification"]._kinds_for(person)
        saved, _asked, stamp = self._saved(person)
        ready = self._ready(kinds).get(sent.get("tout"))
        chosen = ready or saved | {kind: sent[kind] for kind in kinds if sent.get(kind) in dict(RHYTHMS)}
        one_a_day = not ready and sent.get("un-par-jour") == "1"
        try:
            # One may have stopped some of them meanwhile, by the link of a mail.
            request.env["collab.stamped.mixin"]._check_same(sent.get("empreinte"), stamp)
        except UserError as refusal:
            words = dict(self._rhythms())
            differences = [(kinds[kind].label, words[saved[kind]]) for kind in kinds if saved[kind] != chosen[kind]]
            told = {"error": str(refusal), "differences": differences}
            return self._render(person, chosen=chosen, one_a_day=one_a_day, **told)
        if sent.get("tout") == "essentiel":
            Preference._keep_defaults(person)
        else:
            for kind, rhythm in chosen.items():
                Preference._choose(person, kind, rhythm)
        request.env["collab.notification.setting"]._set_one_a_day(person, one_a_day)
        say(request.env._("Your choices are saved."), at="choix")
        return request.redirect("/mon-compte/notifications")

    def _pause(self, sent):
        """Begin or end a pause.

        :param dict sent: the fields of the form; ``fin``: the button that ends it"""
        person, Setting, typed = request.env.user, request.env["collab.notification.setting"], sent.get("jusquau", "")
        try:
            until = None if "fin" in sent else self._day(typed)
            with request.env.cr.savepoint():
                Setting._pause(person, until)
        except UserError as refusal:
            return self._render(person, refused=str(refusal), typed=typed)
        resumed = request.env._("Your mails come again: the next one tells everything that has waited.")
        say(request.env._("Your mails are paused.") if until else resumed, at="pause")
        return request.redirect("/mon-compte/notifications")

    def _day(self, typed):
        """:raises UserError: it is not a day"""
        try:
            return date.fromisoformat(typed)
        except ValueError:
            raise UserError(request.env._("Choose a day in the calendar.")) from None

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
