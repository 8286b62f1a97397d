from odoo import models
from odoo.exceptions import AccessError, MissingError


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """Check the rights of the reader, and ignore access tokens: a link with a token works for anybody, for ever.

        A file that he may not read is "missing" and not "forbidden", which would tell that it exists.
        """
        try:
            return super()._find_record(xmlid, res_model, res_id, field=field)
        except AccessError as error:
            raise MissingError(self.env._("This file does not exist.")) from error
