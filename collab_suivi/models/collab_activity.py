from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import MO, relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import today

from .collab_fact import KEPT_DAYS

LENGTHS = {"day": relativedelta(days=1), "week": relativedelta(weeks=1), "month": relativedelta(months=1)}


class CollabActivity(models.Model):
    """How many people did a kind of thing in a day, an ISO week or a month, and how many of them also did it in the
    period before.

    There is a row for each pair of a network and a département, and for each total: somebody who belongs to two
    networks counts once in the total. No row names anybody; what shows these numbers must hide those under five.
    """

    _name = "collab.activity"
    _description = "How many people use the platform"
    _order = "start desc, id"
    _rec_name = "start"
    _log_access = False

    period = fields.Selection([("day", "Day"), ("week", "Week"), ("month", "Month")], required=True, readonly=True)
    start = fields.Date(string="First day", required=True, readonly=True)
    kind = fields.Char(readonly=True, help="As that of the facts; empty: any of them.")
    content = fields.Char(readonly=True, help="How addresses name the kind of content; empty: any of them.")
    network_id = fields.Many2one("collab.network", readonly=True, ondelete="cascade", help="Empty: all of them.")
    territory_id = fields.Many2one(
        "collab.territory", string="Département", readonly=True, ondelete="cascade", help="Empty: all of them."
    )
    people = fields.Integer(required=True, readonly=True, help="Who did it.")
    returning_people = fields.Integer(
        string="People who come back", required=True, readonly=True, help="Who did it in the period before too."
    )

    _once = models.UniqueIndex(
        "(period, start, kind, content, coalesce(network_id, 0), coalesce(territory_id, 0))", "This is counted already."
    )

    @api.model
    def _sum_up(self):
        """Count each period that is over. It may be stopped at any line, and run again: nothing is counted twice."""
        for period, length in LENGTHS.items():
            first = start = self._begin(period, today() - timedelta(days=KEPT_DAYS))
            if first < today() - timedelta(days=KEPT_DAYS):
                # The facts of its first days are already deleted: it cannot be counted any more.
                start = first + length
            while start + length <= today():
                if not self.search_count([("period", "=", period), ("start", "=", start)], limit=1):
                    self._count(period, start, start + length)
                start += length

    @api.model
    def _begin(self, period, day):
        """:return date: the first day of the period in which a day is"""
        return {"day": day, "week": day + relativedelta(weekday=MO(-1)), "month": day.replace(day=1)}[period]

    @api.model
    def _count(self, period, start, end):
        """:param date start: first day
        :param date end: the day after the last one"""
        now, before = self._who(start, end), self._who(start - LENGTHS[period], start)
        places = self._places({user for users in now.values() for user in users})
        rows = []
        for (kind, content), people in now.items():
            counted, back = defaultdict(set), defaultdict(set)
            for person in people:
                for place in places.get(person, {(None, None)}):
                    counted[place].add(person)
                    if person in before.get((kind, content), ()):
                        back[place].add(person)
            counts = ((*place, len(who), len(back[place])) for place, who in counted.items())
            rows += [SQL("(%s, %s, %s, %s, %s, %s, %s, %s)", period, start, kind, content, *count) for count in counts]
        if rows:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO collab_activity
                           (period, start, kind, content, network_id, territory_id, people, returning_people)
                       VALUES %s ON CONFLICT DO NOTHING""",
                    SQL(", ").join(rows),
                )
            )

    @api.model
    def _who(self, start, end):
        """:return dict[tuple[str, str], set[int]]: who did something, by kind and content; "" for any of them"""
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT user_id, kind, content FROM collab_fact WHERE day >= %s AND day < %s", start, end)
        )
        found = defaultdict(set)
        for user, kind, content in rows:
            for key in {(kind, content), (kind, ""), ("", "")}:
                found[key].add(user)
        return found

    @api.model
    def _places(self, users):
        """:return dict[int, set[tuple]]: by account, the pairs of a network and a département in which the person is
        counted; None for the total"""
        steps = self.env["collab.territory"]._steps()
        departments = set(self.env["collab.territory"].search([("kind", "=", "department")]).ids)
        found = {}
        for user in self.env["res.users"].with_context(active_test=False).browse(users):
            person = user.partner_id
            around = {step for place in person.scope_territory_ids.ids for step in steps.get(place, (place,))}
            networks = {None, *person.scope_network_ids.ids}
            found[user.id] = {(network, place) for network in networks for place in {None, *(around & departments)}}
        return found
