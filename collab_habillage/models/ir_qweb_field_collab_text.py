from odoo import api, models

from ..links import linked_text


class IrQwebFieldCollabText(models.AbstractModel):
    """Shows a text that somebody has typed: the addresses in it are links."""

    _name = "ir.qweb.field.collab_text"
    _description = "Qweb field: a text that somebody has typed"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """:param str value: as it was typed
        :return Markup:"""
        return linked_text(value)
