from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.moments import today

MONTHS = "6"
REMINDED_AFTER_DAYS = 14
# Then the federations see it on their first page. Its search view says the same.
LATE_AFTER_DAYS = 30
ORGANISATIONS_A_RUN = 200


class ResPartner(models.Model):
    """Who still works in an organisation: its referents say so, twice a year unless the settings say otherwise."""

    _inherit = "res.partner"

    team_confirmed_date = fields.Date(
        string="Team confirmed on",
        readonly=True,
        copy=False,
        help="When a referent last said who works in this organisation.",
    )
    team_asked_date = fields.Date(
        string="Team asked for on",
        readonly=True,
        copy=False,
        help="The referents have been asked who works in this organisation, and have not answered yet.",
    )
    team_reminded_date = fields.Date(string="Team asked for again on", readonly=True, copy=False)

    # Asking

    @api.model
    def _team_months(self):
        """:return int: after how many months referents are asked again; 0: never"""
        # sudo: a setting
        return int(self.env["ir.config_parameter"].sudo().get_param("collab_annuaire.team_months", MONTHS))

    @api.model
    def _ask_teams(self):
        """Ask the referents of each organisation who still works there, when its team has not been confirmed for long,
        and once more if they do not answer. The job may be stopped at any line, and run again."""
        months = self._team_months()
        if not months:
            return
        now, progress = today(), self.env["ir.cron"]._commit_progress
        due = self.search(self._team_due_domain(now, months), order="id")
        late = self.search(self._team_silent_domain(now), order="id") - due
        waiting = [*((one, "asked") for one in due), *((one, "reminded") for one in late)]
        progress(0, remaining=len(waiting))
        for organisation, what in waiting[:ORGANISATIONS_A_RUN]:
            organisation._ask_team(what, now)
            if not progress(1):
                break

    @api.model
    def _team_due_domain(self, now, months):
        """:param date now:
        :return Domain: the organisations whose referents are to be asked"""
        limit = now - relativedelta(months=months)
        never = Domain("team_confirmed_date", "=", False) & Domain("create_date", "<", limit)
        return (
            Domain("is_company", "=", True)
            & Domain("referent_ids", "!=", False)
            & Domain("team_asked_date", "=", False)
            & (never | Domain("team_confirmed_date", "<=", limit))
        )

    @api.model
    def _team_silent_domain(self, now):
        """:return Domain: the organisations whose referents were asked some time ago, and only once"""
        limit = now - relativedelta(days=REMINDED_AFTER_DAYS)
        asked = Domain("team_asked_date", "<=", limit) & Domain("team_reminded_date", "=", False)
        return asked & Domain("is_company", "=", True)

    def _ask_team(self, what, now):
        """:param str what: ``asked``, or ``reminded``
        :param date now:"""
        self[f"team_{what}_date"] = now
        shown = self.env["collab.organisation"].browse(self.id)
        event = Event(what, self, self.team_asked_date.isoformat())
        self.env["collab.notification"]._notify("organisation", shown, event, self._referents().sudo(False))

    @api.model
    def _team_late_domain(self):
        """:return Domain: the organisations whose referents have not answered for a month"""
        if not self._team_months():
            return Domain.FALSE
        limit = today() - relativedelta(days=LATE_AFTER_DAYS)
        return Domain("is_company", "=", True) & Domain("team_asked_date", "<", limit)

    # Answering

    def _team(self):
        """:return list[dict]: the people of this organisation who have an account, by name: ``id``, ``name``,
            ``function``, and ``stays``: why the current user does not say that this one has left (``self``, ``staff``),
            if he does not
        :raises AccessError: the current user is not a referent of this organisation
        """
        self._check_referent()
        members = self.env["collab.member"].search([("organisation_id", "=", self.id)])
        # sudo: roles, which the names of the federations' people already say
        staff = {user.partner_id.id for user in members.user_id.sudo() if user._role() != "member"}
        me = self.env.user.partner_id.id
        return [
            {
                "id": member.id,
                "name": member.name,
                "function": member.function,
                "stays": "self" if member.id == me else "staff" if member.id in staff else None,
            }
            for member in members
        ]

    def _confirm_team(self, left=()):
        """Say who works in this organisation: the accounts of those who have left are closed.

        :param Collection[int] left: identifiers of the people who do not work there any more
        :return int: how many accounts have been closed
        :raises AccessError: the current user is not a referent of this organisation, or may not close one of these
            accounts
        """
        self._check_referent()
        self._check_shown()
        self.env.user._check_may_write()
        # sudo: members write no organisation, but this answer of a referent
        organisation = self.sudo()
        # Another referent who answers at once waits here, then finds what has been closed.
        organisation.lock_for_update()
        organisation.invalidate_recordset()
        # sudo: their accounts, which are checked one by one below
        gone = organisation.browse(left).exists().user_ids.filtered("active").sudo(False)
        for account in gone:
            account._close_as_referent(self)
        organisation.write({"team_confirmed_date": today(), "team_asked_date": False, "team_reminded_date": False})
        return len(gone)
