from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.events import Events
from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.moments import from_paris, read_day
from odoo.addons.collab_reseaux.refusals import beside

from ..models.calendar_event_poll import SLOTS_MAX, Slot
from .answers import ANSWERS

ROWS = 4  # that the form shows at first
DRAFT = "sondage"


class Polls(Events, Controller):
    """Asking when people can, saying when one can, and choosing the day."""

    _model = "calendar.event"

    @route("/agenda/sondage", methods=["GET", "POST"], **ITEM)
    def ask(self, jeton="", ajouter="", **kw):
        events, form = request.env["calendar.event"], Form(DRAFT)
        if not events._may_write():
            raise request.not_found()
        if request.httprequest.method == "POST":
            form = Form(DRAFT, token=jeton)
            vals, slots = self._read_poll(form, kw)
            if ajouter:
                # Only one more row is asked for: nothing of the others is said yet.
                form.refusal = None
            elif done := self._start(form, vals, slots):
                return done
        return self._render_poll(form, more=bool(ajouter))

    def _start(self, form, vals, slots):
        """:return Response | None: None when it is refused"""

        def act():
            event = request.env["calendar.event"]._start_poll(vals, slots)
            request.env["collab.draft"]._drop(DRAFT)
            return event.id

        number = form.send(act)
        if form.refusal:
            return None
        event = request.env["calendar.event"].browse(number)
        self._say_written(event, form, "", request.env._("Poll published."))
        return request.redirect(event._read_url())

    def _read_poll(self, form, sent):
        """:return tuple[dict, list[Slot]]: what is written of the date, and the moments that it proposes"""
        env, events = request.env, request.env["calendar.event"]
        types = env["collab.event.type"].search([]).ids
        vals = self._read_event(form, sent)
        for name in ("start", "stop"):
            del vals[name]
        vals["type_id"] = form.take("type_id", sent.get("type", ""), self._one_of(types))
        if not vals["type_id"]:
            form.refuse(beside("type_id", UserError(env._("Choose a type."))))
        organisers = self._organisers().ids
        vals["organiser_id"] = form.take("organiser_id", sent.get("organise", ""), self._one_of(organisers))
        vals["shows_participants"] = form.values["shows_participants"] = sent.get("noms") == "1"
        return {**vals, **self._read_audience(form, events)}, self._read_slots(form, sent)

    def _organisers(self):
        """:return collab.network: those in whose name the current user organises something"""
        user, networks = request.env.user, request.env.user._audience_options()[0]
        if user.has_group("collab_reseaux.group_administrator"):
            return networks
        return networks.filtered(lambda network: network.id in user._own_network_ids())

    def _read_slots(self, form, sent):
        """:return list[Slot]: the rows of the form in which something is typed; one that cannot be read is refused"""
        form.values["slots"], slots = [], []
        for number in range(1, SLOTS_MAX + 1):
            typed = [sent.get(f"{word}-{number}", "").strip() for word in ("jour", "de", "a")]
            if any(typed):
                form.values["slots"].append(typed)
                try:
                    slots.append(self._slot(*typed))
                except ValueError:
                    refused = request.env._("Give each date its day, and the hours when it begins and ends.")
                    form.refuse(beside("slots", UserError(refused)))
        return slots

    def _slot(self, day, begins, ends):
        """:raises ValueError: something is missing, or is no day or no hour"""
        there = f"{read_day(day):%d/%m/%Y}"
        return Slot(*(from_paris(f"{there} {hour}") for hour in (begins, ends)))

    def _render_poll(self, form, more):
        """:param bool more: show one more row"""
        env, typed = request.env, form.value("slots", [])
        shown = min(max(ROWS, len(typed)) + more, SLOTS_MAX)
        organisers = self._organisers()
        values = {
            "form": form,
            "drafted": env["collab.draft"]._of(DRAFT),
            "saved": {
                **self._event_saved(env["calendar.event"]),
                "type_id": env.ref("collab_agenda.type_meeting").id,
                "organiser_id": organisers.id if len(organisers) == 1 else False,
            },
            "types": env["collab.event.type"].search([]),
            "organisers": organisers,
            "slots": [*typed, *([["", "", ""]] * (shown - len(typed)))],
            "adds": shown < SLOTS_MAX,
            **self._audience_shown(form, env["calendar.event"]),
        }
        return request.render("collab_agenda.poll_form", values)

    # Saying when one can

    @route("/agenda/<int:event_id>/sondage", methods=["POST"], **ITEM)
    def vote(self, event_id, **kw):
        event, form = self._read(event_id), Form()
        slots = ((number_in(name.removeprefix("date-")), word) for name, word in kw.items() if name.startswith("date-"))
        answers = {number: ANSWERS.get(word) for number, word in slots if number}
        form.send(lambda: event._vote(answers))
        if form.refusal:
            say(form.error, "bad", at="sondage")
        else:
            say(request.env._("Your answer is saved. You can change it until the day is chosen."), at="sondage")
        return request.redirect(f"{event._read_url()}#sondage")

    # Choosing

    @route("/agenda/<int:event_id>/retenir/<int:slot_id>", methods=["GET", "POST"], **ITEM)
    def choose(self, event_id, slot_id, dialogue="", **kw):
        """Say what choosing a day changes, then choose it.

        :param str dialogue: ``1``: the question alone, for the script that shows it in the page where one is
        """
        event = self._read(event_id)
        slot = request.env["collab.date.slot"].search([("id", "=", slot_id), ("event_id", "=", event.id)])
        if not slot or not event._organises():
            raise request.not_found()
        if request.httprequest.method == "POST":
            form = Form()
            form.send(lambda: event._choose_slot(slot.id))
            if form.refusal:
                say(form.error, "bad", at="sondage")
            else:
                say(request.env._("The day is chosen. Those who have answered are told by mail."))
            return request.redirect(event._read_url())
        values = {"asked": self._asked(event, slot), "back": event._read_url()}
        if dialogue:
            return request.render("collab_contribution.delete_dialog", values)
        said = event._content()
        section = {"slug": event._slug, "url": said.address, "name": said.name}
        values |= {"section_of": section, "heading": event.name}
        return request.render("collab_contribution.delete_page", values)

    def _asked(self, event, slot):
        """:return dict: the question before a day is chosen, as ``collab.withdrawn.mixin._deletion_asked``"""
        env = request.env
        day, hours = slot._said()
        said = [env._("Those who have answered receive a mail, and nobody answers the poll any more.")]
        if event.has_answers:
            said.append(env._("Those who can come are registered, in the order of their answers."))
        return {
            "title": env._("Choose %(day)s, %(hours)s?", day=day, hours=hours),
            "said": said,
            "keep": env._("Do not choose yet"),
            "verb": env._("Choose this day"),
            "is_grave": False,
            "action": f"/agenda/{event.id}/retenir/{slot.id}",
        }
