import contextlib
import os

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.refusals import beside

from ..picture import TooLarge, is_picture, lighten
from .collab_upload import JOINED

ATTACHMENTS_MAX = 10
SHOWN_MAX_HEIGHT = 384  # pixels: as high as a page shows a picture under a text


class CollabAttachmentMixin(models.AbstractModel):
    """A file attached to a text, for those who may read the text. Each kind of content has its own model, with a
    many2one to the content, named by ``_content_field``: whoever may read the content may read its files."""

    _name = "collab.attachment.mixin"
    _inherit = "collab.part.mixin"
    _description = "Attachment"
    _order = "id"

    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True, help="By content.")
    size = fields.Integer(required=True, readonly=True, help="In bytes.")
    width = fields.Integer(readonly=True, help="Of a picture, in pixels; zero for another file.")
    height = fields.Integer(readonly=True, help="Of a picture, in pixels.")
    content = fields.Binary(attachment=True, readonly=True)

    @api.model
    def _attach(self, content, uploads):
        """Attach files to a content that the current user has just written, or corrects. Pictures are reduced first
        (``picture.py``).

        :param Model content: written by the current user
        :param collab.upload uploads: his own, complete
        :raises AccessError: somebody else has written the content
        :raises UserError: a file is not complete, or is a picture that cannot be shown, or there are too many files
        """
        if not uploads:
            return
        content.check_access("write")
        # sudo: the user has the right to write the content, checked above; members have none to write its files
        attachments = self.sudo()
        if attachments.search_count([(self._content_field, "=", content.id)]) + len(uploads) > ATTACHMENTS_MAX:
            too_many = self.env._("Join %s files at most; the others go to the library.", ATTACHMENTS_MAX)
            raise beside("files", ValidationError(too_many))
        for upload in uploads:
            if upload._take_turn(JOINED):
                taken = self.env._("“%s” has been sent with another text: choose it again.", upload.name)
                raise beside("files", UserError(taken))
            with self._prepared(upload) as (path, vals):
                attachment = attachments.create({**vals, "name": upload.name, self._content_field: content.id})
                upload._adopt(attachment, "content", path, vals["mimetype"])

    @contextlib.contextmanager
    def _prepared(self, upload):
        """Give the path of the file to keep, and its values. For a picture: a reduced copy, deleted at the end."""
        path = upload._path()
        if not upload.mimetype.startswith("image/"):
            yield path, {"mimetype": upload.mimetype, "size": upload.size}
            return
        # Beside the received file, and not over it: a request that Odoo replays starts again from the received one.
        lighter = upload._path("incoming-")
        try:
            with upload._room_needed():
                mimetype, width, height = lighten(path, lighter, upload.mimetype)
            size = os.path.getsize(lighter)
            yield lighter, {"mimetype": mimetype, "size": size, "width": width, "height": height}
        except TooLarge as error:
            too_large = self.env._("“%s” cannot be shown: choose a smaller picture, in JPEG or PNG.", upload.name)
            raise beside("files", ValidationError(too_large)) from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(lighter)

    def _detach(self):
        """Remove these files from a content that its author corrects.

        :raises AccessError: somebody else has written the content
        """
        self[self._content_field].check_access("write")
        # sudo: as in ``_attach``
        self.sudo().unlink()

    @api.model
    def _rows_by_content(self, contents):
        """:param Model contents: contents that the current user may read
        :return dict[int, list[dict]]: by content, what its page shows of its files: id, name, size (in bytes), picture
            (whether it is one), width and height (in pixels), room (as ``_room``)
        """
        shown = ["name", "mimetype", "size", "width", "height", self._content_field]
        found = self.search_fetch(Domain(self._content_field, "in", contents.ids) & self._rows_domain(), shown)
        return {content.id: files._rows() for content, files in found.grouped(self._content_field).items()}

    @api.model
    def _rows_domain(self):
        """:return Domain: the files that are shown with their content"""
        return Domain.TRUE

    def _rows(self):
        """:return list[dict]: what a page shows of these files, as ``_rows_by_content``"""
        return [
            {
                "id": attachment.id,
                "name": attachment.name,
                "size": attachment.size,
                "picture": is_picture(attachment.mimetype),
                "width": attachment.width,
                "height": attachment.height,
                "room": attachment._room(),
            }
            for attachment in self
        ]

    def _room(self):
        """:return str | None: the style by which a page keeps the room of this picture before it is there: its own
        size, or less if it would be too high"""
        if not (self.width and self.height):
            return None
        width = min(self.width, round(SHOWN_MAX_HEIGHT * self.width / self.height))
        return f"width: {width}px; aspect-ratio: {self.width} / {self.height}"

    def _stored(self):
        """:return ir.attachment: the one that holds this file, in sudo; the caller checks that the user may read it"""
        # sudo: members have no right on attachments themselves; the right to read this file has been checked
        attachments = self.env["ir.attachment"].sudo()
        named = [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "content")]
        return attachments.search_fetch(named, ["store_fname"], limit=1)
