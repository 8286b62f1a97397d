from odoo import fields, models


class CollabSearchLink(models.Model):
    """A file of a content: its words are found with those of the content."""

    _name = "collab.search.link"
    _description = "File of an entry of the index"
    _log_access = False
    _rec_name = "label"

    entry_id = fields.Many2one("collab.search.entry", required=True, readonly=True, ondelete="cascade", index=True)
    file_id = fields.Many2one("collab.search.file", required=True, readonly=True, ondelete="cascade", index=True)
    label = fields.Char(readonly=True, help="The name of the file, if it is joined to a text.")
