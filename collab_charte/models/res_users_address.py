from contextlib import contextmanager

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.addresses import read_address

from .collab_attempt import LIMIT_LINKS


class ResUsers(models.Model):
    """The email address of an account, which is also its login: checked, changed, and taken back."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**vals, "login": self._read_login(vals["login"])} if "login" in vals else vals for vals in vals_list
        ]
        if not self.env.su:
            for vals in vals_list:
                self._check_nobody_has(vals.get("login"))
        with self._said_if_taken():
            users = super().create(vals_list)
        users._follow_login({})
        return users

    def write(self, vals):
        vals, before = self._checked_login(vals)
        with self._said_if_taken():
            result = super().write(vals)
            if before:
                self.flush_recordset(["login"])
        if before:
            self._follow_login(before)
        return result

    def _checked_login(self, vals):
        """
        :param dict vals: as for ``write``
        :return tuple[dict, dict[int, str]]: the same with a normalized address, and, when it changes, the address that
            each of these people had
        :raises ValidationError: it is not an address, or somebody else has it
        """
        # sudo: compared only
        before = {user.id: user.sudo().login for user in self} if "login" in vals else {}
        if all(login == vals["login"] for login in before.values()):
            return vals, {}
        if not self.env.su:
            # Rights are checked first: an error about the address would tell who has it.
            self._check_written(vals, "_writes")
            self.check_access("write")
        vals = {**vals, "login": self._read_login(vals["login"])}
        if not self.env.su:
            self._check_nobody_has(vals["login"])
        return vals, before

    @contextmanager
    def _said_if_taken(self):
        """A context for a write of ``login``: when two transactions take the same address at once, the check of the
        second finds nothing yet, and the database refuses it.

        :raises ValidationError: instead of the error of the database
        """
        try:
            yield
        except psycopg2.errors.UniqueViolation as error:
            if error.diag.constraint_name != "res_users_login_key":
                raise
            said = self.env._("Somebody else has just been given this address: it is one account's.")
            raise ValidationError(said) from error

    @api.model
    def _read_login(self, login):
        """:param str login: as typed
        :return str: normalized; only the platform (sudo) may give a login that is not an address, to technical accounts
        :raises ValidationError: it is not an address"""
        if self.env.su and "@" not in (login or ""):
            return login
        return read_address(self.env, login)

    def _check_nobody_has(self, address):
        """:raises ValidationError: somebody else has this address; the message says who"""
        if said := self._who_has(address):
            raise ValidationError(said)

    def _who_has(self, address):
        """:return str | None: a sentence that says who else has this address; not everybody may know it"""
        # sudo: closed accounts, and those of other networks, are compared too
        own = self.sudo()
        user = own.with_context(active_test=False).search([("login", "=", address), ("id", "not in", own.ids)], limit=1)
        if user and user.active:
            return self.env._("%s already has an account with this address.", user.name)
        if user:
            return self.env._(
                "This address is that of %s, whose account is closed: open it again, or give another address.",
                user.name,
            )
        # Organisations and sites are left out: they may show the address of somebody who works there.
        people = Domain("is_company", "=", False) & Domain("type", "!=", "site")
        people &= Domain("email_normalized", "=", address) & Domain("id", "not in", own.partner_id.ids)
        if contact := own.env["res.partner"].search(people, limit=1):
            return self.env._("This address is that of another contact, %s.", contact.name)
        return None

    def _follow_login(self, before):
        """Copy the login of these accounts to the email of their contacts; when it has changed, do what follows.

        :param dict before: by identifier of the account, the login before the write
        """
        for user in self:
            # sudo: the same value is stored in two models
            person, known = user.sudo().partner_id, user.sudo()
            was, now = before.get(user.id), known.login
            if "@" in now:
                email = now
            else:
                email = False if person.email == was else person.email
            if person.email != email:
                person.with_context(address_of_account=True).write({"email": email})
            if was and was != now and "@" in now:
                user._address_changed(was)

    def _address_changed(self, before):
        """Make the links and trusted devices of the old address void, and send the letters about the change. Core ends
        the sessions by itself when a login changes.

        :param str before: the address that this person had
        """
        now = self.sudo().login  # sudo: the login that has just been written
        Letter = self.env["collab.account.letter"]
        self._note("undone" if self.env.context.get("undone") else "address", before, now)
        if self.env.context.get("told"):
            return
        # All links: whoever reads the old mailbox can no longer undo anything.
        Letter._close_links(self)
        # sudo: whoever changes an address may not read devices
        self.sudo()._revoke_all_devices()
        known = self.sudo()  # sudo: whether he has come or been invited, which only staff may read
        if not known.active or "@" not in before or not (known.login_date or known.invited_date):
            return
        Letter._write_to(self, "address_was", email=before, before=before, after=now)
        if known.login_date:
            Letter._write_to(self, "address_is", email=now, before=before, after=now)
        else:
            # The invitation that he received is void: a new one is sent.
            self._ask_for_link()

    def _read_wanted_address(self, typed):
        """
        :param str typed: the address that this person wants
        :return str: normalized
        :raises UserError: it is not an address, or he already has it. Whether somebody else has it is not checked here,
            because the answer would tell him who has an account
        """
        wanted = read_address(self.env, typed)
        if wanted == self.login:
            raise UserError(self.env._("You log in with this address already."))
        return wanted

    def _check_may_ask_for_address(self, address):
        """:raises UserError: too many letters were asked for lately, by this person or to this address"""
        Attempt = self.env["collab.attempt"]
        keys = (f"address {self.id}", f"address {Attempt._account_of_nobody(address)}")
        if not Attempt._take(dict.fromkeys(keys, LIMIT_LINKS)):
            raise UserError(self.env._("Too many mails have been asked for: wait a quarter of an hour."))

    def _ask_for_address(self, address):
        """Send a letter to the address that this person wants. The address changes once he has opened its link.

        :param str address: normalized
        """
        Letter = self.env["collab.account.letter"]
        Letter._close_links(self, "address_asked")
        Letter._write_to(self, "address_asked", email=address, before=self.login, after=address)

    def _address_asked(self):
        """:return collab.account.letter: in sudo: the letter whose link waits for this person to confirm an address"""
        # sudo: his own letters, of which he may not read the model
        letters = self.env["collab.account.letter"].sudo()
        asked = [("user_id", "=", self.id), ("kind", "=", "address_asked"), ("used_date", "=", False)]
        return letters.search([*asked, ("expires", ">", fields.Datetime.now())], order="id desc", limit=1)
