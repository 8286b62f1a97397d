import os

from odoo import api, models

# The environment variable is set by the operator, in bin/run or docker-compose.yml.
PLATFORM_URL = os.environ.get("PLATFORM_URL", "").rstrip("/")
GIVEN = {**({"web.base.url": PLATFORM_URL} if PLATFORM_URL else {}), "web.base.url.freeze": "True"}


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        """Take the address of the platform from the environment, whatever the database says.

        Core stores in the database the address by which an administrator logs in. An attacker who made him use another
        ``Host`` header would then decide where the links of all mails lead.
        """
        return GIVEN.get(key) or super()._get_param(key)
