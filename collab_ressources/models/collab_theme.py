from odoo import models


class CollabTheme(models.Model):
    _inherit = "collab.theme"

    def _documents(self):
        """:return dms.file: those about these themes, past all rights, in the bin or not"""
        # sudo: those that are closed to whoever asks count too
        return self.env["dms.file"].sudo().with_context(active_test=False).search([("theme_id", "in", self.ids)])

    def _uses(self):
        documents = len(self._documents())
        said = self.env._("%s documents are about it.", documents)
        return [*super()._uses(), *self._said(documents, self.env._("1 document is about it."), said)]

    def _merge_into(self, other):
        self._documents().write({"theme_id": other.id})
        return super()._merge_into(other)
