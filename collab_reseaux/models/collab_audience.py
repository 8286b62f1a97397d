from odoo import api, fields, models, tools
from odoo.tools import SQL


class CollabAudience(models.Model):
    """A set of networks × territories that some record is addressed to, once for all the records that have it.

    Records are many, audiences are few: what a reader may read is decided on the latter, and a record is compared by
    one number. A row never changes, and carries no name: it says nothing to anybody.
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
        """Find the audience made of some networks and territories, or write it down.

        :param Iterable[int] network_ids: empty for all
        :param Iterable[int] territory_ids: empty for all
        :return int: its identifier
        """
        key = "|".join(",".join(str(i) for i in sorted(ids)) for ids in (network_ids, territory_ids))
        known = self.env.execute_query(SQL("SELECT id FROM collab_audience WHERE key = %s", key))
        if not known:
            # Two authors may be the first at once: the second waits, and his request is replayed.
            known = self.env.execute_query(
                SQL(
                    "INSERT INTO collab_audience (key) VALUES (%s)"
                    " ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id",
                    key,
                )
            )
            # Everywhere, as soon as the row itself is there: who is part of it is to be decided.
            self.env.registry.clear_cache()
        [(audience_id,)] = known
        return audience_id

    @api.model
    @tools.ormcache()
    def _age(self):
        """:return object: another one each time that the caches of the registry have been emptied, and with them all
        that is remembered of audiences, folders and roles"""
        return object()

    @api.model
    @tools.ormcache("audience_id")
    def _sides(self, audience_id):
        """:return tuple[frozenset[int], frozenset[int]]: the networks of an audience, and its territories; none for all
        of them"""
        [(key,)] = self.env.execute_query(SQL("SELECT key FROM collab_audience WHERE id = %s", audience_id))
        return tuple(frozenset(int(i) for i in side.split(",") if i) for side in key.split("|"))

    @api.model
    @tools.ormcache("audience_id", "self.env.lang")
    def _shown(self, audience_id):
        """What a page says of an audience. A row does not change, and what changes the names empties this cache.

        :param int audience_id:
        :return dict: ``everyone``; ``networks`` as in ``collab.network._all_branding``; ``territories``, names by
            identifier, which say that they are archived. Of what is no more, the name is not known.
        """
        networks, territories = self._sides(audience_id)
        branding, names = self.env["collab.network"]._all_branding(), self.env["collab.territory"]._names()
        lost_networks, lost_territories = (
            sorted(side - known) for side, known in zip((networks, territories), self._known(), strict=True)
        )
        lost = {"name": "", "full_name": "", "color": "#3b4a5a", "shape": "diamond", "active": False}
        return {
            # What was addressed to a network that is no more is not addressed to everyone.
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
        """:return tuple[frozenset[int], frozenset[int]]: the networks and the territories that there are"""
        networks, territories = self.env["collab.network"]._all_branding(), self.env["collab.territory"]._names()
        return frozenset(network["id"] for network in networks), frozenset(territories)

    @api.model
    def _in_use(self):
        """:return tuple[frozenset[int], frozenset[int]]: as ``_known``, those that are archived left out"""
        networks, territories = self.env["collab.network"]._branding(), self.env["collab.territory"]._labels()
        return frozenset(network["id"] for network in networks), frozenset(territories)

    @api.model
    @tools.ormcache("audience_id")
    def _territories_of(self, audience_id):
        """:return tuple[int]: the territories of an audience; none for all of them"""
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
