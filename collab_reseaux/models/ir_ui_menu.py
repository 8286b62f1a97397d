from odoo import api, models, tools


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    @tools.ormcache("frozenset(self.env.user._get_group_ids())", "debug")
    def _visible_menu_ids(self, debug=False):
        """Show only our own menus: Odoo's screens are closed."""
        # sudo: which module a menu comes from is no secret
        names = self.env["ir.model.data"].sudo()
        ours = names.search([("model", "=", "ir.ui.menu"), ("module", "=like", "collab\\_%")])
        return super()._visible_menu_ids(debug) & set(ours.mapped("res_id"))
