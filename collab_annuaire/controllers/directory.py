from odoo.http import Controller, request, route

SHOWN = ["name", "function", "organisation_name", "email", "phone", "user_id"]
PUBLISHED_SHOWN = 10


class Directory(Controller):
    @route(
        "/annuaire/<int:member_id>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        members=True,
    )
    def member(self, member_id, **kw):
        """Show a member, with only what this person chose to show."""
        member = request.env["collab.member"].search_fetch([("id", "=", member_id)], SHOWN)
        if not member:
            raise request.not_found()
        published = request.env["collab.contents"]._published_by(member.user_id, PUBLISHED_SHOWN)
        return request.render("collab_annuaire.member", {"member": member, "published": published})
