from odoo.http import Controller, content_disposition, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_reseaux.websites import host_of

from ..cards import TYPE, card

SHOWN = [
    *("name", "firstname", "lastname", "function", "organisation_id", "organisation_name", "email", "phone", "user_id"),
    *("city", "is_listed", "help_words", "work_days", "has_photo"),
]
PUBLISHED_SHOWN = 10
# A browser shows again the photo that it has, for some minutes; one that is hidden leaves all pages at once.
PHOTO_SECONDS = 600


class Person(Controller):
    """A person, with only what this person has chosen to show."""

    @route("/annuaire/<int:member_id>", methods=["GET"], **ITEM)
    def member(self, member_id, **kw):
        env, member = request.env, self._found(member_id)
        index, themes = env["collab.member"]._index(), env["collab.theme"]._names()
        # Who is not listed is not in it: what finds him is hidden too.
        sides = index[member_id].sides if member_id in index else {"network": (), "theme": ()}
        published = env["collab.contents"]._published_by(member.user_id, PUBLISHED_SHOWN)
        values = {
            "member": member,
            "networks": sides["network"],
            "themes": [(number, name) for number, name in themes.items() if number in sides["theme"]],
            "organisation": self._organisation(member),
            "published": published,
            "mine": member.user_id == env.user,
            "host_of": host_of,
        }
        return request.render("collab_annuaire.member", values)

    @route("/annuaire/<int:member_id>.vcf", methods=["GET"], **ITEM)
    def member_card(self, member_id, **kw):
        """Give what an address book takes of somebody who is listed."""
        member = self._found(member_id)
        if not member.is_listed:
            raise request.not_found()
        photo = self._photo(member_id).image_256 if member.has_photo else None
        headers = [("Content-Type", TYPE), ("Content-Disposition", content_disposition(f"{member.name}.vcf"))]
        return request.make_response(card(member, self._organisation(member), photo), headers=headers)

    @route("/annuaire/photo/<int:member_id>", methods=["GET"], **ITEM)
    def member_photo(self, member_id, **kw):
        if not self._found(member_id).has_photo:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(self._photo(member_id), "image_256")
        response = stream.get_response(max_age=PHOTO_SECONDS)
        response.headers["Cache-Control"] = f"private, max-age={PHOTO_SECONDS}"
        return response

    def _found(self, member_id):
        """:return collab.member: as the reader sees this person
        :raises NotFound: there is nobody there"""
        member = request.env["collab.member"].search_fetch([("id", "=", member_id)], SHOWN)
        if not member:
            raise request.not_found()
        return member

    def _photo(self, member_id):
        """:param int member_id: somebody who shows his photo to the reader
        :return res.partner: it is read from there alone"""
        # sudo: the projection has just said that this photo is shown; members may not read contacts
        return request.env["res.partner"].sudo().browse(member_id)

    def _organisation(self, member):
        """:return collab.organisation: where this person works"""
        shown = ["name", "street", "street2", "zip", "city", "website"]
        return request.env["collab.organisation"].search_fetch([("id", "=", member.organisation_id.id)], shown)
