import base64
import json
import logging
import re
import secrets
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import psycopg2
from passlib.utils import MAX_PASSWORD_SIZE

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.http import request
from odoo.tools import SQL
from odoo.tools.misc import hmac
from odoo.tools.sql import escape_psql

from odoo.addons.collab_reseaux.addresses import read_address
from odoo.addons.collab_reseaux.calls import ROLES, opened

_logger = logging.getLogger(__name__)

# CNIL, recommendation 2022-100: with limited attempts, 50 bits. A minimum length (core's setting) and three of these.
CHARACTER_SORTS = ("[a-zà-ÿ]", "[A-ZÀ-Ý]", "[0-9]", "[^a-zà-ÿA-ZÀ-Ý0-9]")
SORTS_MIN = 3
# What a server of mails says of an address, and not of who sends: 5.1.* (RFC 3463, 3.2), or these numbers alone.
ADDRESS_REFUSED = re.compile(r"\b5\.1\.\d|\b55[013]\b(?!\D*5\.)")
# A thousand invitations are sent in several goes: who asks for a password meanwhile comes before the next one.
LINKS_A_RUN = 50


class ResUsers(models.Model):
    _inherit = "res.users"
    _calls = opened("administrator", "action_invite")
    _writes = opened("administrator", "role_seen")

    accepted_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter accepted",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last version that this person accepted.",
    )

    role_seen = fields.Char(
        string="Role that the form shows",
        store=False,
        groups="collab_reseaux.group_administrator",
        help="Sent by the form of a person with another role, to find that somebody else has just changed it.",
    )

    left_date = fields.Datetime(
        string="Left on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="This person has left of his own accord.",
    )
    forgotten_date = fields.Datetime(
        string="Erased on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="Who this person was has been erased.",
    )
    door_state = fields.Selection(
        "_door_states",
        string="Where this person stands",
        compute="_compute_door_state",
        search="_search_door_state",
        groups="collab_reseaux.group_moderator",
    )
    invited_date = fields.Datetime(
        string="Invited on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="When the last invitation left.",
    )
    invitation_count = fields.Integer(
        string="Invitations", readonly=True, copy=False, groups="collab_reseaux.group_moderator"
    )
    link_asked = fields.Datetime(
        string="Link asked for", copy=False, groups=fields.NO_ACCESS, help="A link to choose a password is to be sent."
    )
    link_error = fields.Char(
        string="Why the link does not leave",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last failure: the platform tries again.",
    )
    link_trouble = fields.Text(
        string="What holds the link back",
        compute="_compute_link_trouble",
        groups="collab_reseaux.group_moderator",
        help="Why the link does not leave, in words, and what to do.",
    )
    link_failed = fields.Datetime(string="Link tried", copy=False, groups=fields.NO_ACCESS)
    letter_error = fields.Char(
        string="Why a letter does not leave",
        compute="_compute_letter_error",
        groups="collab_reseaux.group_moderator",
        help="What this person is to be told of his account: the platform tries again.",
    )
    may_clear_factor = fields.Boolean(
        string="Second factor to be cleared by me",
        compute="_compute_may_clear_factor",
        groups="collab_reseaux.group_moderator",
    )
    code_count = fields.Integer(
        string="Codes used", copy=False, groups=fields.NO_ACCESS, help="How many mailed codes have served."
    )
    charter_waits = fields.Boolean(
        string="Has come, and is to accept the charter",
        compute="_compute_charter_waits",
        groups="collab_reseaux.group_moderator",
    )
    charter_reminded_date = fields.Datetime(
        string="Reminded of the charter on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="When the last letter left that asks to accept the charter.",
    )
    reminder_asked = fields.Datetime(
        string="Reminder asked for",
        copy=False,
        groups=fields.NO_ACCESS,
        help="A reminder of the charter is to be sent.",
    )
    reminder_error = fields.Char(
        string="Why the reminder does not leave",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last failure: the platform tries again.",
    )
    reminder_failed = fields.Datetime(string="Reminder tried", copy=False, groups=fields.NO_ACCESS)

    refused_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter refused",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The version that this person has refused, until the day he accepts one.",
    )

    @api.model
    def _door_states(self):
        """:return list[tuple[str, str]]: where people may stand; a module that knows more states adds them"""
        version = self.env["collab.charter"]._current_version()
        labels = {
            "new": self.env._("Not invited"),
            "leaving": self.env._("Invitation on its way"),
            "stuck": self.env._("Invitation that does not leave"),
            "invited": self.env._("Invited"),
            "stopped": self.env._("Must accept the charter"),
            "outdated": self.env._("Must accept version %s", version),
            "refused": self.env._("Charter refused"),
            "in": self.env._("Charter accepted"),
            "left": self.env._("Has left the platform"),
        }
        return list(labels.items())

    @api.depends(
        *("login_date", "accepted_charter_id", "refused_charter_id", "left_date", "invited_date"),
        *("link_asked", "link_error"),
    )
    def _compute_door_state(self):
        for user in self:
            if user.left_date:
                user.door_state = "left"
            elif user._charter_accepted():
                user.door_state = "in"
            elif user.refused_charter_id.id in self.env["collab.charter"]._in_force_ids():
                user.door_state = "refused"
            elif user.accepted_charter_id or user.refused_charter_id:
                # Another version, and so he has come, whatever has been kept of his connections.
                user.door_state = "outdated"
            elif user.login_date:
                user.door_state = "stopped"
            else:
                # sudo: a mark of the job that sends
                leaving = user.sudo().link_asked and ("stuck" if user.link_error else "leaving")
                user.door_state = leaving or ("invited" if user.invited_date else "new")

    def _compute_letter_error(self):
        # sudo: a mark of the job that sends
        letters = self.env["collab.account.letter"].sudo()
        failed = letters.search([("user_id", "in", self.ids), ("sent_date", "=", False), ("error", "!=", False)])
        for user in self:
            user.letter_error = failed.filtered(lambda letter, user=user: letter.user_id == user)[-1:].error

    @api.depends("link_error")
    def _compute_link_trouble(self):
        for user in self:
            user.link_trouble = user.link_error and user._trouble_in_words(user.link_error)

    def _trouble_in_words(self, error):
        """:param str error: what the server of mails has answered, or what has happened here
        :return str: whether the address is to be corrected, or the platform goes on by itself"""
        if ADDRESS_REFUSED.search(error):
            return self.env._("The address is refused: check it.")
        return self.env._("The mail cannot leave for now: the platform tries again.")

    @api.model
    def _search_door_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        left, in_force = Domain("left_date", "!=", False), self.env["collab.charter"]._in_force_ids()
        accepted, refused = (Domain(f"{name}_charter_id", "in", in_force) for name in ("accepted", "refused"))
        outdated = Domain("accepted_charter_id", "!=", False) | Domain("refused_charter_id", "!=", False)
        # As core computes it: the date of his last connection.
        come, leaving = Domain("log_ids", "!=", False), self._search_leaving()
        invited = Domain("invited_date", "!=", False)
        stuck = Domain("link_error", "!=", False)
        waiting = ~left & ~accepted & ~refused & ~outdated
        domains = {
            "left": left,
            "in": ~left & accepted,
            "refused": ~left & ~accepted & refused,
            "outdated": ~left & ~accepted & ~refused & outdated,
            "stopped": waiting & come,
            "leaving": waiting & ~come & leaving & ~stuck,
            "stuck": waiting & ~come & leaving & stuck,
            "invited": waiting & ~come & ~leaving & invited,
            "new": waiting & ~come & ~leaving & ~invited,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _search_leaving(self):
        # sudo: as above
        return Domain("id", "in", self.sudo()._search([("link_asked", "!=", False)]))

    @api.depends("door_state")
    def _compute_charter_waits(self):
        for user in self:
            user.charter_waits = user.active and user.door_state in ("stopped", "outdated")

    @api.model
    def _who_may_come_in(self):
        """:return res.users: the people of the platform, whatever their role: those whose account is open"""
        # sudo: which groups make a role is no secret
        roles = self.sudo().env["res.groups"].browse(self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES)
        return self.search([("group_ids", "in", roles.ids), ("id", "not in", self._accounts_of_odoo())])

    @api.model
    def _reader_columns(self):
        return [*super()._reader_columns(), "accepted_charter_id"]

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

    def _exported_columns(self):
        columns = super()._exported_columns()
        states = dict(self._fields["door_state"]._description_selection(self.env))
        last, said = columns.popitem()
        return {**columns, self.env._("State"): lambda user: states.get(user.door_state), last: said}

    def _shown_login(self):
        # Of whoever has been erased, what is left in its place is no address.
        return None if self.forgotten_date else super()._shown_login()

    def _note(self, kind, before=None, after=None, reason=None):
        """Write down what has just happened to these accounts, for administrators to read.

        :param str kind: of ``collab.account.event``
        :param str | None before: what it was
        :param str | None after: what it has become
        :param str | None reason: in the words of whoever did it
        :return collab.account.event: what has been written, in sudo
        """
        # sudo: the log is the platform's to write; it keeps who did it
        return (
            self.env["collab.account.event"]
            .sudo()
            .create(
                [
                    {"user_id": user.id, "kind": kind, "before": before, "after": after, "reason": reason}
                    for user in self
                ]
            )
        )

    def _leave(self):
        """Close the account of this person, who asks for it: his sessions end, what he published stays."""
        # By the platform: core lets nobody archive himself.
        self.with_user(SUPERUSER_ID).write({"active": False, "left_date": fields.Datetime.now()})
        self._note("left")

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: his own data, of which members may not read the models
        user = self.sudo()
        person = user.partner_id
        account = {
            "prenom": person.firstname,
            "nom": person.lastname,
            "identifiant": user.login,
            "adresse_electronique": person.email,
            "fonction": person.function,
            "telephone": person.phone,
            "structure": person.parent_id.name,
            "adresse": ", ".join(filter(None, (person.street, person.zip, person.city))),
            "reseaux": person.scope_network_ids.mapped("name"),
            "territoires": person.scope_territory_ids.mapped("display_name"),
            "adresse_montree_aux_membres": person.shows_email,
            "telephone_montre_aux_membres": person.shows_phone,
            "photo_montree_aux_membres": person.shows_photo,
            "compte_cree_le": user.create_date,
            "invite_le": user.invited_date,
            "connexions": user.log_ids.mapped("create_date"),
            "appareils": [
                {"navigateur": device.browser, "systeme": device.platform, "derniere_activite": device.last_activity}
                for device in user.env["res.device"].search([("user_id", "=", user.id)])
            ],
        }
        proofs = user.env["collab.charter.acceptance"].search([("user_id", "=", user.id)], order="date")
        accepted = [
            {
                "version": proof.charter_id.display_name,
                "acceptee_le_utc": proof.date,
                "depuis_l_adresse_ip": proof.ip,
                "empreinte_sha256": proof.body_hash,
                "texte": proof.charter_id.body,
            }
            for proof in proofs
        ]
        for name, content in (("compte", account), ("charte", accepted)):
            archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2, default=str))
        if person.image_1920:
            archive.writestr("photo.jpg", base64.b64decode(person.image_1920))
        return result

    def _forget(self):
        """Erase who this person was. What he shared stays, and so does the proof of what he accepted."""
        result = super()._forget()
        # sudo: what is erased lies in models that administrators do not write either
        user, person = self.sudo(), self.sudo().partner_id
        addresses = {address.lower() for address in (user.login, person.email_normalized) if address}
        env = user.env
        # Those that he had before are his too: a file, or a letter, may hold them.
        events = env["collab.account.event"].search([("user_id", "=", user.id)])
        moved = events.filtered(lambda event: event.kind in ("address", "undone"))
        addresses |= {address.lower() for event in moved for address in (event.before, event.after) if address}
        lines = Domain("user_id", "=", user.id)
        mails = Domain("recipient_ids", "in", person.ids)
        for address in addresses:
            lines |= Domain("email", "=ilike", escape_psql(address))
            # HTML has several ways to write what comes before the domain: it is read below.
            end = escape_psql(address.rpartition("@")[2])
            mails |= Domain("email_to", "ilike", end) | Domain("body_html", "ilike", end)
        # With the whole file: he is in it.
        env["collab.import.line"].search(lines).import_id.unlink()
        mails = env["mail.mail"].search(mails)
        mails.filtered(lambda mail: person in mail.recipient_ids or mail._names(addresses)).unlink()
        messages = env["mail.message"]
        messages.search([("model", "=", "res.partner"), ("res_id", "=", person.id)]).unlink()
        messages.search([("author_id", "=", person.id)]).write({"email_from": False, "reply_to": False})
        env["mail.followers"].search([("partner_id", "=", person.id)]).unlink()
        env["res.device.log"].search([("user_id", "=", user.id)]).unlink()
        env["auth_totp.device"].search([("user_id", "=", user.id)]).unlink()
        env["collab.account.letter"].search([("user_id", "=", user.id)]).unlink()
        env["res.users.apikeys"].search([("user_id", "=", user.id)]).unlink()
        # Its names and addresses were his, and so were the reasons.
        events.write(dict.fromkeys(("before", "after", "reason"), False))
        env["collab.factor.clearing"].search([("user_id", "=", user.id)]).unlink()
        silent = user.with_context(tracking_disable=True)
        silent.partner_id.write(
            {
                **dict.fromkeys(("firstname", "email", "phone", "function", "website", "comment", "image_1920"), False),
                **dict.fromkeys(("street", "street2", "zip", "city", "commune_id", "parent_id"), False),
                "lastname": self.env._("Member who has left"),
                "network_ids": [Command.clear()],
                "territory_ids": [Command.clear()],
                "active": False,
            }
        )
        silent.write(
            {
                "login": f"parti-{secrets.token_hex(8)}",
                "password": secrets.token_urlsafe(32),
                "totp_secret": False,
                "signature": False,
                "forgotten_date": fields.Datetime.now(),
            }
        )
        return result

    # The address

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
        if "role_seen" in vals:
            vals = self._checked_role(vals)
        vals, before = self._checked_login(vals)
        linked = self.filtered("totp_enabled") if "totp_secret" in vals else self.browse()
        roles = {user: user._role() for user in self} if "group_ids" in vals else {}
        with self._said_if_taken():
            result = super().write(vals)
            if before:
                self.flush_recordset(["login"])
        if before:
            self._follow_login(before)
        self._note_roles(roles)
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

    def _checked_role(self, vals):
        """
        :param dict vals: as for ``write``
        :return dict: the same, without the role that the form showed
        :raises UserError: somebody else has changed it since
        """
        self.check_access("write")
        seen = vals["role_seen"]
        roles = self._role_names()
        for user in self:
            role = user._role()
            if "platform_role" in vals and role != seen:
                # sudo: who has changed this role, of which whoever writes it may know
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
        """:return dict[str, str]: of each role, in words"""
        return dict(self._fields["platform_role"]._description_selection(self.env))

    def _note_roles(self, before):
        """:param dict[res.users, str | None] before: the role that each of these people had"""
        names = self._role_names()
        for user, role in before.items():
            if (now := user._role()) != role:
                user._note("role", names.get(role), names.get(now))

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

    # What people are told of their account

    def _tell(self, kind, **vals):
        """Have a letter sent to those of these people who have an account to protect: neither who is gone, nor who
        chooses a first password.

        :param str kind: what has happened, as in ``collab.account.letter``
        """
        # sudo: when he last came
        for user in self.sudo().filtered(lambda user: user.active and user.email and user.login_date):
            self.env["collab.account.letter"]._write_to(user, kind, **vals)

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Say nothing in core's words, which are the same for every event: each has a letter of ours."""
        if kind := self.env.context.get("security_event"):
            self._tell(kind, detail=self._device_name())
        return self.env["mail.mail"]

    def _notify_security_new_connection(self, auth_info):
        # Who receives a code by mail is told by that mail.
        event = None if self.env(user=auth_info["uid"]).user._mfa_type() == "totp_mail" else "connection"
        return super(ResUsers, self.with_context(security_event=event))._notify_security_new_connection(auth_info)

    def _notify_inviter(self):
        """Say nothing to whoever has made the account: his screen would call, for a few words of core's, what is closed
        to everybody, and show him an error. The list of people says who has come."""

    def _device_name(self):
        """:return str | None: the browser and the system of whoever asks"""
        agent = request and request.httprequest.user_agent
        named = [part.capitalize() for part in (agent.browser, agent.platform) if part] if agent else []
        return " / ".join(named) or None

    def _networks_to_call(self):
        """:return collab.network: those of this person that say whom to call"""
        # sudo: his own networks, and whom they name for that purpose
        networks = self.sudo().partner_id.scope_network_ids
        return networks.filtered(lambda network: network.contact_email or network.contact_phone)

    # The second factor

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

    def _audience_scope(self):
        """Before the charter, nothing is readable, by any protocol."""
        if not self._charter_accepted():
            return None
        return super()._audience_scope()

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

    def reset_password(self, login):
        """Have a link sent to choose a password. Whether somebody has this login is looked at once this is answered."""
        self.env["collab.link.request"]._ask(login)

    def action_invite(self):
        """Have these people invited, or invited again: those who have never come. The mails leave one after the other.

        :return dict: says how many, and why the others are not
        :raises AccessError: whoever asks may not write accounts
        """
        self.check_access("write")
        waiting = self.filtered(lambda user: not user._why_not_invited())
        # Their last invitation has not left: it is tried again, and who invites is to know.
        stuck = waiting.filtered("link_error")
        why_stuck = stuck[:1].link_error
        waiting._ask_for_link()
        said = []
        if len(waiting) == 1:
            said.append(self.env._("The invitation leaves within a minute."))
        elif waiting:
            said.append(self.env._("%s invitations leave within a minute.", len(waiting)))
        if len(stuck) == 1:
            said.append(self.env._("The mail server has refused the last one: %s", why_stuck))
        elif stuck:
            said.append(self.env._("The mail server has refused %(n)s of them: %(why)s", n=len(stuck), why=why_stuck))
        said += self._say_who_is_not_invited()
        params = {"type": "success" if waiting else "warning", "message": " ".join(said)}
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {**params, "next": reload}}

    def _why_not_invited(self):
        """:return str | None: of one person: "closed", "come" or "no_address"; nothing when he may be invited"""
        self.ensure_one()
        if not self.active:
            return "closed"
        if self.login_date:
            return "come"
        return None if self.email else "no_address"

    def _say_who_is_not_invited(self):
        """:return list[str]: a sentence for each reason; the name is said of one person alone"""
        why = self.grouped(lambda user: user._why_not_invited())
        said = []
        for reason, people in why.items():
            count, name = len(people), people[:1].name
            if reason == "closed" and count == 1:
                said.append(self.env._("%s's account is closed: open it again first.", name))
            elif reason == "closed":
                said.append(self.env._("%s accounts are closed: open them again first.", count))
            elif reason == "come" and count == 1:
                said.append(self.env._("%s has come already: send a new password link instead.", name))
            elif reason == "come":
                said.append(self.env._("%s people have come already.", count))
            elif reason == "no_address" and count == 1:
                said.append(self.env._("%s has no address: type it first.", name))
            elif reason == "no_address":
                said.append(self.env._("%s people have no address: type it first.", count))
        return said

    def _ask_for_link(self):
        # sudo: a mark for the job that sends; nobody reads or writes it otherwise
        self.sudo().write({"link_asked": fields.Datetime.now(), "link_error": False, "link_failed": False})
        self.env.ref("collab_charte.cron_send_links")._trigger()

    @api.model
    def _remind_invited(self):
        """Invite once more those whose first invitation has lapsed without effect."""
        limit = fields.Datetime.now() - timedelta(days=self._invitation_days())
        invited_once = Domain("invited_date", "<", limit) & Domain("invitation_count", "=", 1)
        self.search(invited_once & Domain("door_state", "=", "invited"))._ask_for_link()

    def _invitation_days(self):
        """:return int: how many days the link of an invitation works"""
        # sudo: a setting of core, read whoever writes the letter
        hours = self.env["ir.config_parameter"].sudo().get_param("auth_signup.signup.validity.hours", 144)
        return int(hours) // 24

    @api.model
    def _send_links(self):
        """Send the links that have been asked for; try again later those that could not leave.

        Those whose link has just failed come last, whatever holds it back; before them, those who have a password come
        first: they are waiting before their screen.
        """
        self.env["collab.link.request"]._answer()
        everybody = self.search([("link_asked", "!=", False)], order="link_asked")
        waiting = everybody.sorted(lambda user: (user.link_failed or datetime.min, not user.login_date))[:LINKS_A_RUN]
        # A link works once its preparation is committed: somebody may click it as soon as the mail has left.
        for user in waiting:
            user.partner_id.signup_prepare(signup_type=user._link_type())
        self.env["ir.cron"]._commit_progress(0, remaining=len(everybody))
        waiting._leave_one_by_one("link", lambda user: user._action_reset_password(user._link_type()))

    def _leave_one_by_one(self, letter, send):
        """Send a letter to each of these people, and note what comes of it.

        :param str letter: how the names of the fields begin that tell where it is: ``link`` or ``reminder``
        :param Callable[[res.users], None] send: sends it to one person
        """
        done = dict.fromkeys((f"{letter}_asked", f"{letter}_error", f"{letter}_failed"), False)
        for user in self:
            try:
                with self.env.cr.savepoint():
                    send(user.with_context(must_leave=True))
                    user.write(done)
            except Exception as error:
                # Whatever it is, it holds back nobody else.
                _logger.warning("The %s for %s has not left: %s", letter, user.login, error, exc_info=True)
                said = str(error) or type(error).__name__
                user.write({f"{letter}_error": said[:200], f"{letter}_failed": fields.Datetime.now()})
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _ask_for_reminder(self):
        """Have these people reminded of the charter, but for those who have been within a day.

        :return res.users: those who are going to be
        """
        limit = fields.Datetime.now() - timedelta(days=1)
        people = self.filtered(lambda user: not user.charter_reminded_date or user.charter_reminded_date < limit)
        # sudo: a mark for the job that sends; nobody reads or writes it otherwise. One that waits keeps its date, by
        # which mail programs know a letter that comes twice.
        new = people.sudo().filtered(lambda user: not user.reminder_asked)
        new.write({"reminder_asked": fields.Datetime.now(), "reminder_error": False, "reminder_failed": False})
        self.env.ref("collab_charte.cron_remind_charter")._trigger()
        return people

    @api.model
    def _send_reminders(self):
        """Remind of the charter those who are to be. It may be stopped at any line, and run again."""
        asked = self.with_context(active_test=False).search([("reminder_asked", "!=", False)], order="reminder_asked")
        # Who has accepted or left meanwhile is not written to.
        waiting = asked.filtered("charter_waits")
        (asked - waiting).write({"reminder_asked": False, "reminder_error": False, "reminder_failed": False})
        # After a day, it is for whoever reads why to ask again.
        limit = fields.Datetime.now() - timedelta(days=1)
        given_up = waiting.filtered(lambda user: user.reminder_failed and user.reminder_asked < limit)
        given_up.reminder_asked = False
        waiting -= given_up
        self.env["ir.cron"]._commit_progress(0, remaining=len(waiting))
        # Those whose letter has just failed come last.
        now = waiting.sorted(lambda user: user.reminder_failed or datetime.min)[:LINKS_A_RUN]
        now._leave_one_by_one("reminder", lambda user: user._remind_of_charter())

    def _remind_of_charter(self):
        """:raises UserError: there is no address to write to"""
        self.ensure_one()
        if not self.email:
            raise UserError(self.env._("%s has no electronic address.", self.name))
        host = urlsplit(self.get_base_url()).hostname
        number = f"{self.env['collab.charter']._current_id()}.{self.id}.{self.reminder_asked:%Y%m%d%H%M%S}"
        self.env.ref("collab_charte.mail_charter_reminder").with_context(lang=self.lang).send_mail(
            self.id,
            force_send=True,
            raise_exception=True,
            # Killed between the answer of the server and its own note, the job sends it again: it shows once.
            email_values={"message_id": f"<charter.{number}@{host}>"},
            email_layout_xmlid="collab_habillage.mail_layout",
        )
        self.charter_reminded_date = fields.Datetime.now()

    def _link_type(self):
        """:return str: in the words of core, the kind of link that this person is sent"""
        return "reset" if self.login_date else "signup"

    def _action_reset_password(self, signup_type="reset"):
        """Send a letter of ours with a link to choose a password: an invitation to whom has never come.

        :raises AccessError: whoever asks may not write accounts
        :raises UserError: it cannot leave
        """
        if self.env.context.get("install_mode") or self.env.context.get("import_file"):
            return None
        self.check_access("write")
        if not all(self.mapped("active")):
            raise UserError(self.env._("You cannot perform this action on an archived user."))
        for user in self:
            if not user.email:
                raise UserError(self.env._("%s has no electronic address.", user.name))
            kind = user._link_type()
            # sudo: what a link works with is the platform's; whoever asks for it may write the account
            user.partner_id.sudo().signup_prepare(signup_type=kind)
            letter = "mail_new_password" if kind == "reset" else "mail_invitation"
            # sudo: who asks for a password has not logged in; the letter is the client's, and goes to this person alone
            template = self.env.ref(f"collab_charte.{letter}").sudo()
            template.with_context(lang=user.lang).send_mail(
                user.id, force_send=True, raise_exception=True, email_layout_xmlid="collab_habillage.mail_layout"
            )
            if kind == "signup":
                # sudo: written by the platform, as the letter has left
                user.sudo().write(
                    {"invited_date": fields.Datetime.now(), "invitation_count": user.invitation_count + 1}
                )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("The link has been sent.")},
        }

    def signup(self, values, token=None):
        # A password that is refused leaves the link as it was: core writes that it has served before it looks.
        with self.env.cr.savepoint():
            login, password = super().signup(values, token)
        # sudo: who holds the token of an account has not logged in yet
        user = self.sudo().search(self._get_login_domain(login))
        self.env["collab.attempt"]._forget(str(user.id))
        return login, password
