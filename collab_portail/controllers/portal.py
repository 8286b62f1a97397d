from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class Portal(CustomerPortal):
    """Odoo's customer portal is not a page of the platform: it leads to the account of the person."""

    @route(members=True)
    def home(self, **kw):
        return request.redirect("/mon-compte")

    @route(members=True)
    def account(self, **kw):
        return request.redirect("/mon-compte")

    @route(members=True)
    def security(self, **kw):
        return request.redirect("/mon-compte")
