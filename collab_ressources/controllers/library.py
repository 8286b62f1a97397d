from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.http import Controller, request, route

from .deposit import chosen, chosen_folder

PAGE_SIZE = 20


class Library(Controller):
    @route("/ressources", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def library(self, dossier=None, page=1, depose=None, retire=None, **kw):
        """List the documents that the reader may read, the latest first."""
        Document = request.env["dms.file"]
        tree = request.env["dms.directory"]._library_tree()
        folder = next((folder for folder in tree if str(folder.id) == dossier), None)
        if dossier and not folder:
            raise request.not_found()
        by_folder = {place.id: count for place, count in Document._read_group([], ["directory_id"], ["__count"])}
        counts = {top.id: sum(by_folder.get(place, 0) for place in places) for top, places in tree.items()}
        count_all = sum(by_folder.values())
        domain = Domain("directory_id", "in", tree[folder]) if folder else Domain.TRUE
        total = counts[folder.id] if folder else count_all
        last_page = max(1, -(-total // PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        documents = Document._latest(domain, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        return request.render(
            "collab_ressources.library",
            {
                "documents": Document._rows(documents),
                "folders": list(tree),
                "folder": folder,
                "counts": counts,
                "count_all": count_all,
                "page": page,
                "last_page": last_page,
                "withdrawn": bool(retire),
                "deposited": int(depose) if (depose or "").isdecimal() else 0,
            },
        )

    def _document(self, document_id, withdrawn=False):
        """:return dms.file: one that the reader may read; what he may not read does not exist"""
        Document = request.env["dms.file"].with_context(active_test=not withdrawn)
        document = Document._latest([("id", "=", document_id)])
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
        members=True,
    )
    def document(self, document_id, **kw):
        document = self._document(document_id)
        [row] = document._rows(document)
        values = {"document": document, "row": row, "mine": document.has_access("write")}
        return request.render("collab_ressources.document", values)

    @route(
        "/ressources/<int:document_id>/telecharger",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        members=True,
    )
    def download(self, document_id, **kw):
        document = self._document(document_id)
        # The content is streamed from the disk, never loaded; always saved, never run by the browser.
        stream = request.env["ir.binary"]._get_stream_from(document, "content_file", filename=document.name)
        return stream.get_response(as_attachment=True)

    def _own_document(self, document_id, withdrawn=False):
        """Find a document that the reader may change: his own, or that of a member when he moderates.

        :param bool withdrawn: one that has left the library too
        :return dms.file:
        """
        document = self._document(document_id, withdrawn)
        if not document.has_access("write"):
            raise request.not_found()
        return document

    @route(
        "/ressources/<int:document_id>/corriger",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        members=True,
    )
    def correct(self, document_id, title="", folder="", **kw):
        """Correct the title, the folder or the audience."""
        document = self._own_document(document_id)
        folders = request.env["dms.directory"]._library_folders()
        networks, territories = request.env.user._audience_options()
        form = request.httprequest.form
        typed = {
            "title": " ".join(title.split()) or document.title,
            "directory_id": document.directory_id.id,
            "audience_network_ids": document.audience_network_ids.ids,
            "audience_territory_ids": document.audience_territory_ids.ids,
        }
        error = None
        if request.httprequest.method == "POST":
            try:
                # A document may lie in a folder that is not offered: it stays there.
                if folder and folder != str(document.directory_id.id):
                    typed["directory_id"] = chosen_folder(folder).id
                # What this author is not offered stays as it was: another part of his area, a choice of his moderator.
                for name, offered, field_name in (
                    ("networks", networks, "audience_network_ids"),
                    ("territories", territories, "audience_territory_ids"),
                ):
                    wanted = chosen(offered._name, ",".join(form.getlist(name)))
                    typed[field_name] = ((document[field_name] - offered) | wanted).ids
                with request.env.cr.savepoint():
                    document.write(
                        {
                            **typed,
                            "audience_network_ids": [Command.set(typed["audience_network_ids"])],
                            "audience_territory_ids": [Command.set(typed["audience_territory_ids"])],
                        }
                    )
                return request.redirect(f"/ressources/{document.id}")
            except UserError as refusal:
                error = str(refusal)
        people, organisations = document._count_audience(typed["audience_network_ids"], typed["audience_territory_ids"])
        return request.render(
            "collab_ressources.correct",
            {
                "document": document,
                "folders": folders,
                "networks": networks,
                "territories": territories,
                "typed": typed,
                "error": error,
                "people": people,
                "organisations": organisations,
            },
        )

    @route(
        "/ressources/<int:document_id>/retirer",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
        members=True,
    )
    def withdraw(self, document_id, **kw):
        """Take a document out of the library; the federations can put it back. Twice, as by a double click, is once."""
        self._own_document(document_id, withdrawn=True).active = False
        return request.redirect("/ressources?retire=1")
