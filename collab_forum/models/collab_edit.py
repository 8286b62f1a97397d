from odoo import fields, models


class CollabEdit(models.Model):
    _inherit = "collab.edit"

    forum_attachment_ids = fields.One2many(
        "collab.forum.attachment", "edit_id", string="Files that are added to a discussion"
    )

    def _files(self):
        return self.forum_attachment_ids if self.res_model == "forum.post" else super()._files()

    def _publish_files(self):
        self.forum_attachment_ids.edit_id = False
        # Drop the cached list: unlink() would delete these files with the correction.
        self.invalidate_recordset(["forum_attachment_ids"])
        return super()._publish_files()

    def unlink(self):
        # Through the ORM: a cascade of PostgreSQL would delete the rows and leave the files on the disk.
        self.forum_attachment_ids.unlink()
        return super().unlink()
