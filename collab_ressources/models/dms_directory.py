from odoo import api, models, tools
from odoo.fields import Domain


class DmsDirectory(models.Model):
    _name = "dms.directory"
    _inherit = ["dms.directory", "collab.audience.mixin", "collab.cached.mixin", "collab.bookmark.mixin"]
    _slug = "dossier"

    @api.model
    def _get_domain_by_access_groups(self, operation):
        if operation == "create":
            return super()._get_domain_by_access_groups(operation)
        return self._access_groups_domain("id", operation)

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
    @tools.ormcache()
    def _places(self):
        """:return dict[int, tuple[str, int, tuple[int]]]: the folders of the library, by name: their name, the folder
        above, and the path from the first level down to themselves"""
        library = self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")
        # sudo: each reader is shown those that are open to him, by `_open_ids`
        found = self.sudo().search([("parent_path", "=like", f"{library}/_%")], order="name")
        return {
            folder.id: (folder.name, folder.parent_id.id, tuple(int(i) for i in folder.parent_path.split("/")[1:-1]))
            for folder in found
        }

    @api.model
    def _open_ids(self):
        """:return tuple[int]: the folders of the library that the reader may open, by name"""
        places = self._places()
        library = self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")
        # All those below, and not their hundreds of identifiers: the query is short.
        readable = frozenset(self._search(Domain("parent_path", "=like", f"{library}/_%"), order="id"))
        return tuple(place for place in places if place in readable)

    @api.model
    def _below(self, folder_id):
        """:return tuple[int]: this folder and those that lie in it, at any depth"""
        return tuple(place for place, (_name, _parent, path) in self._places().items() if folder_id in path)

    @api.model
    def _totals(self, numbers):
        """:param dict[int, int] numbers: of what lies in each folder
        :return dict[int, int]: of what lies in it and below, for the folders of the library"""
        totals, places = {}, self._places()
        for folder, number in numbers.items():
            for step in places[folder][2] if folder in places else ():
                totals[step] = totals.get(step, 0) + number
        return totals

    def _path_label(self):
        """:return str: the names from the first level down, as a form offers this folder"""
        places = self._places()
        return " › ".join(places[step][0] for step in places[self.id][2])

    @api.model
    def _library_folders(self):
        """:return dms.directory: the folders of the library that the reader may open, in the order of the tree"""
        places = self._places()
        return self.browse(sorted(self._open_ids(), key=lambda place: [places[step][0] for step in places[place][2]]))
