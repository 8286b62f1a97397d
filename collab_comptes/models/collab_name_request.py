from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened
from odoo.addons.collab_reseaux.import_plan import words

# What looks alike on a screen, once accents and capitals are gone.
ALIKE = str.maketrans({"l": "i", "y": "i", "v": "u"})


def looks_of(name):
    """:param str name: of a person
    :return tuple[str]: the same for two names that a reader takes for each other, whatever their accents, capitals,
        hyphens and order"""
    return tuple(sorted(words(name).translate(ALIKE).split()))


class CollabNameRequest(models.Model):
    """A name that somebody gives himself and that a person of the federations bears: it waits until one of them has
    looked."""

    _name = "collab.name.request"
    _inherit = ["collab.written.mixin", "collab.access.mixin"]
    _description = "Name to be looked at"
    _order = "id desc"
    _rec_name = "new_name"
    _calls = opened("moderator", *READ, *WRITE, "action_accept", "action_refuse")
    _writes = opened("moderator", "answer")

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    name_now = fields.Char(string="Name now", related="user_id.name")
    firstname = fields.Char(string="First name asked for", required=True, readonly=True)
    lastname = fields.Char(string="Last name asked for", required=True, readonly=True)
    new_name = fields.Char(string="Name asked for", compute="_compute_new_name")
    borne_by = fields.Char(string="Borne by", required=True, readonly=True, help="Of the federations, at that moment.")
    answer = fields.Text(help="The person reads it.")
    state = fields.Selection(
        [("waiting", "To be looked at"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="waiting",
    )

    _one_waiting = models.UniqueIndex("(user_id) WHERE state = 'waiting'", "This person has asked for a name already.")

    @api.depends("firstname", "lastname")
    def _compute_new_name(self):
        for request in self:
            request.new_name = f"{request.firstname} {request.lastname}"

    @api.model
    def _audience_domain(self):
        """Moderators read those of their networks; each person, his own."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("user_id", "=", self.env.uid)
        if not self.env.user._has_role("moderator"):
            return own
        return own | Domain("user_id", "any", self.env["res.users"]._audience_domain())

    @api.model
    def _ask(self, firstname, lastname):
        """Hold back the name that the current user gives himself, if somebody of the federations bears it. What he
        asked for before is forgotten.

        :return bool: it waits
        """
        me = self.env.user
        # sudo: members write no request but this way
        requests = self.sudo()
        known = requests.search([("user_id", "=", me.id), ("state", "!=", "accepted")])
        new_name = f"{firstname} {lastname}"
        bearers = self._bearers(new_name)
        waits = bool(bearers) and looks_of(new_name) != looks_of(me.sudo().name)  # his own name
        waiting = known.filtered(lambda request: request.state == "waiting")
        if waits and (waiting.firstname, waiting.lastname) == (firstname, lastname):
            return True
        known.unlink()
        if waits:
            request = requests.create(
                {
                    "user_id": me.id,
                    "firstname": firstname,
                    "lastname": lastname,
                    "borne_by": ", ".join(bearers.mapped("name")),
                }
            ).sudo(False)
            request._tell("account_queue", request._deciders())
        return waits

    @api.model
    def _shown_to_me(self):
        """:return collab.name.request: the name that the current user has asked for, and has not been given"""
        return self.search([("user_id", "=", self.env.uid), ("state", "!=", "accepted")])

    @api.model
    def _bearers(self, name):
        """:return res.users: those of the federations, but the current user, whose name looks like this one"""
        # sudo: members list no accounts
        staff = self.env["res.users"].sudo().search(self._staff_domain() & Domain("id", "!=", self.env.uid))
        return staff.filtered(lambda user: looks_of(user.name) == looks_of(name))

    @api.model
    def _staff_domain(self):
        return Domain("all_group_ids", "in", self.env.ref("collab_reseaux.group_moderator").ids)

    def _deciders(self):
        """:return res.users: the moderators of the networks of this person, or the administrators"""
        # sudo: members list no accounts
        Users, person = self.env["res.users"].sudo(), self.sudo().user_id
        others = self._staff_domain() & Domain("id", "!=", person.id)
        networks = person.partner_id.scope_network_ids
        found = Users.search(others & Domain("partner_id.scope_network_ids", "in", networks.ids))
        administrators = self.env.ref("collab_reseaux.group_administrator")
        return (found or Users.search(others & Domain("all_group_ids", "in", administrators.ids))).sudo(False)

    def _tell(self, kind, people):
        self.env["collab.notification"]._notify(kind, self, f"{self._name},{self.id},{kind}", people)

    def _notification(self, kind, event):
        # sudo: this person reads the request, and so who has made it
        request = self.sudo()
        name = f"«\N{NO-BREAK SPACE}{request.new_name}\N{NO-BREAK SPACE}»"
        found = {"title": request.new_name, "said": request.answer or ""}
        if kind == "account_queue":
            action = self.env["ir.model.data"]._xmlid_to_res_id("collab_comptes.collab_name_request_action")
            subject = self.env._("%(person)s asks to be named %(name)s", person=request.name_now, name=name)
            link = {"subject": subject, "url": f"/odoo/action-{action}/{self.id}"}
            return {**found, **link} if request.state == "waiting" else None
        said = {
            "accepted": self.env._("You are now named %s", name),
            "refused": self.env._("The name %s has been refused", name),
        }
        return {**found, "subject": said[request.state], "url": "/mon-compte"} if request.state in said else None

    def action_accept(self):
        """Give this person the name that he asks for."""
        request = self._decided("accepted")
        request.user_id.partner_id.write({"firstname": request.firstname, "lastname": request.lastname})

    def action_refuse(self):
        """Leave this person the name that he has.

        :raises UserError: nobody has written why
        """
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write why: the person reads it."))
        self._decided("refused")

    def _decided(self, state):
        """:return collab.name.request: in sudo, once whoever decides has been found to have the right to
        :raises UserError: it has been decided already
        """
        self.ensure_one()
        self.check_access("write")
        if self.user_id == self.env.user:
            raise AccessError(self.env._("Somebody else decides on your own name."))
        # sudo: what becomes of a request is written by this method only
        request = self.sudo()
        # Two moderators may decide at once: the second one waits, and is told.
        request.lock_for_update()
        request.invalidate_recordset(["state"])
        if request.state != "waiting":
            raise UserError(self.env._("This has been decided already."))
        request.state = state
        self._tell("account", request.user_id)
        return request
