from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..calls import CHOOSE, READ, WRITE, opened


class CollabTerritory(models.Model):
    """A region, a département or an employment area (INSEE's zone d'emploi 2020).

    An employment area that crosses a département boundary has one node in each, with the same official code: its
    parts are *twins*. What is addressed to one part is read in all of them.
    """

    _name = "collab.territory"
    _inherit = ["collab.written.mixin", "collab.cached.mixin"]
    _description = "Territory"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE)
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

    _code_unique = models.UniqueIndex(
        "(kind, code, parent_id) NULLS NOT DISTINCT", "This territory already exists at this place."
    )

    @api.depends("name", "kind", "parent_id.code")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = territory.name
            if territory.kind == "employment_area" and territory.parent_id:
                territory.display_name = f"{territory.name} ({territory.parent_id.code})"

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of territories as pages show them, in the order of the tree"""
        # sudo: geography is known to all. Some forty records.
        return {place.id: place.display_name for place in self.sudo().search([])}  # pylint: disable=no-search-all

    @api.model
    @tools.ormcache()
    def _steps(self):
        """:return dict[int, tuple[int]]: for each territory, itself and those in which it lies; an employment area lies
        in the départements of all its parts"""
        # sudo: geography is known to all. Some forty records.
        places = self.sudo().search([])  # pylint: disable=no-search-all
        return {
            place.id: tuple(
                sorted({int(node) for twin in place._add_twins() for node in twin.parent_path.split("/") if node})
            )
            for place in places
        }

    @api.model
    @tools.ormcache("territory_ids")
    def _reach(self, territory_ids):
        """What somebody who belongs to some territories may read.

        :param tuple[int] territory_ids: the territories he belongs to, sorted
        :return frozenset[int]: these, their ancestors and descendants, and the twins of all of them
        """
        return frozenset(self.browse(territory_ids)._add_line()._add_twins().ids)

    @api.model
    def _reached_by(self, territory_ids):
        """The other way round: where one must belong to read what is addressed to some territories.

        :param Iterable[int] territory_ids: the territories of an audience
        :return set[int]: ``t in _reach(m)`` if and only if ``m in _reached_by(t)``
        """
        return set(self.browse(territory_ids)._add_twins()._add_line().ids)

    def _add_line(self):
        """:return: these territories with their ancestors and descendants"""
        territories = self.sudo()  # the tree is not secret, and the caller may be anybody
        ancestors = {int(node) for path in territories.mapped("parent_path") for node in path.split("/") if node}
        return territories.browse(ancestors) | territories.search(Domain("id", "child_of", territories.ids))

    def _add_twins(self):
        """:return: these territories with the other parts of the employment areas among them"""
        territories = self.sudo()  # as above
        codes = territories.filtered(lambda t: t.kind == "employment_area").mapped("code")
        return territories | territories.search(Domain("kind", "=", "employment_area") & Domain("code", "in", codes))
