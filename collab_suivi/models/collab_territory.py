from odoo import models


class CollabTerritory(models.Model):
    """People may follow a territory, whatever kinds of content are about it."""

    _name = "collab.territory"
    _inherit = ["collab.territory", "collab.bookmark.mixin"]
    _slug = "territoire"
    _marks = ("follow",)
