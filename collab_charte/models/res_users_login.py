import re
from contextlib import contextmanager

from passlib.utils import MAX_PASSWORD_SIZE

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import hmac

# CNIL, recommendation 2022-100: with limited attempts, 50 bits. A minimum length (core's setting) and three of these.
CHARACTER_SORTS = ("[a-zà-ÿ]", "[A-ZÀ-Ý]", "[0-9]", "[^a-zà-ÿA-ZÀ-Ý0-9]")
SORTS_MIN = 3


class ResUsers(models.Model):
    """How somebody proves who he is: a password, a second factor, and how many tries he has."""

    _inherit = "res.users"

    may_clear_factor = fields.Boolean(
        string="Second factor to be cleared by me",
        compute="_compute_may_clear_factor",
        groups="collab_reseaux.group_moderator",
    )
    code_count = fields.Integer(
        string="Codes used", copy=False, groups=fields.NO_ACCESS, help="How many mailed codes have served."
    )

    def write(self, vals):
        linked = self.filtered("totp_enabled") if "totp_secret" in vals else self.browse()
        result = super().write(vals)
        self._defend(vals, linked)
        return result

    def _defend(self, vals, linked):
        """Tell these people that what protects their accounts has changed, and stop what waits for a link.

        :param dict vals: what has been written
        :param res.users linked: those who had an application
        """
        if "password" in vals or "totp_secret" in vals:
            # Whoever defends his account stops what somebody else had asked for.
            for user in self:
                self.env["collab.account.letter"]._close_links(user, "address_asked")
        if self.env.context.get("told"):
            return
        if "password" in vals:
            self._tell("password")
        if vals.get("totp_secret"):
            self._note("factor_linked")
            self._tell("factor_linked")
        elif linked:
            linked._note("factor_removed")
            linked._tell("factor_removed")

    def _get_totp_mail_key(self):
        """Let a code serve once: the next one is another. Of two requests with one code, core's ``retrying`` starts the
        second again, and it is refused."""
        # sudo: the platform's own count
        count = self.sudo().code_count
        key = super()._get_totp_mail_key().decode()
        return hmac(self.env(su=True), "collab_charte-mailed-code", (key, count)).encode()

    @api.depends_context("uid")
    def _compute_may_clear_factor(self):
        for user in self:
            user.may_clear_factor = user._may_clear_second_factor()

    def _may_clear_second_factor(self):
        """:return bool: the current user may: a moderator for the members whom he reads, an administrator for all but
        himself"""
        asker = self.env.user
        # sudo: whether this account is open, whoever asks
        if self == asker or not self.has_access("read") or not self.sudo().active:
            return False
        # sudo: the role of somebody else
        return asker._has_role("administrator") or (asker._has_role("moderator") and self.sudo()._role() == "member")

    def _clear_second_factor(self, reason):
        """Let somebody who has lost his phone in with his password, until he links another application.

        :param str reason: how it is known that it is he
        :raises AccessError: it is not the current user's to do
        :raises UserError: no reason is given
        """
        self.ensure_one()
        if not self._may_clear_second_factor():
            raise AccessError(self.env._("This is not yours to do for this person."))
        if not (reason := " ".join((reason or "").split())):
            raise UserError(self.env._("Say how you have checked that it is this person who asks."))
        # sudo: the secret and the devices are nobody's to write; who asks has been checked
        user = self.sudo()
        if not (user.totp_enabled or user.env["auth_totp.device"].search_count([("user_id", "=", user.id)], limit=1)):
            raise UserError(self.env._("There is nothing to clear: no application, and no device that is remembered."))
        user._revoke_all_devices()
        user.with_context(told=True).write({"totp_secret": False})
        self._note("factor_cleared", reason=reason)
        self._tell("factor_cleared")

    def _get_login_domain(self, login):
        return super()._get_login_domain(login.strip().lower())

    def _login(self, credential, user_agent_env):
        """Spend as much, and count as much, on whoever is named: who has an account, has closed it, has never chosen a
        password, or does not exist.
        """
        login, password = credential.get("login", ""), credential.get("password", "")
        # sudo: nobody has logged in yet
        user = self.sudo().search(self._get_login_domain(login), order=self._get_login_order(), limit=1)
        looked_at = credential.get("type") == "password" and 0 < len(password) <= MAX_PASSWORD_SIZE
        if looked_at and user._has_password():
            return super()._login(credential, user_agent_env)
        Attempt = self.env["collab.attempt"]
        with Attempt._counted(str(user.id) if user else Attempt._account_of_nobody(login)):
            # Core would have compared what was typed with a hash, that is computed another; it does not here.
            self._crypt_context().hash("")
            raise AccessDenied()

    def _has_password(self):
        """:return bool: there is somebody, and he has chosen one; core compares that of whoever has not with nothing,
        in no time"""
        self.env.cr.execute(SQL("SELECT FROM res_users WHERE id IN %s AND password > ''", (*self.ids, 0)))
        return bool(self.env.cr.rowcount)

    def _check_credentials(self, credential, env):
        """Count each secret before it is looked at: passwords, codes, and whatever asks for them again."""
        with self.env["collab.attempt"]._counted(str((self or self.env.user).id)):
            found = super()._check_credentials(credential, env)
            if credential["type"] == "totp_mail":
                # sudo: the platform's own count
                self.sudo().code_count += 1
            if credential["type"] in ("totp", "totp_mail"):
                # Now, before anybody is let in: another request may be writing that the same code has served.
                self.flush_recordset(["code_count", "totp_last_counter"])
            return found

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Replace core's count, which each worker keeps for itself: ``_check_credentials`` counts for all."""
        yield

    def _rpc_api_keys_only(self):
        """A password opens no remote procedure call, should they be opened one day."""
        return True

    def _check_password_policy(self, passwords):
        """Ask for several sorts of characters besides core's minimum length, of which core's words are its own.

        :raises UserError: one of them is too short, or too simple
        """
        # sudo: a setting of core, whoever chooses a password
        shortest = int(self.env["ir.config_parameter"].sudo().get_param("auth_password_policy.minlength", 0))
        for password in filter(None, passwords):
            if len(password) < shortest:
                raise UserError(
                    self.env._(
                        "%(limit)s characters at least: yours has %(count)s.", limit=shortest, count=len(password)
                    )
                )
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

    def _own_devices(self):
        """:return res.device: in sudo: where this person is logged in, the last one used first"""
        # sudo: his own devices; members have no right to the model
        return self.env["res.device"].sudo().search([("user_id", "=", self.id)])

    def _log_out_elsewhere(self):
        """End the sessions of this person but the one that asks, and ask every device for a code again."""
        self._revoke_all_devices()
        self._own_devices().filtered(lambda device: not device.is_current)._revoke()

    def signup(self, values, token=None):
        # A password that is refused leaves the link as it was: core writes that it has served before it looks.
        with self.env.cr.savepoint():
            login, password = super().signup(values, token)
        # sudo: who holds the token of an account has not logged in yet
        user = self.sudo().search(self._get_login_domain(login))
        self.env["collab.attempt"]._forget(str(user.id))
        return login, password
