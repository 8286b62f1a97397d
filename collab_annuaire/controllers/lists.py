from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from odoo.http import request

from odoo.addons.collab_habillage.paging import Paging, address_of, number_in

PAGE_SIZE = 20
# A list of choices that is longer is found by typing; one that is much longer offers those that find the most.
LONG, MANY = 8, 30
# How addresses name what lists are filtered by.
IN_ADDRESS = {
    "territory": "territoire",
    "job": "metier",
    "theme": "aide",
    "network": "reseau",
    "organisation": "structure",
    "kind": "type",
}


class Asked(NamedTuple):
    """What the address of a list asks for."""

    path: str
    chosen: Mapping  # by side of the index, what is chosen
    words: str = ""  # as they were typed
    view: str | None = None
    sort: str | None = None
    # Of the map, which narrows nothing by them: what it shows in its place, and the organisation whose card is open.
    shape: str | None = None
    opened: int | None = None

    def address(self, page=None, **changes):
        """:return str: of the same list, but for what changes: a side, or another field of this"""
        chosen = {side: changes.pop(side, value) for side, value in self.chosen.items()}
        one = self._replace(**changes)
        query = {"q": one.words, **{IN_ADDRESS[side]: value for side, value in chosen.items()}}
        if one.opened:
            query["structure"] = one.opened
        return address_of(one.path, **query, vue=one.view or one.shape, tri=one.sort, page=page)

    @property
    def blank(self):
        """:return str: the address of the whole list"""
        return self._replace(chosen={}, words="", view=None).address()

    @property
    def is_narrowed(self):
        """:return bool: something is searched, or chosen"""
        return bool(self.words or self.view or any(self.chosen.values()))

    @property
    def kept(self):
        """:return list[tuple[str, str]]: names and values that the form of the search sends again"""
        sides = [(IN_ADDRESS[side], value) for side, value in self.chosen.items() if value]
        return [*sides, *(pair for pair in (("vue", self.view), ("tri", self.sort)) if pair[1])]


