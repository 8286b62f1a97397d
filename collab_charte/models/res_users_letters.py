import logging

from odoo import fields, models
from odoo.http import request

_logger = logging.getLogger(__name__)
# How many mails a run of the job sends: between two runs of a thousand invitations, a person who has just asked for a
# password comes first.
LINKS_A_RUN = 50


class ResUsers(models.Model):
    """Mails to people about their own account: one for each thing that happens to it."""

    _inherit = "res.users"

    letter_error = fields.Char(
        string="Why a letter does not leave",
        compute="_compute_letter_error",
        groups="collab_reseaux.group_moderator",
        help="What this person is to be told of his account: the platform tries again.",
    )

    def _compute_letter_error(self):
        # sudo: letters are closed to all users; only the error is shown
        letters = self.env["collab.account.letter"].sudo()
        failed = letters.search([("user_id", "in", self.ids), ("sent_date", "=", False), ("error", "!=", False)])
        for user in self:
            user.letter_error = failed.filtered(lambda letter, user=user: letter.user_id == user)[-1:].error

    def _tell(self, kind, **vals):
        """Send a letter to those of these people who have already used their account: neither to those who have left,
        nor to a person who is choosing his first password.

        :param str kind: what has happened, as in ``collab.account.letter``
        :param vals: values of other fields of the letter
        """
        # sudo: login_date, which only staff may read
        for user in self.sudo().filtered(lambda user: user.active and user.email and user.login_date):
            self.env["collab.account.letter"]._write_to(user, kind, **vals)

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Send our own letter instead of core's mail, whose text is the same for all events."""
        if kind := self.env.context.get("security_event"):
            self._tell(kind, detail=self._device_name())
        return self.env["mail.mail"]

    def _notify_security_new_connection(self, auth_info):
        # Not to those who receive a code by mail: that mail already says that somebody has typed the password.
        event = None if self.env(user=auth_info["uid"]).user._mfa_type() == "totp_mail" else "connection"
        return super(ResUsers, self.with_context(security_event=event))._notify_security_new_connection(auth_info)

    def _notify_inviter(self):
        """Do not notify the person who created the account, as core does: his web client would call a route that is
        closed, and show an error. The list of people says who has come."""

    def _device_name(self):
        """:return str | None: the browser and the system of the current request"""
        agent = request and request.httprequest.user_agent
        named = [part.capitalize() for part in (agent.browser, agent.platform) if part] if agent else []
        return " / ".join(named) or None

    def _networks_to_call(self):
        """:return collab.network: those networks of this person that give a contact"""
        # sudo: his own networks, whose contacts are meant for him
        networks = self.sudo().partner_id.scope_network_ids
        return networks.filtered(lambda network: network.contact_email or network.contact_phone)

    def _leave_one_by_one(self, letter, send):
        """Send a mail to each of these people, and store the result of each before the next one.

        :param str letter: the prefix of the fields that hold the result: ``link`` or ``reminder``
        :param Callable[[res.users], None] send: sends the mail to one person
        """
        done = dict.fromkeys((f"{letter}_asked", f"{letter}_error", f"{letter}_failed"), False)
        for user in self:
            try:
                with self.env.cr.savepoint():
                    send(user.with_context(must_leave=True))
                    user.write(done)
            except Exception as error:
                # Whatever the error is, the next people get their mail.
                _logger.warning("The %s for %s has not left: %s", letter, user.login, error, exc_info=True)
                said = str(error) or type(error).__name__
                user.write({f"{letter}_error": said[:200], f"{letter}_failed": fields.Datetime.now()})
            if not self.env["ir.cron"]._commit_progress(1):
                break
