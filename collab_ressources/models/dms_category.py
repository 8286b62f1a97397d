from odoo import models
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened


class DmsCategory(models.Model):
    _name = "dms.category"
    _inherit = ["collab.label.mixin", "dms.category"]
    _listed_in = "collab_ressources.dms_category_action"
    _merged_by = "category_id"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name")

    def _archived_name(self):
        return self.env._("%s (archived type)", self.name)

    def _documents(self):
        """:return dms.file: those of these types, past all rights, in the bin or not"""
        # sudo: those that are closed to whoever asks count too
        return self.env["dms.file"].sudo().with_context(active_test=False).search([("category_id", "in", self.ids)])

    def _uses(self):
        documents = len(self._documents())
        # sudo: counted, and not told
        parts = self.sudo().with_context(active_test=False).search_count([("parent_id", "in", self.ids)])
        return [
            *super()._uses(),
            *self._said(
                documents,
                self.env._("1 document is of this type."),
                self.env._("%s documents are of this type.", documents),
            ),
            *self._said(
                parts, self.env._("1 other type is a part of it."), self.env._("%s other types are parts of it.", parts)
            ),
        ]

    def _remedy(self):
        return self.env._("Archive it, or merge it into another type.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. Its documents stay where they are. You can restore it.")

    def _merge_into(self, other):
        """Put the documents of these types under another one; they disappear.

        :param dms.category other:
        :raises UserError: it is archived
        """
        if not other.active:
            raise UserError(self.env._("“%s” is archived: choose another type.", other.name))
        self._documents().write({"category_id": other.id})
        # sudo: once nothing uses them, which the model looks at
        self.sudo().unlink()
