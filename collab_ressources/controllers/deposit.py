import json
import re

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form, Forms
from odoo.addons.collab_fichiers.controllers.uploads import Uploads, sent
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES
from odoo.addons.collab_habillage.saying import say

# Of the files that a page has left out, so many are named.
LEFT_NAMED_MAX, LEFT_NAME_MAX_CHARS = 5, 200
# What PostgreSQL refuses in a text, and what nobody types in a title.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Deposit(Forms, Uploads):
    """The deposit of files: a page, and the deposit itself once each file has been received."""

    @route("/ressources/depot", methods=["GET"], **ITEM)
    def deposit_page(self, dossier=None, **kw):
        Document, Directory, form = request.env["dms.file"], request.env["dms.directory"], Form("deposit")
        values = {
            "form": form,
            "folders": Directory._deposit_folders(),
            "folder": dossier,
            # People often deposit where they have deposited before.
            "proposed": dossier or str(Directory._last_deposit_id()),
            "themes": request.env["collab.theme"]._labels(),
            "categories": request.env["dms.category"]._labels(),
            "limit": Document._get_binary_max_size(),
            "chunk": CHUNK_MAX_BYTES,
            **self._audience_shown(form, Document),
        }
        return request.render("collab_ressources.deposit", values)

    @route("/ressources/depot", methods=["POST"], **ITEM)
    def deposit(self, files="", folder="", theme="", category="", left="", **kw):
        """Deposit the files that have arrived; the answer says where to go, or what to correct. Each file is deposited
        once, however often this is sent: no receipt is needed.

        :param str files: JSON list of ``{"id": …, "title": …}``
        :param str left: JSON list of the names of those that the page has left out, to say so once all is done
        """
        env, form = request.env, Form("deposit")
        wanted = form.take("files", files, uploads_of)
        vals = {
            "directory_id": form.take("directory_id", folder, self._folder),
            "theme_id": form.take("theme_id", theme, self._one_of(env["collab.theme"]._labels())),
            "category_id": form.take("category_id", category, self._one_of(env["dms.category"]._labels())),
            **self._read_audience(form, env["dms.file"]),
        }
        documents = form.send(lambda: self._deposit(wanted, vals))
        if form.refusal:
            return self._json(form.answer(), status=422)
        number = len(documents)
        if number == 1:
            said = env._("Document deposited.")
        elif "pending" in documents.mapped("state"):
            said = env._("%s documents deposited. A moderator reads them before the others.", number)
        else:
            said = env._("%s documents deposited.", number)
        say(" ".join([said, *self._say_left_out(left)]))
        return self._json({"redirect": f"/ressources/{documents.id}" if number == 1 else "/ressources"})

    def _say_left_out(self, text):
        """:param str text: as ``left`` of ``deposit``
        :return list[str]: a sentence that counts the files left out and names the first ones; none, if there is none"""
        try:
            sent = json.loads(text or "[]")
        except (ValueError, RecursionError):
            return []
        names = [UNWRITABLE.sub(" ", name) for name in sent if isinstance(name, str)] if isinstance(sent, list) else []
        shown = ", ".join(name[:LEFT_NAME_MAX_CHARS] for name in names[:LEFT_NAMED_MAX])
        if len(names) == 1:
            return [request.env._("1 file refused: %s.", shown)]
        shown += ", …" if len(names) > LEFT_NAMED_MAX else ""
        several = request.env._("%(number)s files refused: %(names)s.", number=len(names), names=shown)
        return [several] if names else []

    def _folder(self, text):
        """:return int: the folder of the library that a form names
        :raises UserError: it names none, or none that is offered to this person"""
        if not text:
            raise UserError(request.env._("Choose a folder."))
        return self._one_of(request.env["dms.directory"]._deposit_folders())(text)

    def _deposit(self, wanted, vals):
        """:return dms.file: a document for each of these uploads, with its title"""
        documents = request.env["dms.file"]
        request.env["collab.upload"].union(*(upload for upload, title in wanted))._check_each_is_different()
        for upload, title in wanted:
            documents |= upload._deposit({"title": title or documents._title_from_name(upload.name), **vals})
        return documents


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
