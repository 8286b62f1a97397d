import re
from functools import partial

from markupsafe import Markup

from odoo import api, models, tools

from odoo.addons.collab_reseaux.moments import day_tile, say_day, say_hour, today

from ..dates import kept

BLANKS = re.compile(r"[ \n]+")
# What the row of a date shows beside what its author, or a moderator, has written.
ROW_VARIES = ("is_new", "participates", "is_today", "is_over", "tile", "seats")
# A busy month has less than two hundred dates to draw.
DRAWN_KEPT = 2_000


class CalendarEvent(models.Model):
    """What lists and calendars show of a date."""

    _inherit = "calendar.event"

    @api.model
    def _entries(self, records, participating=None):
        """
        :param calendar.event records: as given by ``_latest``
        :param set[int] | None participating: as ``_participating_ids``, if it is known already
        :return list[dict]: what a calendar shows of each: ``id``, ``url``, ``title``, ``day`` and ``last``, ``hour``,
            ``is_whole`` (of whole days), ``place``, ``networks``, ``is_cancelled``, ``participates``, ``state``
        """
        mine = self._participating_ids(records) if participating is None else participating
        entries = []
        for event in records:
            first, last = event._days()
            entries.append(
                {
                    "id": event.id,
                    "url": f"/agenda/{event.id}",
                    "title": event.name,
                    "day": first,
                    "last": last,
                    "hour": None if event.is_poll else event._say_hour(),
                    "is_whole": event.allday,
                    "place": event._say_place(),
                    "networks": self._networks(event.organiser_id.id, event.audience_id.id),
                    "is_cancelled": bool(event.cancelled_date),
                    "participates": event.id in mine,
                    "state": event.state,
                }
            )
        return entries

    @api.model
    def _networks(self, organiser_id, audience_id):
        """:return list[dict]: as ``collab.network._all_branding``: the network that organises, then those addressed"""
        organises = [one for one in self.env["collab.network"]._all_branding() if one["id"] == organiser_id]
        addressed = self.env["collab.audience"]._shown(audience_id)["networks"]
        return organises + [one for one in addressed if one not in organises]

    @api.model
    @tools.ormcache("organiser_id", "audience_id", "self.env.lang")
    def _badges(self, organiser_id, audience_id):
        """:return Markup: as ``collab.audience._html``, with the network that organises"""
        territories = self.env["collab.audience"]._shown(audience_id)["territories"]
        audience = {"networks": self._networks(organiser_id, audience_id), "territories": territories}
        return self.env["ir.qweb"]._render("collab_habillage.audience", {"audience": audience}).strip()

    @api.model
    def _drawn(self, reading, readable, asked):
        """Draw dates as a calendar shows them. What is the same for all those who read it is kept.

        :param frozenset[int] readable: as ``_readable_among``
        :param Iterable[tuple[int, bool, bool]] asked: dates; whether each has begun a day before, and is in a week
        :return dict[tuple, Markup]: those that may be read, by what was asked
        """
        drawn, lang = self._agenda(reading).drawn, self.env.lang
        mine = self.env["collab.participation"]._own_events()
        keys = {one: (*one, one[0] in mine, lang) for one in asked if one[0] in readable}
        missing = self._of(list(dict.fromkeys(one[0] for one, key in keys.items() if key not in drawn)))
        shown = {key: drawn[key] for key in keys.values() if key in drawn}
        entries = {entry["id"]: entry for entry in self._entries(missing, mine)}
        for (number, continues, in_week), key in keys.items():
            if key not in shown:
                values = {"entry": {**entries[number], "continues": continues}, "in_week": in_week}
                shown[key] = kept(drawn, key, DRAWN_KEPT, partial(self._draw, values))
        return {one: shown[key] for one, key in keys.items()}

    @api.model
    def _draw(self, values):
        """:return Markup: a date in a day, without the line breaks and indents of its template: a month has many"""
        html = self.env["ir.qweb"]._render("collab_agenda.agenda_entry", values)
        return Markup(BLANKS.sub(" ", html))  # noqa: S704 — what has just been made of a template

    @api.model
    def _listed_rows(self, reading, readable, numbers):
        """Give the rows of a list. What they say to all readers is kept with the dates; only what concerns the reader,
        and the seats, which are taken without any change of the date, are looked up.

        :param frozenset[int] readable: as ``_readable_among``
        :param Iterable[int] numbers: of dates
        :return list[dict]: those that may be read, in the same order, as ``collab_agenda.event_row`` shows them
        """
        said, lang = self._agenda(reading).said, self.env.lang
        numbers = [number for number in numbers if number in readable]
        if len(said) > DRAWN_KEPT:
            said.clear()
        missing = self._of([number for number in numbers if (number, lang) not in said])
        for event, entry in zip(missing, self._entries(missing), strict=True):
            said[event.id, lang] = {**entry, **event._said_in_rows()}
        limited = self._of([number for number in numbers if said[number, lang]["limited"]])
        seats = limited._free_seats()
        since, seen = self._seen_until(reading.marks), reading.marks.get("seen", {})
        mine = self.env["collab.participation"]._own_events()
        return [
            {
                **row,
                "participates": row["id"] in mine,
                "seats": seats.get(row["id"]),
                "is_new": not row["is_over"]
                and row["author"] != self.env.uid
                and row["date"] > since
                and seen.get(row["id"], since) < row["date"],
            }
            for row in (said[number, lang] for number in numbers)
        ]

    @api.model
    def _drawn_rows(self, reading, rows):
        """Draw the rows of a list, which are kept by all that differs from one reader, or one hour, to the next.

        :param list[dict] rows: as given by ``_listed_rows``
        :return list[Markup]: each of them, as ``collab_agenda.event_row``
        """
        drawn, lang, qweb = self._agenda(reading).drawn, self.env.lang, self.env["ir.qweb"]
        return [
            kept(
                drawn,
                (row["id"], lang, *(str(row[name]) for name in ROW_VARIES)),
                DRAWN_KEPT,
                partial(qweb._render, "collab_agenda.event_row", {"row": row}),
            )
            for row in rows
        ]

    def _said_in_rows(self):
        """:return dict: what a row says of this date to any reader, beside its entry"""
        (first, last), over = self._days(), self._is_over()
        is_today = not self.is_poll and first <= today() <= last
        return {
            "is_poll": self.is_poll,
            "is_over": over,
            "is_today": is_today,
            # Of what has begun, this day.
            "tile": None if self.is_poll else day_tile(today() if is_today else first, "'auj.'" if is_today else "MMM"),
            "until": None if self.is_poll or last == first else say_day(last),
            "badges": self._badges(self.organiser_id.id, self.audience_id.id),
            "limited": bool(self.seats),
            "author": self.create_uid.id,
            "date": self.content_date,
        }

    @api.model
    def _rows(self, records, marks=None):
        rows, kinds, seats = (
            super()._rows(records, marks),
            self.env["collab.event.type"]._names(),
            records._free_seats(),
        )
        for row, entry, event in zip(rows, self._entries(records), records, strict=True):
            row.update(entry, **event._said_in_rows(), kind=kinds.get(event.type_id.id, ""), seats=seats.get(event.id))
        return rows

    def _say_hour(self):
        """:return str: when it begins, as « 9 h 30 »"""
        return self.env._("all day") if self.allday else say_hour(self.start)

    def _say_place(self):
        """:return str: where it is, in a word or two; empty when nobody has said it"""
        where = self.env["collab.commune"]._names().get(self.commune_id.id) or self.place or ""
        if not self.link:
            return where
        return self.env._("%s and online", where) if where else self.env._("online")
