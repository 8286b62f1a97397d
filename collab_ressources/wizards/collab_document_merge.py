from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened


class CollabDocumentMerge(models.TransientModel):
    """Several documents that are the same one: one stays, the others lead to it."""

    _name = "collab.document.merge"
    _inherit = ["collab.dialog.mixin"]
    _description = "Merge documents"
    _calls = opened("moderator", *READ, *WRITE, "action_merge")
    _creates = _writes = opened("moderator", "document_ids", "kept_id")

    document_ids = fields.Many2many("dms.file", required=True, default=lambda self: self.env.context.get("active_ids"))
    kept_id = fields.Many2one("dms.file", string="The one that stays", required=True)

    @api.onchange("document_ids")
    def _onchange_document_ids(self):
        self.kept_id = self.document_ids.sorted("content_date")[-1:]

    def action_merge(self):
        """:raises UserError: there is only one; AccessError: one of them is not his to change"""
        others = self.document_ids - self.kept_id
        if not others or self.kept_id not in self.document_ids:
            raise UserError(self.env._("Choose at least two documents, and the one among them that stays."))
        others._merge_into(self.kept_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