class Lists:
    """The lists of people and of organisations. A plain class: the controllers that inherit from it have the routes."""

    def _labels(self, side, index):
        """:return Mapping: what the reader may choose on a side, in order: values and labels; a text side has none"""
        env = request.env
        if side == "territory":
            return env["collab.territory"]._names()
        if side == "network":
            return {network["id"]: network["name"] for network in env["collab.network"]._branding()}
        if side == "theme":
            return env["collab.theme"]._names()
        if side == "kind":
            return env["collab.organisation.kind"]._names()
        if side == "organisation":
            return {entry.id: entry.name for entry in env["collab.organisation"]._index().entries}
        # A job is written in several ways: it is named as the first person does.
        found = {value: index.first(having).said[side] for value, having in index.sides[side].items()}
        return dict(sorted(found.items()))

    def _read_asked(self, path, index, sent, views=(), sorts=()):
        """
        :param dict sent: the fields of the address
        :return Asked:
        :raises NotFound: it names what the reader does not know
        """
        chosen = {}
        for side in index.sides:
            text = " ".join((sent.get(IN_ADDRESS[side]) or "").split())
            # A job is a text, which somebody may have had.
            chosen[side] = (text if side == "job" else number_in(text)) if text else None
            if text and side != "job" and chosen[side] not in self._labels(side, index):
                raise request.not_found()
        view, sort = (
            sent.get(name) if sent.get(name) in known else None for name, known in (("vue", views), ("tri", sorts))
        )
        return Asked(path, chosen, " ".join((sent.get("q") or "").split()), view, sort)

    def _found(self, asked, index, among=None, order=None, page=None):
        """
        :param int | None among: the set in which one searches; None: everything
        :param str | None order: as in ``Index.listed``
        :return tuple[int, Paging, list[Entry]]: the set of what has the words that are typed, whatever is chosen; the
            page that is asked for; what it shows. Those that have exactly these words come first
        """
        typed = index.find(asked.words)
        if among is not None:
            typed = [found & among for found in typed]
        sets = [index.within(asked.chosen, found) for found in typed]
        paging = Paging(page or 1, sum(found.bit_count() for found in sets), PAGE_SIZE, asked.address)
        return reduce(or_, typed), paging, index.part(sets, paging.offset, paging.size, order)

    def _chips(self, asked, index, typed, label, views=None):
        """
        :param int typed: the set of what has the words that are typed
        :param str label: of the line of chips
        :param list[dict] | None views: as ``collab_habillage.chips``, which the address of the list decides alone
        :return tuple[list[dict], Markup]: the filters, as ``collab_habillage.chips``, and the line that shows them,
            which is the same for all those who belong to the same networks and territories
        """
        own = self._own()

        def make():
            filters = self._filters(asked, index, index.counts(asked.chosen, typed), own)
            values = {"chips_label": label, "filters": filters, "clear": asked.blank if asked.is_narrowed else None}
            values["views"] = views
            return filters, request.env["ir.qweb"]._render("collab_habillage.chips", values)

        key = asked.address(), *(frozenset(values) for values in own.values())
        # Who has come lately is not the same tomorrow. What is typed is kept too: one comes back to what one has found
        # after each person, and browsers do not keep the pages of members.
        return make() if asked.view else index.kept(key, make)

    def _filters(self, asked, index, counts, own):
        """
        :param dict counts: as ``Index.counts``
        :param dict own: by side, the values of the reader, which come first
        :return list[dict]: as ``collab_habillage.chips``
        """
        env, chips = request.env, []
        words = {
            "territory": (env._("Territory"), env._("Find a territory")),
            "job": (env._("Job"), env._("Find a job")),
            "theme": (env._("Can help with"), env._("Find a theme")),
            "network": (env._("Network"), env._("Find a network")),
            "organisation": (env._("Organisation"), env._("Find an organisation")),
            "kind": (env._("Type of organisation"), env._("Find a type")),
        }
        branding = {network["id"]: network for network in env["collab.network"]._branding()}
        if asked.words:
            chips.append({"label": env._("Search"), "value": asked.words, "address": asked.address(words="")})
        for side in index.sides:
            (label, find), value, numbers = words[side], asked.chosen[side], counts[side]
            if value:
                name = self._labels(side, index).get(value, value)
                chips.append({"label": label, "value": name, "address": asked.address(**{side: None})})
                continue
            offered = self._offered(side, numbers)
            names, mine = self._labels(side, index), own.get(side, ())
            choices = [
                {
                    "label": names[one],
                    "count": numbers[one],
                    "address": asked.address(**{side: one}),
                    "network": branding[one] if side == "network" else None,
                }
                for one in sorted(filter(offered.__contains__, names), key=lambda one, mine=mine: one not in mine)
            ]
            if choices:
                rest = env._("These are the most frequent. Type another one in the search above.")
                chips.append(
                    {
                        "label": label,
                        "choices": choices,
                        "find": find if len(choices) > LONG else None,
                        "rest": rest if side in ("job", "organisation") and len(offered) < len(numbers) else None,
                    }
                )
        return chips

    def _offered(self, side, numbers):
        """
        :param dict numbers: how many one would find with each value of a side
        :return Collection: the values that are offered: of a long list of words, those that find the most; not the
            region, in which everybody is"""
        if side == "territory":
            steps = request.env["collab.territory"]._steps()
            return {one for one in numbers if len(steps[one]) > 1}
        if len(numbers) <= MANY or side not in ("job", "organisation"):
            return numbers
        return set(sorted(numbers, key=lambda one: -numbers[one])[:MANY])

    def _own(self):
        """:return dict[str, Collection[int]]: what the reader belongs to, by side"""
        # sudo: his own memberships
        me = request.env.user.partner_id.sudo()
        return {"territory": set(me.scope_territory_ids.ids), "network": set(me.scope_network_ids.ids)}
