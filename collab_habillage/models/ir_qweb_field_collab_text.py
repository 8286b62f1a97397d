from odoo import api, models

from ..links import linked_html, linked_text


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
