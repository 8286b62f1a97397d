from urllib.parse import urlsplit

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        # The browser says from which of our pages somebody comes: no address of a result has to be another one.
        if rule.endpoint.routing.get("members") and request.httprequest.method == "GET":
            page = urlsplit(request.httprequest.referrer or "")
            if page.path == "/recherche" and page.netloc == request.httprequest.host:
                request.env["collab.search"]._note_opened(request.httprequest.path)
        return result
