from odoo import api, fields, models, tools


class CollabLabelMixin(models.AbstractModel):
    """A word by which contents are classed. There are a dozen of each kind, which everybody knows, and administrators
    write."""

    _name = "collab.label.mixin"
    _inherit = ["collab.written.mixin", "collab.used.mixin", "collab.cached.mixin"]
    _description = "What contents are classed by"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of those in use, in their order"""
        # sudo: they are known to all
        known = self.sudo().with_context(active_test=True)
        return {label.id: label.name for label in known.search([])}  # pylint: disable=no-search-all

    @api.model
    @tools.ormcache("self.env.lang")
    def _names(self):
        """:return dict[int, str]: as ``_labels``, then the archived ones, whose names say that they are"""
        # sudo: as above
        archived = self.sudo().with_context(active_test=False).search([("active", "=", False)])
        return {**self._labels(), **{label.id: label._archived_name() for label in archived}}

    @api.model
    @tools.ormcache()
    def _described(self):
        """:return dict[int, dict]: what each of them says of itself, by field, in their order, the archived ones too"""
        # sudo: as above
        everything = self.sudo().with_context(active_test=False)
        shown = [name for name, field in self._fields.items() if field.store and not field.relational]
        return {one["id"]: one for one in everything.search_read([], shown)}  # pylint: disable=no-search-all

    def _archived_name(self):
        """:return str: its name, once it is archived, as pages show it"""
        raise NotImplementedError
