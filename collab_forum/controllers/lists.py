from typing import NamedTuple

from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_habillage.paging import Paging, address_of

from ..models.forum_post_lists import ORDERS
from .discussions import Discussions

PAGE_SIZE = 20
OWN_SHOWN = 4
# By their names in addresses.
STATES = {
    "nouvelles": "new",
    "sans-reponse": "unanswered",
    "resolues": "solved",
    "suivies": "followed",
    "favoris": "favourite",
}
# What is counted for all readers at once; the others are the reader's own.
COUNTED = {None, "unanswered", "solved"}
# Beyond, a choice is found by its letters.
MANY_CHOICES = 8


class Asked(NamedTuple):
    """What the address of a list asks for."""

    theme: int | None = None
    territory: int | None = None
    state: str | None = None  # a key of STATES
    order: str = "latest"  # one of ORDERS

    def address(self, page=None, **changes):
        asked = self._replace(**changes)
        order = asked.order if asked.order != "latest" else None
        named = {"theme": asked.theme, "territoire": asked.territory, "etat": asked.state, "tri": order}
        return address_of("/forum", **named, page=page)


class Lists(Discussions):
    """The lists of discussions."""

    @route("/forum", methods=["GET"], **ITEM)
    def forum(self, theme=None, territoire=None, etat=None, tri="latest", page=1, **kw):
        """List the discussions, the themes and territories of the reader first."""
        Post, env = request.env["forum.post"], request.env
        reading, forums = Post._reading(), env["forum.forum"]._by_theme()
        themes, territories = env["collab.theme"]._labels(), env["collab.territory"]._labels()
        # An archived theme is offered no more; what was asked in it is found, and the page says that it is archived.
        all_themes = env["collab.theme"]._names()
        asked = Asked(
            self._known(theme, all_themes),
            self._known(territoire, territories),
            etat if etat in STATES else None,
            tri if tri in ORDERS else "latest",
        )
        state, forum = STATES.get(asked.state), env["forum.forum"]._with_archived().get(asked.theme)
        facets = Post._facets(reading, forum, asked.territory, state if state in COUNTED else None)
        domain = Post._filter_domain(forum, asked.territory, state)
        total = facets["total"] if state in COUNTED else Post.search_count(Post._list_domain() & domain)
        paging = Paging(page, total, PAGE_SIZE, asked.address)
        questions = Post._latest(domain, limit=paging.size, offset=paging.offset, order=asked.order)
        followed = self._followed()
        own_territories = self._own_territories(followed)
        around = left = Post
        if asked == Asked() and paging.number == 1:
            around = Post._latest_around(reading, followed["theme"], own_territories, OWN_SHOWN, questions)
            left = Post._latest_left(reading)
        env["collab.contents"]._name_all([questions, around, left])
        offered = {
            "themes": self._own_first(themes, followed["theme"]),
            "theme_counts": {item: facets["forum"].get(forum, 0) for item, forum in forums.items()},
            "territories": self._own_first(territories, own_territories),
            "territory_counts": facets["territory"],
        }
        values = {
            # A discussion is shown once in a page.
            "questions": Post._rows(questions - around, reading.marks),
            "own": Post._rows(around, reading.marks),
            "left": Post._rows(left, reading.marks),
            "asked": asked,
            "views": self._views(asked),
            "filters": self._filters(asked, all_themes.get(asked.theme), **offered),
            # With which nothing matches.
            "ways": [
                {"value": all_themes.get(asked.theme), "address": asked.theme and asked.address(theme=None)},
                {
                    "value": territories.get(asked.territory),
                    "address": asked.territory and asked.address(territory=None),
                },
            ],
            "clear": asked.address(theme=None, territory=None) if asked.theme or asked.territory else None,
            "everywhere": asked.address(theme=None),
            "count_all": sum(facets["forum"].values()),
            "labels": {"theme": all_themes.get(asked.theme), "territory": territories.get(asked.territory)},
            "followed": followed,
            "total": total,
            "beside": not total and self._beside(asked, reading, forum, all_themes, territories),
            "paging": paging,
            **offered,
        }
        return request.render("collab_forum.forum", values)

    def _views(self, asked):
        """:return list[dict]: which discussions, as ``collab_habillage.chips``"""
        names = {
            None: request.env._("All"),
            "nouvelles": request.env._("New"),
            "sans-reponse": request.env._("Unanswered"),
            "resolues": request.env._("Solved"),
            "suivies": request.env._("Followed"),
            "favoris": request.env._("Favourites"),
        }
        return [
            {"label": label, "address": asked.address(state=state), "on": state == asked.state}
            for state, label in names.items()
        ]

    def _filters(self, asked, theme, themes, theme_counts, territories, territory_counts):
        """:return list[dict]: what the list is filtered by, as ``collab_habillage.chips``; themes have a list of their
        own, beside on a large screen"""
        labels = dict(row[:2] for row in territories)
        territory = {
            "label": request.env._("Territory"),
            "value": labels.get(asked.territory),
            "address": asked.address(territory=None) if asked.territory else None,
            "find": request.env._("Find a territory") if len(territories) > MANY_CHOICES else None,
            "choices": [
                {"label": label, "address": asked.address(territory=number), "count": territory_counts.get(number, 0)}
                for number, label, _own in territories
            ],
        }
        orders = {
            "latest": request.env._("Latest activity"),
            "newest": request.env._("Latest questions"),
            "thanks": request.env._("Most thanked"),
        }
        sort = {
            "label": request.env._("Sort"),
            "value": orders[asked.order],
            "choices": [
                {"label": label, "address": asked.address(order=order), "on": order == asked.order}
                for order, label in orders.items()
            ],
        }
        side = {"label": request.env._("Theme"), "value": theme, "opens": "themes"}
        return [side, territory, sort]

    def _beside(self, asked, reading, forum, themes, territories):
        """:return str: what there is beside a list in which nothing matches"""
        if not (asked.theme and asked.territory):
            return ""
        Post = request.env["forum.post"]
        counted = [
            (themes[asked.theme], Post._facets(reading, forum)["total"]),
            (territories[asked.territory], Post._facets(reading, territory=asked.territory)["total"]),
        ]
        return " ".join(
            request.env._("“%(name)s” alone: 1 discussion.", name=name)
            if number == 1
            else request.env._("“%(name)s” alone: %(number)s discussions.", name=name, number=number)
            for name, number in counted
            if number
        )
