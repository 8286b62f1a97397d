import filecmp
import os

from odoo import api, models
from odoo.tools import SQL


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _adopt_file(self, path, checksum, vals):
        """Make an attachment of a file that already lies on the disk, without ever loading it.

        :param str path: a complete file, on the same disk as the filestore; the caller removes it
        :param str checksum: SHA-1 of its content, in hexadecimal: the address of a content in Odoo's filestore
        :param dict vals: values of the attachment, with its ``mimetype``
        :return ir.attachment:
        """
        size = os.path.getsize(path)
        store_fname = f"{checksum[:2]}/{checksum}"
        full_path = self._full_path(store_fname)
        os.makedirs(os.path.dirname(full_path), exist_ok=True)
        # Should the transaction fail, the garbage collector finds the file.
        self._mark_for_gc(store_fname)
        if not (os.path.exists(full_path) and filecmp.cmp(path, full_path, shallow=False)):
            # Nothing stands there, or what a crash left of the same content. A link, and not a move: the request may
            # be replayed after a conflict between transactions.
            incoming = f"{full_path}.incoming"
            if os.path.exists(incoming):
                os.unlink(incoming)
            os.link(path, incoming)
            os.replace(incoming, full_path)
        attachment = self.create(vals)
        # create() and write() recompute these from a content in memory: there is none.
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s, mimetype = %s WHERE id = %s",
                store_fname,
                checksum,
                size,
                vals["mimetype"],
                attachment.id,
            )
        )
        attachment.invalidate_recordset()
        return attachment
