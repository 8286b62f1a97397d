from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Refuse at once what no keyboard types and PostgreSQL cannot store: a NUL character is no error of ours."""
        result = super()._pre_dispatch(rule, args)
        is_form = rule.endpoint.routing["type"] == "http"
        if is_form and any("\0" in text for text in request.httprequest.values.values()):
            raise BadRequest()
        return result

    @classmethod
    def _dispatch(cls, endpoint):
        """Render the pages of members the light way: those of the routes that say ``members=True``, whatever their
        templates. A route that others have too says ``light=True``; one that needs what website prepares,
        ``light=False``. What answers in the place of a route that has failed is not its own."""
        routing = endpoint.routing
        if not routing.get("light", routing.get("members")):
            return super()._dispatch(endpoint)
        request.update_context(members_page=True)
        try:
            return super()._dispatch(endpoint)
        finally:
            request.update_env(context={**request.env.context, "members_page": None})

    @classmethod
    def _get_error_html(cls, env, code, values):
        """Errors speak French and keep the look of the other pages; staff who design pages get Odoo's own."""
        status = int(str(code).removeprefix("page_").removeprefix("protected_"))
        if request.env.user._is_internal() and status >= 500:
            return super()._get_error_html(env, code, values)
        # What is refused answers like what does not exist.
        status = 404 if status == 403 else status
        page = env["ir.ui.view"].with_context(members_page=True)
        return status, page._render_template("collab_habillage.error", {**values, "status": status})
