import logging
import os

from odoo import api, models

_logger = logging.getLogger(__name__)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _content_of(self, record):
        """:param record: a document, or a version of one, which whoever asks has read
        :return ir.attachment: where its content lies, with all that is needed to send it"""
        return self.search_fetch(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", "content_file")],
            ["name", "mimetype", "checksum", "public", "store_fname", "file_size"],
            limit=1,
        )

    @api.model
    def _contents_of(self, documents):
        """:param dms.file documents: which whoever asks has read
        :return tuple[dict[int, str], int]: where their contents lie on the disk, and how much they weigh in all"""
        contents = self.search_fetch(
            [
                ("res_model", "=", documents._name),
                ("res_id", "in", documents.ids),
                ("res_field", "=", "content_file"),
                ("store_fname", "!=", False),
            ],
            ["res_id", "store_fname", "file_size"],
        )
        paths = {content.res_id: content._stored_path() for content in contents}
        for document_id in [document_id for document_id, path in paths.items() if not os.path.exists(path)]:
            _logger.error("The content of document %s is not on the disk: %s", document_id, paths.pop(document_id))
        return paths, sum(contents.mapped("file_size"))
