from odoo import fields, models


class CollabDocumentComment(models.Model):
    _name = "collab.document.comment"
    _inherit = "collab.comment.mixin"
    _description = "Comment on a document"
    _whole = "document_id"

    document_id = fields.Many2one("dms.file", required=True, readonly=True, ondelete="cascade", index=True)
