import zipfile

from odoo import api, fields, models
from odoo.fields import Domain


class CollabJoinedFileMixin(models.AbstractModel):
    """A photo or a document joined to what a member writes, for those who read it; or, joined afterwards by who is
    reviewed, for a moderator first. A content declares its model (``Content.files``)."""

    _name = "collab.joined.file.mixin"
    _inherit = ["collab.attachment.mixin", "collab.searched.part.mixin"]
    _description = "File joined to a contribution"
    _searched_by = frozenset({"name", "edit_id"})

    edit_id = fields.Many2one(
        "collab.edit",
        string="With the correction",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="That waits for a moderator.",
    )

    @api.model
    def _audience_domain(self):
        domain = super()._audience_domain()
        if self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("edit_id", "=", False) | Domain("create_uid", "=", self.env.uid))

    @api.model_create_multi
    def create(self, vals_list):
        contents = self.env[self._fields[self._content_field].comodel_name].sudo(False)
        waiting = []
        for vals in vals_list:
            content = contents.browse(vals[self._content_field])
            edit = self.env["collab.edit"]._begin(content) if content._waits_for_review() else None
            waiting.append({**vals, "edit_id": edit.id} if edit else vals)
        return super().create(waiting)

    @api.model
    def _attach(self, content, uploads):
        result = super()._attach(content, uploads)
        if uploads:
            # Now that what they hold is there.
            content._searched_in()._note_searched()
        return result

    @api.model
    def _rows_domain(self):
        return Domain("edit_id", "=", False)

    @api.model
    def _archive_files(self, person, archive, folder):
        """Write the files that a person has joined in the archive of his own data.

        :param res.users person: the one who asks for it
        :param zipfile.ZipFile archive: open, for writing
        :param str folder: where they lie in it
        """
        # sudo: his own, wherever they are now
        for file in self.sudo().search([("create_uid", "=", person.id)], order="id"):
            # Pictures and documents are compressed already, most of them.
            archive.write(file._stored()._stored_path(), f"{folder}/{file.id} - {file.name}", zipfile.ZIP_STORED)
