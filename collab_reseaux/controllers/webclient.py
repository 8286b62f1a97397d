from odoo.http import route

from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.addons.mail.tools.discuss import Store


class Webclient(WebclientController):
    """What Odoo's messaging asks for on each screen of the federations: there is none here."""

    @route()
    def mail_data(self, fetch_params, context=None):
        return Store().get_result()
