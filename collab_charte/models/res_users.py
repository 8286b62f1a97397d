from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import ROLES


class ResUsers(models.Model):
    """The door: who has accepted the charter, and where each person stands before it."""

    _inherit = "res.users"

    accepted_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter accepted",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last version that this person accepted.",
    )

    left_date = fields.Datetime(
        string="Left on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="This person has left of his own accord.",
    )
    door_state = fields.Selection(
        "_door_states",
        string="Where this person stands",
        compute="_compute_door_state",
        search="_search_door_state",
        groups="collab_reseaux.group_moderator",
    )
    refused_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter refused",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The version that this person has refused, until the day he accepts one.",
    )

    @api.model
    def _door_states(self):
        """:return list[tuple[str, str]]: where people may stand; a module that knows more states adds them"""
        version = self.env["collab.charter"]._current_version()
        labels = {
            "new": self.env._("Not invited"),
            "leaving": self.env._("Invitation on its way"),
            "stuck": self.env._("Invitation that does not leave"),
            "invited": self.env._("Invited"),
            "stopped": self.env._("Must accept the charter"),
            "outdated": self.env._("Must accept version %s", version),
            "refused": self.env._("Charter refused"),
            "in": self.env._("Charter accepted"),
            "left": self.env._("Has left the platform"),
        }
        return list(labels.items())

    @api.depends(
        *("login_date", "accepted_charter_id", "refused_charter_id", "left_date", "invited_date"),
        *("link_asked", "link_error"),
    )
    def _compute_door_state(self):
        for user in self:
            if user.left_date:
                user.door_state = "left"
            elif user._charter_accepted():
                user.door_state = "in"
            elif user.refused_charter_id.id in self.env["collab.charter"]._in_force_ids():
                user.door_state = "refused"
            elif user.accepted_charter_id or user.refused_charter_id:
                # Another version, and so he has come, whatever has been kept of his connections.
                user.door_state = "outdated"
            elif user.login_date:
                user.door_state = "stopped"
            else:
                # sudo: a mark of the job that sends
                leaving = user.sudo().link_asked and ("stuck" if user.link_error else "leaving")
                user.door_state = leaving or ("invited" if user.invited_date else "new")

    @api.model
    def _search_door_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        left, in_force = Domain("left_date", "!=", False), self.env["collab.charter"]._in_force_ids()
        accepted, refused = (Domain(f"{name}_charter_id", "in", in_force) for name in ("accepted", "refused"))
        outdated = Domain("accepted_charter_id", "!=", False) | Domain("refused_charter_id", "!=", False)
        # As core computes it: the date of his last connection.
        come, leaving = Domain("log_ids", "!=", False), self._search_leaving()
        invited = Domain("invited_date", "!=", False)
        stuck = Domain("link_error", "!=", False)
        waiting = ~left & ~accepted & ~refused & ~outdated
        domains = {
            "left": left,
            "in": ~left & accepted,
            "refused": ~left & ~accepted & refused,
            "outdated": ~left & ~accepted & ~refused & outdated,
            "stopped": waiting & come,
            "leaving": waiting & ~come & leaving & ~stuck,
            "stuck": waiting & ~come & leaving & stuck,
            "invited": waiting & ~come & ~leaving & invited,
            "new": waiting & ~come & ~leaving & ~invited,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _who_may_come_in(self):
        """:return res.users: the people of the platform, whatever their role: those whose account is open"""
        # sudo: which groups make a role is no secret
        roles = self.sudo().env["res.groups"].browse(self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES)
        return self.search([("group_ids", "in", roles.ids), ("id", "not in", self._accounts_of_odoo())])

    def _charter_accepted(self):
        """:return bool: this person has accepted the charter in force (the superuser, a machine, need not)"""
        return self._has_accepted_one_of(self.env["collab.charter"]._in_force_ids())

    def _has_accepted_one_of(self, charter_ids):
        """:param Collection[int] charter_ids: texts of a version"""
        self.ensure_one()
        # sudo: the column is closed to members, who must not choose its value; the door reads it for them.
        return self._is_superuser() or self.sudo().accepted_charter_id.id in charter_ids

    def _accept_charter(self, charter, ip):
        """Record that this person accepts the charter in force. Twice is once.

        :param collab.charter charter: the text that was shown
        :param str ip: where from
        :return bool: False when another version has come into force since
        """
        self.ensure_one()
        if charter.id not in self.env["collab.charter"]._in_force_ids():
            return False
        if not self._charter_accepted():
            # sudo: proofs and the columns above are written by the platform, never by the person
            user, text, Acceptance = self.sudo(), charter.sudo(), self.env["collab.charter.acceptance"].sudo()
            Acceptance.create(
                {
                    "charter_id": charter.id,
                    "user_id": user.id,
                    "name": user.name,
                    "login": user.login,
                    "body_hash": text.body_hash,
                    "ip": ip,
                }
            )
            user.write({"accepted_charter_id": charter.id, "refused_charter_id": False})
        return True

    def _refuse_charter(self):
        """Record that this person does not accept the charter in force. He may still change his mind."""
        if not self._charter_accepted():
            # sudo: written by the platform, never by the person
            self.sudo().refused_charter_id = self.env["collab.charter"]._current_id()

    def _exported_columns(self):
        columns = super()._exported_columns()
        states = dict(self._fields["door_state"]._description_selection(self.env))
        last, said = columns.popitem()
        return {**columns, self.env._("State"): lambda user: states.get(user.door_state), last: said}

    def _note(self, kind, before=None, after=None, reason=None):
        """Write down what has just happened to these accounts, for administrators to read.

        :param str kind: of ``collab.account.event``
        :param str | None before: what it was
        :param str | None after: what it has become
        :param str | None reason: in the words of whoever did it
        :return collab.account.event: what has been written, in sudo
        """
        # sudo: the log is the platform's to write; it keeps who did it
        return (
            self.env["collab.account.event"]
            .sudo()
            .create(
                [
                    {"user_id": user.id, "kind": kind, "before": before, "after": after, "reason": reason}
                    for user in self
                ]
            )
        )

    def _leave(self):
        """Close the account of this person, who asks for it: his sessions end, what he published stays."""
        # By the platform: core lets nobody archive himself.
        self.with_user(SUPERUSER_ID).write({"active": False, "left_date": fields.Datetime.now()})
        self._note("left")

    def _audience_scope(self):
        """Before the charter, nothing is readable, by any protocol."""
        if not self._charter_accepted():
            return None
        return super()._audience_scope()
