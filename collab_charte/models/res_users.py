from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import ROLES


class ResUsers(models.Model):
    """The door: who has accepted the charter, and how far each person is on the way in (invited, come, accepted…)."""

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
        """:return list[tuple[str, str]]: the states of an account and their labels; other modules add theirs"""
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
                # He has answered about another version, hence has come, even if login_date was lost.
                user.door_state = "outdated"
            elif user.login_date:
                user.door_state = "stopped"
            else:
                # sudo: link_asked is closed to all users
                leaving = user.sudo().link_asked and ("stuck" if user.link_error else "leaving")
                user.door_state = leaving or ("invited" if user.invited_date else "new")

    @api.model
    def _search_door_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        left, in_force = Domain("left_date", "!=", False), self.env["collab.charter"]._in_force_ids()
        accepted, refused = (Domain(f"{name}_charter_id", "in", in_force) for name in ("accepted", "refused"))
        outdated = Domain("accepted_charter_id", "!=", False) | Domain("refused_charter_id", "!=", False)
        # log_ids are the connections, from which core computes login_date.
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
        """:return res.users: the people who have an open account, whatever their role"""
        # sudo: only the identifiers of our groups
        roles = self.sudo().env["res.groups"].browse(self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES)
        return self.search([("group_ids", "in", roles.ids), ("id", "not in", self._accounts_of_odoo())])

    @api.model
    def _reader_columns(self):
        return [*super()._reader_columns(), "accepted_charter_id"]

    def _charter_accepted(self):
        """:return bool: this person has accepted the charter in force; the superuser, who is not a person, need not"""
        return self._has_accepted_one_of(self.env["collab.charter"]._in_force_ids())

    def _has_accepted_one_of(self, charter_ids):
        """:param Collection[int] charter_ids: the texts of one version
        :return bool: this person has accepted one of them"""
        self.ensure_one()
        # sudo: the field is closed to members
        return self._is_superuser() or self.sudo().accepted_charter_id.id in charter_ids

    def _accept_charter(self, charter, ip):
        """Record that this person accepts the charter in force. Calling it twice changes nothing.

        :param collab.charter charter: the text that he was shown
        :param str ip: the IP address of his request
        :return bool: False when another version has come into force since he was shown this one
        """
        self.ensure_one()
        if charter.id not in self.env["collab.charter"]._in_force_ids():
            return False
        if not self._charter_accepted():
            # sudo: proofs, and these fields, are closed to users: they accept by this method only
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
        """Record that this person refuses the charter in force. He may accept it later."""
        if not self._charter_accepted():
            # sudo: the field is closed to users: they refuse by this method only
            self.sudo().refused_charter_id = self.env["collab.charter"]._current_id()

    def _exported_columns(self):
        columns = super()._exported_columns()
        states = dict(self._fields["door_state"]._description_selection(self.env))
        last, said = columns.popitem()
        return {**columns, self.env._("State"): lambda user: states.get(user.door_state), last: said}

    def _note(self, kind, before=None, after=None, reason=None):
        """Write in the log of accounts, which administrators read.

        :param str kind: of ``collab.account.event``
        :param str | None before: the former value
        :param str | None after: the new value
        :param str | None reason: as typed by the current user
        :return collab.account.event: in sudo, one row for each of these accounts
        """
        # sudo: no user may write the log; create_uid still says who acted
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
        """Close the account of this person, at his own request. His sessions end; what he published stays."""
        # As the superuser, because core refuses that a user archives himself.
        self.with_user(SUPERUSER_ID).write({"active": False, "left_date": fields.Datetime.now()})
        self._note("left")

    def _decide_audience_scope(self):
        """Before the charter, nothing is readable, by any protocol."""
        if not self._charter_accepted():
            return None
        return super()._decide_audience_scope()
