from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    accepted_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter accepted",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last version that this person accepted.",
    )

    def _charter_accepted(self):
        """:return bool: this person has accepted the charter in force (the superuser, a machine, need not)"""
        self.ensure_one()
        current = self.env["collab.charter"]._current_id()
        # The column is closed to members: they must not choose its value, but the door reads it for them.
        return self._is_superuser() or bool(current and self.sudo().accepted_charter_id.id == current)

    def _accept_charter(self, charter, ip):
        """Record that this person accepts the charter in force. Twice is once.

        :param collab.charter charter: the text that was shown
        :param str ip: where from
        :return bool: False when another version has come into force since
        """
        self.ensure_one()
        if charter.id != self.env["collab.charter"]._current_id():
            return False
        if not self._charter_accepted():
            user = self.sudo()  # proofs and the column above are written by the platform, never by the person
            self.env["collab.charter.acceptance"].sudo().create(
                {
                    "charter_id": charter.id,
                    "user_id": user.id,
                    "login": user.login,
                    "body_hash": charter.sudo().body_hash,
                    "ip": ip,
                }
            )
            user.accepted_charter_id = charter
        return True

    def _audience_scope(self):
        """Before the charter, nothing is readable, by any protocol."""
        if not self._charter_accepted():
            return None
        return super()._audience_scope()
