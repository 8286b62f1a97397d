from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import opened


class ResUsers(models.Model):
    """Changes of role: refused when somebody else has just made one, and written in the log of accounts."""

    _inherit = "res.users"
    _writes = opened("administrator", "role_seen")

    role_seen = fields.Char(
        string="Role that the form shows",
        store=False,
        groups="collab_reseaux.group_administrator",
        help="Sent by the form of a person with another role, to find that somebody else has just changed it.",
    )

    def write(self, vals):
        if "role_seen" in vals:
            vals = self._checked_role(vals)
        roles = {user: user._role() for user in self} if "group_ids" in vals else {}
        result = super().write(vals)
        self._note_roles(roles)
        return result

    def _checked_role(self, vals):
        """
        :param dict vals: as for ``write``
        :return dict: the same, without the role that the form showed
        :raises UserError: somebody else has changed the role since the form was opened
        """
        self.check_access("write")
        seen = vals["role_seen"]
        roles = self._role_names()
        for user in self:
            role = user._role()
            if "platform_role" in vals and role != seen:
                # sudo: the log, to say who has changed this role
                last = self.env["collab.account.event"].sudo()
                last = last.search([("user_id", "=", user.id), ("kind", "=", "role")], limit=1)
                raise UserError(
                    self.env._(
                        "%(person)s has just changed the role of this person (%(role)s). Load the page again before "
                        "you change it.",
                        person=last.create_uid.name or self.env._("Somebody"),
                        role=roles.get(role, ""),
                    )
                )
        return {name: value for name, value in vals.items() if name != "role_seen"}

    def _role_names(self):
        """:return dict[str, str]: the label of each role"""
        return dict(self._fields["platform_role"]._description_selection(self.env))

    def _note_roles(self, before):
        """:param dict[res.users, str | None] before: by account, its role before the write"""
        names = self._role_names()
        for user, role in before.items():
            if (now := user._role()) != role:
                user._note("role", names.get(role), names.get(now))
