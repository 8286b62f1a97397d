from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import today
from odoo.addons.collab_reseaux.refusals import beside

DAILY_HOUR = 8  # in Paris: people find the grouped letter when they begin their day
# When letters leave again after a pause, in UTC, as SQL.
BACK = SQL("(paused_until + make_interval(hours => %s)) AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC'", DAILY_HOUR)
# Longer, and a year was mistyped: the person would wonder for ever why no mail comes.
PAUSE_MAX = timedelta(days=366)


class Asked(NamedTuple):
    """What a person asks for all his mails together."""

    one_a_day: bool = False  # what he wants at once waits for the grouped letter too
    paused_until: date | None = None  # in Paris; letters leave again at DAILY_HOUR of this day. None: no pause now


class CollabNotificationSetting(models.Model):
    """What a person asks for all his mails together, whatever their kinds: one a day, or a pause.

    Neither changes the rhythms that he has chosen: he finds them again afterwards. What is owed to him leaves anyway.
    """

    _name = "collab.notification.setting"
    _description = "Setting for all notifications"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    one_a_day = fields.Boolean(string="All in one mail a day", readonly=True)
    paused_until = fields.Date(
        string="Paused until", readonly=True, help="In Paris. Letters leave again in the morning of this day."
    )

    _once = models.UniqueIndex("(user_id)", "There is one setting for each person.")

    @api.model
    def _of(self, person):
        """:param res.users person:
        :return Asked: what he asks now; a pause that is over is none"""
        found = self.env.execute_query(
            SQL(
                "SELECT coalesce(one_a_day, FALSE), CASE WHEN %s > %s THEN paused_until END"
                " FROM collab_notification_setting WHERE user_id = %s",
                BACK,
                fields.Datetime.now(),
                person.id,
            )
        )
        return Asked(*found[0]) if found else Asked()

    @api.model
    def _write_of(self, person, name, value):
        """:param SQL name: of the column"""
        self.env.cr.execute(
            SQL(
                "INSERT INTO collab_notification_setting (user_id, %s) VALUES (%s, %s)"
                " ON CONFLICT (user_id) DO UPDATE SET %s = excluded.%s",
                name,
                person.id,
                value,
                name,
                name,
            )
        )
        self.invalidate_model()

    @api.model
    def _set_one_a_day(self, person, is_on):
        """:param res.users person: whose mails come in one a day, or as he has chosen for each kind
        :param bool is_on:"""
        self._write_of(person, SQL("one_a_day"), is_on)

    @api.model
    def _pause(self, person, until):
        """Send nothing to a person before a day, but what is owed to him. What waits already waits until then, and what
        comes meanwhile with it: he is told of all of it in one letter.

        :param res.users person:
        :param date | None until: in Paris; None: the letter leaves with those of the next morning
        :raises UserError: the day is not to come, or more than a year away
        """
        if until and not today() < until <= today() + PAUSE_MAX:
            refusal = self.env._("Choose a day from tomorrow on, and within a year.")
            raise beside("until", UserError(refusal))
        Notification = self.env["collab.notification"]
        back = Notification._morning(until) if until else Notification._next_morning(fields.Datetime.now())
        self._write_of(person, SQL("paused_until"), until)
        owed = [name for name, kind in Notification._kinds().items() if kind.is_owed]
        # A letter that is being sent is left alone: it is on its way.
        self.env.cr.execute(
            SQL(
                """UPDATE collab_notification SET rhythm = 'daily', letter_id = NULL, due = %s, wanted = %s
                    WHERE id IN (SELECT id FROM collab_notification
                                  WHERE user_id = %s AND state = 'waiting' AND NOT kind = ANY(%s) AND (%s OR due > %s)
                                    FOR UPDATE SKIP LOCKED)""",
                back,
                back,
                person.id,
                owed,
                bool(until),
                back,
            )
        )
        Notification.invalidate_model()
