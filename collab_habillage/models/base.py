from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _can_return_content(self, field_name=None, access_token=None):
        """A published record is not everybody's: website would give its pictures to whom its audience excludes."""
        allowed = super()._can_return_content(field_name, access_token)
        return allowed and ("website_published" not in self._fields or self.has_access("read"))
