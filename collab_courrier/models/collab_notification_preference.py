from odoo import api, fields, models
from odoo.tools import SQL, hmac
from odoo.tools.misc import consteq

RHYTHMS = [
    ("each", "At once"),
    ("daily", "Once a day"),
    ("never", "Never"),
]
# Part of the signature of unsubscribe links: if it changes, the links of letters already sent do not work any more.
SCOPE = "collab_suivi.unsubscribe"


class CollabNotificationPreference(models.Model):
    """How often a person wants to be told a kind of thing, when he has not kept the default."""

    _name = "collab.notification.preference"
    _description = "Preference for notifications"
    _rec_name = "kind"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Char(required=True, readonly=True)
    rhythm = fields.Selection(RHYTHMS, required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, kind)", "There is one preference for each kind.")

    @api.model
    def _rhythms(self, told):
        """
        :param dict[str, res.users] told: people, by the kind of notification that concerns them; a kind whose module is
            gone is left out
        :return dict[tuple[str, int], str]: the rhythm that each of them wants, by kind and identifier, in this order
        """
        kinds = self.env["collab.notification"]._kinds()
        told = {kind: people for kind, people in told.items() if people and kind in kinds}
        free, chosen = [kind for kind in told if not kinds[kind].is_owed], []
        if free:
            chosen = self.env.execute_query(
                SQL(
                    "SELECT kind, user_id, rhythm FROM collab_notification_preference"
                    " WHERE kind IN %s AND user_id IN %s",
                    tuple(free),
                    tuple({number for kind in free for number in told[kind].ids}),
                )
            )
        rhythms = {(kind, person): kinds[kind].rhythm for kind, people in told.items() for person in people.ids}
        return rhythms | {(kind, person): rhythm for kind, person, rhythm in chosen if (kind, person) in rhythms}

    @api.model
    def _choose(self, person, kind, rhythm):
        """:param res.users person: whose choice it is
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

    @api.model
    def _keep_defaults(self, person):
        """:param res.users person: who goes back to what nobody has chosen, for kinds of things to come too"""
        self.env.cr.execute(SQL("DELETE FROM collab_notification_preference WHERE user_id = %s", person.id))
        self.invalidate_model()

    # The link in each mail. Whoever has it can stop these mails, and can do nothing else.

    @api.model
    def _unsubscribe_url(self, person, kinds):
        """:param res.users person: who receives the mail
        :param list[str] kinds: of what the mail tells
        :return str: the address where he stops these kinds of mails, without logging in"""
        said = f"{person.id}-{'.'.join(kinds)}"
        return f"{self.get_base_url()}/desabonnement/{said}-{self._seal(said)}"

    @api.model
    def _seal(self, said):
        # sudo: the signature needs the secret of the platform, which nobody may read
        return hmac(self.sudo().env, SCOPE, said)[:32]

    @api.model
    def _unsubscribe_token(self, token):
        """:param str token: the end of an address made by ``_unsubscribe_url``
        :return tuple[res.users, list[str]] | None: the person, and the kinds of mails to stop; None when we did not
            sign it"""
        said, _dash, seal = token.rpartition("-")
        if not said or not consteq(seal.encode(), self._seal(said).encode()):
            return None
        person, _dash, kinds = said.partition("-")
        # sudo: whoever opens the link is not logged in; the signature has just been checked
        user = self.env["res.users"].sudo().browse(int(person)).exists()
        known = self.env["collab.notification"]._kinds()
        return (user, [kind for kind in kinds.split(".") if kind in known]) if user else None
