from odoo import api, models, tools
from odoo.fields import Domain


class DmsDirectory(models.Model):
    _name = "dms.directory"
    _inherit = ["dms.directory", "collab.audience.mixin", "collab.cached.mixin"]

    @api.model
    def _get_domain_by_access_groups(self, operation):
        if operation == "create":
            return super()._get_domain_by_access_groups(operation)
        return [("id", "in", self._folders_by_access_groups(operation))]

    @api.model
    def _audience_domain(self):
        """A folder is closed to whom one of the folders above it is closed."""
        own_terms = super()._audience_domain()
        if own_terms.is_true() or own_terms.is_false():
            return own_terms
        closed = self._closed_ids(own_terms)
        return Domain("id", "not in", closed) if closed else Domain.TRUE

    @api.model
    @tools.ormcache("own_terms")
    def _closed_ids(self, own_terms):
        """:param Domain own_terms: what a reader may read of what has an audience, each record taken alone
        :return tuple[int]: the folders that are closed to him, and those below"""
        # sudo: they are those that he cannot search
        closed = self.sudo().search(~own_terms)
        return tuple(self.sudo().search([("id", "child_of", closed.ids)]).ids if closed else ())

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
    def _library_tree(self):
        """List the folders of the library that the reader may open.

        :return dict[dms.directory, list[int]]: those of the first level, by name, each with the identifiers of those
            that lie in it, itself included
        """
        library = self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")
        below = Domain("parent_path", "=like", f"{library}/_%")
        folders = self.search_fetch(below, ["name", "parent_path"], order="name")
        tree = {}
        for folder in folders:
            tree.setdefault(int(folder.parent_path.split("/")[1]), []).append(folder.id)
        return {folder: tree[folder.id] for folder in folders if folder.id in tree}

    @api.model
    def _library_folders(self):
        """:return dms.directory: the folders of the library that the reader may open, those of the first level"""
        return self.browse([folder.id for folder in self._library_tree()])
