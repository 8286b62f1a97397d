from itertools import islice
from typing import NamedTuple

from odoo.fields import Datetime, Domain
from odoo.http import request

from odoo.addons.collab_habillage.paging import Paging, address_of
from odoo.addons.collab_habillage.saying import say

from .events import Events
from .forms import Form

PAGE_SIZE = 15
NEAR_SHOWN, DUE_SHOWN = 3, 4


class Asked(NamedTuple):
    """What the address of a feed asks for."""

    path: str
    kind: int | None = None
    territory: int | None = None
    network: int | None = None
    view: str | None = None  # a key of Feeds._views()

    def address(self, page=None, **changes):
        """:return str: of the same list, but for what changes"""
        one = self._replace(**changes)
        query = {"type": one.kind, "territoire": one.territory, "reseau": one.network, "vue": one.view, "page": page}
        return address_of(one.path, **query)

    @property
    def chosen(self):
        """:return tuple: the sides of ``Feed.counts``"""
        return self.kind, self.territory, self.network


class Feeds(Events):
    """The lists of contents that leave a feed (``collab.feed.mixin``): the feed, and its archives. A plain class, as
    ``Pages``."""

    # The whole of it.
    _acted_on = None

    def _kinds(self):
        """:return dict[int, str]: the types by which a reader filters, in their order, as the chips call several of
        them; the archived ones too"""
        Model = request.env[self._model]
        types = request.env[Model._fields[Model._type_field].comodel_name]
        return {number: one.get("plural") or one["name"] for number, one in types._described().items()}

    def _views(self):
        """:return dict[str, str]: the other lists: their labels, by their names in addresses"""
        env = request.env
        coming = {"a-venir": env._("To come")} if "start" in env[self._model]._fields else {}
        return {
            **coming,
            "nouvelles": env._("New"),
            "suivies": env._("Followed"),
            "favoris": env._("Favourites"),
            "miennes": env._("Mine"),
        }

    def _view_domain(self, view):
        """:param str view: one of ``_views``
        :return Domain: what it holds"""
        Model = request.env[self._model]
        if view == "a-venir":
            now = Datetime.now()
            return (Domain("start", ">=", now) | Domain("stop", ">=", now)) & Model._feed_domain()
        if view == "nouvelles":
            return Model._new_domain()
        if view == "miennes":
            return Domain("create_uid", "=", request.env.uid)
        return Domain({"suivies": "is_followed", "favoris": "is_favourite"}[view], "=", True)

    def _read_asked(self, path, sent):
        """
        :param dict sent: the fields of the address
        :return Asked:
        :raises NotFound: it names what the reader does not know"""
        networks = {network["id"] for network in request.env["collab.network"]._branding()}
        known = (self._kinds(), request.env["collab.territory"]._names(), networks)
        named = (sent.get(name) for name in ("type", "territoire", "reseau"))
        view = sent.get("vue") if sent.get("vue") in self._views() else None
        return Asked(path, *map(self._known, named, known), view)

    def _feed_shown(self, sent):
        """
        :param dict sent: the fields of the address
        :return dict: what ``collab_contribution.feed`` shows; ``due`` are those that await an answer, the most urgent
            first
        """
        Model = request.env[self._model]
        path = Model._content().address
        asked = self._read_asked(path, sent)
        reading = Model._reading()
        feed = Model._feed(reading)
        mine, first, near, listed = self._own_territories(), [], [], Model
        if asked.view:
            domain = self._view_domain(asked.view) & Model._filter_domain(*asked.chosen)
            total = Model.search_count(domain & Model._listed_domain())
            paging = Paging(sent.get("page") or 1, total, PAGE_SIZE, asked.address)
            listed = Model._latest(domain, paging.size, paging.offset)
            shown = listed.ids
        else:
            found = Model._found(reading, *asked.chosen)
            if asked == Asked(path):
                first = list(feed.read_by(reading, feed.pinned))
                found = [number for number in found if number not in first]
            total = len(found)
            paging = Paging(sent.get("page") or 1, total, PAGE_SIZE, asked.address)
            shown = found[paging.offset : paging.offset + paging.size]
            if asked == Asked(path) and paging.number == 1:
                near = Model._around(reading, mine, NEAR_SHOWN + len(first))
                near = [number for number in near if number not in first][:NEAR_SHOWN]
            elif paging.number > 1:
                first = []
        due = list(islice(feed.read_by(reading, feed.due), DUE_SHOWN))
        # In one query; the rules decide once more.
        wanted = {*first, *near, *shown, *due} - {*listed.ids}
        listed |= Model._latest([("id", "in", list(wanted))]) if wanted else Model
        found = {content.id: content for content in listed}
        in_rows = Model.browse(number for number in dict.fromkeys([*first, *near, *shown]) if number in found)
        rows = {row["id"]: row for row in Model._counted(Model._rows(in_rows, reading.marks))}
        counts = feed.counts.of(reading.audiences, *asked.chosen)
        return {
            "asked": asked,
            "due": [found[number] for number in due if number in found],
            # Each is shown once in a page.
            "pinned": [rows[number] for number in first if number in rows],
            "rows": [rows[number] for number in shown if number in rows and number not in near],
            "near": [rows[number] for number in near if number in rows],
            "total": total + len(first),
            "paging": paging,
            "follows": request.env["collab.mark"]._of("collab.territory", kinds=("follow",)).get("follow", {}),
            "views": self._view_chips(asked, counts),
            "filters": self._filter_chips(asked, counts, mine),
            "clear": asked.address(territory=None, network=None) if asked.territory or asked.network else None,
        }

    def _archives_shown(self, path, page):
        """:return dict: what ``collab_contribution.feed_archives`` shows"""
        Model = request.env[self._model]
        reading, domain = Model._reading(), Model._feed_domain(is_over=True)
        paging = Paging(page, Model._count_over(reading), PAGE_SIZE, Asked(path).address)
        found = Model._latest(domain, paging.size, paging.offset, order="leaves_on desc, id desc")
        return {"rows": Model._counted(Model._rows(found, reading.marks)), "paging": paging}

    # One of them

    def _item_shown(self, content, before, sent):
        """As ``Events``; its author reads who is interested."""
        moderates = self._moderates(content)
        shown = super()._item_shown(content, before, sent, ["epingler"] if moderates else ())
        [row] = content._counted([shown["row"]], {content.id: shown["comment_count"]})
        # Others only know how many they are. Who has left is counted, and not named.
        interested = content._marked_by("interest").ids if shown["mine"] else ()
        named = request.env["collab.member"]._named_by_account(interested)
        return {**shown, "row": row, "interested": [known[0] for known in named.values()]}

    def _pin(self, content, until, on):
        """Pin a content at the top of the feed, or take it away from there.

        :param str until: the last day, as it was typed
        :param bool on: pin it
        :raises NotFound: the current user does not moderate it
        """
        if not self._moderates(content):
            raise request.not_found()
        form = Form("epingler")
        day = form.take("pinned_until", until, self._date) if on else None
        form.send(lambda: content._pin(day) if on else content._unpin())
        if form.refusal:
            return self._render(content, sent=form)
        say(request.env._("Pinned at the top of the feed.") if on else request.env._("Not pinned any more."))
        return request.redirect(content._read_url())

    # The line of chips

    def _view_chips(self, asked, counts):
        """:return list[dict]: as ``collab_habillage.chips``: the types that one finds, and the other lists"""
        found = [(None, request.env._("All"), None)]
        for kind, label in self._kinds().items():
            if counts["type"][kind] or kind == asked.kind:
                found.append((kind, label, counts["type"][kind]))
        chips = [
            {
                "label": label,
                "address": asked.address(kind=kind, view=None),
                "on": kind == asked.kind and not asked.view,
                "count": count,
            }
            for kind, label, count in found
        ]
        for view, label in self._views().items():
            chips.append({"label": label, "address": asked.address(view=view, kind=None), "on": view == asked.view})
        return chips
