from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    directory_told = fields.Boolean(
        readonly=True, copy=False, help="This person knows what the others see of him: he is not told any more."
    )

    @api.model
    def _reader_columns(self):
        return [*super()._reader_columns(), "directory_told"]

    def _know_directory(self):
        """Note that this person has read what the others see of him."""
        # sudo: his own
        if not self.sudo().directory_told:
            self.sudo().directory_told = True
