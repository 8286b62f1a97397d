from odoo import models
from odoo.http import SessionExpiredException

from odoo.addons.bus.websocket import wsrequest


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        """Check the login and the charter at each message of a websocket, which may stay open for days."""
        result = super()._authenticate()
        if wsrequest.session.uid is None or not wsrequest.env.user._charter_accepted():
            raise SessionExpiredException()
        return result
