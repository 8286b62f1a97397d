from odoo import api, models

from odoo.addons.collab_reseaux.models.collab_network import LOGO_HEIGHT


class CollabNetwork(models.Model):
    _inherit = "collab.network"

    @api.model
    def _logo_of(self, person):
        """:param res.users person:
        :return tuple[bytes, str, int, int] | None: the logo that the pages of this person show alone, for a letter:
            content, type, width and height in points"""
        only = dict(person._brand()).get("only")
        if not only:
            return None
        [shown] = [network for network in self._branding() if network["id"] == only]
        return *self._logo(only, shown["logo"]), shown["logo_width"], LOGO_HEIGHT
