from odoo import api, models

from ..links import linked_html


class IrQwebFieldCollabRichText(models.AbstractModel):
    """Shows a text with a form that somebody has written: the addresses in it are links."""

    _name = "ir.qweb.field.collab_rich_text"
    _description = "Qweb field: a text with a form that somebody has written"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """:param str value: HTML, cleaned
        :return Markup:"""
        return linked_html(value)
