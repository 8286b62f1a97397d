import os

from odoo import api, models

# Given by the operator; bin/run and docker-compose.yml do it.
PLATFORM_URL = os.environ.get("PLATFORM_URL", "").rstrip("/")
GIVEN = {**({"web.base.url": PLATFORM_URL} if PLATFORM_URL else {}), "web.base.url.freeze": "True"}


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        """The platform's address is the operator's, whatever is written in the database.

        Core learns it from the request by which an administrator logs in: whoever chose its header ``Host`` chose where
        the links of all letters lead.
        """
        return GIVEN.get(key) or super()._get_param(key)
