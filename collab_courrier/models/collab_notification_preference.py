from odoo import api, fields, models
from odoo.tools import SQL, hmac
from odoo.tools.misc import consteq

RHYTHMS = [
    ("each", "Each time"),
    ("daily", "Once a day, grouped"),
    ("never", "Never"),
]
# As in the letters that have left: with another word, their links would stop nothing.
SCOPE = "collab_suivi.unsubscribe"


class CollabNotificationPreference(models.Model):
    """How often a person wants to be told a kind of thing, when it is not as by default."""

    _name = "collab.notification.preference"
    _description = "Preference for notifications"
    _rec_name = "kind"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Char(required=True, readonly=True)
    rhythm = fields.Selection(RHYTHMS, required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, kind)", "There is one preference for each kind.")

    @api.model
    def _rhythms(self, people, kind):
        """:param res.users people:
        :param str kind: of notification
        :return dict[int, str]: the rhythm that each of them wants, by identifier"""
        known = self.env["collab.notification"]._kinds().get(kind)
        if not people or not known:
            return {}
        if known.is_owed:
            return dict.fromkeys(people.ids, known.rhythm)
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, rhythm FROM collab_notification_preference WHERE kind = %s AND user_id IN %s",
                kind,
                tuple(people.ids),
            )
        )
        return {**dict.fromkeys(people.ids, known.rhythm), **dict(rows)}

    @api.model
    def _choose(self, person, kind, rhythm):
        """:param res.users person: he chooses for himself
        :param str kind: of notification
        :param str rhythm: one of RHYTHMS"""
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_notification_preference (user_id, kind, rhythm) VALUES (%s, %s, %s)
                   ON CONFLICT (user_id, kind) DO UPDATE SET rhythm = excluded.rhythm""",
                person.id,
                kind,
                rhythm,
            )
        )
        self.invalidate_model(["rhythm"])

    # What a mail carries: whoever holds it stops these mails, and can do nothing else.

    @api.model
    def _unsubscribe_url(self, person, kinds):
        """:param res.users person: who receives the mail
        :param list[str] kinds: what the mail tells
        :return str: the address by which he stops them, without logging in"""
        said = f"{person.id}-{'.'.join(kinds)}"
        return f"{self.get_base_url()}/desabonnement/{said}-{self._seal(said)}"

    @api.model
    def _seal(self, said):
        # sudo: the secret of the platform
        return hmac(self.sudo().env, SCOPE, said)[:32]

    @api.model
    def _unsubscribe_token(self, token):
        """:param str token: end of an address of ``_unsubscribe_url``
        :return tuple[res.users, list[str]] | None: whose mails it stops, and which; nothing if it is not ours"""
        said, _dash, seal = token.rpartition("-")
        if not said or not consteq(seal.encode(), self._seal(said).encode()):
            return None
        person, _dash, kinds = said.partition("-")
        # sudo: whoever holds the mail is not logged in
        user = self.env["res.users"].sudo().browse(int(person)).exists()
        known = self.env["collab.notification"]._kinds()
        return (user, [kind for kind in kinds.split(".") if kind in known]) if user else None
