from calendar import Calendar
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo.fields import Domain
from odoo.http import Controller, request, route
from odoo.tools import groupby

from odoo.addons.collab_contribution.controllers.events import Events
from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_habillage.paging import Paging, address_of
from odoo.addons.collab_reseaux.moments import day_tile, say_day, say_part, today

from ..dates import days_between, kept
from ..models.calendar_event_rows import DRAWN_KEPT

PATH = "/agenda"
PAGE_SIZE = 15
POLLS_SHOWN = 3
# A day of the month shows so many of its dates; when there are more, one less, and how many others.
A_DAY_SHOWN = 4
# How many tables of months are kept drawn, each of some dozen kilobytes.
MONTHS_KEPT = 50
# Likewise the filters: readers of the same networks and territories share them.
CHIPS_KEPT = 200
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# Nothing is planned beyond, and a calendar has no end.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
VIEWS = ("semaine", "liste")


class Asked(NamedTuple):
    """What the address of the agenda asks for."""

    view: str | None = None  # one of VIEWS; None: the month, and on a phone the list
    day: date | None = None  # that it shows; None: today
    kind: int | None = None
    territory: int | None = None
    network: int | None = None
    what: str | None = None  # a key of Agenda._lists()

    def address(self, page=None, **changes):
        """:return str: of the same page, but for what changes"""
        one = self._replace(**changes)
        query = {"vue": one.view, "date": one._said_day(), "type": one.kind, "territoire": one.territory}
        return address_of(PATH, **query, reseau=one.network, quoi=one.what, page=page)

    def _said_day(self):
        """:return str | None: the day as the address says it; None when it is found without it"""
        if not self.is_away:
            return None
        return self.day.isoformat() if self.view else self.day.strftime("%Y-%m")

    @property
    def first(self):
        """:return date: the first day that it shows"""
        day = self.day or today()
        return {None: day.replace(day=1), "semaine": day - day.weekday() * DAY}.get(self.view, day)

    @property
    def is_away(self):
        """:return bool: today is not among the first days that it shows"""
        return bool(self.day) and self.first != self._replace(day=None).first

    @property
    def chosen(self):
        """:return tuple: the sides of ``Agenda.counts``"""
        return self.kind, self.territory, self.network

    def moved(self, steps):
        """:return str | None: the address of the month, or the week, so many steps further; None: there is none"""
        day = self.first + (steps * WEEK if self.view else relativedelta(months=steps))
        return self.address(day=day) if EARLIEST <= day <= LATEST else None


class Days(NamedTuple):
    """What some days show: dates, as ``calendar.event._drawn`` asks for them, and what is drawn already."""

    shown: dict[date, list]
    others: dict[date, int]  # how many more there are

    @property
    def asked(self):
        return [one for dates in self.shown.values() for one in dates if isinstance(one, tuple)]

    @property
    def numbers(self):
        return [number for number, *_how in self.asked]


