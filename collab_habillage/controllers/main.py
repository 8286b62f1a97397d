from odoo.http import Controller, request, route


class Habillage(Controller):
    @route("/habillage", type="http", auth="user", website=True, sitemap=False)
    def living_page(self):
        """Show every component of the visual system, for those who write pages."""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()
        networks = request.env["collab.network"].search([])
        return request.render("collab_habillage.living_page", {"networks": networks})
