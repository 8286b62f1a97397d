import re
from contextlib import contextmanager

from passlib.utils import MAX_PASSWORD_SIZE

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import hmac

# The CNIL asks for 50 bits of entropy when attempts are limited (recommendation 2022-100): a minimum length, which is a
# setting of core, and three of these kinds of characters.
CHARACTER_SORTS = ("[a-zà-ÿ]", "[A-ZÀ-Ý]", "[0-9]", "[^a-zà-ÿA-ZÀ-Ý0-9]")
SORTS_MIN = 3


class ResUsers(models.Model):
    """How a person proves who he is: password, second factor, and the number of attempts."""

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
        """Tell these people that the password or the application of codes of their account has changed, and cancel a
        change of address that waits for its link.

        :param dict vals: what has been written
        :param res.users linked: those who had an application before
        """
        if "password" in vals or "totp_secret" in vals:
            # The owner may be reacting to somebody who has asked to change his address.
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
        """Make a mailed code valid only once: the count of used codes is part of the key that codes are made from. When
        two requests send the same code at once, PostgreSQL makes the second one start again, and it is then refused."""
        # sudo: the count is closed to all users
        count = self.sudo().code_count
        key = super()._get_totp_mail_key().decode()
        return hmac(self.env(su=True), "collab_charte-mailed-code", (key, count)).encode()

    @api.depends_context("uid")
    def _compute_may_clear_factor(self):
        for user in self:
            user.may_clear_factor = user._may_clear_second_factor()

    def _may_clear_second_factor(self):
        """:return bool: the current user may do it: a moderator for the members whom he may read, an administrator for
        everybody, and nobody for himself"""
        asker = self.env.user
        # sudo: only to know whether this account is open
        if self == asker or not self.has_access("read") or not self.sudo().active:
            return False
        # sudo: only to know the role of this account
        return asker._has_role("administrator") or (asker._has_role("moderator") and self.sudo()._role() == "member")

    def _clear_second_factor(self, reason):
        """Let a person who has lost his phone log in with the password only, until he links another application.

        :param str reason: how the current user checked that it is really this person who asks
        :raises AccessError: the current user may not do it
        :raises UserError: no reason is given, or there is nothing to clear
        """
        self.ensure_one()
        if not self._may_clear_second_factor():
            raise AccessError(self.env._("This is not yours to do for this person."))
        if not (reason := " ".join((reason or "").split())):
            raise UserError(self.env._("Say how you have checked that it is this person who asks."))
        # sudo: the secret and the devices are closed to all users; the right to clear them has been checked
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
        """Take the same time, and count the same attempts, whether the account is open, closed, without a password, or
        does not exist: the duration must not tell which accounts exist.
        """
        login, password = credential.get("login", ""), credential.get("password", "")
        # sudo: the person has not logged in yet
        user = self.sudo().search(self._get_login_domain(login), order=self._get_login_order(), limit=1)
        looked_at = credential.get("type") == "password" and 0 < len(password) <= MAX_PASSWORD_SIZE
        if looked_at and user._has_password():
            return super()._login(credential, user_agent_env)
        Attempt = self.env["collab.attempt"]
        with Attempt._counted(str(user.id) if user else Attempt._account_of_nobody(login)):
            # One hash, as slow as the comparison that core makes for an account that has a password.
            self._crypt_context().hash("")
            raise AccessDenied()

    def _has_password(self):
        """:return bool: the account exists and has a password. Core answers at once when it has none"""
        self.env.cr.execute(SQL("SELECT FROM res_users WHERE id IN %s AND password > ''", (*self.ids, 0)))
        return bool(self.env.cr.rowcount)

    def _check_credentials(self, credential, env):
        """Count every attempt before it is checked: passwords, codes, and the pages that ask for them again."""
        with self.env["collab.attempt"]._counted(str((self or self.env.user).id)):
            found = super()._check_credentials(credential, env)
            if credential["type"] == "totp_mail":
                # sudo: the count is closed to all users
                self.sudo().code_count += 1
            if credential["type"] in ("totp", "totp_mail"):
                # Written now, before the login succeeds: if another request uses the same code, this write fails.
                self.flush_recordset(["code_count", "totp_last_counter"])
            return found

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Disable core's own count, which each worker keeps in memory: ours is shared by all workers."""
        yield

    def _rpc_api_keys_only(self):
        """Remote procedure calls are closed. If they are opened one day, a password will not be enough."""
        return True

    def _check_password_policy(self, passwords):
        """Require several kinds of characters, besides core's minimum length, whose error message is replaced.

        :raises UserError: one of them is too short, or too simple
        """
        # sudo: a setting of core, closed to users
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
        # A savepoint, because core marks the link as used before it checks the password: a refused one must not use it.
        with self.env.cr.savepoint():
            login, password = super().signup(values, token)
        # sudo: a person who opens a link has not logged in yet
        user = self.sudo().search(self._get_login_domain(login))
        self.env["collab.attempt"]._forget(str(user.id))
        return login, password
