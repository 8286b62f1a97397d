from odoo import api, models, tools
from odoo.fields import Domain

from odoo.addons.collab_suivi.content import FileOf


class DmsFile(models.Model):
    """What a search finds: documents, by what is said of them and by what they hold."""

    _inherit = "dms.file"

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        return super()._searched_from() | {"name", "directory_id", "checksum"}

    @api.model
    def _classed_by(self):
        return (*super()._classed_by(), "category_id")

    def _searched_words(self):
        return [self.name, *super()._searched_words(), *self.directory_id._known_names()]

    def _searched_files_by_content(self):
        found = super()._searched_files_by_content()
        kept = self.env["ir.attachment"]._kept_of(self, "content_file")
        for document in self:
            if content := kept.get(document.id):
                one = FileOf(document.name, document.mimetype, content.checksum, content._stored_path())
                found[document.id].append(one)
        return found

    @api.model
    def _search_by_territory(self, territory):
        sides = self.env["collab.audience"]._all_sides()
        return Domain("audience_id", "in", [one for one, (_networks, where) in sides.items() if territory in where])
