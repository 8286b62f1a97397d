from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class CollabUsedMixin(models.AbstractModel):
    """Records that give rights, or classify contents. Nobody deletes one while it is used, not even the platform: it is
    archived, or what uses it is moved to another record first.
    """

    _name = "collab.used.mixin"
    _description = "Not deleted while in use"
    # The lowest role that archives, restores and deletes these records, by the dialog of ``collab.retire``.
    _retired_by = "administrator"
    # The field of that dialog in which one chooses the record to merge into; None: these records are not merged.
    _merged_by = None
    # The action to return to once the record is deleted or merged.
    _listed_in = None

    def _uses(self):
        """:return list[str]: sentences that count everything that uses this record, whatever the reader may read; empty
        when it may be deleted"""
        return []

    @api.model
    def _said(self, number, one, several):
        """
        :param int number: how many there are
        :param str one: the sentence for one
        :param str several: the sentence for more than one
        :return list[str]: the sentence that fits; empty when there are none
        """
        return [one if number == 1 else several] if number else []

    def _addressed_uses(self, field_name):
        """:param str field_name: the field of ``collab.audience.mixin`` that leads to this model
        :return list[str]: as ``_uses``: the contents addressed to this record, those in the bin included"""
        found, mixin = [], self.env.registry["collab.audience.mixin"]
        for name in sorted(self.env.registry):
            if issubclass(self.env.registry[name], mixin) and not self.env[name]._abstract:
                # sudo: only numbers are shown
                Model = self.env[name].sudo().with_context(active_test=False)
                if number := Model.search_count([(field_name, "in", self.ids)]):
                    found.append(Model._say_addressed(number))
        return found

    def _belonging_uses(self, field_name):
        """:param str field_name: the field of ``res.partner`` that leads to this model
        :return list[str]: as ``_uses``: the organisations and people that belong to this record"""
        # sudo: only numbers are shown
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        here = Domain(field_name, "in", self.ids)
        organisations = Partner.search_count(here & Domain("is_company", "=", True))
        people = Partner.search_count(here & Domain("is_company", "=", False) & Domain("type", "=", "contact"))
        several = self.env._("%s organisations belong to it.", organisations)
        return [
            *self._said(organisations, self.env._("1 organisation belongs to it."), several),
            *self._said(people, self.env._("1 person belongs to it."), self.env._("%s people belong to it.", people)),
        ]

    def _remedy(self):
        """:return str: what to do instead of deleting this record"""
        raise NotImplementedError

    def _archive_consequence(self):
        """:return str | None: what happens once it is archived; None when such records are never archived"""
        return None

    def _archive_refusal(self):
        """:return str | None: why it cannot be archived now, and what to do first; None when it can"""
        return None

    def _merge_consequence(self, other):
        """:param other: the record to merge into
        :return str: what changes in who reads what"""
        return self.env._("Who reads what does not change.")

    def _merge_into(self, other):
        """Move everything that uses these records to another one.

        :param other: of the same model
        :raises UserError: they cannot be merged into it
        """
        raise NotImplementedError

    def _check_unused(self):
        """:raises UserError: one of these records is used; the message counts the uses and says what to do"""
        # sudo: only numbers are shown
        for record in self.sudo():
            if uses := record._uses():
                raise UserError(
                    self.env._(
                        "“%(name)s” is in use, and is not deleted. %(uses)s %(remedy)s",
                        name=record.display_name,
                        uses=" ".join(uses),
                        remedy=record._remedy(),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._check_unused()

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            # sudo: the refusal counts what the user may not read; it gives numbers, no names
            for record in self.sudo().filtered("active"):
                if refusal := record._archive_refusal():
                    raise UserError(refusal)
        return super().write(vals)

    def _check_retires(self):
        """:raises AccessError: the current user may not archive or delete these records"""
        if not self.env.user._has_role(self._retired_by):
            raise AccessError(self.env._("This is not yours to archive, or to delete."))
        self.check_access("write")

    def action_retire(self):
        """Open a dialog that says what uses this record, and what archiving it would change."""
        self.ensure_one()
        self._check_retires()
        # sudo: no client creates this dialog, so that nobody opens it on a record of his choice
        dialog = self.env["collab.retire"].sudo().create({"res_model": self._name, "res_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self._retire_title(),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _retire_title(self):
        if not self._archive_consequence():
            return self.env._("Merge or delete")
        return self.env._("Archive, merge or delete") if self._merged_by else self.env._("Archive or delete")

    def action_restore(self):
        """Take what has been archived into use again."""
        self._check_retires()
        # sudo: clients may not write this field; this button does, once the role has been checked
        self.sudo().active = True
        return {"type": "ir.actions.client", "tag": "soft_reload"}
