import json

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import Controller, request, route

from ..models.collab_upload import CHUNK_MAX_BYTES

FORM_BYTES = 64 * 1024  # what surrounds a piece in its form


class Deposit(Controller):
    """The deposit of files: a page, the reception of each file in pieces, and the deposit itself."""

    @route("/ressources/depot", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def deposit_page(self, dossier=None, **kw):
        folders = request.env["dms.directory"]._library_folders()
        networks, territories = request.env.user._audience_options()
        people, organisations = request.env["collab.audience.mixin"]._count_audience([], [])
        return request.render(
            "collab_ressources.deposit",
            {
                "folders": folders,
                "folder": folders.filtered(lambda f: str(f.id) == dossier),
                "networks": networks,
                "territories": territories,
                "people": people,
                "organisations": organisations,
                "limit": request.env["dms.file"]._get_binary_max_size(),
                "chunk": CHUNK_MAX_BYTES,
            },
        )

    def _json(self, content, status=200):
        return request.make_json_response(content, status=status)

    def _upload(self, upload_id):
        """:return collab.upload: one of the sender's own"""
        upload = request.env["collab.upload"].search([("id", "=", upload_id)])
        if not upload:
            raise UserError(request.env._("This sending is over: choose the file again."))
        return upload

    @route("/ressources/depot/fichier", type="http", auth="user", methods=["POST"])
    def start(self, name, size, **kw):
        """Announce a file; the answer says where to begin, or why it would be refused."""
        try:
            upload = request.env["collab.upload"]._start(name, int(size) if size.isdecimal() else 0)
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        return self._json({"id": upload.id, "title": request.env["dms.file"]._title_from_name(name)})

    @route(
        "/ressources/depot/fichier/<int:upload_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        max_content_length=CHUNK_MAX_BYTES + FORM_BYTES,
    )
    def piece(self, upload_id, offset="", piece=None, **kw):
        """Receive a piece (POST), or say how much has been received (GET)."""
        try:
            upload = self._upload(upload_id)
            if request.httprequest.method == "POST":
                # Werkzeug has spooled it to the disk: it never lies whole in memory.
                received = upload._append(int(offset) if offset.isdecimal() else -1, piece.stream)
            else:
                received = upload._received()
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        return self._json({"received": received})

    @route("/ressources/depot", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def deposit(self, files, folder="", networks="", territories="", **kw):
        """Deposit the files that have arrived; the answer says where to go, or what to correct.

        :param str files: JSON list of ``{"id": …, "title": …}``
        :param str networks: identifiers separated by commas; empty for everyone, as for territories
        """
        audience = {
            "audience_network_ids": [Command.set(chosen_ids(networks))],
            "audience_territory_ids": [Command.set(chosen_ids(territories))],
        }
        try:
            documents = request.env["dms.file"]
            wanted = _wanted(files)
            if not wanted:
                raise UserError(request.env._("Choose at least one file."))
            if not folder.isdecimal():
                raise UserError(request.env._("Choose a folder."))
            with request.env.cr.savepoint():
                for upload_id, title in wanted:
                    upload = self._upload(upload_id)
                    title = title or documents._title_from_name(upload.name)
                    documents |= upload._deposit({"title": title, "directory_id": int(folder), **audience})
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        if len(documents) == 1:
            return self._json({"redirect": f"/ressources/{documents.id}"})
        return self._json({"redirect": f"/ressources?depose={len(documents)}"})


def _wanted(files):
    """:return list[tuple[int, str]]: identifiers of uploads with their titles, from what the page sends"""
    try:
        return [(int(item["id"]), str(item.get("title") or "").strip()) for item in json.loads(files)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(request.env._("This request was not understood: reload the page.")) from error


def chosen_ids(text):
    """:return list[int]: the identifiers of a list separated by commas"""
    return [int(part) for part in text.split(",") if part.isdecimal()]
