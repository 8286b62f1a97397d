from odoo import api, models
from odoo.fields import Domain


class DmsDirectory(models.Model):
    _name = "dms.directory"
    _inherit = ["dms.directory", "collab.audience.mixin"]

    @api.model
    def _audience_domain(self):
        """A folder is closed to whom one of the folders above it is closed."""
        # Which folders are closed is asked in sudo: they are those that the current user cannot search.
        closed = self.sudo().search(~super()._audience_domain())
        return ~Domain("id", "child_of", closed.ids) if closed else Domain.TRUE

    @api.model
    def _library_folders(self):
        """:return dms.directory: the folders of the library that the reader may open, those of the first level"""
        library = self.env.ref("collab_ressources.directory_library")
        return self.search([("parent_id", "=", library.id)], order="name")
