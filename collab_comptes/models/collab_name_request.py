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
    _inherit = "collab.request.mixin"
    _description = "Name to be looked at"
    _rec_name = "new_name"
    _calls = opened("moderator", *READ, *WRITE, "action_accept", "action_refuse")
    _writes = opened("moderator", "answer")

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
    def _moderated_domain(self):
        # Those of people of his networks.
        return Domain("user_id", "any", self.env["res.users"]._audience_domain())

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
        # sudo: the networks of this person, to find who decides
        person = self.sudo().user_id
        return self.env["res.users"]._staff_of(person.partner_id.scope_network_ids, person)

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

    def action_accept(self):
        """Change the name of this person to the one that he asked for."""
        request = self._decided("accepted")
        request.user_id.partner_id.write({"firstname": request.firstname, "lastname": request.lastname})

    def _decided(self, state):
        """:raises AccessError: it is his own name"""
        self.ensure_one()
        self.check_access("write")
        if self.user_id == self.env.user:
            raise AccessError(self.env._("Somebody else decides on your own name."))
        request = self._wait_to_decide()
        request.write({"state": state, "refused_date": state == "refused" and fields.Datetime.now()})
        self._tell("account", request.user_id)
        return request
