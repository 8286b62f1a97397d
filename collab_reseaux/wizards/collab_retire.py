from odoo import api, fields, models
from odoo.exceptions import UserError

from ..calls import opened


class CollabRetire(models.TransientModel):
    """The dialog that archives, merges or deletes a record of ``collab.used.mixin``, once it has said what uses it.
    ``action_retire`` opens it; clients may not create one."""

    _name = "collab.retire"
    _inherit = ["collab.dialog.mixin"]
    _description = "Archive, merge or delete"
    _calls = opened(
        "moderator",
        *("get_views", "web_read", "onchange", "web_save"),
        *("action_archive", "action_delete", "action_merge"),
    )
    _writes = opened("administrator", "organisation_id", "theme_id")

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    name = fields.Char(compute="_compute_said")
    uses = fields.Text(string="What uses it", compute="_compute_said")
    consequence = fields.Text(string="Once archived", compute="_compute_said")
    refusal = fields.Text(string="Why it is not archived yet", compute="_compute_said")
    merged_by = fields.Char(compute="_compute_said")
    organisation_id = fields.Many2one("res.partner", string="Into the organisation", ondelete="cascade")
    theme_id = fields.Many2one("collab.theme", string="Into the theme", ondelete="cascade")
    merge_consequence = fields.Text(string="Once merged", compute="_compute_merge_consequence")

    def _record(self):
        """:return: the record that this dialog is about
        :raises AccessError: the current user may not archive or delete it"""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id)
        record.with_user(self.env.user)._check_retires()
        return record

    def _other(self):
        """:return: the record that was chosen to merge into; empty when none was"""
        record = self._record()
        return self[record._merged_by]._origin if record._merged_by else record.browse()

    @api.depends("res_model", "res_id")
    def _compute_said(self):
        for dialog in self:
            record = dialog._record()
            # sudo: numbers, of all that uses it
            everything = record.sudo()
            dialog.name = record.display_name
            dialog.uses = "\n".join(everything._uses())
            dialog.consequence = everything._archive_consequence()
            dialog.refusal = everything._archive_refusal()
            dialog.merged_by = record._merged_by

    @api.depends("res_model", "res_id", "organisation_id", "theme_id")
    def _compute_merge_consequence(self):
        for dialog in self:
            other = dialog._other()
            # sudo: numbers, of all that uses it
            record = dialog._record().sudo()
            dialog.merge_consequence = record._merge_consequence(other.sudo()) if other else False

    def action_archive(self):
        record = self._record()
        if not record._archive_consequence():
            raise UserError(record._remedy())
        # sudo: clients may not write this field; this button does, once the role has been checked
        record.sudo().active = False
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_merge(self):
        """:raises UserError: no other record was chosen, or this one cannot be merged into it"""
        record, other = self._record(), self._other()
        if not other or other == record:
            raise UserError(self.env._("Choose another one, which takes its place."))
        other._check_retires()
        record._merge_into(other)
        return self._back(record)

    def action_delete(self):
        """:raises UserError: something uses it"""
        record = self._record()
        # sudo: clients may not delete it; this button does, and the model checks that nothing uses it
        record.sudo().unlink()
        return self._back(record)

    def _back(self, record):
        """:return dict: the action of the list where this record was"""
        return {**self.env["ir.actions.act_window"]._for_xml_id(record._listed_in), "target": "main"}
