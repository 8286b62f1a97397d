from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.collab_reseaux.calls import opened


class CollabDocumentComment(models.Model):
    _name = "collab.document.comment"
    _inherit = ["collab.written.mixin", "collab.comment.mixin", "collab.stamped.mixin"]
    _description = "Comment on a document"
    _content_field = "document_id"
    # In the form of its document.
    _calls = opened("moderator", "web_read")
    _creates = opened("member", "document_id", "body")
    _writes = opened("member", "body")

    document_id = fields.Many2one("dms.file", required=True, readonly=True, ondelete="cascade", index=True)

    def _stamped(self):
        return [self.body]

    def _lock_stamp(self):
        self.env.cr.execute(SQL("SELECT FROM collab_document_comment WHERE id = %s FOR UPDATE", self.id))

    def _rows(self, people=None):
        """:return list[dict]: as every comment, with the ``stamp`` that a form of correction carries"""
        rows = super()._rows(people)
        return [{**row, "stamp": comment._stamp()} for comment, row in zip(self, rows, strict=True)]
