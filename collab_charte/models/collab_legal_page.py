from odoo import api, fields, models

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened

# How a text marks the parts that the client must write.
TO_COMPLETE = "[à compléter"


class CollabLegalPage(models.Model):
    """A page that the law requires, open to anybody: legal notice, personal data, accessibility."""

    _name = "collab.legal.page"
    _inherit = ["collab.written.mixin"]
    _description = "Legal page"
    _order = "sequence"
    _calls = opened("administrator", *READ, *WRITE, "action_open")
    _writes = opened("administrator", "name", "body")

    name = fields.Char(string="Title", required=True)
    code = fields.Char(required=True, readonly=True, help="Its address.")
    sequence = fields.Integer()
    body = fields.Html(string="Text", required=True, sanitize=True, strip_style=True)
    is_complete = fields.Boolean(
        string="Complete", compute="_compute_is_complete", help="Nothing is left between brackets to be completed."
    )

    _code_unique = models.UniqueIndex("(code)", "This page already exists.")

    @api.depends("body")
    def _compute_is_complete(self):
        for page in self:
            page.is_complete = TO_COMPLETE not in (page.body or "")

    def action_open(self):
        """:return dict: opens the public page"""
        return {"type": "ir.actions.act_url", "url": f"/{self.code}", "target": "new"}

    @api.model
    def _shown_to_anybody(self, code):
        """:param str code: the address of a page
        :return collab.legal.page: this page, in sudo"""
        # sudo: these pages are public, as the law requires
        return self.sudo().search([("code", "=", code)])
