import base64
import io
import unicodedata

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.image import image_process

from ..names import initials, is_name
from ..phones import read_phone
from ..refusals import beside

OWN_FIELDS = frozenset(
    {
        *("firstname", "lastname", "function", "phone", "help_theme_ids", "help_words", "work_days"),
        *("shows_email", "shows_phone", "shows_photo", "is_listed"),
    }
)
# As in the form.
OWN_TEXT_MAX, HELP_WORDS_MAX = 80, 200
PHOTO_MAX_BYTES = 10_000_000
PHOTO_SIDE = 512


class ResPartner(models.Model):
    """What a person changes on his own contact, and how he is shown."""

    _name = "res.partner"
    _inherit = ["res.partner", "collab.stamped.mixin"]

    is_listed = fields.Boolean(
        string="In the directory",
        default=True,
        help="The other members find this person in the directory, and on the page of the organisation.",
    )
    help_theme_ids = fields.Many2many(
        "collab.theme",
        "collab_partner_theme_rel",
        string="Can help with",
        context={"active_test": False},
        help="Themes about which the others may turn to this person.",
    )
    help_words = fields.Char(string="How to ask for help", help="A sentence, shown under the themes.")
    work_days = fields.Char(string="Days of work", help="When this person can be reached: “Monday, Tuesday”.")
    shows_email = fields.Boolean(
        string="Electronic address shown", help="This person lets the other members see his address."
    )
    shows_phone = fields.Boolean(string="Phone shown", help="This person lets the other members see his phone number.")
    shows_photo = fields.Boolean(
        string="Photo shown", default=True, help="This person lets the other members see his photo."
    )

    @api.constrains("firstname", "lastname")
    def _check_name_length(self):
        """Lists and mails show the name of people who have an account: the limit of their own page holds everywhere."""
        # sudo: whoever writes a contact may not read accounts
        people = self.filtered(lambda person: person.sudo().with_context(active_test=False).user_ids)
        for person in people:
            for name in ("firstname", "lastname"):
                person._check_text_length(name, person[name] or "")

    def _check_text_length(self, name, text):
        """:raises ValidationError: it is longer than on people's own page"""
        limit = HELP_WORDS_MAX if name == "help_words" else OWN_TEXT_MAX
        if len(text) > limit:
            label = self._fields[name].get_description(self.env, ["string"])["string"]
            too_long = self.env._("%(label)s: %(limit)s characters at most.", label=label, limit=limit)
            raise beside(name, ValidationError(too_long))

    def _stamped(self):
        return [self[name] for name in sorted(OWN_FIELDS)]

    def _lock_stamp(self):
        self.env.cr.execute(SQL("SELECT FROM res_partner WHERE id = %s FOR UPDATE", self.id))

    def _update_own(self, values, photo=None):
        """Save the page on which a person changes his own contact.

        :param dict values: by field, all among OWN_FIELDS; for themes, identifiers of those that the form offers
        :param bytes | None photo: empty to remove it, None to leave it
        :raises ValidationError: says what is wrong, and with what
        """
        self.ensure_one()
        if self != self.env.user.partner_id:
            raise AccessError(self.env._("Each person changes what is his own."))
        changes = {}
        for name, value in values.items():
            if name not in OWN_FIELDS:
                raise AccessError(self.env._("This is changed by your federation."))
            if name == "help_theme_ids":
                changes[name] = self._own_themes(value)
            else:
                changes[name] = self._own_text(name, value) if isinstance(value, str) else bool(value)
        if photo is not None:
            changes["image_1920"] = base64.b64encode(self._own_photo(photo)) if photo else False
        # sudo: members may not write partners, except these fields of their own
        self.sudo().write(self._reviewed(changes))

    def _reviewed(self, changes):
        """A hook for modules that hold a change back until somebody has approved it.

        :param dict changes: by field, what this person changes on his own contact
        :return dict: the part that is written at once
        """
        return changes

    def _own_text(self, name, value):
        label = self._fields[name].get_description(self.env, ["string"])["string"]
        composed = unicodedata.normalize("NFC", value)
        text = " ".join("".join(char for char in composed if unicodedata.category(char)[0] != "C").split())
        is_new_name = name in ("firstname", "lastname") and text != self[name]
        if name in ("firstname", "lastname") and not text:
            raise ValidationError(self.env._("%s: the others must know who is speaking to them.", label))
        if is_new_name and not is_name(text):
            # Otherwise he could copy the name of somebody else with letters that look the same (Cyrillic), or add the
            # mark of a role, "(modération)".
            raise ValidationError(self.env._("%s: letters, spaces, hyphens and apostrophes only.", label))
        self._check_text_length(name, text)
        if name == "phone":
            return self._own_phone(text)
        return text or False

    def _own_phone(self, text):
        # sudo: his own; what his federation has written in another way does not keep him from saving the rest
        if text == (self.sudo().phone or ""):
            return text or False
        try:
            return read_phone(self.env, text)
        except ValidationError as refusal:
            raise beside("phone", refusal) from refusal

    def _own_themes(self, chosen):
        """:param Iterable[int] chosen: themes that a form offers
        :return list: the command that writes them; those that he had chosen and that are archived stay"""
        # sudo: his own, and themes are known to all
        archived = self.sudo().help_theme_ids.filtered(lambda theme: not theme.active)
        offered = self.env["collab.theme"]._labels()
        return [Command.set([*archived.ids, *(number for number in chosen if number in offered)])]

    def _own_photo(self, content):
        """:return bytes: a small square JPEG, without the metadata of the camera (position, date, device)"""
        if len(content) > PHOTO_MAX_BYTES:
            raise ValidationError(self.env._("Photo: %s MB at most.", PHOTO_MAX_BYTES // 1_000_000))
        try:
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")):
                pass
            return image_process(
                content, size=(PHOTO_SIDE, PHOTO_SIDE), verify_resolution=True, crop="center", output_format="JPEG"
            )
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, UserError) as error:
            raise ValidationError(
                self.env._("Photo: this file is not a picture that can be shown. Choose a JPEG or PNG photo.")
            ) from error

    def _initials(self):
        """:return str: one or two letters, shown in place of the photo"""
        self.ensure_one()
        return initials(self.firstname, self.lastname) if self.firstname or self.lastname else initials(self.name)
