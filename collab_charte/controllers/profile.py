import tempfile
import zipfile

from werkzeug.utils import send_file

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.models.res_partner_own import HELP_WORDS_MAX, OWN_TEXT_MAX, PHOTO_MAX_BYTES
from odoo.addons.collab_reseaux.refusals import field_of

TEXTS = ("firstname", "lastname", "function", "phone", "help_words", "work_days")
CHOICES = ("shows_email", "shows_phone", "shows_photo", "is_listed")
# What is changed with each fact of the card, when one changes it alone.
TOGETHER = {
    "name": ("firstname", "lastname"),
    "function": ("function",),
    "phone": ("phone", "shows_phone"),
    "photo": ("shows_photo",),
    "help": ("help_theme_ids", "help_words"),
    "days": ("work_days",),
    "listed": ("is_listed",),
}


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
    def profile(self, photo=None, remove_photo=None, champ=None, **typed):
        """Change one's own card, or one fact of it; the others are then sent back as they were shown."""
        # sudo: his own contact; members may change fields of it that they may not read
        person = request.env.user.partner_id.sudo()
        refused, differences = None, []
        saved = {name: person[name] or "" for name in (*TEXTS, *CHOICES)}
        saved["help_theme_ids"] = person.help_theme_ids.filtered("active").ids
        if request.httprequest.method == "POST":
            values = {name: typed.get(name, "") for name in TEXTS}
            values |= {name: name in typed for name in CHOICES}
            ticked = map(number_in, request.httprequest.form.getlist("help_theme_ids"))
            values["help_theme_ids"] = [number for number in ticked if number]
            # One byte more than the limit is enough to refuse.
            content = photo.read(PHOTO_MAX_BYTES + 1) if photo else b""
            try:
                with request.env.cr.savepoint():
                    person._check_stamp(typed.get("empreinte"))
                    own = request.env.user.partner_id
                    own._update_own(values, content or (b"" if remove_photo else None))
                say(request.env._("Your card is up to date."))
                return request.redirect("/mon-compte")
            except UserError as refusal:
                refused = refusal
                if field_of(refusal) == "stamp":
                    differences = self._differences(person, saved, values)
        else:
            values = saved
        # Somebody has corrected the card meanwhile: all of it is shown, to be compared.
        only = champ if champ in TOGETHER and not differences else None
        chosen = TOGETHER.get(only, saved)
        fields = {
            "only": only,
            # Sent again as they were shown, a list as several values.
            "hidden": [
                (name, "1" if value is True else value)
                for name, shown in values.items()
                if name not in chosen
                for value in (shown if isinstance(shown, list) else [shown])
                if value
            ],
            "shown_choices": [name for name in CHOICES if name in chosen and name != "is_listed"],
            "themes": request.env["collab.theme"]._labels(),
        }
        limits = {"max_length": OWN_TEXT_MAX, "help_words_max": HELP_WORDS_MAX}
        shown = {"person": person, "values": values, "stamp": person._stamp(), **limits, **fields}
        # The others stand at the head of the form.
        beside = field_of(refused) if field_of(refused) in chosen else None
        refusal = {"error": refused and str(refused), "error_in": beside, "differences": differences}
        return request.render("collab_charte.profile", {**shown, **refusal})

    def _differences(self, person, saved, typed):
        """:return list[tuple[str, str]]: what is saved where the form says something else: labels and values"""
        yes, no = request.env._("Yes"), request.env._("No")
        rows = [(name, value or "—", value != typed[name]) for name, value in saved.items() if name in TEXTS]
        rows += [(name, yes if saved[name] else no, bool(saved[name]) != typed[name]) for name in CHOICES]
        themes, name = request.env["collab.theme"]._labels(), "help_theme_ids"
        said = ", ".join(themes[number] for number in saved[name]) or "—"
        rows.append((name, said, set(saved[name]) != set(typed[name])))
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
