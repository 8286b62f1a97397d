import re
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import opened

from .res_users_letters import LINKS_A_RUN

# Codes by which a mail server refuses the address of the recipient, and not the sender: 5.1.* (RFC 3463, 3.2), or 550,
# 551 and 553 without a longer code.
ADDRESS_REFUSED = re.compile(r"\b5\.1\.\d|\b55[013]\b(?!\D*5\.)")


class ResUsers(models.Model):
    """Links to choose a password: invitations, and new passwords for those who have lost theirs."""

    _inherit = "res.users"
    _calls = opened("administrator", "action_invite")

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

    @api.depends("link_error")
    def _compute_link_trouble(self):
        for user in self:
            user.link_trouble = user.link_error and user._trouble_in_words(user.link_error)

    def _trouble_in_words(self, error):
        """:param str error: the answer of the mail server, or an error of ours
        :return str: a sentence: either the address must be corrected, or the platform will try again"""
        if ADDRESS_REFUSED.search(error):
            return self.env._("The address is refused: check it.")
        return self.env._("The mail cannot leave for now: the platform tries again.")

    def _search_leaving(self):
        # sudo: link_asked is closed to all users
        return Domain("id", "in", self.sudo()._search([("link_asked", "!=", False)]))

    def reset_password(self, login):
        """Ask for a link to choose a password. A job looks for the account later, so that the answer tells nothing."""
        self.env["collab.link.request"]._ask(login)

    def action_invite(self):
        """Invite, or invite again, those of these people who have never come. A job sends the mails.

        :return dict: a notification that says how many are invited, and why the others are not
        :raises AccessError: the current user may not write accounts
        """
        self.check_access("write")
        waiting = self.filtered(lambda user: not user._why_not_invited())
        # The mail server refused their last invitation: the notification says so, since it may refuse this one too.
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
        """:return str | None: "closed", "come" or "no_address"; None when this person may be invited"""
        self.ensure_one()
        if not self.active:
            return "closed"
        if self.login_date:
            return "come"
        return None if self.email else "no_address"

    def _say_who_is_not_invited(self):
        """:return list[str]: a sentence for each reason; it gives a name when it is about one person only"""
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
        # sudo: these fields are for the job that sends, and closed to all users
        self.sudo().write({"link_asked": fields.Datetime.now(), "link_error": False, "link_failed": False})
        self.env.ref("collab_charte.cron_send_links")._trigger()

    @api.model
    def _remind_invited(self):
        """Invite again, once, those who did not use the link of their invitation before it expired."""
        limit = fields.Datetime.now() - timedelta(days=self._invitation_days())
        invited_once = Domain("invited_date", "<", limit) & Domain("invitation_count", "=", 1)
        self.search(invited_once & Domain("door_state", "=", "invited"))._ask_for_link()

    def _invitation_days(self):
        """:return int: how many days the link of an invitation works"""
        # sudo: a setting of core, closed to users
        hours = self.env["ir.config_parameter"].sudo().get_param("auth_signup.signup.validity.hours", 144)
        return int(hours) // 24

    @api.model
    def _send_links(self):
        """Send the links that were asked for; those that could not leave are tried again later.

        First those who have a password, because they are waiting in front of their screen; then new people; last, those
        whose link has just failed, so that they delay nobody.
        """
        self.env["collab.link.request"]._answer()
        everybody = self.search([("link_asked", "!=", False)], order="link_asked")
        waiting = everybody.sorted(lambda user: (user.link_failed or datetime.min, not user.login_date))[:LINKS_A_RUN]
        # The tokens are committed before the mails leave: somebody may click at once.
        for user in waiting:
            user.partner_id.signup_prepare(signup_type=user._link_type())
        self.env["ir.cron"]._commit_progress(0, remaining=len(everybody))
        waiting._leave_one_by_one("link", lambda user: user._action_reset_password(user._link_type()))

    def _link_type(self):
        """:return str: core's name for the kind of link: "signup" for an invitation, "reset" for a new password"""
        return "reset" if self.login_date else "signup"

    def _action_reset_password(self, signup_type="reset"):
        """Send our own mail with a link to choose a password: an invitation to those who have never come.

        :raises AccessError: the current user may not write accounts
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
            # sudo: the token is closed to users; the right to write this account has been checked
            user.partner_id.sudo().signup_prepare(signup_type=kind)
            letter = "mail_new_password" if kind == "reset" else "mail_invitation"
            # sudo: a person who asks for a password has not logged in; the mail goes to him only
            template = self.env.ref(f"collab_charte.{letter}").sudo()
            template.with_context(lang=user.lang).send_mail(
                user.id, force_send=True, raise_exception=True, email_layout_xmlid="collab_habillage.mail_layout"
            )
            if kind == "signup":
                # sudo: only the platform writes these fields, once the mail has left
                user.sudo().write(
                    {"invited_date": fields.Datetime.now(), "invitation_count": user.invitation_count + 1}
                )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("The link has been sent.")},
        }
