from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _brand(self):
        """:return tuple[tuple[str, int]]: what ``collab_habillage.brand`` shows to this person: ``only``, the number of
        his network, when he has one alone and it has a logo; otherwise nothing, for the marks of all networks"""
        if self._is_public():
            return ()
        # sudo: his own memberships
        own = self.sudo().partner_id.scope_network_ids.ids
        shown = [network["id"] for network in self.env["collab.network"]._branding() if network["logo"]]
        return (("only", own[0]),) if len(own) == 1 and own[0] in shown else ()
