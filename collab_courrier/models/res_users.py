import json

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: what he has been told, and what he has chosen, which members cannot list
        told = self.env["collab.notification"].sudo().search([("user_id", "=", self.id)], order="id")
        chosen = self.env["collab.notification.preference"].sudo().search([("user_id", "=", self.id)])
        asked = self.env["collab.notification.setting"]._of(self)
        listed = {
            "preferences": {choice.kind: choice.rhythm for choice in chosen},
            "un_email_par_jour": asked.one_a_day,
            "pause_jusqu_au": asked.paused_until,
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
        archive.writestr("notifications.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        return result

    def _forget(self):
        # sudo: nobody may delete these rows; those of a closed account are of use to nobody
        for model in ("collab.notification", "collab.notification.preference", "collab.notification.setting"):
            self.env[model].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
