from odoo import api, models, tools


class CollabAudience(models.Model):
    _inherit = "collab.audience"

    @api.model
    @tools.ormcache("audience_id", "self.env.lang")
    def _html(self, audience_id):
        """:return Markup: an audience as lists and pages show it; made once, for audiences are few and do not change"""
        values = {"audience": self._shown(audience_id)}
        return self.env["ir.qweb"]._render("collab_habillage.audience", values)
