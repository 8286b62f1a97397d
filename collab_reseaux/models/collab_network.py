import base64
import io

from markupsafe import Markup
from PIL import Image

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.image import image_process

from ..calls import CHOOSE, READ, WRITE, opened
from ..colours import HEXADECIMAL, readable

# Everybody but visitors: the login page shows the networks, but not whom to contact.
KNOWN_PEOPLE = "base.group_user,base.group_portal"
LOGO_FORMATS = ("PNG", "JPEG")
LOGO_MAX_BYTES = 2_000_000
# In points of a page; it is drawn twice as fine, for the screens of phones.
LOGO_HEIGHT, LOGO_MAX_WIDTH = 40, 160


class CollabNetwork(models.Model):
    """One of the federations whose members share the platform."""

    _name = "collab.network"
    _inherit = ["collab.written.mixin", "collab.used.mixin", "collab.cached.mixin"]
    _description = "Network"
    _order = "sequence, id"
    _listed_in = "collab_reseaux.collab_network_action"

    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened(
        "administrator",
        *("name", "code", "full_name", "sequence", "logo", "color", "shape", "website"),
        *("contact_name", "contact_email", "contact_phone"),
    )

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short and stable: it names the network in files and styles.")
    full_name = fields.Char(help="The name written out, shown on the home page.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="An archived network is chosen no more; who reads what has been addressed to it does not change.",
    )
    logo = fields.Image(
        max_width=512, max_height=512, help="A PNG or JPEG file. Members of this network see it in the header of pages."
    )
    color = fields.Char(
        required=True,
        default="#3b4a5a",
        help="Accent of the network, as #rrggbb. One that is too light to be read is replaced by the nearest that is.",
    )
    color_preview = fields.Html(string="As it shows", compute="_compute_color_preview", sanitize=False)
    shape = fields.Selection(
        [("square", "Square"), ("round", "Round"), ("triangle", "Triangle"), ("diamond", "Diamond")],
        required=True,
        default="diamond",
        help="A network is told by a colour, a shape and a word, never by the colour alone.",
    )
    website = fields.Char()
    contact_name = fields.Char(
        string="Contact", groups=KNOWN_PEOPLE, help="Whom members of this network may turn to about the platform."
    )
    contact_email = fields.Char(groups=KNOWN_PEOPLE)
    contact_phone = fields.Char(groups=KNOWN_PEOPLE)

    is_mine = fields.Boolean(string="Mine", compute="_compute_is_mine", search="_search_is_mine")

    _code_unique = models.UniqueIndex("(code)", "Two networks cannot have the same code.")

    @api.constrains("color")
    def _check_color(self):
        # The value is written in a style attribute: anything else than a colour could change the page.
        for network in self:
            if not HEXADECIMAL.fullmatch(network.color or ""):
                raise ValidationError(self.env._("A colour is written #rrggbb, with lower-case digits."))

    @api.constrains("logo")
    def _check_logo(self):
        # By its content: Odoo lets a drawing (SVG) through as it is, and a drawing may hold a script.
        for network in self.filtered("logo"):
            content = base64.b64decode(network.with_context(bin_size=False).logo)
            try:
                if len(content) > LOGO_MAX_BYTES or Image.open(io.BytesIO(content)).format not in LOGO_FORMATS:
                    raise ValueError("size or format")
            except (OSError, ValueError) as error:
                refusal = self.env._("The logo must be a PNG or JPEG file of 2 MB at most: choose another file.")
                raise ValidationError(refusal) from error

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_readable_color(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_readable_color(vals))

    @api.model
    def _with_readable_color(self, vals):
        """:return dict: the same values, with a colour that can be read, whoever has chosen it; what is no colour is
        left for ``_check_color``"""
        color = vals.get("color")
        if isinstance(color, str) and HEXADECIMAL.fullmatch(color):
            return {**vals, "color": readable(color)}
        return vals

    @api.onchange("color")
    def _onchange_color(self):
        if not HEXADECIMAL.fullmatch(self.color or ""):
            return None
        chosen, self.color = self.color, readable(self.color)
        if chosen == self.color:
            return None
        said = self.env._(
            "%(chosen)s is too light to be read on white. It is replaced by %(color)s, the nearest colour that is.",
            chosen=chosen,
            color=self.color,
        )
        return {"warning": {"type": "notification", "title": self.env._("Colour corrected"), "message": said}}

    @api.depends("name", "color")
    def _compute_color_preview(self):
        shown = Markup(
            '<span style="display: inline-block; padding: 4px 12px; border-radius: 10px; '
            'background: {color}; color: #fff;">{name}</span> '
            '<span style="margin-left: 12px; font-weight: 700; color: {color};">{name}</span>'
        )
        for network in self:
            is_color = HEXADECIMAL.fullmatch(network.color or "")
            network.color_preview = is_color and shown.format(color=network.color, name=network.name or "…")

    @api.depends("name", "active")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for network in self:
            network.display_name = network.name
            if not network.active and network.name:
                network.display_name = self.env._("%s (archived network)", network.name)

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self._own()
        for network in self:
            network.is_mine = network in mine

    @api.model
    def _search_is_mine(self, operator, value):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        return Domain("id", "in", self._own().ids) if operator == "in" else NotImplemented

    @api.model
    def _own(self):
        """:return collab.network: the networks of the current user"""
        # sudo: his own memberships
        return self.env.user.sudo().partner_id.scope_network_ids.sudo(False)

    @api.model
    def _branding(self):
        """Cached, because every page shows the networks.

        :return tuple[dict]: id, name, full_name, color, shape, active, logo (the mark of its content, which is part of
            its address; empty: none), logo_width (in points, when it is LOGO_HEIGHT high); the networks in use only
        """
        return tuple(network for network in self._all_branding() if network["active"])

    @api.model
    @tools.ormcache()
    def _all_branding(self):
        """:return tuple[dict]: as ``_branding``, with the archived networks"""
        # sudo: the login page shows them to anybody. There are only a few federations.
        networks = self.sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all
        rows = networks.read(["name", "full_name", "color", "shape", "active"])
        logos = self.env["ir.attachment"].sudo()  # sudo: as above
        owned = Domain("res_model", "=", self._name) & Domain("res_field", "=", "logo")
        files = {logo.res_id: logo for logo in logos.search(owned)}
        return tuple({**row, **self._logo_said(files.get(row["id"]))} for row in rows)

    @api.model
    def _logo_said(self, file):
        """:param ir.attachment | None file: a logo
        :return dict: what ``_branding`` says of it"""
        if not file:
            return {"logo": "", "logo_width": 0}
        width, height = Image.open(io.BytesIO(file.raw)).size
        return {"logo": file.checksum[:16], "logo_width": min(LOGO_MAX_WIDTH, max(1, LOGO_HEIGHT * width // height))}

    @api.model
    def _logo(self, network_id, mark):
        """
        :param int network_id:
        :param str mark: of its content, as ``_branding`` gives it
        :return tuple[bytes, str] | None: its logo as pages and letters show it, and the type of this file; None: it has
            no such logo, or is not in use
        """
        if not mark or (network_id, mark) not in ((shown["id"], shown["logo"]) for shown in self._branding()):
            return None
        # sudo: anybody may see the logo of a federation, as the login page
        logo = base64.b64decode(self.sudo().browse(network_id).with_context(bin_size=False).logo)
        content = image_process(logo, size=(2 * LOGO_MAX_WIDTH, 2 * LOGO_HEIGHT))
        return content, f"image/{Image.open(io.BytesIO(content)).format.lower()}"

    # What uses a network

    def _uses(self):
        addressed = self._addressed_uses("audience_network_ids")
        return [*super()._uses(), *self._belonging_uses("scope_network_ids"), *addressed]

    def _remedy(self):
        return self.env._("Archive it instead.")

    def _archive_consequence(self):
        return self.env._(
            "Nobody will choose it any more, for a new content or for a new member. What was addressed to it stays "
            "closed to the others: only those who belong to it, the authors and the administrators read it. You can "
            "restore it."
        )

    def _archive_refusal(self):
        roles = [self.env.ref(f"collab_reseaux.group_{role}").id for role in ("moderator", "administrator")]
        moderators = Domain("all_group_ids", "in", roles[:1]) & Domain("all_group_ids", "not in", roles[1:])
        # sudo: only numbers are shown
        theirs = (
            self.env["res.users"].sudo().search(moderators & Domain("partner_id.scope_network_ids", "in", self.ids))
        )
        alone = len(theirs.filtered(lambda person: not (person.partner_id.scope_network_ids - self).filtered("active")))
        if not alone:
            return None
        if alone == 1:
            return self.env._("1 moderator has no other network: choose another one for this person first.")
        return self.env._("%s moderators have no other network: choose another one for them first.", alone)
