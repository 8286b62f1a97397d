import os

from odoo.fields import Domain
from odoo.http import Response, content_disposition, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES, FORBIDDEN_IN_NAME
from odoo.addons.collab_fichiers.preview import kind_of
from odoo.addons.collab_habillage.saying import say

from ..archive import stream, unique
from .deposit import uploads_of
from .library import Library

# What a worker may be kept busy with: beyond, one downloads folder by folder.
ZIP_MAX_FILES = 2_000
ZIP_MAX_BYTES = 2 * 1024**3


class Documents(Library):
    """What is done with a document once it is found: look at it, take several at once, say something, replace it."""

    @route("/ressources/<int:document_id>/apercu", methods=["GET"], **ITEM)
    def preview(self, document_id, **kw):
        """Give the content to the page that shows it, if pages show such contents."""
        document = self._read(document_id)
        path = document._content_path()
        if not path or not os.path.exists(path) or kind_of(document.mimetype, path) not in ("pdf", "image"):
            raise request.not_found()
        stream_of = request.env["ir.binary"]._get_stream_from
        return stream_of(document, "content_file", filename=document.name).get_response(as_attachment=False)

    @route("/ressources/zip", methods=["GET"], **ITEM)
    def zip(self, dossier=None, **kw):
        """Send a folder, with all that lies below, or the documents that have been ticked."""
        Document, Directory = request.env["dms.file"], request.env["dms.directory"]
        open_folders, folders = Directory._open_ids(), Directory._folders()
        folder = self._known(dossier, open_folders)
        if folder:
            below = set(Directory._below(folder)) & set(open_folders)
            domain, name = Domain("directory_id", "in", list(below)), folders[folder][0]
            top = folders[folder][2].index(folder)
        else:
            ticked = [int(number) for number in request.httprequest.args.getlist("documents") if number.isdecimal()]
            domain, name, top = Domain("id", "in", ticked[:ZIP_MAX_FILES]), request.env._("Selection"), None
        domain &= Document._listed_domain()
        documents = Document.search_fetch(domain, ["name", "directory_id"], order="id", limit=ZIP_MAX_FILES + 1)
        if not documents:
            raise request.not_found()
        files, size = request.env["ir.attachment"].sudo()._contents_of(documents)  # sudo: they have just been read
        if len(documents) > ZIP_MAX_FILES or size > ZIP_MAX_BYTES:
            return request.render("collab_ressources.zip_too_large", {"folder": folder, "max_files": ZIP_MAX_FILES})
        request.env["collab.mark"]._put("download", Document._name, documents.ids)
        taken, entries = set(), []
        for document in documents:
            if document.id in files:
                steps = folders[document.directory_id.id][2][top:] if top is not None else ()
                # Named by moderators: nothing that leads out of where it is unpacked.
                parts = [FORBIDDEN_IN_NAME.sub("-", folders[step][0]).strip(". ") or "-" for step in steps]
                entries.append((files[document.id], unique("/".join([*parts, document.name]), taken)))
        archive = stream(entries)
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Disposition", content_disposition(f"{name}.zip")),
            ("Content-Length", str(len(archive))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "private, no-store"),
        ]
        return Response(archive, headers=headers, direct_passthrough=True)

    @route("/ressources/<int:document_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, document_id, body="", jeton="", **kw):
        """Say something under a document."""
        return self._comment(self._read(document_id), body, jeton)

    @route("/ressources/<int:document_id>/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, document_id, comment_id, body="", empreinte=None, **kw):
        return self._correct_comment(self._read(document_id), comment_id, body, empreinte)

    @route("/ressources/<int:document_id>/version", methods=["GET", "POST"], **ITEM)
    def new_version(self, document_id, files="", **kw):
        """Put another file in the place of the present one, which becomes a version. A file takes a place once, however
        often this is sent: no receipt is needed."""
        document, form = self._own_document(document_id), Form("deposit")
        if request.httprequest.method == "GET":
            values = {"document": document, "limit": document._get_binary_max_size(), "chunk": CHUNK_MAX_BYTES}
            return request.render("collab_ressources.new_version", values)
        wanted = form.take("files", files, lambda text: uploads_of(text, only_one=True))
        form.send(lambda: wanted[0][0]._replace(document))
        if form.refusal:
            return request.make_json_response(form.answer(), status=422)
        say(request.env._("New version saved."))
        return request.make_json_response({"redirect": f"/ressources/{document.id}"})

    def _version(self, document, version_id):
        """:return collab.document.version: one of this document"""
        Version = request.env["collab.document.version"]
        version = Version.search([("id", "=", version_id), ("document_id", "=", document.id)])
        if not version:
            raise request.not_found()
        return version

    @route("/ressources/<int:document_id>/versions/<int:version_id>", methods=["GET"], **ITEM)
    def download_version(self, document_id, version_id, **kw):
        version = self._version(self._read(document_id), version_id)
        stream_of = request.env["ir.binary"]._get_stream_from
        return stream_of(version, "content_file", filename=version.name).get_response(as_attachment=True)

    @route("/ressources/<int:document_id>/versions/<int:version_id>/restaurer", methods=["POST"], **ITEM)
    def restore_version(self, document_id, version_id, jeton="", **kw):
        document, form = self._own_document(document_id), Form(token=jeton)
        version = self._version(document, version_id)
        said = request.env._("Version put back.")
        return self._try(document, lambda: document._restore_version(version), form, said)
