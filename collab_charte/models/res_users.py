import logging
import re
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessDenied, UserError

from .collab_attempt import LIMIT_LINKS

_logger = logging.getLogger(__name__)

# CNIL, recommendation 2022-100: with limited attempts, 50 bits. A minimum length (core's setting) and three of these.
CHARACTER_SORTS = ("[a-zà-ÿ]", "[A-ZÀ-Ý]", "[0-9]", "[^a-zà-ÿA-ZÀ-Ý0-9]")
SORTS_MIN = 3


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

    left_date = fields.Datetime(
        string="Left on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="This person has left of his own accord.",
    )
    door_state = fields.Selection(
        [
            ("new", "Has not come yet"),
            ("stopped", "Before the charter"),
            ("refused", "Charter refused"),
            ("in", "Charter accepted"),
            ("left", "Has left"),
        ],
        string="Where this person stands",
        compute="_compute_door_state",
        groups="collab_reseaux.group_moderator",
    )
    link_asked = fields.Datetime(
        string="Link asked for", copy=False, groups=fields.NO_ACCESS, help="A link to choose a password is to be sent."
    )

    refused_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter refused",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The version that this person has refused, until the day he accepts one.",
    )

    @api.depends("login_date", "accepted_charter_id", "refused_charter_id", "left_date")
    def _compute_door_state(self):
        for user in self:
            if user.left_date:
                user.door_state = "left"
            elif user._charter_accepted():
                user.door_state = "in"
            elif user.refused_charter_id:
                user.door_state = "refused"
            else:
                user.door_state = "stopped" if user.login_date else "new"

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

    def _leave(self):
        """Close the account of this person, who asks for it: his sessions end, what he published stays."""
        # By the platform: core lets nobody archive himself.
        self.with_user(SUPERUSER_ID).write({"active": False, "left_date": fields.Datetime.now()})

    def _audience_scope(self):
        """Before the charter, nothing is readable, by any protocol."""
        if not self._charter_accepted():
            return None
        return super()._audience_scope()

    def _get_login_domain(self, login):
        return super()._get_login_domain(login.strip().lower())

    def _login(self, credential, user_agent_env):
        """A login that nobody has is answered as slowly, and counted, as a wrong password."""
        login = credential.get("login")
        # sudo: nobody has logged in yet
        if login and not self.sudo().search_count(self._get_login_domain(login), limit=1):
            Attempt = self.env["collab.attempt"]
            with Attempt._counted(Attempt._account_of_nobody(login)):
                self._crypt_context().dummy_verify()
                raise AccessDenied()
        return super()._login(credential, user_agent_env)

    def _check_credentials(self, credential, env):
        """Count each secret before it is looked at: passwords, codes, and whatever asks for them again."""
        with self.env["collab.attempt"]._counted(str((self or self.env.user).id)):
            return super()._check_credentials(credential, env)

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Replace core's count, which each worker keeps for itself: ``_check_credentials`` counts for all."""
        yield

    def _rpc_api_keys_only(self):
        """A password opens no remote procedure call, should they be opened one day."""
        return True

    def _check_password_policy(self, passwords):
        """Ask for several sorts of characters besides core's minimum length.

        :raises UserError: one of them is too simple
        """
        result = super()._check_password_policy(passwords)
        for password in filter(None, passwords):
            if sum(bool(re.search(sort, password)) for sort in CHARACTER_SORTS) < SORTS_MIN:
                raise UserError(
                    self.env._(
                        "This password is too simple: mix at least three sorts of characters among lowercase letters, "
                        "uppercase letters, digits and signs."
                    )
                )
        return result

    def reset_password(self, login):
        """Have a link sent to choose a password; for whom nobody knows, do nothing.

        The mail leaves later: how long the answer takes does not tell which of the two it was.
        """
        user = self.search(self._get_login_domain(login)) or self.search(self._get_email_domain(login))
        if len(user) == 1 and user.email and self.env["collab.attempt"]._take({f"link {user.id}": LIMIT_LINKS}):
            user.link_asked = fields.Datetime.now()
            self.env.ref("collab_charte.cron_send_links")._trigger()

    @api.model
    def _send_links(self):
        """Send the links that have been asked for; try again later those that could not leave."""
        waiting = self.search([("link_asked", "!=", False)], order="link_asked")
        # A link works once its preparation is committed: somebody may click it as soon as the mail has left.
        waiting.partner_id.signup_prepare(signup_type="reset")
        self.env["ir.cron"]._commit_progress(0, remaining=len(waiting))
        for user in waiting:
            try:
                with self.env.cr.savepoint():
                    user.with_context(must_leave=True).action_reset_password()
                    user.link_asked = False
            except UserError as error:
                _logger.warning("The link asked for by %s has not left: %s", user.login, error)
            self.env["ir.cron"]._commit_progress(1)

    def signup(self, values, token=None):
        # A password that is refused leaves the link as it was: core writes that it has served before it looks.
        with self.env.cr.savepoint():
            login, password = super().signup(values, token)
        # sudo: who holds the token of an account has not logged in yet
        user = self.sudo().search(self._get_login_domain(login))
        self.env["collab.attempt"]._forget(str(user.id))
        return login, password
