import re
from datetime import datetime

from babel.dates import format_date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from odoo.addons.collab_reseaux.moments import ZONE
from odoo.addons.collab_reseaux.refusals import beside

from ..exceptions import AlreadyDone
from ..sessions import delete_sessions

REASON_MAX_CHARS = 1000  # as in the forms


class ResUsers(models.Model):
    """The life of an account: suspended, closed, opened again, erased. Clients write none of these fields: each step is
    a method, which checks, writes, and tells the people concerned."""

    _inherit = "res.users"

    door_label = fields.Char(
        string="State in words",
        compute="_compute_door_label",
        groups="collab_reseaux.group_moderator",
        help="Where this person stands, with the end of a suspension.",
    )

    @api.constrains("partner_id")
    def _check_name_tells_no_role(self):
        self.partner_id._check_name_tells_no_role()

    # Where a person stands

    def _door_states(self):
        labels = {
            "suspended": self.env._("Suspended"),
            "closed": self.env._("Account closed"),
            "erased": self.env._("Erased"),
        }
        return [*super()._door_states(), *labels.items()]

    @api.depends("active", "forgotten_date", "suspended_date", "suspended_until")
    def _compute_door_state(self):
        result = super()._compute_door_state()
        for user in self:
            if user.forgotten_date:
                user.door_state = "erased"
            elif not user.active:
                user.door_state = "left" if user.left_date else "closed"
            elif user._is_suspended():
                user.door_state = "suspended"
        return result

    @api.model
    def _search_door_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        closed, erased = Domain("active", "=", False), Domain("forgotten_date", "!=", False)
        left, suspended = Domain("left_date", "!=", False), self._suspended_domain()
        own = {
            "erased": erased,
            "left": closed & ~erased & left,
            "closed": closed & ~erased & ~left,
            "suspended": ~closed & suspended,
        }
        others = super()._search_door_state("in", [state for state in value if state not in own])
        return Domain.OR([*(own[state] for state in value if state in own), ~closed & ~suspended & others])

    @api.depends("door_state", "suspended_until")
    @api.depends_context("lang")
    def _compute_door_label(self):
        labels = dict(self._fields["door_state"]._description_selection(self.env))
        for user in self:
            label = labels.get(user.door_state, "")
            if user.door_state == "suspended" and user.suspended_until:
                end = user.suspended_until
                # Short: it stands in a column.
                pattern = "d MMM" if end.year == self._today().year else "d MMM y"
                day = format_date(end, pattern, locale=self.env.context.get("lang") or "fr_FR")
                label = self.env._("Suspended (until %s)", day)
            user.door_label = label

    @api.model
    def _today(self):
        """:return date: today in Paris"""
        return datetime.now(ZONE).date()

    @api.model
    def _day_in_words(self, day):
        """:param date day:
        :return str: such as "jeudi 3 décembre", with the year unless it is the current one"""
        pattern = "EEEE d MMMM" if day.year == self._today().year else "EEEE d MMMM y"
        return format_date(day, pattern, locale=self.env.context.get("lang") or "fr_FR")

    # Who decides

    def _networks(self):
        return self.sudo().partner_id.scope_network_ids  # sudo: memberships are compared, and not shown

    def _moderates(self, person):
        """:param res.users person: another account
        :return bool: this user is an administrator, or a moderator of one of that person's networks"""
        if self == person or not self._has_role("moderator"):
            return False
        return self._has_role("administrator") or bool(self._networks() & person._networks())

    @api.model
    def _staff_of(self, networks, but=None):
        """:param collab.network networks:
        :param res.users | None but: an account that is left out
        :return res.users: the moderators of these networks; the administrators when there are none"""
        # sudo: members may not read accounts; the caller only notifies these
        Users = self.sudo()
        staff = Domain("all_group_ids", "in", self.env.ref("collab_reseaux.group_moderator").ids)
        staff &= Domain("id", "not in", (but or self).ids)
        found = Users.search(staff & Domain("partner_id.scope_network_ids", "in", networks.ids))
        administrators = self.env.ref("collab_reseaux.group_administrator")
        return (found or Users.search(staff & Domain("all_group_ids", "in", administrators.ids))).sudo(False)

    @api.model
    def _short(self, reason):
        """:param str reason: as typed; it may be empty
        :return str: on one line, and shortened; spaces that keep two words together stay"""
        return re.sub(r"[^\S\u00a0\u202f]+", " ", (reason or "").replace("\0", "")).strip()[:REASON_MAX_CHARS]

    @api.model
    def _reason(self, reason):
        """:param str reason: as typed
        :return str: cleaned and shortened
        :raises ValidationError: it is empty"""
        reason = self._short(reason)
        if not reason:
            raise beside("reason", ValidationError(self.env._("Say in a few words why.")))
        return reason

    def _shares_reasons_of(self, doer):
        """:param res.users doer: a moderator or an administrator
        :return bool: this user may read the reasons that ``doer`` gave: an administrator, or of the same network"""
        return self._has_role("administrator") or bool(self._networks() & doer._networks())

    def _last_event(self, *kinds):
        """:return collab.account.event: in sudo: the last event of these kinds about this person"""
        about = Domain("user_id", "=", self.id) & Domain("kind", "in", kinds)
        # sudo: only administrators read the log; callers show only what the reader may know
        return self.env["collab.account.event"].sudo().search(about, limit=1)

    # The steps

    def write(self, vals):
        """:raises UserError: an erased account never changes"""
        if not self.env.su and any(self.sudo().mapped("forgotten_date")):  # sudo: only to know whether it was erased
            raise UserError(self.env._("This account has been erased: nothing is written in it any more."))
        return super().write(vals)

    def _check_step(self, kind):
        """Check that the current user may take this step now.

        :param str kind: of ``collab.account.step``
        :raises AccessError: he may not take it
        :raises AlreadyDone: it has already been taken; the message says by whom, if he may know
        :raises UserError: it cannot be taken; the message says why
        """
        self.ensure_one()
        if kind in ("suspend", "resume"):
            self._check_suspension(kind)
            return
        if not self.env.user._has_role("administrator"):
            raise AccessError(self.env._("Only administrators do this."))
        self.check_access("write")
        {"close": self._check_closing, "reopen": self._check_reopening, "erase": self._check_erasing}[kind]()

    def _check_closing(self):
        if not self.active:
            raise self._already_done("closed", "left", "erased")
        if self._role() == "administrator":
            self._check_an_administrator_is_left(self)
        if self == self.env.user:
            raise UserError(self.env._("This is your own account: ask another administrator to close it."))

    def _check_reopening(self):
        if self.forgotten_date:
            raise UserError(self.env._("This account has been erased: nothing is left to open. Create another one."))
        if self.active:
            raise self._already_done("reopened")

    def _check_erasing(self):
        if self.forgotten_date:
            raise self._already_done("erased")
        if self.active:
            raise UserError(self.env._("Close this account first: only a closed account is erased."))

    def _already_done(self, *kinds):
        """
        :param str kinds: of ``collab.account.event``
        :return AlreadyDone: the error to raise; it says who did it and when, if the current user may know
        """
        event = self._last_event(*kinds)
        if event.create_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        if event and self.env.user._shares_reasons_of(event.create_uid):
            when = self.env["ir.qweb.field.collab_when"]._said(event.create_date)
            known = self.env["collab.member"]._named_by_account(event.create_uid.ids)
            who = known.get(event.create_uid.id, (self.env._("Somebody"),))[0]
            return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", person=who, when=when))
        return AlreadyDone(self.env._("It is done already."))

    def _close(self, reason=None):
        """Close this account: the person cannot log in any more. Nothing is deleted, so that it can be opened again.

        :param str | None reason: for the log
        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("close")
        # sudo: only the role of this account
        if self.sudo()._role() == "administrator":
            self._wait_for_other_administrators()
        self._close_now(reason)

    def _close_now(self, reason):
        """Close this account; the caller has checked that the current user may.

        :param str | None reason: for the log
        :return collab.account.event: in sudo: the row of the log
        """
        # sudo: clients may not write these fields
        self.sudo().write({"active": False})
        self._shut()
        return self._note("closed", reason=reason)

    def _leave(self):
        """:raises ValidationError: this person is the only administrator"""
        if self._role() == "administrator":
            self._wait_for_other_administrators()
            self._check_an_administrator_is_left(self)
        result = super()._leave()
        self._shut()
        return result

    def _shut(self):
        """End everything that lets these people in: sessions, trusted devices, links that were sent."""
        # sudo: these models are closed to all users
        person = self.sudo()
        person.write({"link_asked": False, "link_error": False, "link_failed": False})
        for user in person:
            user.env["collab.account.letter"]._close_links(user)
        addresses = person._addresses()
        asked = Domain.OR(Domain("login", "=ilike", escape_psql(address)) for address in addresses)
        person.env["collab.link.request"].search(asked).unlink()
        for model in ("auth_totp.device", "res.users.apikeys"):
            person.env[model].search([("user_id", "in", person.ids)]).unlink()
        person.env["res.device.log"].search([("user_id", "in", person.ids)]).write({"revoked": True})
        # After the commit: before it, a request of this person is still accepted, and writes its session file again.
        database, numbers = self.env.cr.dbname, set(self.ids)
        self.env.cr.postcommit.add(lambda: delete_sessions(database, numbers, addresses))

    def _addresses(self):
        """:return set[str]: the logins and email addresses of these people, in lower case"""
        typed = (address for user in self for address in (user.login, user.email))
        return {address.strip().lower() for address in typed if address}

    def _reopen(self, reason=None):
        """Open this account again: everything that closing or leaving wrote is undone. A suspension goes on.

        :param str | None reason: for the log
        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("reopen")
        # sudo: clients may not write these fields; the right to take the step has been checked
        person = self.sudo()
        person.write({"active": True, "left_date": False})
        if not person.login_date:
            # Closing made the link of his invitation void: he must be invited again.
            person.write({"invited_date": False, "invitation_count": 0})
        person._check_moderator_network()
        self._note("reopened", reason=reason)

    def _erase(self):
        """Erase the identity of this person. What he shared stays, and so does the proof that he accepted a charter.

        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("erase")
        self._forget()
        self._note("erased")

    def _forget(self):
        # sudo: these models are closed to administrators too
        person = self.sudo()
        env, addresses = person.env, person._addresses()
        self._shut()
        Attempt = env["collab.attempt"]
        tried = Domain("key", "=", f"link {person.id}")
        for account in (str(person.id), *map(Attempt._account_of_nobody, addresses)):
            tried |= Domain("key", "=like", f"{account} %")
        Attempt.search(tried).unlink()
        # Somebody may have a dialog open with a reason about this person.
        env["collab.account.step"].search([("user_id", "=", person.id)]).write({"reason": False})
        names = env["collab.name.request"].with_context(active_test=False)
        names.search([("user_id", "=", person.id)]).unlink()
        borne = names.search([("borne_by", "ilike", escape_psql(person.name))])
        borne.write({"borne_by": env["collab.member"]._departed_name()})
        env["collab.notification"].search([("res_model", "=", "res.users"), ("res_id", "=", person.id)]).unlink()
        person.write({"suspended_date": False, "suspended_until": False})
        result = super()._forget()
        # The files of his photo and of his imports are deleted now, and not by the nightly run of this job.
        env.ref("base.autovacuum_job")._trigger()
        return result
