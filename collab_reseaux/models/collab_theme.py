from odoo import api, fields, models, tools

from ..calls import CHOOSE, READ, WRITE, opened


class CollabTheme(models.Model):
    """A subject that members work on, by which everything they share is classified."""

    _name = "collab.theme"
    _inherit = ["collab.written.mixin", "collab.cached.mixin"]
    _description = "Theme"
    _order = "sequence, name"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "unlink")
    _creates = _writes = opened("administrator", "name", "sequence", "active")

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "This theme already exists.")

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of the themes in use, in their order"""
        # sudo: themes are known to all. A dozen records.
        themes = self.sudo().with_context(active_test=True)
        return {theme.id: theme.name for theme in themes.search([])}  # pylint: disable=no-search-all
