from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class Portal(CustomerPortal):
    """The pages of Odoo's customer portal lead to our page of the account."""

    @route(members=True)
    def home(self, **kw):
        return request.redirect("/mon-compte")

    @route(members=True)
    def account(self, **kw):
        return request.redirect("/mon-compte")

    @route(members=True)
    def security(self, **kw):
        return request.redirect("/mon-compte")
