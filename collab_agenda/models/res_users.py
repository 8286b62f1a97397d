import json

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["calendar.event"]._free_seats_of(self)
        return result

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        said = json.dumps(self._own_answers(), ensure_ascii=False, indent=2, default=str)
        archive.writestr("rendez-vous-reponses.json", said)
        subscribed = json.dumps(self._own_subscriptions(), ensure_ascii=False, indent=2, default=str)
        archive.writestr("abonnements-agenda.json", subscribed)
        return result

    def _own_answers(self):
        """:return list[dict]: all that this person has answered to dates and to polls"""
        events = self.env["calendar.event"]
        # sudo: his own answers, whatever he may read today
        answers = self.env["collab.participation"].sudo().search([("user_id", "=", self.id)], order="id")
        votes = self.env["collab.date.vote"].sudo().search([("user_id", "=", self.id)], order="id")
        titles = events.browse((answers.event_id | votes.slot_id.event_id).ids)._titles_for(self)
        return [
            {
                "rendez_vous": titles.get(events.browse(row.event_id.id)),
                "reponse": row.answer,
                "en_attente": row.is_waiting,
                "le": row.answered_date,
            }
            for row in answers
        ] + [
            {
                "sondage": titles.get(events.browse(vote.slot_id.event_id.id)),
                "date_proposee": vote.slot_id.start,
                "reponse": vote.answer,
                "le": vote.answered_date,
            }
            for vote in votes
        ]

    def _own_subscriptions(self):
        """:return list[dict]: to what this person has subscribed; neither the addresses nor what they gave are kept"""
        # sudo: his own, which members cannot list
        kept = self.env["collab.agenda.address"].sudo().search([("user_id", "=", self.id), ("since", "!=", False)])
        return [{"ce_qui_est_donne": one.which, "a_change_le": one.since} for one in kept]

    def _forget(self):
        # sudo: nobody may delete these rows; the addresses of a closed account open nothing
        self.env["collab.agenda.address"].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
