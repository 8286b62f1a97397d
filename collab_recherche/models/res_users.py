import json

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: what he has looked for, which members cannot list
        recent = self.env["collab.search.recent"].sudo().search([("user_id", "=", self.id)])
        searches = [{"mots": one.words, "date": one.date} for one in recent]
        archive.writestr("recherches.json", json.dumps(searches, ensure_ascii=False, indent=2, default=str))
        return result

    def _forget(self):
        # sudo: what somebody who has left looked for is of use to nobody
        self.env["collab.search.recent"].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
