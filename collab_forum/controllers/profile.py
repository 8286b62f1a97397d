from odoo.http import request, route

from odoo.addons.website_profile.controllers.main import WebsiteProfile


class MemberInsteadOfProfile(WebsiteProfile):
    """Odoo's profile shows points and ranks: it leads to the page of the member."""

    @route(methods=["GET"], members=True)
    def view_user_profile(self, user_id, **post):
        member = request.env["collab.member"]._by_account(request.env["res.users"].browse(user_id)).get(user_id)
        if not member:
            raise request.not_found()
        return request.redirect(f"/annuaire/{member.id}")
