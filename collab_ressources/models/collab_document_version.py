from odoo import api, fields, models

from odoo.addons.collab_reseaux.calls import opened


class CollabDocumentVersion(models.Model):
    """What a document was before: its content, its name, who had put it there and when. Whoever reads the document
    reads what it was; a version never changes."""

    _name = "collab.document.version"
    _inherit = "collab.part.mixin"
    _description = "Former version of a document"
    _content_field = "document_id"
    # In the form of its document.
    _calls = opened("moderator", "web_read")
    _order = "id desc"

    document_id = fields.Many2one("dms.file", required=True, readonly=True, ondelete="cascade", index=True)
    name = fields.Char(string="File", required=True, readonly=True)
    size = fields.Integer(readonly=True, help="In bytes.")
    checksum = fields.Char(readonly=True, help="SHA-1 of the content, in hexadecimal.")
    mimetype = fields.Char(string="Type", readonly=True)
    content_file = fields.Binary(attachment=True, prefetch=False)
    author_id = fields.Many2one("res.users", readonly=True, help="Who had put this content there.")
    since = fields.Datetime(readonly=True, help="When it had been put there.")

    @api.model
    def _keep(self, document):
        """Turn the present content of a document into a version of it.

        :param dms.file document: in sudo, locked by the caller, who gives it another content
        :return collab.document.version:
        """
        version = self.create(
            {
                "document_id": document.id,
                "name": document.name,
                "size": document.size,
                "checksum": document.checksum,
                "mimetype": document.mimetype,
                "author_id": document.content_user_id.id or document.create_uid.id,
                "since": document.content_date,
            }
        )
        content = self.env["ir.attachment"]._content_of(document)
        content.write({"res_model": version._name, "res_id": version.id})
        return version
