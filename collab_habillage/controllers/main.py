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
        """Say who would read what is addressed to some networks and territories, for the audience picker.

        :param str model: of a record that is addressed to some of them already, and its identifier
        """
        Audience = request.env["collab.audience.mixin"]
        chosen = [[int(part) for part in ids.split(",") if part.isdecimal()] for ids in (networks, territories)]
        allowed = request.env.user._audience_choices()
        # Counting is for whom one may address, or what one reads is addressed to: numbers would say much of the others.
        networks, territories = (
            [i for i in ids if i in records.ids or i in known]
            for ids, records, known in zip(chosen, allowed, self._sides_of(model, record), strict=True)
        )
        sentence = Audience._audience_sentence(*Audience._count_audience(networks, territories))
        return request.make_json_response({"sentence": sentence})

    def _sides_of(self, model, number):
        """:return tuple[Collection[int], Collection[int]]: the networks and the territories to which a record is
        addressed, if the reader may read it"""
        mixin = request.registry["collab.audience.mixin"]
        if not (model in request.registry and issubclass(request.registry[model], mixin) and number.isdecimal()):
            return (), ()
        found = request.env[model].search([("id", "=", int(number))])
        return request.env["collab.audience"]._sides(found.audience_id.id) if found else ((), ())
