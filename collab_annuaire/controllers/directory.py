from datetime import timedelta

from odoo.fields import Datetime
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM

from ..index import sorted_by
from ..models.collab_member import ROW_SHOWN
from .lists import Lists

PATH, SHOWN = "/annuaire", [*ROW_SHOWN, "email", "is_listed"]
NEW_DAYS, NEW_SHOWN, THEMES_SHOWN = 30, 5, 6
SUGGESTED, SUGGESTED_BESIDE = 6, 2
NEAR, NEW, BY_ORGANISATION = "proches", "arrivees", "structure"


class Directory(Lists, Controller):
    """The people, as they choose to be seen: found by what one types, and by what they are and do."""

    @route(PATH, methods=["GET"], **ITEM)
    def directory(self, page=None, **sent):
        env, index = request.env, request.env["collab.member"]._index()
        asked = self._read_asked(PATH, index, sent, views=(NEAR, NEW), sorts=(BY_ORGANISATION,))
        among = {NEAR: self._near, NEW: self._newcomers}[asked.view](index) if asked.view else None
        order = "organisation" if asked.sort else None
        typed, paging, shown = self._found(asked, index, among, order, page)
        filters, chips = self._chips(asked, index, typed, env._("Which people"))
        me = env.user.partner_id.id
        known = env["collab.member"].search_fetch([("id", "in", [me, *(entry.id for entry in shown)])], SHOWN)
        rows, first = {member.id: member for member in known}, not asked.is_narrowed and paging.number == 1
        values = {
            "asked": asked,
            "paging": paging,
            "rows": [rows[entry.id]._row(entry) for entry in shown if entry.id in rows],
            "filters": filters,
            "chips": chips,
            "me": rows.get(me),
            "newcomers": self._latest(index) if first else [],
            "helpers": self._helpers(index) if first else [],
            "is_told": env.user.sudo().directory_told,  # his own
        }
        return request.render("collab_annuaire.directory", values)

    @route(f"{PATH}/suggestions", methods=["GET"], **ITEM)
    def suggestions(self, q="", quoi="", **kw):
        """Give what somebody may mean who is typing: a list of ``label``, ``said`` and ``address``, as JSON."""
        env, found = request.env, []
        people, organisations = env["collab.member"]._index(), env["collab.organisation"]._index()
        if q.strip():
            if quoi != "structures":
                found += [
                    self._suggested(entry, (entry.said["job"], entry.said["organisation"]), PATH)
                    for entry in self._best(people, q, SUGGESTED)
                ]
                found += self._suggested_themes(people, q)
            beside = SUGGESTED if quoi == "structures" else SUGGESTED_BESIDE
            found += [
                self._suggested(entry, (env._("Organisation"), entry.said["city"]), f"{PATH}/structures")
                for entry in self._best(organisations, q, beside)
            ]
        return request.make_json_response(found)

    @route(f"{PATH}/compris", methods=["POST"], **ITEM)
    def told(self, **kw):
        """Close what the first page says to newcomers of what the others see of them."""
        request.env.user._know_directory()
        return request.redirect(PATH)

    # What is suggested

    def _best(self, index, typed, limit):
        """:return list[Entry]: what is meant most likely"""
        return index.part(index.find(typed), 0, limit)

    def _suggested(self, entry, facts, path):
        return {"label": entry.name, "said": " · ".join(filter(None, facts)), "address": f"{path}/{entry.id}"}

    def _suggested_themes(self, people, typed):
        """:return list[dict]: the themes that are typed, and how many people can help with them"""
        env, words = request.env, sorted_by(typed)
        return [
            {
                "label": env._("Can help with: %s", name),
                "said": self._say_people(people.within({"theme": theme}).bit_count()),
                "address": f"{PATH}?aide={theme}",
            }
            for theme, name in env["collab.theme"]._labels().items()
            if theme in people.sides["theme"] and sorted_by(name).startswith(words)
        ][:SUGGESTED_BESIDE]

    def _say_people(self, number):
        return request.env._("1 person") if number == 1 else request.env._("%s people", number)

    # What the list shows

    def _near(self, index):
        """:return int: the set of those whose territories are those of the reader, or lie in them, or around them"""
        return index.any_of("territory", self._own()["territory"])

    def _newcomers(self, index):
        """:return int: the set of those who have come lately"""
        since = Datetime.now() - timedelta(days=NEW_DAYS)
        return index.until("joined", lambda entry: entry.said["joined"] > since)

    def _latest(self, index):
        """:return list[Entry]: the last ones who have come"""
        return index.part([self._newcomers(index)], 0, NEW_SHOWN, "joined")

    def _helpers(self, index):
        """:return list[dict]: with what people near the reader can help: ``label``, ``count``, ``address``"""
        near, themes, found = self._near(index), index.sides["theme"], []
        for theme, name in request.env["collab.theme"]._labels().items():
            if number := (near & themes.get(theme, 0)).bit_count():
                found.append({"label": name, "count": number, "address": f"{PATH}?aide={theme}&vue={NEAR}"})
        return found[:THEMES_SHOWN]

    def _filters(self, asked, index, counts, own):
        env, filters = request.env, super()._filters(asked, index, counts, own)
        if asked.view:
            label, value = (
                (env._("Where"), env._("near me")) if asked.view == NEAR else (env._("Arrived"), env._("this month"))
            )
            filters.insert(0, {"label": label, "value": value, "address": asked.address(view=None)})
        orders = {None: env._("name"), BY_ORGANISATION: env._("organisation")}
        choices = [
            {"label": label, "address": asked.address(sort=sort), "on": asked.sort == sort}
            for sort, label in orders.items()
        ]
        return [*filters, {"label": env._("Sort by"), "value": orders[asked.sort], "choices": choices}]
