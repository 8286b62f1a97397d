from odoo.http import Controller, request, route


class Habillage(Controller):
    @route("/habillage", type="http", auth="user", website=True, sitemap=False, staff="moderator")
    def living_page(self):
        """Show every component of the visual system, for those who write pages."""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()
        return request.render("collab_habillage.living_page")

    @route("/habillage/audience", type="http", auth="user", methods=["GET"], members=True)
    def audience(self, networks="", territories="", model="", record="", **kw):
        """Say who would read what is addressed to some networks and territories, for the audience picker.

        :param str model: of a record that is addressed to some of them already, and its identifier
        """
        chosen = [[int(part) for part in ids.split(",") if part.isdecimal()] for ids in (networks, territories)]
        known_id = int(record) if record.isdecimal() else 0
        sentence = request.env["collab.audience"]._say_who_would_read(*chosen, model, known_id)
        return request.make_json_response({"sentence": sentence})
