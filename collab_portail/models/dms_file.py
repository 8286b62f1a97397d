from odoo import fields, models


class DmsFile(models.Model):
    """What joins the library to the other features: minutes belong to a date, and a search reads files."""

    _inherit = "dms.file"

    event_id = fields.Many2one(
        "calendar.event",
        string="Minutes of the date",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    def _unsearched(self):
        """:return str: what a search cannot find in this document, for who may change it; empty when there is nothing
        to say"""
        self.ensure_one()
        if not self.has_access("write"):
            return ""
        Files = self.env["collab.search.file"].sudo()  # sudo: nobody reads the index; he may change this very file
        file = Files.search_fetch([("checksum", "=", self.checksum)], ["state", "is_cut"])
        said = {
            "scan": self.env._("Digitised: its text cannot be searched."),
            "locked": self.env._("Protected by a password: its text cannot be searched."),
            "failed": self.env._("Unreadable file: its text cannot be searched."),
        }
        return said.get(file.state) or (self.env._("Very long: only its beginning is searched.") if file.is_cut else "")
