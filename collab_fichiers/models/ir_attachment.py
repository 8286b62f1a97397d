import filecmp
import os

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..filestore import arriving


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _get_path(self, bin_data, sha):
        """Replace core's method. If a crash leaves an incomplete file, core takes it for another content with the same
        checksum, and then refuses the complete one for ever."""
        store_fname = f"{sha[:2]}/{sha}"
        full_path = self._full_path(store_fname)
        self._holds(full_path, len(bin_data), lambda: self._same_content(bin_data, full_path))
        return store_fname, full_path

    @api.model
    def _file_write(self, bin_value, checksum):
        """Give a file its final name only once it is complete. Core writes under the final name from the first byte: a
        crash leaves an incomplete file there."""
        store_fname, full_path = self._get_path(bin_value, checksum)
        # So that the garbage collector finds the file if the transaction fails.
        self._mark_for_gc(store_fname)
        if not os.path.exists(full_path) or os.path.getsize(full_path) != len(bin_value):
            with arriving(self.env.cr.dbname, full_path) as path, open(path, "wb") as target:
                target.write(bin_value)
        return store_fname

    @api.model
    def _holds(self, full_path, size, same):
        """Tell whether the filestore has this file, complete.

        :param str full_path: its path
        :param int size: the size that it should have, in bytes
        :param Callable same: tells whether its content is what it should be
        :return bool:
        :raises UserError: the content is another one, with the same size and the same SHA-1
        """
        if not os.path.exists(full_path) or os.path.getsize(full_path) != size:
            return False
        if not same():
            raise UserError(self.env._("The attachment collides with an existing file."))
        return True

    @api.model
    def _adopt_file(self, path, checksum, vals):
        """Make an attachment from a file that is already on the disk, without loading it in memory.

        :param str path: a complete file, on the same disk as the filestore; the caller deletes it afterwards
        :param str checksum: SHA-1 of its content, in hexadecimal: Odoo's filestore names files by it
        :param dict vals: values of the attachment, with its ``mimetype``
        :return ir.attachment:
        """
        size = os.path.getsize(path)
        store_fname = f"{checksum[:2]}/{checksum}"
        full_path = self._full_path(store_fname)
        attachment = self.create(vals)
        # In SQL, because create() and write() compute these values from a content in memory, and there is none. Before
        # the file is there, because from now on the garbage collector waits for the end of this transaction.
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
        # So that the garbage collector finds the file if the transaction fails.
        self._mark_for_gc(store_fname)
        if not self._holds(full_path, size, lambda: filecmp.cmp(path, full_path, shallow=False)):
            # A link, and not a move: Odoo may replay the request after a conflict, and then needs the file at `path`.
            with arriving(self.env.cr.dbname, full_path) as incoming:
                os.link(path, incoming)
        return attachment

    @api.model
    def _kept_of(self, records, field):
        """
        :param records: which whoever asks may read
        :param str field: a binary field of theirs
        :return dict[int, ir.attachment]: by record, what holds it on the disk
        """
        named = Domain("res_model", "=", records._name) & Domain("res_field", "=", field)
        stored = Domain("res_id", "in", records.ids) & Domain("store_fname", "!=", False)
        found = self.search_fetch(named & stored, ["res_id", "store_fname", "checksum", "mimetype"])
        return {content.res_id: content for content in found}

    def _stored_path(self):
        """:return str | None: the path of this content on the disk; None when it is not in a file"""
        return self._full_path(self.store_fname) if self.store_fname else None
