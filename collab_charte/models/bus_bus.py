from odoo import api, models
from odoo.http import SessionExpiredException


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """The door again, on the way out: what happens is told to nobody who is asked to accept a new charter.

        The news of its publication arrives before that of stale caches: the database is asked.

        :raises SessionExpiredException: closes the socket
        """
        user = self.env.user
        if not user or not user._has_accepted_one_of(self.env["collab.charter"]._find_in_force_ids()):
            raise SessionExpiredException()
        return super()._poll(channels, last, ignore_ids)
