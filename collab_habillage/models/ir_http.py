from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Answer 400 to a form that contains a NUL character: PostgreSQL cannot store it, and would make it a 500."""
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
        """Show our own error page, in French. Staff see Odoo's page for a server error, which has more details."""
        status = int(str(code).removeprefix("page_").removeprefix("protected_"))
        if request.env.user._is_internal() and status >= 500:
            return super()._get_error_html(env, code, values)
        # "Forbidden" is shown as "not found", which does not tell that the page exists.
        status = 404 if status == 403 else status
        page = env["ir.ui.view"].with_context(members_page=True)
        return status, page._render_template("collab_habillage.error", {**values, "status": status})
