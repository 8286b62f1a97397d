from odoo import models

NAMES = frozenset({"name", "firstname", "lastname"})


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        renamed = self._renamed_by(vals)
        result = super().write(vals)
        renamed.user_ids._note_renamed()
        return result

    def _renamed_by(self, vals):
        """:param dict vals: what is about to be written
        :return res.partner: in sudo: those who will have another name, whoever has left too"""
        # sudo: compared only, before whether the current user may write
        people, names = self.sudo().with_context(active_test=False), vals.keys() & NAMES
        if not names:
            return people.browse()
        return people.exists().filtered(lambda one: any((one[name] or "") != (vals[name] or "") for name in names))
