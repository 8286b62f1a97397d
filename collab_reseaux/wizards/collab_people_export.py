from odoo import api, fields, models


class CollabPeopleExport(models.TransientModel):
    """People whose list somebody is about to download: an address would not hold a thousand numbers."""

    _name = "collab.people.export"
    _description = "Export of a list of people"

    # Those whose account is closed included.
    user_ids = fields.Many2many("res.users", readonly=True, context={"active_test": False})

    @api.model
    def _file(self, export_id):
        """
        :param int export_id: as the address of the download gives it
        :return bytes | None: a workbook of those whom the current user may read; None unless he has asked for this list
        """
        # sudo: only which people; they are read under the rights of whoever asks
        asked = self.sudo().search([("id", "=", export_id), ("create_uid", "=", self.env.uid)])
        return asked.user_ids.sudo(False)._exported() if asked else None
