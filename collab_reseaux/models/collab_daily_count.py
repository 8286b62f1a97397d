from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..moments import ZONE


class Cap(NamedTuple):
    """What one person may do in a day."""

    number: int  # by default, if the settings give none: more than anybody does, less than a program would do
    refusal: str  # the message to whoever has reached it; %s is the number


class CollabDailyCount(models.Model):
    """How many things of each kind a person has done today. Removing them again does not lower the number."""

    _name = "collab.daily.count"
    _description = "What a person has done in a day"
    _rec_name = "kind"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Char(required=True, readonly=True, help="One of _caps().")
    day = fields.Date(required=True, readonly=True, help="In Paris.")
    count = fields.Integer(required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, kind, day)")

    @api.model
    def _caps(self):
        """What is counted; each module adds its own, and a setting named ``collab_daily_<kind>``.

        :return dict[str, Cap]: by kind
        """
        return {}

    @api.model
    def _take(self, kind, number=1):
        """Count what the current user is about to do. What the platform does in sudo is not counted.

        :param str kind: one of ``_caps()``
        :raises UserError: he has done as much as one may in a day
        """
        if self.env.su:
            return
        known = self._caps()[kind]
        # sudo: a setting
        cap = int(self.env["ir.config_parameter"].sudo().get_param(f"collab_reseaux.daily_{kind}") or known.number)
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
            raise UserError(known.refusal % cap)

    @api.model
    def _today(self):
        return datetime.now(ZONE).date()

    @api.autovacuum
    def _gc_days(self):
        self.search([("day", "<", self._today())]).unlink()
