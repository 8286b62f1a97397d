from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..calls import CHOOSE, READ, WRITE, opened


class CollabTheme(models.Model):
    """A subject that members work on, by which everything they share is classified."""

    _name = "collab.theme"
    _inherit = ["collab.written.mixin", "collab.used.mixin", "collab.cached.mixin"]
    _description = "Theme"
    _order = "sequence, name"
    _listed_in = "collab_reseaux.collab_theme_action"
    _merged_by = "theme_id"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "sequence")

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "This theme already exists.")

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of the themes in use, in their order"""
        # sudo: themes are public. There are about a dozen.
        themes = self.sudo().with_context(active_test=True)
        return {theme.id: theme.name for theme in themes.search([])}  # pylint: disable=no-search-all

    def _remedy(self):
        return self.env._("Archive it, or merge it into another theme.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. What is about it stays where it is. You can restore it.")

    def _merge_into(self, other):
        """Delete these themes, once the modules that use them have moved their contents to another one.

        :param collab.theme other: takes their place
        :raises UserError: it is archived
        """
        if not other.active:
            raise UserError(self.env._("“%s” is archived: choose another theme.", other.name))
        # sudo: clients may not delete a theme; the model checks that nothing uses these any more
        self.sudo().unlink()
