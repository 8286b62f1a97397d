from odoo import fields, models


class CollabPeopleExport(models.TransientModel):
    """People whose list somebody is about to download: an address would not hold a thousand numbers."""

    _name = "collab.people.export"
    _description = "Export of a list of people"

    # Those whose account is closed included.
    user_ids = fields.Many2many("res.users", readonly=True, context={"active_test": False})
