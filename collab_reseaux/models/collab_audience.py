from odoo import api, fields, models, tools
from odoo.tools import SQL


class CollabAudience(models.Model):
    """A set of networks × territories to which contents are addressed: one row for all the contents that have this set.

    Contents are many, audiences are few. What a person may read is decided on audiences, and a content only compares
    one identifier. A row never changes. It has no name, so that it reveals nothing.
    """

    _name = "collab.audience"
    _description = "Audience of records"
    _rec_name = "key"

    key = fields.Char(
        required=True, readonly=True, help="Identifiers of networks | of territories, sorted; “|”: everyone."
    )

    _key_unique = models.UniqueIndex("(key)", "This audience already exists.")

    @api.model
    def _of(self, network_ids, territory_ids):
        """Find the audience made of these networks and territories, or create it.

        :param Iterable[int] network_ids: empty for all
        :param Iterable[int] territory_ids: empty for all
        :return int: its identifier
        """
        key = "|".join(",".join(str(i) for i in sorted(ids)) for ids in (network_ids, territory_ids))
        known = self.env.execute_query(SQL("SELECT id FROM collab_audience WHERE key = %s", key))
        if not known:
            # Two authors may create it at once: the second waits here, and Odoo replays his request.
            known = self.env.execute_query(
                SQL(
                    "INSERT INTO collab_audience (key) VALUES (%s)"
                    " ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id",
                    key,
                )
            )
            # ``_visible_ids`` is cached in all processes, and does not know this new row.
            self.env.registry.clear_cache()
        [(audience_id,)] = known
        return audience_id

    @api.model
    @tools.ormcache()
    def _age(self):
        """:return object: another one once the caches of the registry have been emptied, as when an audience, a folder
        or a role changes. Whoever keeps something computed from these compares it."""
        return object()

    @api.model
    @tools.ormcache("audience_id")
    def _sides(self, audience_id):
        """:return tuple[frozenset[int], frozenset[int]]: the networks of an audience, and its territories; an empty set
        means all of them"""
        [(key,)] = self.env.execute_query(SQL("SELECT key FROM collab_audience WHERE id = %s", audience_id))
        return self._read_key(key)

    @api.model
    def _read_key(self, key):
        return tuple(frozenset(int(i) for i in side.split(",") if i) for side in key.split("|"))

    @api.model
    @tools.ormcache()
    def _all_sides(self):
        """:return dict[int, tuple[frozenset[int], frozenset[int]]]: as ``_sides``, of all the audiences"""
        rows = self.env.execute_query(SQL("SELECT id, key FROM collab_audience"))
        return {audience: self._read_key(key) for audience, key in rows}

    @api.model
    @tools.ormcache("audience_id", "self.env.lang")
    def _shown(self, audience_id):
        """What a page shows of an audience. It is cached: a row never changes, and a change of name empties the cache.

        :param int audience_id:
        :return dict: ``everyone``; ``networks`` as in ``collab.network._all_branding``; ``territories``, names by
            identifier. The name of a deleted network is empty, that of a deleted territory is "Archived territory".
        """
        networks, territories = self._sides(audience_id)
        branding, names = self.env["collab.network"]._all_branding(), self.env["collab.territory"]._names()
        lost_networks, lost_territories = (
            sorted(side - known) for side, known in zip((networks, territories), self._known(), strict=True)
        )
        lost = {"name": "", "full_name": "", "color": "#3b4a5a", "shape": "diamond", "active": False}
        return {
            # A content whose only network was deleted is not addressed to everyone: it stays closed.
            "everyone": not networks and not territories,
            "networks": (
                *(network for network in branding if network["id"] in networks),
                *({"id": number, **lost} for number in lost_networks),
            ),
            "territories": {
                **{territory: name for territory, name in names.items() if territory in territories},
                **dict.fromkeys(lost_territories, self.env._("Archived territory")),
            },
        }

    @api.model
    def _known(self):
        """:return tuple[frozenset[int], frozenset[int]]: all networks and all territories, archived ones included"""
        networks, territories = self.env["collab.network"]._all_branding(), self.env["collab.territory"]._names()
        return frozenset(network["id"] for network in networks), frozenset(territories)

    @api.model
    def _in_use(self):
        """:return tuple[frozenset[int], frozenset[int]]: as ``_known``, without the archived ones"""
        networks, territories = self.env["collab.network"]._branding(), self.env["collab.territory"]._labels()
        return frozenset(network["id"] for network in networks), frozenset(territories)

    @api.model
    @tools.ormcache("audience_id")
    def _territories_of(self, audience_id):
        """:return tuple[int]: the territories of an audience; empty means all of them"""
        return tuple(sorted(self._sides(audience_id)[1]))

    @api.model
    @tools.ormcache("scope")
    def _visible_ids(self, scope):
        """:param AudienceScope scope: of a reader
        :return tuple[int]: the audiences that he is part of"""
        rows = self.env.execute_query(SQL("SELECT id, key FROM collab_audience"))
        visible = []
        for audience_id, key in rows:
            sides = zip(key.split("|"), (scope.network_ids, scope.territory_ids), strict=True)
            if all(
                not side or allowed is None or not allowed.isdisjoint(int(i) for i in side.split(","))
                for side, allowed in sides
            ):
                visible.append(audience_id)
        return tuple(visible)
