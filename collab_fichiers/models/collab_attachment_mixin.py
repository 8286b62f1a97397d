import contextlib
import os

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..picture import TooLarge, is_picture, lighten
from .collab_upload import JOINED

ATTACHMENTS_MAX = 10  # as the form says


class CollabAttachmentMixin(models.AbstractModel):
    """A file that somebody joins to what he writes, for those who read it. A model for each kind of content: its
    many2one to the content, named by ``_content_field``, is what its rule follows."""

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
        """Join files to what one has just written, or corrects. Pictures are kept as pages show them.

        :param Model content: the content, whose author is the current user
        :param collab.upload uploads: his, arrived whole
        :raises AccessError: another has written it
        :raises UserError: a file has not arrived, is a picture that cannot be shown, or there are too many of them
        """
        if not uploads:
            return
        content.check_access("write")
        # sudo: its author has just been asked for; the files of a content are written by this method only
        attachments = self.sudo()
        if attachments.search_count([(self._content_field, "=", content.id)]) + len(uploads) > ATTACHMENTS_MAX:
            raise ValidationError(self.env._("Join %s files at most; the others go to the library.", ATTACHMENTS_MAX))
        for upload in uploads:
            if upload._take_turn(JOINED):
                raise UserError(self.env._("“%s” has been sent with another text: choose it again.", upload.name))
            with self._prepared(upload) as (path, vals):
                attachment = attachments.create({**vals, "name": upload.name, self._content_field: content.id})
                upload._adopt(attachment, "content", path, vals["mimetype"])

    @contextlib.contextmanager
    def _prepared(self, upload):
        """Give the path of a file as it will be kept, and what it is; what has been made of a picture goes away."""
        path = upload._path()
        if not upload.mimetype.startswith("image/"):
            yield path, {"mimetype": upload.mimetype, "size": upload.size}
            return
        # Not in the place of what has been received: a request that is replayed begins again with it.
        lighter = upload._path("incoming-")
        try:
            with upload._room_needed():
                mimetype, width, height = lighten(path, lighter, upload.mimetype)
            size = os.path.getsize(lighter)
            yield lighter, {"mimetype": mimetype, "size": size, "width": width, "height": height}
        except TooLarge as error:
            raise ValidationError(
                self.env._("“%s” cannot be shown: choose a smaller picture, in JPEG or PNG.", upload.name)
            ) from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(lighter)

    def _detach(self):
        """Take files away from what one corrects.

        :raises AccessError: another has written it
        """
        self[self._content_field].check_access("write")
        # sudo: as in ``_attach``
        self.sudo().unlink()

    @api.model
    def _rows_by_content(self, contents):
        """:param Model contents: contents that the reader has read
        :return dict[int, list[dict]]: by content, what its page shows of its files: id, name, size (in bytes), picture
            (whether it is one), width and height (in pixels)
        """
        shown = ["name", "mimetype", "size", "width", "height", self._content_field]
        found = self.search_fetch(Domain(self._content_field, "in", contents.ids) & self._rows_domain(), shown)
        return {content.id: files._rows() for content, files in found.grouped(self._content_field).items()}

    @api.model
    def _rows_domain(self):
        """:return Domain: those that are shown with the content"""
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
            }
            for attachment in self
        ]

    def _stored(self):
        """:return ir.attachment: where its content lies, for who has read it"""
        # sudo: members read no attachment; this is that of a file that has been read
        attachments = self.env["ir.attachment"].sudo()
        named = [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "content")]
        return attachments.search_fetch(named, ["store_fname"], limit=1)
