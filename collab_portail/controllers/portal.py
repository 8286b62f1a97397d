from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class Portal(CustomerPortal):
    """Odoo's customer portal is not a page of the platform: it leads to the first page."""

    @route()
    def home(self, **kw):
        return request.redirect("/")

    @route()
    def account(self, **kw):
        return request.redirect("/")
