import json
import re

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import request, route

from odoo.addons.collab_fichiers.controllers.uploads import Uploads, sent
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES

# What PostgreSQL refuses in a text, and what nobody types in a title.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Deposit(Uploads):
    """The deposit of files: a page, and the deposit itself once each file has been received."""

    @route("/ressources/depot", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def deposit_page(self, dossier=None, **kw):
        folders = request.env["dms.directory"]._deposit_folders()
        networks, territories = request.env.user._audience_options()
        people, organisations = request.env["collab.audience.mixin"]._count_audience([], [])
        return request.render(
            "collab_ressources.deposit",
            {
                "folders": folders,
                "folder": dossier,
                "themes": request.env["collab.theme"]._labels(),
                "categories": request.env["dms.category"]._labels(),
                "networks": networks,
                "territories": territories,
                "people": people,
                "organisations": organisations,
                "limit": request.env["dms.file"]._get_binary_max_size(),
                "chunk": CHUNK_MAX_BYTES,
            },
        )

    @route("/ressources/depot", type="http", auth="user", website=True, sitemap=False, methods=["POST"], members=True)
    def deposit(self, files, folder="", networks="", territories="", theme="", category="", **kw):
        """Deposit the files that have arrived; the answer says where to go, or what to correct.

        :param str files: JSON list of ``{"id": …, "title": …}``
        :param str networks: identifiers separated by commas; empty for everyone, as for territories
        """
        documents = request.env["dms.file"]
        try:
            wanted = uploads_of(files)
            if not folder:
                raise UserError(request.env._("Choose a folder."))
            vals = {
                "directory_id": chosen_folder(folder),
                "theme_id": chosen_class("collab.theme", theme),
                "category_id": chosen_class("dms.category", category),
                "audience_network_ids": [Command.set(chosen("collab.network", networks).ids)],
                "audience_territory_ids": [Command.set(chosen("collab.territory", territories).ids)],
            }
            request.env["collab.upload"].union(*(upload for upload, title in wanted))._check_each_is_different()
            with request.env.cr.savepoint():
                for upload, title in wanted:
                    title = title or documents._title_from_name(upload.name)
                    documents |= upload._deposit({"title": title, **vals})
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        if len(documents) == 1:
            return self._json({"redirect": f"/ressources/{documents.id}"})
        return self._json({"redirect": f"/ressources?depose={len(documents)}"})


def uploads_of(files, only_one=False):
    """:param str files: JSON list of ``{"id": …, "title": …}``
    :return list[tuple[collab.upload, str]]: with their titles, as they were typed
    :raises UserError: there is none, or several where one is wanted"""
    wanted = [(sent(upload_id), title) for upload_id, title in _wanted(files)]
    if not wanted:
        raise UserError(request.env._("Choose at least one file."))
    if only_one and len(wanted) > 1:
        raise UserError(request.env._("Choose one file: the one that replaces the present one."))
    return wanted


def _wanted(files):
    """:return list[tuple[int, str]]: identifiers of uploads with their titles, from what the page sends"""
    try:
        return [
            (int(item["id"]), " ".join(UNWRITABLE.sub(" ", str(item.get("title") or "")).split()))
            for item in json.loads(files)
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(request.env._("This request was not understood: reload the page.")) from error


def chosen_folder(text):
    """:return int: the folder of the library that a form names
    :raises UserError: there is none, or not for this person"""
    folder = int(text) if text.isdecimal() else 0
    if folder not in request.env["dms.directory"]._deposit_folders():
        raise UserError(request.env._("This folder does not exist."))
    return folder


def chosen_class(model, text):
    """:return int | bool: the theme, or the type, that a form names; nothing when it names none
    :raises UserError: it does not exist any more"""
    if not text:
        return False
    if not text.isdecimal() or int(text) not in request.env[model]._labels():
        raise UserError(request.env._("The theme or the type that was chosen does not exist any more: choose again."))
    return int(text)


def chosen(model, text):
    """:return: the records that a form names, by their identifiers separated by commas
    :raises UserError: one of them does not exist"""
    ids = {int(part) for part in text.split(",") if part.isdecimal()}
    records = request.env[model].search([("id", "in", list(ids))])
    if len(records) != len(ids):
        raise UserError(
            request.env._("A network or a territory that was chosen does not exist any more: choose again.")
        )
    return records
