from odoo.fields import Domain
from odoo.http import Controller, request, route

PAGE_SIZE = 20


class Library(Controller):
    @route("/ressources", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def library(self, dossier=None, page=1, depose=None, **kw):
        """List the documents that the reader may read, the latest first."""
        Document = request.env["dms.file"]
        folders = request.env["dms.directory"]._library_folders()
        folder = folders.filtered(lambda f: str(f.id) == dossier)
        if dossier and not folder:
            raise request.not_found()
        counts = {directory.id: count for directory, count in Document._read_group([], ["directory_id"], ["__count"])}
        count_all = sum(counts.values())
        domain = Domain("directory_id", "child_of", folder.ids) if folder else Domain.TRUE
        total = Document.search_count(domain) if folder else count_all
        last_page = max(1, -(-total // PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        documents = Document._latest(domain, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        return request.render(
            "collab_ressources.library",
            {
                "documents": documents,
                "folders": folders,
                "folder": folder,
                "counts": counts,
                "count_all": count_all,
                "page": page,
                "last_page": last_page,
                "deposited": int(depose) if (depose or "").isdecimal() else 0,
            },
        )

    def _document(self, document_id):
        """:return dms.file: one that the reader may read; what he may not read does not exist"""
        document = request.env["dms.file"]._latest([("id", "=", document_id)])
        if not document:
            raise request.not_found()
        return document

    @route(
        "/ressources/<int:document_id>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def document(self, document_id, **kw):
        return request.render("collab_ressources.document", {"document": self._document(document_id)})

    @route(
        "/ressources/<int:document_id>/telecharger",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def download(self, document_id, **kw):
        document = self._document(document_id)
        # The content is streamed from the disk, never loaded; always saved, never run by the browser.
        stream = request.env["ir.binary"]._get_stream_from(document, "content_file", filename=document.name)
        return stream.get_response(as_attachment=True)
