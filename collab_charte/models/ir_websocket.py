from odoo import models
from odoo.http import SessionExpiredException

from odoo.addons.bus.websocket import wsrequest


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        """The door again: a live socket asks at each of its messages."""
        result = super()._authenticate()
        if wsrequest.session.uid is None or not wsrequest.env.user._charter_accepted():
            raise SessionExpiredException()
        return result
