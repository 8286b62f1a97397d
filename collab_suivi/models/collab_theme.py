from odoo import models


class CollabTheme(models.Model):
    """Somebody follows a theme, whatever is shared about it."""

    _name = "collab.theme"
    _inherit = ["collab.theme", "collab.bookmark.mixin"]
    _slug = "theme"
    _marks = ("follow",)
