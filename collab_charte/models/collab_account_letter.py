import hashlib
import logging
import secrets
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..moments import say_moment

_logger = logging.getLogger(__name__)

CONFIRM_HOURS = 24
UNDO_DAYS = 7
# What a letter tells is told to nobody later than that; nor is it kept longer, sent or not.
KEPT_DAYS = 30
LETTERS_A_RUN = 50
# What the link of a letter does, by where it leads.
LINKS = {
    "address_asked": "/mon-compte/adresse/confirmer",
    "address_left": "/mon-compte/annuler",
    "factor_linked": "/mon-compte/annuler",
}


class CollabAccountLetter(models.Model):
    """What somebody is told of his own account, and the link by which he answers: it leaves in any case, once.

    The link is made when the letter is sent, and only its fingerprint is kept. A letter that could not leave is tried
    again until what it says is out of date.
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
        """Have a letter sent, to the address of this person unless another is given.

        :param res.users user: whose account it is about
        :param str kind: what has happened
        :param vals: values of other fields
        :return collab.account.letter:
        """
        life = timedelta(hours=CONFIRM_HOURS) if kind == "address_asked" else timedelta(days=UNDO_DAYS)
        expires = fields.Datetime.now() + life
        # sudo: the platform's to write; it keeps who did it
        letter = self.sudo().create(
            {"user_id": user.id, "kind": kind, "email": user.sudo().email, "expires": expires, **vals}
        )
        self.env.ref("collab_charte.cron_send_letters").sudo()._trigger()
        return letter

    @api.model
    def _of_link(self, token, path):
        """:param str | None token: of a link
        :param str path: where it leads
        :return collab.account.letter: in sudo; none if this link does not work, or does not any more"""
        digest = hashlib.sha256((token or "").encode()).hexdigest()
        kinds = [kind for kind, leads in LINKS.items() if leads == path]
        # sudo: who holds a link has not logged in
        return self.sudo().search(
            [
                *(("digest", "=", digest), ("kind", "in", kinds), ("used_date", "=", False)),
                *(("expires", ">", fields.Datetime.now()), ("user_id.active", "=", True)),
            ]
        )

    @api.model
    def _close_links(self, user, *kinds):
        """Let the links of this person serve no more.

        :param str kinds: of which letters; none is all
        """
        domain = Domain("user_id", "=", user.id) & Domain("used_date", "=", False)
        if kinds:
            domain &= Domain("kind", "in", kinds)
        # sudo: the platform's to write
        self.sudo().search(domain).write({"used_date": fields.Datetime.now()})

    @api.model
    def _send_due(self):
        """Send the letters that wait, those that have failed last: whatever holds one back, it holds back no other."""
        due = Domain("sent_date", "=", False) & Domain("expires", ">", fields.Datetime.now())
        waiting = self.search(due).sorted(lambda letter: bool(letter.error))
        letters = waiting[:LETTERS_A_RUN]
        # A link works once its fingerprint is committed: somebody may click it as soon as the letter has left.
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
        """:return str: what the link of this letter holds, and the platform does not keep"""
        token = secrets.token_urlsafe(32)
        self.digest = hashlib.sha256(token.encode()).hexdigest()
        return token

    def _send(self):
        """:raises Exception: it has not left"""
        name = self.kind
        if self.kind == "address_asked":
            if self.used_date:
                # Another address has been asked for meanwhile.
                return
            if self.user_id._who_has(self.after):
                # Whoever asks is not told who has an account; whoever has this address is.
                name, self.digest = "address_taken", False
        template = self.env.ref(f"collab_charte.mail_{name}")
        template.with_context(lang=self.user_id.lang).send_mail(
            self.id, force_send=True, raise_exception=True, email_layout_xmlid="collab_habillage.mail_layout"
        )

    def _link(self):
        """:return str: the address of the page of this letter, with what proves that it has been received"""
        query = urlencode({"jeton": self.env.context["link_token"]})
        return f"{self.get_base_url()}{LINKS[self.kind]}?{query}"

    def _when(self):
        """:return str: when it has happened, in French"""
        return say_moment(self.create_date)

    def _networks(self):
        """:return collab.network: whom to call, for whom this letter is about"""
        return self.user_id._networks_to_call()

    def _confirm(self):
        """Give its new address to an account, whose owner has proved that he receives what is sent there.

        :return bool: False when somebody has taken it since
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
        """Give an account back to whom this letter was sent, as it was: whatever has been linked since is linked no
        more, nobody is logged in, and nobody knows the password.

        :return bool: False when somebody has taken the old address since
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
            # Of two mailboxes, one may be somebody else's: each is told what the other does.
            self._write_to(user, "address_back", email=self.after, before=self.after, after=self.before)
        else:
            user._note("undone")
        return True

    def _new_password_page(self):
        """:return str: the address of the page of any lost password, open to whom this letter was sent: once an account
        has been taken back, somebody else may know the password, and another is chosen at once"""
        person = self.user_id.partner_id
        person.signup_prepare(signup_type="reset")
        return person.with_context(relative_url=True)._get_signup_url_for_action()[person.id]

    def _rewrite(self, user, vals):
        """:return bool: written, and told by whoever asks for it; False when somebody has just taken this address"""
        try:
            with self.env.cr.savepoint():
                user.with_context(told=True).write(vals)
        except ValidationError:
            return False
        return True

    def _owner(self):
        """:return res.users: whose account it is, for what he does by the link of his letter without logging in"""
        # sudo: the link is the proof
        return self.env(user=self.user_id.id, su=True).user

    @api.autovacuum
    def _gc_old(self):
        self.search([("create_date", "<", fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS))]).unlink()
