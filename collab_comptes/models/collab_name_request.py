from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.calls import READ, WRITE, opened
from odoo.addons.collab_reseaux.names import looks_like, name_words, roles_told

# For how long a person may not ask again for a name that was refused.
REFUSED_FOR = timedelta(days=1)


def looks_of(name):
    """:param str name: of a person
    :return tuple[str]: a key that is the same for two names that readers see as one, whatever their accents, capitals,
        hyphens and the order of their words"""
    return tuple(sorted(name_words(name)))


class CollabNameRequest(models.Model):
    """A name that a person wants and that looks like that of federation staff, or contains a role ("modération"): it
    waits until a moderator accepts or refuses it."""

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
    borne_by = fields.Char(
        string="Can be taken for",
        required=True,
        readonly=True,
        help="The people of the federations whose name it recalls, at that moment, and the role that it tells.",
    )
    answer = fields.Text(help="The person reads it.")
    state = fields.Selection(
        [("waiting", "To be looked at"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="waiting",
    )
    refused_date = fields.Datetime(string="Refused on", readonly=True)
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="Once this person has changed his name otherwise, a refusal is kept for a day, and shown to nobody.",
    )

    _one_waiting = models.UniqueIndex("(user_id) WHERE state = 'waiting'", "This person has asked for a name already.")

    @api.depends("firstname", "lastname")
    def _compute_new_name(self):
        for request in self:
            request.new_name = f"{request.firstname} {request.lastname}"

    @api.model
    def _audience_domain(self):
        """Moderators read the requests of people of their networks; everybody reads his own."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("user_id", "=", self.env.uid)
        if not self.env.user._has_role("moderator"):
            return own
        return own | Domain("user_id", "any", self.env["res.users"]._audience_domain())

    @api.model
    def _ask(self, firstname, lastname):
        """Hold back the name that the current user chooses, if readers could take him for federation staff. It replaces
        his former request.

        :return bool: the name must wait
        :raises UserError: it has just been refused, or he has reached the daily limit of requests
        """
        me = self.env.user
        # sudo: users write requests by this method only
        requests = self.sudo()
        known = requests.with_context(active_test=False).search([("user_id", "=", me.id), ("state", "!=", "accepted")])
        new_name = f"{firstname} {lastname}"
        taken_for = self._taken_for(new_name)
        waits = bool(taken_for) and looks_of(new_name) != looks_of(me.sudo().name)  # his own name
        waiting = known.filtered(lambda request: request.state == "waiting")
        if waits and (waiting.firstname, waiting.lastname) == (firstname, lastname):
            return True
        start = fields.Datetime.now() - REFUSED_FOR
        refused = known.filtered(lambda request: request.state == "refused" and request.refused_date > start)
        if waits and looks_of(new_name) in [looks_of(request.new_name) for request in refused]:
            raise UserError(self.env._("This name has just been refused to you. Choose another one."))
        if waits:
            self.env["collab.daily.count"]._take("name")
        (known - refused).unlink()
        refused.active = False
        if waits:
            request = requests.create(
                {
                    "user_id": me.id,
                    "firstname": firstname,
                    "lastname": lastname,
                    "borne_by": ", ".join(taken_for),
                }
            ).sudo(False)
            request._tell("account_queue", request._deciders())
        return waits

    @api.model
    def _shown_to_me(self):
        """:return collab.name.request: the request of the current user that waits, or was refused"""
        return self.search([("user_id", "=", self.env.uid), ("state", "!=", "accepted")])

    @api.model
    def _taken_for(self, name):
        """:return list[str]: the names of federation staff, other than the current user, and the roles, that readers
        could see in this name"""
        # sudo: members may not read accounts
        staff = self.env["res.users"].sudo().search(self._staff_domain() & Domain("id", "!=", self.env.uid))
        roles = {
            "moderation": self.env._("role: moderation"),
            "administration": self.env._("role: administration"),
            "federation": self.env._("role: federation"),
        }
        bearers = staff.filtered(lambda user: looks_like(name, user.name))
        return [*bearers.mapped("name"), *(roles[role] for role in roles_told(name))]

    @api.model
    def _staff_domain(self):
        return Domain("all_group_ids", "in", self.env.ref("collab_reseaux.group_moderator").ids)

    def _deciders(self):
        """:return res.users: the moderators of this person's networks; the administrators when there are none"""
        # sudo: members may not read accounts
        Users, person = self.env["res.users"].sudo(), self.sudo().user_id
        others = self._staff_domain() & Domain("id", "!=", person.id)
        networks = person.partner_id.scope_network_ids
        found = Users.search(others & Domain("partner_id.scope_network_ids", "in", networks.ids))
        administrators = self.env.ref("collab_reseaux.group_administrator")
        return (found or Users.search(others & Domain("all_group_ids", "in", administrators.ids))).sudo(False)

    def _tell(self, kind, people):
        event = Event("decided" if kind == "account" else "asked", self)
        self.env["collab.notification"]._notify(kind, self, event, people)

    def _notification(self, kind, event):
        # sudo: who may read the request may know who has made it
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

    def write(self, vals):
        """:raises UserError: the request has been decided, and the person may have read the answer"""
        if not self.env.su and any(request.state != "waiting" for request in self):
            raise UserError(self.env._("This has been decided already."))
        return super().write(vals)

    def action_accept(self):
        """Change the name of this person to the one that he asked for."""
        request = self._decided("accepted")
        request.user_id.partner_id.write({"firstname": request.firstname, "lastname": request.lastname})

    def action_refuse(self):
        """Refuse this name: the person keeps his own.

        :raises UserError: no reason is given
        """
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write why: the person reads it."))
        self._decided("refused")

    def _decided(self, state):
        """Check that the current user may decide, store the decision, and tell the person.

        :param str state: "accepted" or "refused"
        :return collab.name.request: in sudo
        :raises AccessError: it is his own name
        :raises UserError: it has been decided already
        """
        self.ensure_one()
        self.check_access("write")
        if self.user_id == self.env.user:
            raise AccessError(self.env._("Somebody else decides on your own name."))
        # sudo: clients may not write the state of a request; only this method does
        request = self.sudo()
        # When two moderators decide at once, the second one waits here, then gets the error below.
        request.lock_for_update()
        request.invalidate_recordset(["state"])
        if request.state != "waiting":
            raise UserError(self.env._("This has been decided already."))
        request.write({"state": state, "refused_date": state == "refused" and fields.Datetime.now()})
        self._tell("account", request.user_id)
        return request
