from odoo.http import Controller, request, route


class Habillage(Controller):
    @route("/habillage", type="http", auth="user", website=True, sitemap=False, staff="moderator")
    def living_page(self):
        """Show every component of the visual system, for those who write pages."""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()
        return request.render("collab_habillage.living_page")

    @route("/habillage/audience", type="http", auth="user", methods=["GET"], members=True)
    def audience(self, networks="", territories="", **kw):
        """Say who would read what is addressed to some networks and territories, for the audience picker."""
        Audience = request.env["collab.audience.mixin"]
        chosen = [[int(part) for part in ids.split(",") if part.isdecimal()] for ids in (networks, territories)]
        allowed = request.env.user._audience_choices()
        # Counting is for whom one may address: numbers would say much of the others.
        networks, territories = (
            [i for i in ids if i in records.ids] for ids, records in zip(chosen, allowed, strict=True)
        )
        sentence = Audience._audience_sentence(*Audience._count_audience(networks, territories))
        return request.make_json_response({"sentence": sentence})
