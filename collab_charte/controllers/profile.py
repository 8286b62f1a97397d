import tempfile
import zipfile

from werkzeug.utils import send_file

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_reseaux.models.res_partner_own import OWN_TEXT_MAX, PHOTO_MAX_BYTES
from odoo.addons.collab_reseaux.refusals import field_of

TEXTS = ("firstname", "lastname", "function", "phone")
CHOICES = ("shows_email", "shows_phone", "shows_photo")


class Profile(Controller):
    """The page of one's own profile, what the others see of it, and the export of one's own data."""

    @route(
        "/mon-compte/fiche",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        members=True,
    )
    def profile(self, photo=None, remove_photo=None, **typed):
        # sudo: his own contact; members may change fields of it that they may not read
        person = request.env.user.partner_id.sudo()
        error, differences = None, []
        saved = {name: person[name] or "" for name in (*TEXTS, *CHOICES)}
        if request.httprequest.method == "POST":
            values = {name: typed.get(name, "") for name in TEXTS}
            values |= {name: name in typed for name in CHOICES}
            # One byte more than the limit is enough to refuse.
            content = photo.read(PHOTO_MAX_BYTES + 1) if photo else b""
            try:
                with request.env.cr.savepoint():
                    person._check_stamp(typed.get("empreinte"))
                    own = request.env.user.partner_id
                    own._update_own(values, content or (b"" if remove_photo else None))
                return request.redirect("/mon-compte?fait=fiche")
            except UserError as refusal:
                error = str(refusal)
                if field_of(refusal) == "stamp":
                    differences = self._differences(person, saved, values)
        else:
            values = saved
        shown = {"person": person, "values": values, "max_length": OWN_TEXT_MAX, "stamp": person._stamp()}
        return request.render("collab_charte.profile", {**shown, "error": error, "differences": differences})

    def _differences(self, person, saved, typed):
        """:return list[tuple[str, str]]: what is saved where the form says something else: labels and values"""
        yes, no = request.env._("Yes"), request.env._("No")
        rows = [(name, value or "—", value != typed[name]) for name, value in saved.items() if name in TEXTS]
        rows += [(name, yes if saved[name] else no, bool(saved[name]) != typed[name]) for name in CHOICES]
        return [
            (person._fields[name]._description_string(request.env), value) for name, value, differs in rows if differs
        ]

    @route("/mon-compte/photo", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def photo(self, **kw):
        # sudo: his own
        person = request.env.user.partner_id.sudo()
        if not person.image_256:
            raise request.not_found()
        return request.env["ir.binary"]._get_image_stream_from(person, "image_256").get_response()

    @route("/mon-compte/donnees", type="http", auth="user", sitemap=False, methods=["GET"], members=True)
    def own_data(self, **kw):
        """Download all the data that the platform has about oneself, one's own contents included."""
        # A file on the disk: what somebody has shared may be larger than the memory.
        target = tempfile.TemporaryFile()  # closed by the server once it has been sent
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            request.env.user._write_own_data(archive)
        target.seek(0)
        return send_file(
            target,
            request.httprequest.environ,
            mimetype="application/zip",
            as_attachment=True,
            download_name="mes-donnees.zip",
        )
