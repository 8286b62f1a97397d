import json

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: what he has typed and not sent, which members cannot list
        drafts = self.env["collab.draft"].sudo().search([("user_id", "=", self.id)], order="id")
        typed = [{"formulaire": draft.form, "texte": draft.content, "date": draft.date} for draft in drafts]
        archive.writestr("brouillons.json", json.dumps(typed, ensure_ascii=False, indent=2, default=str))
        return result

    def _forget(self):
        # sudo: nobody may delete drafts; those of a closed account are of use to nobody
        self.env["collab.draft"].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
