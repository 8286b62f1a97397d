from odoo import api, fields, models


class CollabPeopleExport(models.TransientModel):
    """The people whose list somebody is about to download. They are stored because a thousand identifiers do not fit in
    the address of the download."""

    _name = "collab.people.export"
    _description = "Export of a list of people"

    # With active_test: people whose account is closed are listed too.
    user_ids = fields.Many2many("res.users", readonly=True, context={"active_test": False})

    @api.model
    def _file(self, export_id):
        """
        :param int export_id: as the address of the download gives it
        :return bytes | None: XLSX, with the people whom the current user may read; None if he did not ask for this list
        """
        # sudo: only to know which people; they are then read with the rights of the current user
        asked = self.sudo().search([("id", "=", export_id), ("create_uid", "=", self.env.uid)])
        return asked.user_ids.sudo(False)._exported() if asked else None
