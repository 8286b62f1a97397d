from contextlib import contextmanager

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.addresses import read_address

from .collab_attempt import LIMIT_LINKS


class ResUsers(models.Model):
    """The address of an account: it is what its person logs in with, and where his letters go."""

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
        :return tuple[dict, dict[int, str]]: the same, with the address as it is kept; and, when it changes, what it was
            for each of these people
        :raises ValidationError: it is no address, or somebody else's
        """
        # sudo: compared, and not told
        before = {user.id: user.sudo().login for user in self} if "login" in vals else {}
        if all(login == vals["login"] for login in before.values()):
            return vals, {}
        if not self.env.su:
            # What may be wrong with an address is for whoever may write it.
            self._check_written(vals, "_writes")
            self.check_access("write")
        vals = {**vals, "login": self._read_login(vals["login"])}
        if not self.env.su:
            self._check_nobody_has(vals["login"])
        return vals, before

    @contextmanager
    def _said_if_taken(self):
        """Two give one address at the same moment: when the second looks, the first has not written it yet.

        :raises ValidationError: in our words"""
        try:
            yield
        except psycopg2.errors.UniqueViolation as error:
            if error.diag.constraint_name != "res_users_login_key":
                raise
            said = self.env._("Somebody else has just been given this address: it is one account's.")
            raise ValidationError(said) from error

    @api.model
    def _read_login(self, login):
        """:param str login: as it was typed
        :return str: as it is kept; only the platform gives one that is no address, to accounts that are nobody's
        :raises ValidationError: it is no address"""
        if self.env.su and "@" not in (login or ""):
            return login
        return read_address(self.env, login)

    def _check_nobody_has(self, address):
        """:raises ValidationError: says who else has this address"""
        if said := self._who_has(address):
            raise ValidationError(said)

    def _who_has(self, address):
        """:return str | None: says who else has this address, for those who may know it"""
        # sudo: addresses are compared with those of accounts that are closed, or of other networks
        own = self.sudo()
        user = own.with_context(active_test=False).search([("login", "=", address), ("id", "not in", own.ids)], limit=1)
        if user and user.active:
            return self.env._("%s already has an account with this address.", user.name)
        if user:
            return self.env._(
                "This address is that of %s, whose account is closed: open it again, or give another address.",
                user.name,
            )
        # An organisation may well show the address of somebody who works there.
        people = Domain("is_company", "=", False) & Domain("type", "!=", "site")
        people &= Domain("email_normalized", "=", address) & Domain("id", "not in", own.partner_id.ids)
        if contact := own.env["res.partner"].search(people, limit=1):
            return self.env._("This address is that of another contact, %s.", contact.name)
        return None

    def _follow_login(self, before):
        """Keep the address of these accounts what they log in with, and tell both addresses when it has changed.

        :param dict before: by identifier, what each was
        """
        for user in self:
            # sudo: one thing, written twice by the platform
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
        """Core logs out everywhere whoever has another login. Links and codes were for the old one: they serve no more.

        :param str before: the address that this person had
        """
        now = self.sudo().login  # his own, which has been written
        Letter = self.env["collab.account.letter"]
        self._note("undone" if self.env.context.get("undone") else "address", before, now)
        if self.env.context.get("told"):
            return
        # All of them: whoever has the old mailbox undoes nothing any more.
        Letter._close_links(self)
        # sudo: whoever changes an address may not list devices
        self.sudo()._revoke_all_devices()
        known = self.sudo()  # has he come, or been invited: columns of the door
        if not known.active or "@" not in before or not (known.login_date or known.invited_date):
            return
        Letter._write_to(self, "address_was", email=before, before=before, after=now)
        if known.login_date:
            Letter._write_to(self, "address_is", email=now, before=before, after=now)
        else:
            # What he was sent leads nowhere any more.
            self._ask_for_link()

    def _read_wanted_address(self, typed):
        """
        :param str typed: the address that this person wants
        :return str: as it is kept
        :raises UserError: it is no address, or it is his already; whether somebody else has it is not told
        """
        wanted = read_address(self.env, typed)
        if wanted == self.login:
            raise UserError(self.env._("You log in with this address already."))
        return wanted

    def _check_may_ask_for_address(self, address):
        """:raises UserError: this person, or others for the same address, have just asked for several letters"""
        Attempt = self.env["collab.attempt"]
        keys = (f"address {self.id}", f"address {Attempt._account_of_nobody(address)}")
        if not Attempt._take(dict.fromkeys(keys, LIMIT_LINKS)):
            raise UserError(self.env._("Too many mails have been asked for: wait a quarter of an hour."))

    def _ask_for_address(self, address):
        """Have a letter sent to the address that this person wants: it becomes his once he has opened its link.

        :param str address: as it is kept
        """
        Letter = self.env["collab.account.letter"]
        Letter._close_links(self, "address_asked")
        Letter._write_to(self, "address_asked", email=address, before=self.login, after=address)

    def _address_asked(self):
        """:return collab.account.letter: that by which this person is about to change his address, in sudo"""
        # sudo: his own
        letters = self.env["collab.account.letter"].sudo()
        asked = [("user_id", "=", self.id), ("kind", "=", "address_asked"), ("used_date", "=", False)]
        return letters.search([*asked, ("expires", ">", fields.Datetime.now())], order="id desc", limit=1)
