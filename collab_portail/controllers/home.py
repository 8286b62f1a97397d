from odoo.http import request, route

from odoo.addons.website.controllers.main import Website


class Home(Website):
    @route(members=True)
    def index(self, **kw):
        """The home page: what is new for this member."""
        labels, networks = request.env["collab.territory"]._names(), request.env["collab.network"]._branding()
        me = request.env.user.partner_id.sudo()  # his own memberships
        return request.render(
            "collab_portail.home",
            {
                **request.env["collab.contents"]._first_page(),
                "awaits": self._awaits(),
                "first_name": me.firstname or me.name,
                "addressed": [
                    *(network["name"] for network in networks if network["id"] in me.scope_network_ids.ids),
                    *(labels[territory] for territory in me.scope_territory_ids.ids),
                ],
            },
        )

    def _awaits(self):
        """:return str: how much awaits a moderator; empty for the others"""
        is_moderator = request.env.user.has_group("collab_reseaux.group_moderator")
        return request.env["collab.queue"]._sentence() if is_moderator else ""

    def _login_redirect(self, uid, redirect=None):
        """After login, everybody arrives on the home page; core sends staff to the backend."""
        return super()._login_redirect(uid, redirect=redirect or "/")
