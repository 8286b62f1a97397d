from odoo import api, models
from odoo.tools.misc import formatLang


class IrQwebFieldCollabSize(models.AbstractModel):
    """Shows the size of a file as it is written in French (12 ko, 3,4 Mo)."""

    _name = "ir.qweb.field.collab_size"
    _description = "Qweb field: the size of a file"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """:param int value: in bytes
        :return str: in octets (1 ko = 1,024 octets)"""
        kilobytes = max(value / 1024, 0.1)
        value, unit = (kilobytes, self.env._("kB")) if kilobytes < 1024 else (kilobytes / 1024, self.env._("MB"))
        return f"{formatLang(self.env, value, digits=0 if value >= 10 else 1)}\N{NO-BREAK SPACE}{unit}"
