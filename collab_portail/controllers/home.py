from odoo.http import request, route

from odoo.addons.website.controllers.main import Website

LATEST = 6


class Home(Website):
    @route(members=True)
    def index(self, **kw):
        """The first page: what is new for this member."""
        Document = request.env["dms.file"]
        documents = Document._latest(limit=LATEST)
        labels = request.env["collab.territory"]._labels()
        me = request.env.user.partner_id.sudo()  # his own memberships
        return request.render(
            "collab_portail.home",
            {
                "documents": Document._rows(documents),
                "new_count": Document._count_new(),
                "first_name": me.firstname or me.name,
                "my_networks": me.scope_network_ids.ids,
                "my_territories": [labels[territory] for territory in me.scope_territory_ids.ids],
                "organisation": me.commercial_company_name,
            },
        )

    def _login_redirect(self, uid, redirect=None):
        """Everybody arrives on the first page, federation staff too: they go on to the backend from there."""
        return super()._login_redirect(uid, redirect=redirect or "/")
