import json

from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _reader_columns(self):
        # For ``_seen_until``: contents that are older than his account are not new to him.
        return [*super()._reader_columns(), "create_date"]

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: his own marks, which members cannot list; a content that he may not read any more is only a number here
        marks = self.env["collab.mark"].sudo().search([("user_id", "=", self.id)], order="date")
        listed = [
            {"marque": mark.kind, "contenu": mark.res_model, "numero": mark.res_id, "date": mark.date} for mark in marks
        ]
        archive.writestr("marques.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        # sudo: his own days, which members cannot list
        facts = self.env["collab.fact"].sudo().search([("user_id", "=", self.id)], order="day, id")
        days = [{"jour": fact.day, "fait": fact.kind, "contenu": fact.content or None} for fact in facts]
        archive.writestr("jours.json", json.dumps(days, ensure_ascii=False, indent=2, default=str))
        for contents in self.env["collab.contents"]._all():
            contents._archive_own(self, archive)
        return result

    def _forget(self):
        # sudo: nobody may delete marks; those of a closed account are of use to nobody
        self.env["collab.mark"].sudo().search([("user_id", "=", self.id)]).unlink()
        # sudo: as above, for the days on which he came
        self.env["collab.fact"].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
