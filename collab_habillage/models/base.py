from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _can_return_content(self, field_name=None, access_token=None):
        """Website lets anybody read the pictures of a published record; here, only those who may read the record."""
        allowed = super()._can_return_content(field_name, access_token)
        return allowed and ("website_published" not in self._fields or self.has_access("read"))
