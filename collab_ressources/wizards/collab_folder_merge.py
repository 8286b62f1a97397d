from odoo import fields, models

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened


class CollabFolderMerge(models.TransientModel):
    """Folders whose contents go into another one, and which disappear."""

    _name = "collab.folder.merge"
    _inherit = ["collab.dialog.mixin"]
    _description = "Merge folders"
    _calls = opened("moderator", *READ, *WRITE, "action_merge")
    _creates = _writes = opened("moderator", "folder_ids", "target_id")

    folder_ids = fields.Many2many(
        "dms.directory", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    target_id = fields.Many2one("dms.directory", string="Into", required=True)

    def action_merge(self):
        """:raises UserError: the target lies in one of them; AccessError: one of them is not his to change"""
        (self.folder_ids - self.target_id)._merge_into(self.target_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
