from odoo import api, models
from odoo.http import SessionExpiredException


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """Send nothing over the websocket to a person who has not accepted the charter in force.

        The database is read, and not the cache: the message that a charter was published may arrive in this process
        before the signal that its caches are out of date.

        :raises SessionExpiredException: closes the websocket
        """
        user = self.env.user
        if not user or not user._has_accepted_one_of(self.env["collab.charter"]._find_in_force_ids()):
            raise SessionExpiredException()
        return super()._poll(channels, last, ignore_ids)
