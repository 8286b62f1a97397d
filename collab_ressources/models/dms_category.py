from odoo import api, models, tools

from odoo.addons.collab_reseaux.calls import CHOOSE, opened


class DmsCategory(models.Model):
    _name = "dms.category"
    _inherit = ["dms.category", "collab.cached.mixin"]
    _calls = opened("moderator", *CHOOSE)

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of the types of documents in use"""
        # sudo: they are known to all. A dozen records.
        return {category.id: category.name for category in self.sudo().search([])}  # pylint: disable=no-search-all
