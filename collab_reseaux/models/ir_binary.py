from odoo import models
from odoo.exceptions import AccessError, MissingError


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """What may not be read answers as what does not exist: not "forbidden", which would tell that it is there."""
        try:
            return super()._find_record(xmlid, res_model, res_id, access_token, field)
        except AccessError as error:
            raise MissingError(self.env._("This file does not exist.")) from error
