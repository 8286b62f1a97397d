from odoo.http import request

from .pages import Pages

# A list of choices that is longer is found by typing.
LONG = 8


class Filters(Pages):
    """The filters of a list of contents: territories and networks, those of the reader first. A plain class, as
    ``Pages``."""

    def _own_territories(self):
        """:return set[int]: the territories to which the reader belongs"""
        # sudo: his own memberships
        return set(request.env.user.partner_id.sudo().scope_territory_ids.ids)

    def _filter_sides(self, mine):
        """
        :param set[int] mine: as ``_filter_chips``
        :return list[tuple]: what a list is filtered by: its name in ``asked``, its label, that of the field that finds
            a value of it, the names of its values by identifier, and those of the reader
        """
        env = request.env
        networks = {network["id"]: network["name"] for network in env["collab.network"]._branding()}
        territories = env["collab.territory"]._names()
        return [
            ("territory", env._("Territory"), env._("Find a territory"), territories, mine),
            ("network", env._("Network"), env._("Find a network"), networks, env.user._own_network_ids()),
        ]

    def _filter_chips(self, asked, counts, mine):
        """
        :param dict | None counts: as given by ``Facets.of``; None: it is not known how many each value leaves
        :param set[int] mine: the territories of the reader
        :return list[dict]: as ``collab_habillage.chips``: his territories and networks first
        """
        env = request.env
        branding = {network["id"]: network for network in env["collab.network"]._branding()}
        chips = []
        for side, label, find, names, own in self._filter_sides(mine):
            value = getattr(asked, side)
            if value:
                chips.append({"label": label, "value": names[value], "address": asked.address(**{side: None})})
                continue
            choices = [
                {
                    "label": names[one],
                    "count": counts and counts[side][one],
                    "address": asked.address(**{side: one}),
                    "network": branding[one] if side == "network" else None,
                }
                for one in sorted(names, key=lambda one, own=own: one not in own)
                if counts is None or counts[side][one]
            ]
            if choices:
                chips.append({"label": label, "choices": choices, "find": find if len(choices) > LONG else None})
        return chips
