import contextlib
import hashlib
import os
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, config
from odoo.tools.mimetypes import MIMETYPE_HEAD_SIZE, guess_mimetype

CHUNK_MAX_BYTES = 8 * 1024 * 1024
MEGABYTE = 1024 * 1024
KEPT_HOURS = 24


class CollabUpload(models.Model):
    """A file on its way: received piece by piece in a temporary file, then deposited as one or several documents.

    The temporary file lies beside the filestore, on the same disk, so that depositing it is a rename.
    """

    _name = "collab.upload"
    _description = "File being received"

    name = fields.Char(required=True, readonly=True)
    token = fields.Char(
        required=True,
        readonly=True,
        default=lambda self: secrets.token_hex(16),
        help="Name of the temporary file: never used twice, even after a restored backup.",
    )
    size = fields.Integer(required=True, readonly=True, help="Announced size, in bytes.")

    @api.model
    def _start(self, name, size):
        """Accept to receive a file.

        :param str name: its name
        :param int size: its size in bytes
        :return collab.upload:
        :raises ValidationError: it will not be accepted, said before it is sent
        """
        self.env["dms.file"]._check_file_name(name)
        limit = self.env["dms.file"]._get_binary_max_size()
        if size <= 0:
            raise ValidationError(self.env._("“%s” is empty.", name))
        if size > limit * MEGABYTE:
            raise ValidationError(self.env._("“%(name)s” is too large: %(limit)s MB at most.", name=name, limit=limit))
        extension = os.path.splitext(name)[1][1:].lower()
        if extension in self.env["dms.file"]._get_forbidden_extensions():
            raise ValidationError(self.env._("Files “.%s” are not accepted here.", extension))
        return self.create({"name": name, "size": size})

    def _path(self):
        """:return str: where the pieces are put together"""
        folder = os.path.join(config["data_dir"], "uploads", self.env.cr.dbname)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        return os.path.join(folder, self.token)

    def _received(self):
        """:return int: bytes received so far: where to go on"""
        try:
            return os.path.getsize(self._path())
        except FileNotFoundError:
            return 0

    def _append(self, offset, stream):
        """Add a piece. The same piece sent again, after a connection was cut, replaces itself.

        :param int offset: where it begins, in bytes
        :param BinaryIO stream: at most CHUNK_MAX_BYTES
        :return int: bytes received so far
        :raises UserError: the piece does not follow those received
        """
        self.ensure_one()
        if not 0 <= offset <= self._received():
            raise UserError(self.env._("The sending of “%s” was interrupted: start again.", self.name))
        with open(os.open(self._path(), os.O_RDWR | os.O_CREAT, 0o600), "r+b") as target:
            target.truncate(offset)
            target.seek(offset)
            while piece := stream.read(64 * 1024):
                if target.tell() + len(piece) > self.size:
                    raise UserError(self.env._("“%s” is larger than announced.", self.name))
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
            return target.tell()

    def _deposit(self, vals):
        """Turn a complete file into a document of the library.

        :param dict vals: values of the ``dms.file``: folder, title, audience
        :return dms.file:
        :raises UserError: a part is missing
        """
        self.ensure_one()
        path = self._path()
        if self._received() != self.size:
            raise UserError(self.env._("“%s” has not arrived whole: send it again.", self.name))
        with open(path, "rb") as content:
            mimetype = guess_mimetype(content.read(MIMETYPE_HEAD_SIZE), default="application/octet-stream")
            content.seek(0)
            checksum = hashlib.file_digest(content, "sha1").hexdigest()
        document = self.env["dms.file"].with_context(mail_create_nolog=True).create({"name": self.name, **vals})
        # Members own no attachment: the content belongs to the document, whose creation has just been checked.
        self.env["ir.attachment"].sudo()._adopt_file(
            path,
            checksum,
            {
                "name": "content_file",
                "res_model": document._name,
                "res_id": document.id,
                "res_field": "content_file",
                "mimetype": mimetype,
            },
        )
        # sudo: these facts are the platform's to write, in the place of what dms derives from a content in memory.
        document.sudo().write({"size": self.size, "checksum": checksum, "mimetype": mimetype})
        document.invalidate_recordset()
        document.sudo()._compute_migration()
        self.unlink()
        return document

    def unlink(self):
        paths = {upload.token: upload._path() for upload in self}
        registry = self.env.registry

        def forget():
            # A part of the transaction may have been undone since: what still has its row keeps its file.
            with registry.cursor() as cr:
                cr.execute(SQL("SELECT token FROM collab_upload WHERE token IN %s", tuple(paths)))
                kept = {token for (token,) in cr.fetchall()}
            for token in paths.keys() - kept:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(paths[token])

        result = super().unlink()
        if paths:
            self.env.cr.postcommit.add(forget)
        return result

    @api.autovacuum
    def _gc_uploads(self):
        """Forget the files that nobody deposited."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), hours=KEPT_HOURS)
        self.search([("write_date", "<", limit)]).unlink()
