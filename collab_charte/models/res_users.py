import base64
import json
import logging
import re
import secrets
from contextlib import contextmanager
from datetime import datetime, timedelta

from passlib.utils import MAX_PASSWORD_SIZE

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessDenied, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from odoo.addons.collab_reseaux.calls import opened

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
    _calls = opened("administrator", "action_forget", "action_invite")

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
    forgotten_date = fields.Datetime(
        string="Erased on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="Who this person was has been erased.",
    )
    door_state = fields.Selection(
        [
            ("new", "Not invited"),
            ("leaving", "Invitation on its way"),
            ("stuck", "Invitation that does not leave"),
            ("invited", "Invited"),
            ("stopped", "Has come, before the charter"),
            ("refused", "Charter refused"),
            ("in", "Charter accepted"),
            ("left", "Has left"),
        ],
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

    refused_charter_id = fields.Many2one(
        "collab.charter",
        string="Charter refused",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The version that this person has refused, until the day he accepts one.",
    )

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
            elif user.refused_charter_id:
                user.door_state = "refused"
            elif user.login_date:
                user.door_state = "stopped"
            else:
                # sudo: a mark of the job that sends
                leaving = user.sudo().link_asked and ("stuck" if user.link_error else "leaving")
                user.door_state = leaving or ("invited" if user.invited_date else "new")

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
        left, refused = Domain("left_date", "!=", False), Domain("refused_charter_id", "!=", False)
        accepted = Domain("accepted_charter_id", "in", self.env["collab.charter"]._in_force_ids())
        # As core computes it: the date of his last connection.
        come, leaving = Domain("log_ids", "!=", False), self._search_leaving()
        invited = Domain("invited_date", "!=", False)
        stuck = Domain("link_error", "!=", False)
        waiting = ~left & ~accepted & ~refused
        domains = {
            "left": left,
            "in": ~left & accepted,
            "refused": ~left & ~accepted & refused,
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

    def _note(self, kind, before=None, after=None, reason=None):
        """Write down what has just happened to these accounts, for administrators to read.

        :param str kind: of ``collab.account.event``
        :param str | None before: what it was
        :param str | None after: what it has become
        :param str | None reason: in the words of whoever did it
        """
        # sudo: the log is the platform's to write; it keeps who did it
        self.env["collab.account.event"].sudo().create(
            [{"user_id": user.id, "kind": kind, "before": before, "after": after, "reason": reason} for user in self]
        )

    def _leave(self):
        """Close the account of this person, who asks for it: his sessions end, what he published stays."""
        # By the platform: core lets nobody archive himself.
        self.with_user(SUPERUSER_ID).write({"active": False, "left_date": fields.Datetime.now()})
        self._note("left")

    def _write_own_data(self, archive):
        """Write all that the platform holds of this person. A module that holds more adds it after this.

        :param zipfile.ZipFile archive: open, for writing
        """
        self.ensure_one()
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

    def action_forget(self):
        """Erase who this person was. What he shared stays, and so does the proof of what he accepted.

        :raises UserError: the account is open, or of the federations
        """
        self.check_access("write")
        for user in self:
            if user.active or not user.share:
                raise UserError(self.env._("Only the closed account of a member is erased: archive it first."))
            user._forget()

    def _forget(self):
        # sudo: what is erased lies in models that administrators do not write either
        user, person = self.sudo(), self.sudo().partner_id
        addresses = {address.lower() for address in (user.login, person.email_normalized) if address}
        env = user.env
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
        env["res.users.apikeys"].search([("user_id", "=", user.id)]).unlink()
        # Its names and addresses were his, and so were the reasons.
        env["collab.account.event"].search([("user_id", "=", user.id)]).write(
            dict.fromkeys(("before", "after", "reason"), False)
        )
        # Nobody is to be told that his address has changed.
        silent = user.with_context(forgetting=True, tracking_disable=True)
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
                "left_date": user.left_date or fields.Datetime.now(),
                "forgotten_date": fields.Datetime.now(),
            }
        )

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Warn those who have an account to protect: neither who is being erased, nor who chooses a first password."""
        users = self.filtered("login_date") if not self.env.context.get("forgetting") else self.browse()
        if not users:
            return self.env["mail.mail"]
        return super(ResUsers, users)._notify_security_setting_update(subject, content, mail_values, **kwargs)

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
        """Have a link sent to choose a password. Whether somebody has this login is looked at once this is answered."""
        self.env["collab.link.request"]._ask(login)

    def action_invite(self):
        """Have these people invited, or invited again: those who have never come. The mails leave one after the other.

        :return dict: says how many
        :raises AccessError: whoever asks may not write accounts
        """
        self.check_access("write")
        waiting = self.filtered(lambda user: user.active and user.email and not user.login_date)
        waiting._ask_for_link()
        message = self.env._("%s invitations leave within a minute.", len(waiting))
        if others := len(self) - len(waiting):
            message += " " + self.env._("%s people are left alone: they have come already, or left.", others)
        params = {"type": "success" if waiting else "warning", "message": message}
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {**params, "next": reload}}

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
        for user in waiting:
            try:
                with self.env.cr.savepoint():
                    user.with_context(must_leave=True)._action_reset_password(user._link_type())
                    user.write({"link_asked": False, "link_error": False, "link_failed": False})
            except Exception as error:
                # Whatever it is, it holds back nobody else.
                _logger.warning("The link asked for by %s has not left: %s", user.login, error, exc_info=True)
                said = str(error) or type(error).__name__
                user.write({"link_error": said[:200], "link_failed": fields.Datetime.now()})
            if not self.env["ir.cron"]._commit_progress(1):
                break

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
