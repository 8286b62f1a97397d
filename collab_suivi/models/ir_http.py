from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        # He has passed the door (logged in, charter accepted): ``_authenticate`` is called before.
        if rule.endpoint.routing.get("members"):
            request.env["collab.fact"]._note("come")
        return result