class Agenda(Events, Controller):
    """The agenda by month, by week, and as a list."""

    _model = "calendar.event"

    @route(PATH, methods=["GET"], **ITEM)
    def agenda(self, **kw):
        Model, asked = request.env[self._model], self._read_asked(kw)
        reading = Model._reading()
        coming = Model._coming(reading, *asked.chosen)
        # Among all of those to come, for the number beside the list of them; and those that are past, for the month.
        mine = Model._participating_ids(Model.browse(coming))
        shown = {
            "asked": asked,
            "chips": self._drawn_chips(reading, asked, len(mine)),
            "ways": self._ways(asked),
            "may_write": Model._may_write(),
            "writes_at_once": request.env.user._is_internal(),
        }
        if asked.view == "semaine":
            return request.render("collab_agenda.agenda", shown | self._week_shown(reading, asked))
        if asked.what:
            found = self._listed(reading, asked, coming, mine)
        else:
            found = Model._coming(reading, *asked.chosen, since=asked.first) if asked.day else coming
        listed = self._page_of(reading, asked, found, kw.get("page"))
        numbers = [*listed["numbers"], *listed["polls"]]
        if asked.what or asked.view:
            shown |= self._list_shown(reading, asked, found, listed, Model._readable_among(numbers))
        else:
            # The same dates stand in the month and in its list: what may be read of both is asked once.
            month = self._days_of(reading, asked, *self._bounds(asked), A_DAY_SHOWN)
            readable = Model._readable_among([*numbers, *month.numbers])
            shown |= self._list_shown(reading, asked, found, listed, readable)
            shown |= self._month_shown(reading, asked, found, month, readable)
        return request.render("collab_agenda.agenda", shown)

    def _read_asked(self, sent):
        """
        :param dict sent: the fields of the address
        :return Asked:
        :raises NotFound: it names what the reader does not know"""
        networks = {network["id"] for network in request.env["collab.network"]._branding()}
        known = (request.env["collab.event.type"]._names(), request.env["collab.territory"]._names(), networks)
        named = (sent.get(name) for name in ("type", "territoire", "reseau"))
        what = sent.get("quoi") if sent.get("quoi") in self._lists() else None
        view = sent.get("vue") if sent.get("vue") in VIEWS and not what else None
        return Asked(
            view, None if what else self._read_day(sent.get("date", "")), *map(self._known, named, known), what
        )

    def _read_day(self, text):
        """:return date | None: the day, or the first day of the month, that an address gives; None when it gives none
        that an agenda shows"""
        try:
            day = date.fromisoformat(f"{text}-01" if len(text) == len("2026-11") else text)
        except ValueError:
            return None
        return day if EARLIEST <= day <= LATEST else None

    # The line of chips

    def _drawn_chips(self, reading, asked, registered):
        """
        :param int registered: in how many dates to come the reader takes part
        :return Markup: as ``collab_agenda.agenda_chips``. They offer some hundred choices, which change with the dates
            alone, and with what follows
        """
        env, types, mine = request.env, request.env["collab.event.type"], self._own_territories()
        # What they are named after may change without any date.
        named = (
            *(tuple(names.items()) for names in (types._names(), env["collab.territory"]._names())),
            tuple(one["plural"] for one in types._described().values()),
            tuple(tuple(network.values()) for network in env["collab.network"]._branding()),
        )
        own = frozenset(mine), frozenset(env.user._own_network_ids())
        key = asked, registered, reading.audiences, own, named, env.lang

        def draw():
            return env["ir.qweb"]._render("collab_agenda.agenda_chips", self._chips(reading, asked, registered, mine))

        return kept(env[self._model]._agenda(reading).chips, key, CHIPS_KEPT, draw)

    def _chips(self, reading, asked, registered, mine):
        """
        :param int registered: in how many dates to come the reader takes part
        :param set[int] mine: his territories
        :return dict: as ``collab_habillage.chips``
        """
        agenda = request.env[self._model]._agenda(reading)
        counts = (agenda.past if asked.what == "passees" else agenda.counts).of(reading.audiences, *asked.chosen)
        return {
            "views": self._view_chips(asked, registered),
            "filters": self._agenda_filters(asked, counts, mine),
            "clear": asked.address(kind=None, territory=None, network=None) if any(asked.chosen) else None,
        }

    def _lists(self):
        """:return dict[str, str]: what may be shown alone: labels, by names in addresses"""
        env = request.env
        return {
            "inscriptions": env._("I take part"),
            "nouvelles": env._("New"),
            "favoris": env._("Favourites"),
            "miennes": env._("Mine"),
            "passees": env._("Past"),
        }

    def _view_chips(self, asked, registered):
        """:param int registered: in how many dates to come the reader takes part
        :return list[dict]: as ``collab_habillage.chips``"""
        everything = {"label": request.env._("All"), "address": asked.address(what=None), "on": not asked.what}
        chips = [
            {"label": label, "address": asked.address(what=what, view=None, day=None), "on": what == asked.what}
            for what, label in self._lists().items()
        ]
        chips[0]["count"] = registered or None
        return [everything, *chips]

    def _agenda_filters(self, asked, counts, mine):
        """:return list[dict]: as ``collab_habillage.chips``"""
        types, label = request.env["collab.event.type"], request.env._("Type")
        if asked.kind:
            kinds = [{"label": label, "value": types._names()[asked.kind], "address": asked.address(kind=None)}]
        else:
            choices = [
                {
                    "label": one["plural"] or one["name"],
                    "count": counts["type"][number],
                    "address": asked.address(kind=number),
                }
                for number, one in types._described().items()
                if counts["type"][number]
            ]
            kinds = [{"label": label, "choices": choices}] if choices else []
        return kinds + self._filter_chips(asked, counts, mine)

    def _ways(self, asked):
        """:return list[dict]: what can be taken away when nothing matches, as ``collab_habillage.no_match``"""
        env = request.env
        names = {
            "kind": env["collab.event.type"]._names(),
            "territory": env["collab.territory"]._names(),
            "network": {network["id"]: network["name"] for network in env["collab.network"]._branding()},
        }
        return [
            {"value": known[value], "address": asked.address(**{side: None})}
            for side, known in names.items()
            if (value := getattr(asked, side))
        ]

    # The list

    def _listed(self, reading, asked, coming, participating):
        """
        :param list[int] coming: what the reader finds among what is to come
        :param set[int] participating: those of them in which he takes part
        :return list[int]: what is shown alone, as ``asked.what`` says
        """
        Model = request.env[self._model]
        if asked.what == "inscriptions":
            return [number for number in coming if number in participating]
        if asked.what == "passees":
            return Model._past(reading, *asked.chosen)
        if asked.what == "nouvelles":
            domain, order = Model._new_domain(), "start, id"
        elif asked.what == "favoris":
            domain, order = Domain("is_favourite", "=", True), "start desc, id desc"
        else:
            domain, order = Domain("create_uid", "=", request.env.uid), "start desc, id desc"
        known = Model._agenda(reading).numbered
        found = [known[one] for one in Model.search(domain & Model._listed_domain(), order=order)._ids if one in known]
        return [one.number for one in Model._filtered(found, *asked.chosen)]

    def _page_of(self, reading, asked, found, page):
        """
        :param list[int] found: what the list holds
        :param str | None page: its page, as the address gives it
        :return dict: ``paging``, and the dates of this page: ``numbers``, ``polls``
        """
        # Beside the month, on a phone, is the same list: its other pages are those of the list.
        listed_as = asked if asked.what else asked._replace(view="liste", day=asked.day and asked.first)
        paging = Paging(page or 1, len(found), PAGE_SIZE, listed_as.address)
        polls = []
        if not asked.what and not asked.day and paging.number == 1:
            Model = request.env[self._model]
            waiting = Model._found(reading, Model._agenda(reading).polls, *asked.chosen)
            polls = [one.number for one in waiting[:POLLS_SHOWN]]
        return {"paging": paging, "numbers": found[paging.offset : paging.offset + paging.size], "polls": polls}

    def _list_shown(self, reading, asked, found, page, readable):
        """
        :param list[int] found: what the list holds
        :param dict page: as ``_page_of``
        :param frozenset[int] readable: as ``calendar.event._readable_among``
        :return dict: what ``collab_agenda.agenda_list`` shows
        """
        Model, paging, numbers = request.env[self._model], page["paging"], page["numbers"]
        agenda, since = Model._agenda(reading), asked.first if asked.day else today()
        listed = Model._listed_rows(reading, readable, numbers)
        if not asked.what:
            # Each other date is of the page whose dates are of the same days.
            first = since if paging.number == 1 else max(agenda.numbered[numbers[0]].first, since)
            after = found[paging.offset + paging.size :][:1]
            last = max(agenda.numbered[after[0]].first, since) - DAY if after else since + relativedelta(years=1)
            listed += self._other_rows(reading, asked, first, last)
            listed.sort(key=lambda row: max(row["day"], since))
        weeks = self._by_week(listed, since) if asked.what in (None, "inscriptions") else None
        return {
            "total": len(found),
            "paging": paging,
            "polls": Model._drawn_rows(reading, Model._listed_rows(reading, readable, page["polls"])),
            "weeks": weeks and [(title, self._draw_rows(reading, several)) for title, several in weeks],
            "rows": None if weeks else self._draw_rows(reading, listed),
            "since": say_day(since),
        }

    def _draw_rows(self, reading, rows):
        """:return Markup: rows of a list, each by its own template"""
        dates = [row for row in rows if "template" not in row]
        drawn = iter(request.env[self._model]._drawn_rows(reading, dates))
        return Markup("").join(
            self._draw_other(reading, row["template"], {"row": row}) if "template" in row else next(drawn)
            for row in rows
        )

    def _draw_other(self, reading, template, values):
        """:return Markup: what is no date of the agenda, and stands there; it is kept by all that it says"""
        drawn, env = request.env[self._model]._agenda(reading).drawn, request.env
        draw = partial(env["ir.qweb"]._render, template, values)
        return kept(drawn, (template, repr(values), env.lang), DRAWN_KEPT, draw)

    def _other_rows(self, reading, asked, first, last):
        """:return list[dict]: as ``_other_dates``, with these filters"""
        if asked.kind or last < first:
            return []
        return request.env[self._model]._other_dates(reading, first, last, asked.territory, asked.network)

    def _by_week(self, rows, since):
        """
        :param list[dict] rows: in their order
        :param date since: where the list begins: what has begun before stands there
        :return list[tuple[str, list[dict]]]: the title and the rows of each week
        """

        def monday(row):
            day = max(row["day"], since)
            return day - day.weekday() * DAY

        weeks = []
        for first, several in groupby(rows, monday):
            shown = [
                {**row, "tile": day_tile(max(row["day"], since), "EEE")} if row["tile"] else row for row in several
            ]
            weeks.append((self._week_title(first), shown))
        return weeks

    def _week_title(self, monday):
        if monday <= today() < monday + WEEK:
            return request.env._("This week")
        year = "" if monday.year == today().year else " y"
        return request.env._("Week of %s", say_part(monday, f"d MMMM{year}"))

    # The month, and the week

    def _bounds(self, asked):
        """:return tuple[date, date]: the first and the last day that the table of a month shows"""
        weeks = Calendar().monthdatescalendar(asked.first.year, asked.first.month)
        return weeks[0][0], weeks[-1][-1]

    def _days_of(self, reading, asked, first, last, most=None):
        """
        :param date first, last: in Paris
        :param int | None most: how many dates a day shows; None: all of them, as in a week
        :return Days:
        """
        by_day = {
            day: [(number, begun_before, not most) for number, begun_before in dates]
            for day, dates in request.env[self._model]._by_day(reading, first, last, *asked.chosen).items()
        }
        for other in self._other_rows(reading, asked, first, last):
            for day in days_between(max(other["day"], first), min(other["last"], last)):
                values = {"entry": {**other, "continues": day > other["day"]}, "in_week": not most}
                by_day[day].append(self._draw_other(reading, "collab_agenda.agenda_entry", values))
        shown = {day: dates if not most or len(dates) <= most else dates[: most - 1] for day, dates in by_day.items()}
        return Days(shown, {day: len(by_day[day]) - len(dates) for day, dates in shown.items()})

    def _days_shown(self, reading, days, readable):
        """
        :param Days days:
        :param frozenset[int] readable: as ``calendar.event._readable_among``
        :return list[dict]: what ``collab_agenda.agenda_day`` shows of each day
        """
        drawn = request.env[self._model]._drawn(reading, readable, days.asked)
        return [
            {
                "day": day,
                "whole": say_day(day),
                "is_today": day == today(),
                "entries": Markup("").join(drawn.get(one, "") if isinstance(one, tuple) else one for one in dates),
                "others": days.others[day],
            }
            for day, dates in days.shown.items()
        ]

    def _month_shown(self, reading, asked, found, dates, readable):
        """
        :param list[int] found: what is to come in this month, or after it
        :param Days dates: of the days of this month, and around it
        :param frozenset[int] readable: as ``calendar.event._readable_among``
        :return dict: what ``collab_agenda.agenda_month`` shows
        """
        month, days = asked.first, self._days_shown(reading, dates, readable)
        for one in days:
            day = one["day"]
            one["is_outside"] = day.month != month.month
            # The first day of what is not this month says which one it is.
            is_first = one["is_outside"] and (day.day == 1 or day == days[0]["day"])
            one["label"] = say_part(day, "d MMM") if is_first else day.day
        is_empty, following = not any(one["entries"] for one in days if not one["is_outside"]), None
        if is_empty and found:
            day = request.env[self._model]._agenda(reading).numbered[found[0]].first
            following = {"day": say_day(day), "address": asked.address(day=day)}
        values = {
            "asked": asked,
            "weekdays": [say_part(one["day"], "EEEE") for one in days[:7]],
            "month": [days[start : start + 7] for start in range(0, len(days), 7)],
        }
        # What each day shows decides what the whole shows.
        months, qweb = request.env[self._model]._agenda(reading).months, request.env["ir.qweb"]
        key = asked, *((one["entries"], one["others"]) for one in days)
        table = kept(months, key, MONTHS_KEPT, lambda: qweb._render("collab_agenda.agenda_month_table", values))
        return {
            **values,
            "table": table,
            "is_empty": is_empty,
            "following": following,
            "heading": say_part(month, "LLLL y"),
            "before": asked.moved(-1),
            "after": asked.moved(1),
        }

    def _week_shown(self, reading, asked):
        """:return dict: what ``collab_agenda.agenda_week`` shows"""
        monday = asked.first
        days = self._days_of(reading, asked, monday, monday + WEEK - DAY)
        return {
            "heading": self._week_title(monday),
            "before": asked.moved(-1),
            "after": asked.moved(1),
            "week": self._days_shown(reading, days, request.env[self._model]._readable_among(days.numbers)),
        }
