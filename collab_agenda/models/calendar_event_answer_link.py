from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import hmac
from odoo.tools.misc import consteq

# Part of the signature of these links: if it changes, those of letters already sent do not work any more.
SCOPE = "collab_agenda.answer"


class Link(NamedTuple):
    """What the link of a mail leads to."""

    event: models.BaseModel  # as its person reads it, with his rights
    turn: int  # of the person, when the link was made
    is_used: bool


class CalendarEvent(models.Model):
    """The link by which one answers from a mail, logged out. It names a date and a person, and serves once: ``turn``
    is how many links of his have served for this date when it is made."""

    _inherit = "calendar.event"

    def _answer_path(self):
        """:return str: the path where the current user answers without logging in"""
        said = f"{self.id}-{self.env.uid}-{self._turn()}"
        return f"/agenda/reponse/{said}-{self._answer_seal(said)}"

    def _turn(self):
        """:return int: how many links of the current user have served for this date"""
        # sudo: his own row
        rows = self.env["collab.participation"].sudo()
        return rows.search([("event_id", "=", self.id), ("user_id", "=", self.env.uid)]).turn

    @api.model
    def _answer_seal(self, said):
        # sudo: the signature needs the secret of the platform, which nobody may read
        return hmac(self.sudo().env, SCOPE, said)[:32]

    @api.model
    def _answer_link(self, token):
        """:param str token: the end of a path made by ``_answer_path``
        :return Link | None: None when we did not sign it, when its person may not read the date now, or when it is
            over"""
        said, _dash, seal = token.rpartition("-")
        if not said or not consteq(seal.encode(), self._answer_seal(said).encode()):
            return None
        number, person, turn = (int(part) for part in said.split("-"))
        # sudo: whoever opens the link is not logged in; the signature has just been checked
        user = self.env["res.users"].sudo().browse(person).exists()
        if not user.active:
            return None
        event = self.with_user(user).sudo(False).search([("id", "=", number)])
        if not (event.is_shown and event.has_answers) or event.is_poll or event._has_ended():
            return None
        return Link(event, turn, event._turn() != turn)

    def _answer_by_link(self, turn, answer):
        """Answer as the person of a link, who is the current user, and have it serve no more.

        :param int turn: that it names
        :param str answer: as ``_answer``
        :return collab.participation: in sudo
        :raises UserError: the date takes no answer any more, or the link has served meanwhile
        """
        self.check_access("read")
        event, row = self._locked_answer()
        if row.turn != turn:
            raise UserError(self.env._("This link has served already."))
        event._check_takes_answers()
        event._take(row, answer)
        row.turn += 1
        return row
