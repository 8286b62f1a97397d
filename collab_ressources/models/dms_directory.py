from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class DmsDirectory(models.Model):
    _name = "dms.directory"
    _inherit = ["dms.directory", "collab.audience.mixin"]

    @api.model
    def _audience_domain(self):
        """A folder is closed to whom one of the folders above it is closed."""
        own_terms = super()._audience_domain()
        if own_terms.is_true() or own_terms.is_false():
            return own_terms
        # Which folders are closed is asked in sudo: they are those that the current user cannot search. They stay in
        # the database, as a part of the query that asks.
        closed = self.sudo()._search(~own_terms, active_test=False)
        below_closed = SQL(
            """(SELECT folder.id
                  FROM dms_directory folder,
                       unnest(string_to_array(rtrim(folder.parent_path, '/'), '/')::int[]) AS above(id)
                 WHERE above.id IN %s)""",
            closed.subselect(),
        )
        return Domain("id", "not in", below_closed)

    @api.depends_context("uid")
    def _compute_size(self):
        """Weigh what the reader may read: dms weighs all, and a weight tells that something is there."""
        Document = self.env["dms.file"]
        for folder in self:
            folder.size = sum(Document.search([("directory_id", "child_of", folder.ids)]).mapped("size"))

    def check_access_token(self, access_token=False):
        """A link that is passed on opens nothing to whom the audience excludes."""
        return super().check_access_token(access_token) and self.sudo(False).has_access("read")

    @api.model
    def _library_folders(self):
        """:return dms.directory: the folders of the library that the reader may open, those of the first level"""
        library = self.env.ref("collab_ressources.directory_library")
        return self.search([("parent_id", "=", library.id)], order="name")
