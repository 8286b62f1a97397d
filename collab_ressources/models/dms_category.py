from odoo import api, models, tools


class DmsCategory(models.Model):
    _name = "dms.category"
    _inherit = ["dms.category", "collab.cached.mixin"]

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of the types of documents in use"""
        # sudo: they are known to all. A dozen records.
        return {category.id: category.name for category in self.sudo().search([])}  # pylint: disable=no-search-all
