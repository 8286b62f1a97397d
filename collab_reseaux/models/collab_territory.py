from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..calls import CHOOSE, READ, WRITE, opened


class CollabTerritory(models.Model):
    """A region, a département or an employment area (INSEE's zone d'emploi 2020).

    An employment area that crosses the boundary between two départements has a node in each, with the same official
    code: these parts are *twins*. What is addressed to one is read in both.
    """

    _name = "collab.territory"
    _inherit = ["collab.written.mixin", "collab.used.mixin", "collab.cached.mixin"]
    _description = "Territory"
    _listed_in = "collab_reseaux.collab_territory_action"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "code", "kind", "parent_id")
    _parent_store = True
    _order = "parent_path"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Official code (INSEE).")
    kind = fields.Selection(
        [("region", "Region"), ("department", "Département"), ("employment_area", "Employment area")],
        required=True,
    )
    parent_id = fields.Many2one("collab.territory", string="Part of", ondelete="restrict", index=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("collab.territory", "parent_id", string="Parts")
    active = fields.Boolean(
        default=True,
        help="An archived territory is chosen no more; who reads what has been addressed to it does not change.",
    )

    _code_unique = models.UniqueIndex(
        "(kind, code, parent_id) NULLS NOT DISTINCT", "This territory already exists at this place."
    )

    @api.depends("name", "kind", "parent_id.code", "active")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for territory in self:
            name = territory.name
            if territory.kind == "employment_area" and territory.parent_id:
                name = f"{territory.name} ({territory.parent_id.code})"
            if not territory.active and name:
                name = self.env._("%s (archived territory)", name)
            territory.display_name = name

    @api.model
    def _everywhere(self):
        """:return collab.territory: all of them, in the order of the tree. Archived ones are included: they keep their
        position in the tree, and who reads what is addressed to them does not change"""
        # sudo: geography is public. There are about forty records.
        return self.sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of the territories in use, as pages show them, in the order of the tree"""
        return {territory.id: territory.display_name for territory in self._everywhere() if territory.active}

    @api.model
    @tools.ormcache("self.env.lang")
    def _names(self):
        """:return dict[int, str]: as ``_labels``, with the archived territories, whose names say that they are"""
        return {territory.id: territory.display_name for territory in self._everywhere()}

    @api.model
    @tools.ormcache()
    def _steps(self):
        """:return dict[int, tuple[int]]: for each territory, itself and its ancestors; those of an employment area are
        the ancestors of all its twins"""
        return {
            territory.id: tuple(
                sorted({int(node) for twin in territory._add_twins() for node in twin.parent_path.split("/") if node})
            )
            for territory in self._everywhere()
        }

    @api.model
    def _within(self, territory_ids):
        """:param Collection[int] territory_ids:
        :return frozenset[int]: these, and the ones that lie in them"""
        chosen = frozenset(territory_ids)
        return frozenset(inner for inner, outer in self._steps().items() if not chosen.isdisjoint(outer))

    @api.model
    @tools.ormcache("territory_ids")
    def _reach(self, territory_ids):
        """Find the territories whose contents a person may read.

        :param tuple[int] territory_ids: those that he belongs to, sorted (the cache depends on the order)
        :return frozenset[int]: these, their ancestors and descendants, and the twins of all of them
        """
        return frozenset(self.browse(territory_ids)._add_line()._add_twins().ids)

    @api.model
    def _reached_by(self, territory_ids):
        """The inverse of ``_reach``: find the territories whose people read what is addressed to some territories.

        :param Iterable[int] territory_ids: the territories of an audience
        :return set[int]: such that ``t in _reach(m)`` if and only if ``m in _reached_by(t)``
        """
        return set(self.browse(territory_ids)._add_twins()._add_line().ids)

    def _add_line(self):
        """:return: these territories with their ancestors and descendants"""
        # sudo: geography is public, and the caller may be anybody
        territories = self.sudo().with_context(active_test=False)
        ancestors = {int(node) for path in territories.mapped("parent_path") for node in path.split("/") if node}
        return territories.browse(ancestors) | territories.search(Domain("id", "child_of", territories.ids))

    def _add_twins(self):
        """:return: these territories with the other parts of the employment areas among them"""
        territories = self.sudo().with_context(active_test=False)  # as above
        codes = territories.filtered(lambda t: t.kind == "employment_area").mapped("code")
        return territories | territories.search(Domain("kind", "=", "employment_area") & Domain("code", "in", codes))

    # What uses a territory

    def _uses(self):
        # sudo: only numbers are shown
        platform = self.sudo().with_context(active_test=False)
        communes = platform.env["collab.commune"].search_count([("territory_id", "in", self.ids)])
        parts = platform.search_count([("parent_id", "in", self.ids)])
        return [
            *super()._uses(),
            *self._belonging_uses("scope_territory_ids"),
            *self._said(communes, self.env._("1 commune lies in it."), self.env._("%s communes lie in it.", communes)),
            *self._said(
                parts,
                self.env._("1 other territory is a part of it."),
                self.env._("%s other territories are parts of it.", parts),
            ),
            *self._addressed_uses("audience_territory_ids"),
        ]

    def _remedy(self):
        return self.env._("Archive it instead.")

    def _archive_consequence(self):
        return self.env._(
            "Nobody will choose it any more, for a new content or for a new member. What was addressed to it stays "
            "closed to the others: only those who belong to it, the authors and the federations read it. An address "
            "in one of its communes still gives it. You can restore it."
        )
