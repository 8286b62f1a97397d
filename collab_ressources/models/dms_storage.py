from odoo import models


class DmsStorage(models.Model):
    _name = "dms.storage"
    _inherit = ["dms.storage", "collab.cached.mixin"]
