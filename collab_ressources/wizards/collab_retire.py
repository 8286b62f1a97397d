from odoo import api, fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabRetire(models.TransientModel):
    _inherit = "collab.retire"
    _writes = opened("moderator", "folder_id") | opened("administrator", "category_id")

    category_id = fields.Many2one("dms.category", string="Into the type", ondelete="cascade")
    folder_id = fields.Many2one("dms.directory", string="Into the folder", ondelete="cascade")

    @api.depends("category_id", "folder_id")
    def _compute_merge_consequence(self):
        return super()._compute_merge_consequence()
