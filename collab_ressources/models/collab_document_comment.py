from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabDocumentComment(models.Model):
    _name = "collab.document.comment"
    _inherit = "collab.comment.mixin"
    _description = "Comment on a document"
    _content_field = "document_id"
    _slug = "commentaire-document"
    # In the form of its document.
    _calls = opened("moderator", "web_read")

    document_id = fields.Many2one("dms.file", required=True, readonly=True, ondelete="cascade", index=True)
