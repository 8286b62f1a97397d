from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .collab_notification import ZONE

# What one person may do in a day, unless the settings say otherwise: more than anybody does, less than a program would.
CAPS = {"upload": 200, "question": 30, "answer": 100, "flag": 30, "name": 3}


class CollabDailyCount(models.Model):
    """How many things of each kind a person has done today: a number that removing them again does not lower."""

    _name = "collab.daily.count"
    _description = "What a person has done in a day"
    _rec_name = "kind"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Char(required=True, readonly=True, help="One of CAPS.")
    day = fields.Date(required=True, readonly=True, help="In Paris.")
    count = fields.Integer(required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, kind, day)")

    @api.model
    def _take(self, kind, number=1):
        """Count what the current user is about to do; the platform is not counted.

        :param str kind: one of CAPS
        :raises UserError: he has done as much as one may in a day
        """
        if self.env.su:
            return
        # sudo: a setting
        cap = int(self.env["ir.config_parameter"].sudo().get_param(f"collab_suivi.daily_{kind}") or CAPS[kind])
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_daily_count AS known (user_id, kind, day, count)
                   SELECT %(user)s, %(kind)s, %(day)s, %(number)s WHERE %(number)s <= %(cap)s
                       ON CONFLICT (user_id, kind, day) DO UPDATE SET count = known.count + excluded.count
                    WHERE known.count + excluded.count <= %(cap)s RETURNING count""",
                user=self.env.uid,
                kind=kind,
                day=self._today(),
                number=number,
                cap=cap,
            )
        )
        if not self.env.cr.rowcount:
            raise UserError(self._refusal(kind, cap))

    @api.model
    def _today(self):
        return datetime.now(ZONE).date()

    @api.model
    def _refusal(self, kind, cap):
        """:return str: what somebody reads who has done enough for today"""
        return {
            "upload": self.env._("You have sent the most files for a day (%s). Send the others tomorrow.", cap),
            "question": self.env._("You have asked the most questions for a day (%s). Ask this one tomorrow.", cap),
            "answer": self.env._(
                "You have written the most answers and comments for a day (%s). Send this text tomorrow.", cap
            ),
            "flag": self.env._("You have flagged the most texts for a day (%s). Write to your federation.", cap),
            "name": self.env._("You have asked for the most names for a day (%s). Ask for this one tomorrow.", cap),
        }[kind]

    @api.autovacuum
    def _gc_days(self):
        self.search([("day", "<", self._today())]).unlink()
