from odoo import models
from odoo.exceptions import AccessError, MissingError


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """Ask the rights of the reader, whatever link he was given: a token opens to whoever holds it, for ever.

        What may not be read answers as what does not exist: not "forbidden", which would tell that it is there.
        """
        try:
            return super()._find_record(xmlid, res_model, res_id, field=field)
        except AccessError as error:
            raise MissingError(self.env._("This file does not exist.")) from error
