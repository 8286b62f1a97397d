from odoo import models


class CollabTerritory(models.Model):
    """Somebody follows a territory, whatever is shared about it."""

    _name = "collab.territory"
    _inherit = ["collab.territory", "collab.bookmark.mixin"]
    _slug = "territoire"
    _marks = ("follow",)
