import os
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from odoo.addons.dms.models.dms_file import DMSFile

# What an operating system refuses in a name, and what hides the end of one: bidirectional controls.
FORBIDDEN_IN_NAME = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NAME_MAX_BYTES = 255
TITLE_MAX_CHARS = 200  # as in the forms
THUMBNAIL_MAX_BYTES = 2 * 1024 * 1024

# The family of a file, which gives its mark a colour.
FILE_KINDS = {
    extension: kind
    for kind, extensions in {
        "pdf": "pdf",
        "text": "doc docx odt rtf txt",
        "sheet": "xls xlsx ods csv",
        "slides": "ppt pptx odp",
        "image": "png jpg jpeg gif webp",
    }.items()
    for extension in extensions.split()
}


class DmsFile(models.Model):
    _name = "dms.file"
    _inherit = ["dms.file", "collab.audience.mixin"]

    # Written as the ORM asks, or PostgreSQL does not see that they serve: lists, and numbers by folder.
    _latest_idx = models.Index("(create_date DESC, id DESC) WHERE active IS TRUE")
    _count_idx = models.Index("(directory_id, audience_id, create_uid, company_id) WHERE active IS TRUE")

    title = fields.Char(compute="_compute_title", store=True, readonly=False, required=True, index="trigram")
    author_id = fields.Many2one("collab.member", string="Deposited by", compute="_compute_author_id", compute_sudo=True)

    @api.depends("name")
    def _compute_title(self):
        for document in self:
            document.title = document.title or self._title_from_name(document.name)

    @api.model
    def _title_from_name(self, name):
        """:return str: the name of a file as a person would say it"""
        stem = os.path.splitext(name or "")[0]
        words = re.sub(r"[_\s]+", " ", stem).strip()[:TITLE_MAX_CHARS]
        return words[:1].upper() + words[1:] or name

    @api.depends("create_uid")
    def _compute_author_id(self):
        authors = self.env["collab.member"]._by_account(self.create_uid)
        for document in self:
            document.author_id = authors.get(document.create_uid.id)

    @api.depends("name")
    def _compute_extension(self):
        """From the name alone: dms loads the whole content to guess it."""
        for document in self:
            document.extension = os.path.splitext(document.name or "")[1][1:].lower()

    @api.depends("mimetype")
    def _compute_image_1920(self):
        """Make no thumbnail of a large picture: dms loads it whole."""
        return super(
            DmsFile, self.filtered(lambda document: document.size <= THUMBNAIL_MAX_BYTES)
        )._compute_image_1920()

    @api.constrains("name")
    def _check_name(self):
        """Replace dms's check, which creates a file of that name on the server, and refuses a name that stands
        already in the folder: the refusal would tell that a document exists to whom it is not addressed."""
        for document in self:
            self._check_file_name(document.name)

    @api.model
    def _check_file_name(self, name):
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

    @api.constrains("title")
    def _check_title(self):
        for document in self:
            if len(document.title) > TITLE_MAX_CHARS:
                raise ValidationError(self.env._("The title is too long: %s characters at most.", TITLE_MAX_CHARS))

    @api.constrains("directory_id")
    def _check_directory_readable(self):
        """Nobody deposits in, or moves to, a folder that is closed to him."""
        for document in self:
            if not document.directory_id.with_user(self.env.user).has_access("read"):
                raise ValidationError(self.env._("This folder does not exist."))

    def check_access(self, operation):
        # dms asks the same right on the folder itself: who corrects his document would have to own its folder.
        # The rules of the document already ask the access groups of the folder.
        return models.BaseModel.check_access(self, operation)

    def check_access_token(self, access_token=False):
        """A link that is passed on opens nothing to whom the audience excludes."""
        return super().check_access_token(access_token) and self.sudo(False).has_access("read")

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Count, beside each tag, the documents that the reader may read: dms counts them all, in its own query."""
        if field_name == "tag_ids":
            return super(DMSFile, self).search_panel_select_multi_range(field_name, **kwargs)
        return super().search_panel_select_multi_range(field_name, **kwargs)

    @api.model
    def _latest(self, domain=(), limit=None, offset=0):
        """List what the reader may read, the latest first, with all that a row of a list shows.

        :return dms.file:
        """
        return self.search_fetch(
            Domain(domain),
            [
                "title",
                "extension",
                "create_date",
                "create_uid",
                "directory_id",
                "audience_id",
            ],
            order="create_date desc, id desc",
            limit=limit,
            offset=offset,
        )

    @api.model
    def _rows(self, documents):
        """What the row of a list shows of documents, without a query for each.

        :param dms.file documents: those of a page, as given by ``_latest``
        :return list[dict]: id, title, extension, kind, folder, when, author, organisation, audience
        """
        Member = self.env["collab.member"]
        authors = Member._by_account(documents.create_uid)
        show_audience = self.env["collab.audience"]._html
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        # sudo: who reads a document reads the name of the folder where it lies.
        folders = {folder.id: folder.name for folder in documents.sudo().directory_id}
        # sudo: whether an account that is nobody's any more was somebody's; the platform's own is never active.
        unknown = documents.create_uid.filtered(lambda user: user.id not in authors and not user._is_superuser())
        left = unknown.sudo().filtered(lambda user: not user.active).ids
        rows = []
        for document in documents:
            author = authors.get(document.create_uid.id, Member)
            rows.append(
                {
                    "id": document.id,
                    "title": document.title,
                    "extension": document.extension,
                    "kind": FILE_KINDS.get(document.extension, "other"),
                    "folder": folders[document.directory_id.id],
                    "when": say_when(document.create_date, {}),
                    "author": self.env._("Member who has left") if document.create_uid.id in left else author.name,
                    "organisation": author.organisation_name,
                    "audience": show_audience(document.audience_id.id),
                }
            )
        return rows

    @api.model
    def _audience_domain(self):
        """A document is as closed as its folder, except to its author."""
        domain = super()._audience_domain()
        if domain.is_true() or domain.is_false():
            return domain
        closed = self.env["dms.directory"]._closed_ids(domain)
        own = Domain("create_uid", "=", self.env.uid)
        return domain & (own | Domain("directory_id", "not in", closed)) if closed else domain

    def _readable_size(self):
        """:return str: the size as the French write it, in octets (1 ko = 1,024 octets)"""
        self.ensure_one()
        kilobytes = max(self.size / 1024, 0.1)
        value, unit = (kilobytes, self.env._("kB")) if kilobytes < 1024 else (kilobytes / 1024, self.env._("MB"))
        return f"{formatLang(self.env, value, digits=0 if value >= 10 else 1)}\N{NO-BREAK SPACE}{unit}"
