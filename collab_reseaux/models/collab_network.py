import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..calls import CHOOSE, READ, WRITE, opened

# Everybody but visitors: the login page shows the networks, but not whom to contact.
KNOWN_PEOPLE = "base.group_user,base.group_portal"


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
        # The value is written in a style attribute: anything else than a colour could change the page.
        for network in self:
            if not re.fullmatch(r"#[0-9a-f]{6}", network.color or ""):
                raise ValidationError(self.env._("A colour is written #rrggbb, with lower-case digits."))

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

        :return tuple[dict]: id, name, full_name, color, shape, active; the networks in use only
        """
        return tuple(network for network in self._all_branding() if network["active"])

    @api.model
    @tools.ormcache()
    def _all_branding(self):
        """:return tuple[dict]: as ``_branding``, with the archived networks"""
        # sudo: the login page shows them to anybody. There are only a few federations.
        networks = self.sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all
        return tuple(networks.read(["name", "full_name", "color", "shape", "active"]))

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
