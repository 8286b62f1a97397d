from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class CollabUsedMixin(models.AbstractModel):
    """What gives rights, or classifies what people share: nobody deletes it while anything uses it, the platform itself
    included. It is archived; or what uses it goes elsewhere first.
    """

    _name = "collab.used.mixin"
    _description = "Not deleted while in use"
    # The lowest role that archives, restores and deletes these records, by the dialog of ``collab.retire``.
    _retired_by = "administrator"
    # Of that dialog, the field in which is chosen what takes the place of a record; None: nothing does.
    _merged_by = None
    # The screen to which one comes back from a record that is no more.
    _listed_in = None

    def _uses(self):
        """:return list[str]: what uses this record, past all rights, in sentences with numbers; nothing: it may go"""
        return []

    @api.model
    def _said(self, number, one, several):
        """
        :param str one: what is said of a single one
        :param str several: of more than one, their number included
        :return list[str]: the sentence that agrees; nothing of what there is none of
        """
        return [one if number == 1 else several] if number else []

    def _addressed_uses(self, field_name):
        """:param str field_name: of ``collab.audience.mixin``, which leads to this model
        :return list[str]: what is addressed to this record, the bin included, as ``_uses``"""
        found, mixin = [], self.env.registry["collab.audience.mixin"]
        for name in sorted(self.env.registry):
            if issubclass(self.env.registry[name], mixin) and not self.env[name]._abstract:
                # sudo: counted, and not told
                Model = self.env[name].sudo().with_context(active_test=False)
                if number := Model.search_count([(field_name, "in", self.ids)]):
                    found.append(Model._say_addressed(number))
        return found

    def _belonging_uses(self, field_name):
        """:param str field_name: of ``res.partner``, the memberships of this kind
        :return list[str]: who belongs to this record, as ``_uses``"""
        # sudo: counted, and not told
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
        """:return str | None: what follows once it is archived; None: it never is"""
        return None

    def _archive_refusal(self):
        """:return str | None: why it is not archived yet, and what to do first"""
        return None

    def _merge_consequence(self, other):
        """:param other: what would take its place
        :return str: what changes in who reads what"""
        return self.env._("Who reads what does not change.")

    def _merge_into(self, other):
        """Put all that uses these records under another one.

        :param other: of the same model
        :raises UserError: it cannot take their place
        """
        raise NotImplementedError

    def _check_unused(self):
        """:raises UserError: something uses one of these records; says how much does, and what to do"""
        # sudo: counted, and not told
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
            # sudo: what decides is looked at, and not told
            for record in self.sudo().filtered("active"):
                if refusal := record._archive_refusal():
                    raise UserError(refusal)
        return super().write(vals)

    def _check_retires(self):
        """:raises AccessError: the current user archives and deletes none of this"""
        if not self.env.user._has_role(self._retired_by):
            raise AccessError(self.env._("This is not yours to archive, or to delete."))
        self.check_access("write")

    def action_retire(self):
        """Say what uses this record and what follows from archiving it, before anything is done."""
        self.ensure_one()
        self._check_retires()
        # sudo: nobody chooses by himself on what this dialog opens
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
        # sudo: the screens write this field by these buttons only
        self.sudo().active = True
        return {"type": "ir.actions.client", "tag": "soft_reload"}
