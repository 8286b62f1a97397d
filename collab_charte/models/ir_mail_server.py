from odoo import api, fields, models
from odoo.tools import SQL


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _waiting_since(self):
        [dates] = self.env.execute_query(
            SQL(
                """SELECT (SELECT min(link_asked) FROM res_users),
                          (SELECT min(create_date) FROM collab_account_letter
                            WHERE sent_date IS NULL AND expires > %s)""",
                fields.Datetime.now(),
            )
        )
        return [*super()._waiting_since(), *(date for date in dates if date)]
