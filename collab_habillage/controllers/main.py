from odoo.http import Controller, request, route


class Habillage(Controller):
    @route("/habillage", type="http", auth="user", website=True, sitemap=False, staff="moderator", light=True)
    def living_page(self):
        """Show every component of the visual system, for those who write pages."""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()
        return request.render("collab_habillage.living_page")

    @route("/habillage/audience", type="http", auth="user", methods=["GET"], members=True)
    def audience(self, networks="", territories="", model="", record="", **kw):
        """Tell the audience picker how many people would read what is addressed to these networks and territories.

        :param str networks, territories: their identifiers, separated by commas
        :param str model, record: the record that is being corrected; empty for a new one
        """
        chosen = [[int(part) for part in ids.split(",") if part.isdecimal()] for ids in (networks, territories)]
        known_id = int(record) if record.isdecimal() else 0
        sentence = request.env["collab.audience"]._say_who_would_read(*chosen, model, known_id)
        return request.make_json_response({"sentence": sentence})

    @route(
        "/habillage/logo/<int:network_id>-<string:mark>",
        type="http",
        auth="public",
        sitemap=False,
        methods=["GET"],
        save_session=False,
        light=True,
    )
    def logo(self, network_id, mark, **kw):
        """Serve the logo of a network, to anybody: it is no more secret than its colour. Another logo has another
        address, so that browsers keep it."""
        found = request.env["collab.network"]._logo(network_id, mark)
        if not found:
            raise request.not_found()
        content, kind = found
        kept = ("Cache-Control", "public, max-age=31536000, immutable")
        return request.make_response(content, [("Content-Type", kind), kept, ("X-Content-Type-Options", "nosniff")])
