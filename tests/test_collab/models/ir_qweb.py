import re

from odoo import models

# Odoo's own tests in a browser, its dark and printed screens, its public chat.
NOBODY_OPENS = re.compile(r"test|_dark$|_print$|^mail\.|report")


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _get_bundles_to_pregenarate(self):
        """Have core make, before the tests, what our pages and screens load: any other is made when it is asked for."""
        return tuple(
            {bundle for bundle in bundles if not NOBODY_OPENS.search(bundle)}
            for bundles in super()._get_bundles_to_pregenarate()
        )
