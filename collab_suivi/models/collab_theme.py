from odoo import models


class CollabTheme(models.Model):
    """People may follow a theme, whatever kinds of content are about it."""

    _name = "collab.theme"
    _inherit = ["collab.theme", "collab.bookmark.mixin"]
    _slug = "theme"
    _marks = ("follow",)

    def _merge_into(self, other):
        self.env["collab.mark"]._copy(self._name, self.ids, other.id)
        return super()._merge_into(other)
