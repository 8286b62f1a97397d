import hashlib
import logging
import secrets
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.moments import say_moment

_logger = logging.getLogger(__name__)

CONFIRM_HOURS = 24
UNDO_DAYS = 7
# Letters are deleted after this number of days, sent or not.
KEPT_DAYS = 30
LETTERS_A_RUN = 50
# The kinds of letters that have a link, and the page that it opens.
LINKS = {
    "address_asked": "/mon-compte/adresse/confirmer",
    "address_left": "/mon-compte/annuler",
    "factor_linked": "/mon-compte/annuler",
}


class CollabAccountLetter(models.Model):
    """A mail to a person about his own account, whatever his preferences, sometimes with a link to confirm or undo.

    The token of the link is made when the letter is sent, and only its hash is stored. A letter that could not leave is
    tried again until it expires.
    """

    _name = "collab.account.letter"
    _description = "Letter about an account"
    _order = "id"

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("address_asked", "An address is to be confirmed"),
            ("address_left", "Changed by its owner: to the old address"),
            ("address_was", "Changed by an administrator: to the old address"),
            ("address_is", "Changed by an administrator: to the new address"),
            ("address_back", "Undone from the old address: to the one that is left"),
            ("factor_linked", "An application gives the codes"),
            ("factor_removed", "No application gives the codes any more"),
            ("factor_cleared", "The second factor has been cleared by the federation"),
            ("password", "The password has changed"),
            ("device", "A device is not asked for a code any more"),
            ("closed", "The organisation says that this person does not work there any more"),
            ("connection", "The password has been typed on an unknown device"),
        ],
        required=True,
        readonly=True,
    )
    email = fields.Char(string="To", required=True, readonly=True)
    before = fields.Char(string="Old address", readonly=True)
    after = fields.Char(string="New address", readonly=True)
    detail = fields.Char(readonly=True)
    expires = fields.Datetime(required=True, readonly=True, help="Until when it is tried, and its link works.")
    digest = fields.Char(string="Fingerprint of the link", readonly=True, index=True)
    used_date = fields.Datetime(string="Link used, or closed", readonly=True)
    sent_date = fields.Datetime(string="Sent on", readonly=True)
    error = fields.Char(string="Why it does not leave", readonly=True)

    @api.model
    def _write_to(self, user, kind, **vals):
        """Put a letter in the queue, to the address of this person unless ``email`` is given.

        :param res.users user: the owner of the account
        :param str kind: what has happened
        :param vals: values of other fields
        :return collab.account.letter:
        """
        life = timedelta(hours=CONFIRM_HOURS) if kind == "address_asked" else timedelta(days=UNDO_DAYS)
        expires = fields.Datetime.now() + life
        # sudo: no user may write letters; create_uid still says who acted
        letter = self.sudo().create(
            {"user_id": user.id, "kind": kind, "email": user.sudo().email, "expires": expires, **vals}
        )
        self.env.ref("collab_charte.cron_send_letters").sudo()._trigger()
        return letter

    @api.model
    def _of_link(self, token, path):
        """:param str | None token: of a link
        :param str path: the page that it opens
        :return collab.account.letter: in sudo; empty if this link is wrong, used or expired"""
        digest = hashlib.sha256((token or "").encode()).hexdigest()
        kinds = [kind for kind, leads in LINKS.items() if leads == path]
        # sudo: a person who opens a link has not logged in
        return self.sudo().search(
            [
                *(("digest", "=", digest), ("kind", "in", kinds), ("used_date", "=", False)),
                *(("expires", ">", fields.Datetime.now()), ("user_id.active", "=", True)),
            ]
        )

    @api.model
    def _close_links(self, user, *kinds):
        """Make the links sent to this person void.

        :param str kinds: of letters; all of them when none is given
        """
        domain = Domain("user_id", "=", user.id) & Domain("used_date", "=", False)
        if kinds:
            domain &= Domain("kind", "in", kinds)
        # sudo: no user may write letters
        self.sudo().search(domain).write({"used_date": fields.Datetime.now()})

    @api.model
    def _send_due(self):
        """Send the letters that wait. Those that failed before come last, so that they do not delay the others."""
        due = Domain("sent_date", "=", False) & Domain("expires", ">", fields.Datetime.now())
        waiting = self.search(due).sorted(lambda letter: bool(letter.error))
        letters = waiting[:LETTERS_A_RUN]
        # The hashes are committed before the letters leave: somebody may click at once.
        tokens = {letter.id: letter._make_link() for letter in letters if letter.kind in LINKS}
        self.env["ir.cron"]._commit_progress(0, remaining=len(waiting))
        for letter in letters:
            try:
                with self.env.cr.savepoint():
                    letter.with_context(must_leave=True, link_token=tokens.get(letter.id))._send()
                    letter.write({"sent_date": fields.Datetime.now(), "error": False})
            except Exception as error:
                _logger.warning("Letter %s (%s) has not left: %s", letter.id, letter.kind, error, exc_info=True)
                letter.error = (str(error) or type(error).__name__)[:200]
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _make_link(self):
        """:return str: a new token for the link of this letter; only its hash is stored"""
        token = secrets.token_urlsafe(32)
        self.digest = hashlib.sha256(token.encode()).hexdigest()
        return token

    def _send(self):
        """:raises Exception: the letter could not leave"""
        name = self.kind
        if self.kind == "address_asked":
            if self.used_date:
                # Another address has been asked for meanwhile.
                return
            if self.user_id._who_has(self.after):
                # The person who asked does not learn that this address has an account; its owner gets another letter.
                name, self.digest = "address_taken", False
        template = self.env.ref(f"collab_charte.mail_{name}")
        template.with_context(lang=self.user_id.lang).send_mail(
            self.id, force_send=True, raise_exception=True, email_layout_xmlid="collab_habillage.mail_layout"
        )

    def _link(self):
        """:return str: the address of the page of this letter, with the token"""
        query = urlencode({"jeton": self.env.context["link_token"]})
        return f"{self.get_base_url()}{LINKS[self.kind]}?{query}"

    def _when(self):
        """:return str: when it happened, in French"""
        return say_moment(self.create_date)

    def _networks(self):
        """:return collab.network: the networks whose contact the letter gives, for questions"""
        return self.user_id._networks_to_call()

    def _confirm(self):
        """Change the address of an account, now that its owner has opened the link sent to the new one.

        :return bool: False when somebody else has taken this address since
        """
        user = self._owner()
        if user._who_has(self.after):
            return False
        before = user.login
        Letter = user.env["collab.account.letter"]
        if not self._rewrite(user, {"login": self.after}):
            return False
        Letter._close_links(user, "address_asked")
        Letter._write_to(user, "address_left", email=before, before=before, after=self.after)
        return True

    def _undo(self):
        """Give an account back to the person to whom this letter was sent: the old address comes back, an application
        of codes linked since is removed, all sessions end, and the password becomes a random one.

        :return bool: False when somebody else has taken the old address since
        """
        user = self._owner()
        vals = {"password": secrets.token_urlsafe(32)}
        if self.kind == "address_left":
            if user._who_has(self.before):
                return False
            vals["login"] = self.before
        later = [("user_id", "=", user.id), ("kind", "=", "factor_linked"), ("id", ">=", self.id)]
        if self.search_count(later, limit=1):
            vals["totp_secret"] = False
        if not self._rewrite(user.with_context(undone=True), vals):
            return False
        self._close_links(user)
        user._revoke_all_devices()
        if "login" in vals:
            # One of the two mailboxes may be an attacker's: each is told what the other one did.
            self._write_to(user, "address_back", email=self.after, before=self.after, after=self.before)
        else:
            user._note("undone")
        return True

    def _new_password_page(self):
        """:return str: the address of a page to choose a password, without login: after ``_undo``, nobody knows the
        password of this account"""
        person = self.user_id.partner_id
        person.signup_prepare(signup_type="reset")
        return person.with_context(relative_url=True)._get_signup_url_for_action()[person.id]

    def _rewrite(self, user, vals):
        """:return bool: False when somebody else has just taken this address. The letters about this change are left to
        the caller (``told``)"""
        try:
            with self.env.cr.savepoint():
                user.with_context(told=True).write(vals)
        except ValidationError:
            return False
        return True

    def _owner(self):
        """:return res.users: the owner of the account, as current user: the log then says that he acted himself"""
        # sudo: he has not logged in; the link proves who he is
        return self.env(user=self.user_id.id, su=True).user

    @api.autovacuum
    def _gc_old(self):
        self.search([("create_date", "<", fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS))]).unlink()
