import contextlib
import logging
import os
import re
import secrets
import time
from collections.abc import Collection
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..file_types import denies, has_macros, is_active, is_archive, media_type
from ..filestore import checksum_of, incoming_folder, is_full

_logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
CHUNK_MAX_BYTES = 4 * MEGABYTE  # one piece is in memory while it is written
MAX_MEGABYTES = 25
KEPT_HOURS = 24
# Characters that operating systems refuse in a name; and bidirectional controls, which can hide its true extension.
FORBIDDEN_IN_NAME = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NAME_MAX_BYTES = 255
TOKEN = re.compile(r"[0-9a-f]{32}")
FORBIDDEN_EXTENSIONS = frozenset(
    {"bat", "cmd", "com", "exe", "htm", "html", "js", "jar", "msi", "ps1", "scr", "svg", "vbs"}
)

JOINED = "joined"


class Purpose(NamedTuple):
    """What a file may be sent for, and which files are then accepted."""

    max_megabytes: int = MAX_MEGABYTES
    forbidden_extensions: Collection[str] = FORBIDDEN_EXTENSIONS  # in lower case, without the dot
    accepts_macros: bool = False
    accepts_archives: bool = False


class CollabUpload(models.Model):
    """A file that is being received, piece by piece, in a temporary file. The module that asked for it then puts it
    where it belongs.

    The temporary file is beside the filestore, on the same disk, so that it enters the filestore without being copied.
    The row stays for a day after that: a request that is sent twice is then done only once.
    """

    _name = "collab.upload"
    _description = "File being received"

    name = fields.Char(required=True, readonly=True)
    purpose = fields.Char(required=True, readonly=True, default=JOINED, help="One of _purposes(): what it is sent for.")
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="Name of the temporary file: never used twice, even after a restored backup.",
    )
    size = fields.Integer(required=True, readonly=True, help="Announced size, in bytes.")
    checksum = fields.Char(readonly=True, help="SHA-1 of the content, in hexadecimal, once it has arrived whole.")
    mimetype = fields.Char(readonly=True, help="Type of the content, once it has arrived whole.")
    is_used = fields.Boolean(string="In its place", readonly=True, help="It has been put where it belongs.")

    @api.model_create_multi
    def create(self, vals_list):
        """Choose the token here, at random: it becomes the name of a file on the disk."""
        return super().create([{**vals, "token": secrets.token_hex(16)} for vals in vals_list])

    def write(self, vals):
        """:raises AccessError: the values contain the token, which is the name of a file on the disk"""
        if "token" in vals:
            raise AccessError(self.env._("The platform alone names the files that it receives."))
        return super().write(vals)

    @api.model
    def _purposes(self):
        """What files may be sent for; each module that receives files adds its own.

        :return dict[str, Purpose]: by the name that pages send
        """
        return {JOINED: Purpose()}

    @api.model
    def _start(self, name, size, purpose=JOINED):
        """Accept to receive a file, or refuse it before it is sent.

        :param str name: its name
        :param int size: its size in bytes
        :param str purpose: one of ``_purposes()``
        :return collab.upload:
        :raises AccessError: the current user may not write here
        :raises ValidationError: such a file is not accepted
        """
        self.env.user._check_may_write()
        if purpose not in self._purposes():
            raise ValidationError(self.env._("This request was not understood: reload the page."))
        self._check_name(name)
        if size <= 0:
            raise ValidationError(self.env._("“%s” is empty.", name))
        self._check_announced(name, size, purpose)
        self.env["collab.daily.count"]._take("upload")
        # sudo: members may not create rows; the values that they choose have just been checked
        return self.sudo().create({"name": name, "size": size, "purpose": purpose}).sudo(False)

    @api.model
    def _check_announced(self, name, size, purpose):
        """:raises ValidationError: a file of this name, or of this size in bytes, is not accepted for this purpose"""
        known = self._purposes()[purpose]
        if size > known.max_megabytes * MEGABYTE:
            raise ValidationError(
                self.env._("“%(name)s” is too large: %(limit)s MB at most.", name=name, limit=known.max_megabytes)
            )
        extension = self._extension(name)
        if extension in known.forbidden_extensions:
            raise ValidationError(self.env._("Files “.%s” are not accepted here.", extension))

    @api.model
    def _check_name(self, name):
        """:raises ValidationError: this name cannot be that of a file"""
        name = name or ""
        shown = FORBIDDEN_IN_NAME.sub("?", name)[:80]
        if name.strip(". ") == "" or FORBIDDEN_IN_NAME.search(name):
            raise ValidationError(
                self.env._(
                    "The name “%s” cannot be that of a file: rename it, without / nor special characters.", shown
                )
            )
        if len(name.encode()) > NAME_MAX_BYTES:
            raise ValidationError(self.env._("The name “%s…” is too long: rename the file in a few words.", shown))

    @api.model
    def _extension(self, name):
        """:return str: in lower case, without the dot"""
        return os.path.splitext(name)[1][1:].lower()

    def _path(self, prefix=""):
        """
        :param str prefix: put before the name, for another temporary file that is made from this one
        :return str: path of the temporary file
        :raises ValueError: ``create`` cannot have made this token: as a file name, it could lead anywhere
        """
        if not TOKEN.fullmatch(self.token):
            raise ValueError(f"Upload {self.id} has a token that is none")
        return os.path.join(incoming_folder(self.env.cr.dbname), prefix + self.token)

    def _received(self):
        """:return int: bytes received so far, hence where the next piece begins"""
        if self.is_used:
            return self.size
        try:
            return os.path.getsize(self._path())
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def _room_needed(self):
        """Tell the person, and the log, when the disk is full.

        :raises UserError: it is
        """
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

    def _described(self):
        """:return dict: the answer to the page that announces this file"""
        return {"id": self.id}

    def _arrived(self):
        """:return dict: what the answer to the last piece adds, once the file is complete"""
        return {}

    def _append(self, offset, stream):
        """Add a piece, whole or not at all. A piece that is sent again, after a cut, replaces the first one.

        :param int offset: where it begins, in bytes
        :param BinaryIO stream: at most CHUNK_MAX_BYTES
        :return int: bytes received so far
        :raises UserError: the piece does not follow those received, or there is no room for it
        """
        self.ensure_one()
        if self.is_used or not 0 <= offset <= self._received():
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
                # Only the length of the file says what has arrived: half a piece would count as received.
                target.truncate(offset)
                raise
            return target.tell()

    def _inspect(self, purpose=None):
        """Check the content of a complete file.

        :param str | None purpose: what it is used for; None: what it was sent for
        :raises ValidationError: its content is not accepted, or is not what its name says; the upload is deleted
        """
        self.ensure_one()
        known = self._purposes()[purpose or self.purpose]
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
        elif has_macros(path, content_type, self._extension(self.name)) and not known.accepts_macros:
            refusal = self.env._("“%s” contains macros, which are programs: save it without them.", self.name)
        elif is_archive(content_type) and not known.accepts_archives:
            refusal = self.env._("“%s” is an archive: send the files that lie in it.", self.name)
        if refusal:
            self.unlink()
            raise ValidationError(refusal)
        # sudo: members may not write rows; both values come from the file itself
        self.sudo().write({"checksum": checksum_of(path), "mimetype": content_type})

    def _take_turn(self, purpose):
        """Lock this upload before it is used. A second request for it waits here, then Odoo replays it, and it finds
        that the first one has done the work.

        :param str purpose: one of ``_purposes()``; the file is checked again when it was sent for another one
        :return bool: it has been used already: there is nothing left to do
        :raises UserError: a part is missing
        """
        self.env.cr.execute(SQL("SELECT FROM collab_upload WHERE id = %s FOR UPDATE", self.id))
        if self.is_used:
            return True
        if self._received() != self.size:
            raise UserError(self.env._("“%s” has not arrived whole: send it again.", self.name))
        if not self.checksum or self.purpose != purpose:
            self._check_announced(self.name, self.size, purpose)
            self._inspect(purpose)
        return False

    def _adopt(self, record, field, path, mimetype):
        """Make a file the content of a field of a record, without loading it in memory. ``_take_turn`` comes first.

        :param Model record: the caller has checked that the user may give it a file
        :param str field: one of its binary fields, stored as an attachment
        :param str path: of the temporary file, or of a file made from it, on the same disk
        :param str mimetype: media type, found from the content
        """
        checksum = self.checksum if path == self._path() else checksum_of(path)
        # sudo: members have no right on attachments themselves; this one belongs to the record
        attachments = self.env["ir.attachment"].sudo()
        vals = {"name": field, "res_model": record._name, "res_id": record.id, "res_field": field}
        with self._room_needed():
            attachments._adopt_file(path, checksum, {**vals, "mimetype": mimetype})
        self._use()

    def _use(self):
        """Note that this file is where it belongs, so that it is not used twice."""
        # sudo: members may not write rows
        self.sudo().is_used = True
        self._forget_files()

    def _forget_files(self):
        """Delete the temporary files after the commit: until then, Odoo may replay the request and need them again."""
        paths = {upload.token: upload._path() for upload in self}
        registry = self.env.registry

        def forget():
            # A savepoint may have been rolled back since: an upload that is still there, and not used, keeps its file.
            with registry.cursor() as cr:
                cr.execute(
                    SQL("SELECT token FROM collab_upload WHERE token IN %s AND is_used IS NOT TRUE", tuple(paths))
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
        """Delete the uploads that are a day old, and the temporary files that a crash left on the disk."""
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
    """Write all of a piece: without a buffer, one call to write() may write only a part of it."""
    view = memoryview(piece)
    while view:
        view = view[target.write(view) :]
