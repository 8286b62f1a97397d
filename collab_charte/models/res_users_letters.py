import logging

from odoo import fields, models
from odoo.http import request

_logger = logging.getLogger(__name__)
# A thousand invitations are sent in several goes: who asks for a password meanwhile comes before the next one.
LINKS_A_RUN = 50


class ResUsers(models.Model):
    """What people are told of their own account: a letter for each thing that happens to it."""

    _inherit = "res.users"

    letter_error = fields.Char(
        string="Why a letter does not leave",
        compute="_compute_letter_error",
        groups="collab_reseaux.group_moderator",
        help="What this person is to be told of his account: the platform tries again.",
    )

    def _compute_letter_error(self):
        # sudo: a mark of the job that sends
        letters = self.env["collab.account.letter"].sudo()
        failed = letters.search([("user_id", "in", self.ids), ("sent_date", "=", False), ("error", "!=", False)])
        for user in self:
            user.letter_error = failed.filtered(lambda letter, user=user: letter.user_id == user)[-1:].error

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
