import json

from odoo import models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    _inherit = "res.users"

    def _check_may_write(self):
        """Ask, before anything is written for others to read: a text, a comment, a file, a report. A module that
        suspends people adds its refusal.

        :raises AccessError: this person writes nothing here
        """
        if self._audience_scope() is None:
            raise AccessError(self.env._("You cannot write here."))

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: his own marks; what they are on may have been closed to him since, and is only a number
        marks = self.env["collab.mark"].sudo().search([("user_id", "=", self.id)], order="date")
        listed = [
            {"marque": mark.kind, "contenu": mark.res_model, "numero": mark.res_id, "date": mark.date} for mark in marks
        ]
        archive.writestr("marques.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        # sudo: what he has been told, and how he wants to be
        told = self.env["collab.notification"].sudo().search([("user_id", "=", self.id)], order="id")
        chosen = self.env["collab.notification.preference"].sudo().search([("user_id", "=", self.id)])
        listed = {
            "preferences": {choice.kind: choice.rhythm for choice in chosen},
            "courriels": [
                {
                    "sujet": row.kind,
                    "contenu": row.res_model,
                    "numero": row.res_id,
                    "etat": row.state,
                    "envoye_le": row.sent_date,
                }
                for row in told
            ],
        }
        # sudo: what he has typed and not sent
        drafts = self.env["collab.draft"].sudo().search([("user_id", "=", self.id)], order="id")
        typed = [{"formulaire": draft.form, "texte": draft.content, "date": draft.date} for draft in drafts]
        archive.writestr("brouillons.json", json.dumps(typed, ensure_ascii=False, indent=2, default=str))
        archive.writestr("notifications.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        return result

    def _forget(self):
        # sudo: what he had seen, kept, followed and begun is of use to nobody
        for model in ("collab.draft", "collab.mark", "collab.notification", "collab.notification.preference"):
            self.env[model].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
