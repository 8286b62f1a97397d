import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..calls import CHOOSE, READ, WRITE, opened

# Not the visitors of the login page, which shows the networks.
KNOWN_PEOPLE = "base.group_user,base.group_portal"


class CollabNetwork(models.Model):
    """One of the federations whose members share the platform."""

    _name = "collab.network"
    _inherit = ["collab.written.mixin", "collab.cached.mixin"]
    _description = "Network"
    _order = "sequence, id"

    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE)
    _creates = _writes = opened(
        "administrator",
        *("name", "code", "full_name", "sequence", "logo", "color", "shape", "website"),
        *("contact_name", "contact_email", "contact_phone"),
    )

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short and stable: it names the network in files and styles.")
    full_name = fields.Char(help="The name written out, shown on the home page.")
    sequence = fields.Integer(default=10)
    logo = fields.Image(max_width=512, max_height=512)
    color = fields.Char(
        required=True,
        default="#3b4a5a",
        help="Accent of the network, as #rrggbb. Dark enough to be read on white.",
    )
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
        # The value goes into a style attribute: nothing but a colour may be there.
        for network in self:
            if not re.fullmatch(r"#[0-9a-f]{6}", network.color or ""):
                raise ValidationError(self.env._("A colour is written #rrggbb, with lower-case digits."))

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
        """:return collab.network: those of the current user"""
        # sudo: his own memberships
        return self.env.user.sudo().partner_id.scope_network_ids.sudo(False)

    @api.model
    @tools.ormcache()
    def _branding(self):
        """What every page shows of the networks, without a query.

        :return tuple[dict]: id, name, full_name, color, shape
        """
        # sudo: printed on the login page too. The federations are counted on one hand.
        networks = self.sudo().search([])  # pylint: disable=no-search-all
        return tuple(networks.read(["name", "full_name", "color", "shape"]))
