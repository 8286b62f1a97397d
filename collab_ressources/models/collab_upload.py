from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.collab_fichiers.models.collab_upload import Purpose

DOCUMENT = "document"
ACCEPTED = ("macros", "archives")


class CollabUpload(models.Model):
    """A file on its way to the library: deposited as a document, or as its new content."""

    _inherit = "collab.upload"

    document_id = fields.Many2one("dms.file", readonly=True, ondelete="cascade", help="What it was deposited as.")

    @api.model
    def _purposes(self):
        Document = self.env["dms.file"]
        # sudo: settings
        get_param = self.env["ir.config_parameter"].sudo().get_param
        accepts = {f"accepts_{what}": bool(get_param(f"collab_ressources.accept_{what}")) for what in ACCEPTED}
        own = Purpose(Document._get_binary_max_size(), Document._get_forbidden_extensions(), **accepts)
        return {**super()._purposes(), DOCUMENT: own}

    def _described(self):
        described = super()._described()
        if self.purpose == DOCUMENT:
            # What its name says it is: for the person to change.
            Document = self.env["dms.file"]
            described["title"] = Document._title_from_name(self.name)
            described["category"] = Document._category_from_name(self.name)
        return described

    def _arrived(self):
        arrived = super()._arrived()
        if self.purpose == DOCUMENT:
            same = self._same()
            arrived["same"] = {"id": same.id, "title": same.title} if same else None
            # The page sees that two of its files are the same one.
            arrived["checksum"] = self.checksum
        return arrived

    def _same(self):
        """:return dms.file: the document that has the same content, if the sender may read one"""
        return self.env["dms.file"].search([("checksum", "=", self.checksum)], limit=1)

    def _check_each_is_different(self):
        """:raises UserError: two of these files have the same content"""
        for files in self.filtered("checksum").grouped("checksum").values():
            if len(files) > 1:
                raise UserError(
                    self.env._(
                        "“%(first)s” and “%(second)s” are the same file: remove one of them.",
                        first=files[0].name,
                        second=files[1].name,
                    )
                )

    def _deposit(self, vals):
        """Turn a complete file into a document of the library. Asked twice, as by a double click, it is done once.

        :param dict vals: values of the ``dms.file``: folder, title, audience
        :return dms.file:
        :raises UserError: a part is missing
        """
        self.ensure_one()
        if not self._take_turn(DOCUMENT):
            document = self.env["dms.file"].with_context(mail_create_nolog=True).create({"name": self.name, **vals})
            self._become_content(document)
            # sudo: its author may not write when others could first read it
            document.sudo()._announce()
        return self.document_id

    def _replace(self, document):
        """Make of a complete file the new content of a document; what it was becomes a version. Twice is once.

        :param dms.file document: which the current user may change
        :raises UserError: a part is missing
        """
        self.ensure_one()
        if not self._take_turn(DOCUMENT):
            document._make_room()
            self._become_content(document)
            document._say_changed(self.name)

    def _become_content(self, document):
        """:param dms.file document: without content"""
        with self._room_needed():
            document._adopt(self._path(), self.checksum, self.size, self.mimetype)
        # sudo: written by the platform alone
        self.sudo().document_id = document
        self._use()
