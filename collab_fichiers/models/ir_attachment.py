import filecmp
import os

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..filestore import arriving


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _get_path(self, bin_data, sha):
        """Replace core's, for which what a crash left of a content is another content, and refuses the whole one for
        ever."""
        store_fname = f"{sha[:2]}/{sha}"
        full_path = self._full_path(store_fname)
        self._holds(full_path, len(bin_data), lambda: self._same_content(bin_data, full_path))
        return store_fname, full_path

    @api.model
    def _file_write(self, bin_value, checksum):
        """Write a content under its final name once it is whole; core writes it there from the first byte."""
        store_fname, full_path = self._get_path(bin_value, checksum)
        # In case the transaction fails: the garbage collector finds the file.
        self._mark_for_gc(store_fname)
        if not os.path.exists(full_path) or os.path.getsize(full_path) != len(bin_value):
            with arriving(self.env.cr.dbname, full_path) as path, open(path, "wb") as target:
                target.write(bin_value)
        return store_fname

    @api.model
    def _holds(self, full_path, size, same):
        """Tell whether a file of the filestore is whole.

        :param str full_path: its path
        :param int size: what it should weigh, in bytes
        :param Callable same: compares its content to what it should be
        :return bool:
        :raises UserError: it is another content of the same weight, which SHA-1 does not tell from this one
        """
        if not os.path.exists(full_path) or os.path.getsize(full_path) != size:
            return False
        if not same():
            raise UserError(self.env._("The attachment collides with an existing file."))
        return True

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
        attachment = self.create(vals)
        # create() and write() recompute these from a content in memory: there is none. The row comes before the file:
        # from here on, the garbage collector waits for the end of the transaction.
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
        # Should the transaction fail, the garbage collector finds the file.
        self._mark_for_gc(store_fname)
        if not self._holds(full_path, size, lambda: filecmp.cmp(path, full_path, shallow=False)):
            # A link, and not a move: the request may be replayed after a conflict between transactions.
            with arriving(self.env.cr.dbname, full_path) as incoming:
                os.link(path, incoming)
        return attachment

    def _stored_path(self):
        """:return str | None: where this content lies on the disk"""
        return self._full_path(self.store_fname) if self.store_fname else None
