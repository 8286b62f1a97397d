from odoo.exceptions import MissingError
from odoo.http import request, route

from odoo.addons.web.controllers.action import Action, MissingActionError


class Actions(Action):
    """Only the screens of the platform: those of Odoo answer as if they did not exist."""

    @route()
    def load(self, action_id, context=None):
        try:
            action = super().load(action_id)
        except MissingActionError:
            action = None
        if not action or not request.env["ir.actions.actions"]._is_ours(action["id"]):
            raise MissingActionError(request.env._("The action “%s” does not exist.", action_id))
        return action

    @route()
    def load_breadcrumbs(self, actions):
        missing = [{"error": str(MissingError(request.env._("This record does not exist.")))}]
        found = []
        for action in actions:
            model = action.get("model")
            is_closed = model and not request.env["base"]._may_call_on(model, "web_read")
            found += missing if is_closed else super().load_breadcrumbs([action])
        return found
