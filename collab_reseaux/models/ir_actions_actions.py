from odoo import api, models, tools


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    @tools.ormcache("action_id")
    def _is_ours(self, action_id):
        """:return bool: one of our modules defines this action"""
        # sudo: which module a screen comes from is no secret
        names, action = self.env["ir.model.data"].sudo(), self.sudo().browse(action_id).exists()
        # By type: identifiers are shared by the models that inherit ir.actions.actions, but not by all "ir.actions.…".
        known = [("model", "=", action.type), ("res_id", "=", action.id), ("module", "=like", "%collab\\_%")]
        return bool(action) and bool(names.search_count(known, limit=1))

    @api.model
    def get_bindings(self, model_name):
        """Offer only our actions in the *Actions* menu of a screen: those of Odoo are closed."""
        found = {
            kind: [action for action in actions if self._is_ours(action["id"])]
            for kind, actions in super().get_bindings(model_name).items()
        }
        return {kind: actions for kind, actions in found.items() if actions}
