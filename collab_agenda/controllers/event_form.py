from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.events import Events
from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.moments import to_paris, today
from odoo.addons.collab_reseaux.refusals import beside

from ..dates import LASTS_MAX
from ..models.calendar_event import SEATS_MAX

# A day that is further is a wrong year.
AHEAD_MAX = relativedelta(years=10)
# The hours that core gives to whole days.
OPENS, CLOSES = time(8), time(18)


class EventForm(Events, Controller):
    """The form by which a date is added to the agenda, or proposed, and corrected."""

    _model = "calendar.event"

    @route("/agenda/proposer", methods=["GET", "POST"], **ITEM)
    def propose(self, depuis="", fichiers="", jeton="", **kw):
        Event, form = request.env["calendar.event"], Form("proposer")
        if not Event._may_write():
            return request.render("collab_agenda.closed")
        # What is in the address is not read: a link could otherwise fill in somebody's form.
        if request.httprequest.method == "POST":
            form = Form("proposer", {"files": fichiers}, jeton)
            vals = {**self._read_form(form, Event, kw), **self._read_series(form, kw)}
            if done := self._publish(form, vals, "rendez-vous", request.env._("Date published.")):
                for clash in self._same_day_of(form, Event):
                    say(clash["said"], "warn")
                return done
        like = self._read(number_in(depuis)) if depuis.isdecimal() else Event
        return self._render_form(form, Event, like, drafted=request.env["collab.draft"]._of("rendez-vous"))

    @route("/agenda/<int:event_id>/corriger", methods=["GET", "POST"], **ITEM)
    def correct(self, event_id, fichiers="", empreinte=None, lesquels="", **kw):
        event, form = self._read(event_id, own=True), Form("corriger")
        if request.httprequest.method == "POST":
            form = Form("corriger", {"files": fichiers, "scope": lesquels})
            vals = self._read_form(form, event, kw)
            if done := self._correct_own(form, event, vals, empreinte, lambda vals: event._write_all(vals, lesquels)):
                return done
        return self._render_form(form, event, event)

    @route("/agenda/meme-jour", methods=["GET"], **ITEM)
    def same_day(self, but="", networks="", territories="", **sent):
        """What else takes place on the day that a form says, for the script that shows it while one types."""
        form, known = Form(), request.env["calendar.event"]
        if but.isdecimal():
            known = self._read(number_in(but))
        form.values = {
            "networks": [int(one) for one in networks.split(",") if number_in(one)],
            "territories": [int(one) for one in territories.split(",") if number_in(one)],
        }
        self._read_days(form, sent, known)
        return request.render("collab_agenda.same_day", {"clashes": self._same_day_of(form, known)})

    # Reading what was typed

    def _read_form(self, form, event, sent):
        """:return dict: what is written of a date, as the form says it; of one that is corrected, what differs"""
        types, networks = request.env["collab.event.type"], self._own_networks()
        offered = self._one_of({*networks, *event.organiser_id.ids})
        vals = {
            **self._read_event(form, {**sent, "debut": "", "fin": ""}),
            "type_id": form.take("type_id", sent.get("type", ""), self._type({*types._labels(), *event.type_id.ids})),
            "organiser_id": form.take("organiser_id", sent.get("organise_par", ""), offered),
            "seats": form.take("seats", sent.get("places", ""), self._seats),
            "has_answers": sent.get("reponses") == "1",
            "shows_participants": sent.get("noms") == "1",
        }
        form.values |= {name: vals[name] for name in ("has_answers", "shows_participants")}
        # Of a date that is still to be chosen, the form shows no day.
        vals = {name: value for name, value in vals.items() if name not in ("start", "stop")}
        if not event.is_poll:
            vals |= self._read_days(form, sent, event)
        if event:
            # All of its words: a correction of them may wait already.
            vals = {**{name: vals[name] for name in event._text_fields()}, **self._changed(event, vals)}
            if vals.keys() & {"start", "stop"}:
                # Core computes the end again from the beginning, unless both are written.
                vals = {**{name: event[name] for name in ("start", "stop")}, **vals}
        return {**vals, **self._read_audience(form, event)}

    def _type(self, known):
        """:return Callable[[str], int]: a reader for ``Form.take``: a date has a type"""
        one_of = self._one_of(known)

        def read(text):
            if not text:
                raise UserError(request.env._("Choose a type."))
            return one_of(text)

        return read

    def _seats(self, text):
        """:return int: zero: as many as wish
        :raises UserError: it is no number of seats"""
        text = text.strip()
        number = number_in(text) if text else 0
        if number is None or number > SEATS_MAX:
            wrong = request.env._("Write how many seats there are, up to %s, or nothing.", SEATS_MAX)
            raise UserError(wrong)
        return number

    def _read_days(self, form, sent, event):
        """Take the day and the hours of a date: without hours, it lasts whole days.

        :return dict: what is written; empty when it is refused
        """
        texts = {"start": sent.get("de", ""), "stop": sent.get("a", "")}
        form.values |= texts
        day = form.take("day", sent.get("jour", ""), self._day)
        last = form.take("last_day", sent.get("dernier_jour", ""), self._date) or day
        if not day:
            return {}
        start = form.take("start", texts["start"], self._hour_of(day))
        stop = form.take("stop", texts["stop"], self._hour_of(last))
        # As they were typed.
        form.values |= texts
        if not form.refusal:
            self._check_days(form, day, last, start, stop)
        # What is corrected may have begun.
        if not form.refusal and day < today() and not (event and day == event._day_of(event.start)):
            form.refuse(beside("day", UserError(request.env._("This day is past: choose another one."))))
        if form.refusal:
            return {}
        if start:
            return {"start": start, "stop": stop or start, "allday": False}
        return {"start": datetime.combine(day, OPENS), "stop": datetime.combine(last, CLOSES), "allday": True}

    def _check_days(self, form, day, last, start, stop):
        """Refuse what a date cannot be, beside the field where one sees it."""
        env = request.env
        if last < day:
            before = env._("The last day is before the first one: correct one of them.")
            form.refuse(beside("last_day", UserError(before)))
        elif last - day >= LASTS_MAX:
            long = env._("It lasts more than a month: correct its last day, or repeat it.")
            form.refuse(beside("last_day", UserError(long)))
        elif stop and not start:
            form.refuse(beside("start", UserError(env._("It has an end: say when it begins too."))))
        elif start and not stop and last != day:
            form.refuse(beside("stop", UserError(env._("Say at what time it ends on its last day."))))
        elif start and stop and stop < start:
            ends = env._("It ends before it begins. If it ends the next day, say its last day.")
            form.refuse(beside("stop", UserError(ends)))

    def _day(self, text):
        """:return date:
        :raises UserError: it is none, or one that is too far"""
        day = self._date(text)
        if not day:
            raise UserError(request.env._("Say on which day it takes place."))
        if day > today() + AHEAD_MAX:
            raise UserError(request.env._("“%s” is very far: check the year.", text))
        return day

    def _hour_of(self, day):
        """:return Callable[[str], datetime | bool]: a reader for ``Form.take``, of an hour on this day"""
        return lambda text: text.strip() and self._moment(f"{day.day}/{day.month}/{day.year:04} {text}")

    def _read_series(self, form, sent):
        """:return dict: how often it comes back, and until when; empty when it comes once"""
        rhythm = form.values["rhythm"] = sent.get("repetition", "")
        until = form.take("until", sent.get("jusquau", ""), self._date)
        return {"rhythm": rhythm, "until": until} if rhythm else {}

    def _write(self, vals, files, draft):
        """As ``Pages``, of a date that may come back: ``rhythm`` and ``until``, beside its fields."""
        event = {name: value for name, value in vals.items() if name not in ("rhythm", "until")}
        number = super()._write(event, files, draft)
        if "rhythm" in vals:
            request.env["calendar.event"].browse(number)._repeat(vals["rhythm"], vals["until"])
        return number

    # What the form shows

    def _own_networks(self):
        """:return dict[int, str]: the networks for which the current user speaks, by number"""
        env, networks = request.env, request.env["collab.network"]._branding()
        administers = env.user.has_group("collab_reseaux.group_administrator")
        own = env.user._own_network_ids()
        return {one["id"]: one["name"] for one in networks if administers or one["id"] in own}

    def _render_form(self, form, event, like, **values):
        """:param calendar.event like: that is corrected; or from which a new one is made, but for its days"""
        networks = self._own_networks()
        saved = self._saved(event, like, networks)
        opened = self._opened(event) if event else {}
        saved |= {name: opened[name] for name in saved.keys() & opened.keys()}
        if form.field == "stamp":
            form.differences = self._compared(event, form, saved)
        types = request.env["collab.event.type"]
        offered = {*types._labels(), *like.type_id.ids}
        if event.organiser_id:
            networks = {**networks, event.organiser_id.id: event._organiser_name()}
        values |= {
            **{"form": form, "event": event, "opened": opened, "saved": saved, "chunk": CHUNK_MAX_BYTES},
            "kinds": {one: name for one, name in types._names().items() if one in offered},
            "networks_own": networks,
            "rhythms": request.env["calendar.event"]._rhythms(),
            "choices": event._scopes() if event else [],
            "clashes": self._same_day_of(form, event),
            **self._audience_shown(form, like),
        }
        return request.render("collab_agenda.propose", values)

    def _saved(self, event, like, networks):
        """:return dict: what the form shows, by its fields, before anything is typed"""
        [only] = networks if len(networks) == 1 and request.env.user._is_internal() else [False]
        saved = {
            **self._event_saved(like),
            **{"type_id": like.type_id.id, "organiser_id": like.organiser_id.id if like else only},
            **{"seats": like.seats or "", "has_answers": like.has_answers if like else True},
            **{"shows_participants": like.shows_participants, "rhythm": "", "until": "", "scope": "this"},
            **dict.fromkeys(("day", "last_day", "start", "stop"), ""),
        }
        if event and not event.is_poll:
            first, last = event._days()
            saved |= {"day": first, "last_day": last if last != first else ""}
            if not event.allday:
                saved |= {"start": to_paris(event.start)[11:]}
                saved |= {"stop": to_paris(event.stop)[11:] if event.stop != event.start else ""}
        return saved

    def _compared(self, event, form, saved):
        """:return list: as ``_differences``: the day and the hours of a date are said together"""
        names = ("day", "last_day", "start", "stop")
        others = {name: value for name, value in saved.items() if name in event._fields and name not in names}
        rows = self._differences(event, form, others)
        if any(str(form.values.get(name) or "") != str(saved[name]) for name in names):
            rows.insert(0, (request.env._("When"), ", ".join(event._span())))
        return rows

    def _same_day_of(self, form, event):
        """
        :param Form form: whose day has been read
        :param calendar.event event: that it corrects, if any
        :return list[dict]: what else takes place on that day for some of the same people: ``url``, and ``said``
        """
        day, last = form.values.get("day"), form.values.get("last_day")
        # What was typed may be no day, or one that is refused.
        if not isinstance(day, date) or not today() <= day <= today() + AHEAD_MAX:
            return []
        if not isinstance(last, date) or not day <= last < day + LASTS_MAX:
            last = day
        found = event._clashes(
            datetime.combine(day, OPENS),
            datetime.combine(last, CLOSES),
            form.value("networks", []),
            form.value("territories", []),
            event,
            form.value("organiser_id"),
        )
        env = request.env

        def said(row):
            who = ", ".join(network["name"] for network in row["networks"]) or row["author"]
            return env._("%(who)s: %(title)s, the same day", who=who, title=row["title"])

        return [{"url": row["url"], "said": said(row)} for row in found]
