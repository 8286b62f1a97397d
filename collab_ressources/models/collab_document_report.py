from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabDocumentReport(models.Model):
    """A reader says that a document is out of date; its owner answers by correcting it, or by saying that it is not."""

    _name = "collab.document.report"
    _inherit = "collab.part.mixin"
    _content_field = "document_id"
    # In the form of its document.
    _calls = opened("moderator", "web_read")
    _description = "Report that a document is out of date"
    _order = "id desc"
    _rec_name = "document_id"

    document_id = fields.Many2one("dms.file", required=True, readonly=True, ondelete="cascade", index=True)
    reason = fields.Char(required=True, readonly=True)
    is_closed = fields.Boolean(string="Answered", readonly=True)

    _once = models.UniqueIndex(
        "(document_id, create_uid) WHERE is_closed IS NOT TRUE", "You have already said that it is out of date."
    )
