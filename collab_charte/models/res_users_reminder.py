from datetime import datetime, timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from .res_users_letters import LINKS_A_RUN


class ResUsers(models.Model):
    """Reminders sent to those who have come but not accepted the charter in force."""

    _inherit = "res.users"

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

    @api.depends("door_state")
    def _compute_charter_waits(self):
        for user in self:
            user.charter_waits = user.active and user.door_state in ("stopped", "outdated")

    def _ask_for_reminder(self):
        """Ask for a reminder to these people, except those who received one less than a day ago.

        :return res.users: those who will receive one
        """
        limit = fields.Datetime.now() - timedelta(days=1)
        people = self.filtered(lambda user: not user.charter_reminded_date or user.charter_reminded_date < limit)
        # sudo: these fields are for the job that sends, and closed to all users. A reminder that waits already keeps
        # its date, which is part of its Message-ID: mail programs then recognize a mail that was sent twice.
        new = people.sudo().filtered(lambda user: not user.reminder_asked)
        new.write({"reminder_asked": fields.Datetime.now(), "reminder_error": False, "reminder_failed": False})
        self.env.ref("collab_charte.cron_remind_charter")._trigger()
        return people

    @api.model
    def _send_reminders(self):
        """Send the reminders that were asked for. The job may be stopped at any line, and run again."""
        asked = self.with_context(active_test=False).search([("reminder_asked", "!=", False)], order="reminder_asked")
        # Not to those who have accepted, or left, since it was asked for.
        waiting = asked.filtered("charter_waits")
        (asked - waiting).write({"reminder_asked": False, "reminder_error": False, "reminder_failed": False})
        # After a day of failures, the job gives up; an administrator sees the error and may ask again.
        limit = fields.Datetime.now() - timedelta(days=1)
        given_up = waiting.filtered(lambda user: user.reminder_failed and user.reminder_asked < limit)
        given_up.reminder_asked = False
        waiting -= given_up
        self.env["ir.cron"]._commit_progress(0, remaining=len(waiting))
        # Those whose mail has just failed come last.
        now = waiting.sorted(lambda user: user.reminder_failed or datetime.min)[:LINKS_A_RUN]
        now._leave_one_by_one("reminder", lambda user: user._remind_of_charter())

    def _remind_of_charter(self):
        """:raises UserError: this person has no email address"""
        self.ensure_one()
        if not self.email:
            raise UserError(self.env._("%s has no electronic address.", self.name))
        host = urlsplit(self.get_base_url()).hostname
        number = f"{self.env['collab.charter']._current_id()}.{self.id}.{self.reminder_asked:%Y%m%d%H%M%S}"
        self.env.ref("collab_charte.mail_charter_reminder").with_context(lang=self.lang).send_mail(
            self.id,
            force_send=True,
            raise_exception=True,
            # If the job is killed just after the mail has left, it sends it again with the same Message-ID: mail
            # programs show one only.
            email_values={"message_id": f"<charter.{number}@{host}>"},
            email_layout_xmlid="collab_habillage.mail_layout",
        )
        self.charter_reminded_date = fields.Datetime.now()
