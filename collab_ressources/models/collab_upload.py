import contextlib
import hashlib
import logging
import os
import secrets
import time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..file_types import denies, has_macros, is_active, is_archive, media_type
from ..filestore import incoming_folder, is_full

_logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
CHUNK_MAX_BYTES = 4 * MEGABYTE  # one piece lies in memory while it is written
KEPT_HOURS = 24


class CollabUpload(models.Model):
    """A file on its way: received piece by piece in a temporary file, then deposited as a document.

    The temporary file lies beside the filestore, on the same disk, so that depositing it is a change of name. The row
    outlives the deposit by a day: a deposit that is asked for twice is made once.
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
    checksum = fields.Char(readonly=True, help="SHA-1 of the content, in hexadecimal, once it has arrived whole.")
    mimetype = fields.Char(readonly=True, help="Type of the content, once it has arrived whole.")
    document_id = fields.Many2one("dms.file", readonly=True, ondelete="cascade", help="What it was deposited as.")

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
        extension = self._extension(name)
        if extension in self.env["dms.file"]._get_forbidden_extensions():
            raise ValidationError(self.env._("Files “.%s” are not accepted here.", extension))
        return self.create({"name": name, "size": size})

    @api.model
    def _extension(self, name):
        """:return str: in lower case, without the dot"""
        return os.path.splitext(name)[1][1:].lower()

    def _path(self):
        """:return str: where the pieces are put together"""
        return os.path.join(incoming_folder(self.env.cr.dbname), self.token)

    def _received(self):
        """:return int: bytes received so far: where to go on"""
        if self.document_id:
            return self.size
        try:
            return os.path.getsize(self._path())
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def _room_needed(self):
        """Say to the person, and to the log, that the disk is full."""
        try:
            yield
        except OSError as error:
            if not is_full(error):
                raise
            _logger.error("No room left on the disk to receive %r (%s bytes)", self.name, self.size)
            raise UserError(
                self.env._(
                    "The platform has no room left for “%s”. Your federation must make some: then try again.", self.name
                )
            ) from error

    def _append(self, offset, stream):
        """Add a piece. It counts whole or not at all; sent again, after a connection was cut, it replaces itself.

        :param int offset: where it begins, in bytes
        :param BinaryIO stream: at most CHUNK_MAX_BYTES
        :return int: bytes received so far
        :raises UserError: the piece does not follow those received, or there is no room for it
        """
        self.ensure_one()
        if self.document_id or not 0 <= offset <= self._received():
            raise UserError(self.env._("The sending of “%s” was interrupted: start again.", self.name))
        with (
            self._room_needed(),
            open(os.open(self._path(), os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0) as target,
        ):
            try:
                target.truncate(offset)
                target.seek(offset)
                while piece := stream.read(64 * 1024):
                    if target.tell() + len(piece) > self.size:
                        raise UserError(self.env._("“%s” is larger than announced.", self.name))
                    _write_all(target, piece)
                os.fsync(target.fileno())
            except BaseException:
                # What is missing is known by the length: half a piece would look like a whole one.
                target.truncate(offset)
                raise
            return target.tell()

    def _inspect(self):
        """Look at a file that has arrived whole, before its sender goes on.

        :return dms.file: the document that has the same content, if the sender may read one
        :raises ValidationError: its content is not accepted, or is not what its name says; nothing is kept of it
        """
        self.ensure_one()
        path = self._path()
        content_type = media_type(path)
        refusal = None
        if is_active(content_type):
            refusal = self.env._("“%s” contains a program or a web page: it is not accepted here.", self.name)
        elif denies(content_type, self._extension(self.name)):
            refusal = self.env._(
                "“%(name)s” is not really a %(extension)s file: open it to check it, and save it again.",
                name=self.name,
                extension=self._extension(self.name).upper(),
            )
        elif has_macros(path, content_type, self._extension(self.name)) and not self._accepts("macros"):
            refusal = self.env._("“%s” contains macros, which are programs: save it without them.", self.name)
        elif is_archive(content_type) and not self._accepts("archives"):
            refusal = self.env._(
                "“%s” is an archive: deposit the files that lie in it, a whole folder at once.", self.name
            )
        if refusal:
            self.unlink()
            raise ValidationError(refusal)
        with open(path, "rb") as content:
            checksum = hashlib.file_digest(content, "sha1").hexdigest()
        self.write({"checksum": checksum, "mimetype": content_type})
        return self.env["dms.file"].search([("checksum", "=", checksum)], limit=1)

    @api.model
    def _accepts(self, what):
        """:return bool: as the administrators have chosen, "macros" or "archives" are accepted"""
        # sudo: a setting
        return bool(self.env["ir.config_parameter"].sudo().get_param(f"collab_ressources.accept_{what}"))

    def _deposit(self, vals):
        """Turn a complete file into a document of the library. Asked twice, as by a double click, it is done once.

        :param dict vals: values of the ``dms.file``: folder, title, audience
        :return dms.file:
        :raises UserError: a part is missing
        """
        self.ensure_one()
        if not self._take_turn():
            document = self.env["dms.file"].with_context(mail_create_nolog=True).create({"name": self.name, **vals})
            self._become_content(document)
            document._welcome()
        return self.document_id

    def _replace(self, document):
        """Make of a complete file the new content of a document; what it was becomes a version. Twice is once.

        :param dms.file document: which the current user may change
        :raises UserError: a part is missing
        """
        self.ensure_one()
        if not self._take_turn():
            document._make_room()
            self._become_content(document)
            document._say_changed(self.name)

    def _take_turn(self):
        """Keep a second request for the same file waiting; it is then replayed and finds what the first has done.

        :return bool: this file has been deposited already
        :raises UserError: a part is missing
        """
        self.env.cr.execute(SQL("SELECT FROM collab_upload WHERE id = %s FOR UPDATE", self.id))
        if self.document_id:
            return True
        if self._received() != self.size:
            raise UserError(self.env._("“%s” has not arrived whole: send it again.", self.name))
        if not self.checksum:
            self._inspect()
        return False

    def _become_content(self, document):
        """:param dms.file document: without content"""
        with self._room_needed():
            document._adopt(self._path(), self.checksum, self.size, self.mimetype)
        self.document_id = document
        self._forget_files()

    def _forget_files(self):
        """Remove the temporary files once it is certain that they will not be asked for again."""
        paths = {upload.token: upload._path() for upload in self}
        registry = self.env.registry

        def forget():
            # A part of the transaction may have been undone since: what still waits for its deposit keeps its file.
            with registry.cursor() as cr:
                cr.execute(
                    SQL("SELECT token FROM collab_upload WHERE token IN %s AND document_id IS NULL", tuple(paths))
                )
                kept = {token for (token,) in cr.fetchall()}
            for token in paths.keys() - kept:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(paths[token])

        if paths:
            self.env.cr.postcommit.add(forget)

    def unlink(self):
        self._forget_files()
        return super().unlink()

    @api.autovacuum
    def _gc_uploads(self):
        """Forget the files that nobody deposited, and what a crash left on the disk."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), hours=KEPT_HOURS)
        self.search([("write_date", "<", limit)]).unlink()
        rows = self.env.execute_query(SQL("SELECT token FROM collab_upload"))
        kept = {token for (token,) in rows}
        folder = incoming_folder(self.env.cr.dbname)
        for name in set(os.listdir(folder)) - kept:
            path = os.path.join(folder, name)
            with contextlib.suppress(FileNotFoundError):
                if os.path.getmtime(path) < time.time() - KEPT_HOURS * 3600:
                    os.unlink(path)


def _write_all(target, piece):
    """Write to a file that is not buffered: it may take only a part at a time."""
    view = memoryview(piece)
    while view:
        view = view[target.write(view) :]
