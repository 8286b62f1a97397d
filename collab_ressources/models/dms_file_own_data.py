import json
import zipfile

from odoo import api, models


class DmsFile(models.Model):
    _inherit = "dms.file"

    @api.model
    def _archive_own(self, person, archive):
        # sudo: all that this person has deposited, what he has withdrawn included
        Documents = self.env["dms.file"].sudo().with_context(active_test=False)
        documents = Documents.search([("create_uid", "=", person.id)], order="create_date, id")
        # By their paths: core's streams look for the database in the request, and an operator has none.
        paths, _size = Documents.env["ir.attachment"]._contents_of(documents)
        listed = []
        for document in documents:
            name = f"documents/{document.id} - {document.name}"
            listed.append(
                {
                    "fichier": name,
                    "titre": document.title,
                    "dossier": document.directory_id.name,
                    "depose_le": document.create_date,
                    "retire": not document.active,
                    "reseaux": document.audience_network_ids.mapped("name"),
                    "territoires": document.audience_territory_ids.mapped("display_name"),
                }
            )
            if document.id in paths:
                # Most documents are compressed already. They are copied as a stream, whatever their size.
                archive.write(paths[document.id], name, zipfile.ZIP_STORED)
        written = {"commentaires": self.env["collab.document.comment"]._said_by(person)}
        archive.writestr("commentaires.json", json.dumps(written, ensure_ascii=False, indent=2, default=str))
        archive.writestr("documents.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))
