import os

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_fichiers.preview import beginning, dimensions, kind_of
from odoo.addons.collab_habillage.saying import say

from ..models.dms_file_lists import SHOWN
from .lists import Lists

PREVIEW_MAX_HEIGHT = 576  # pixels: as high as a picture is shown


class Library(Lists):
    """The page of a document, and what its author and its moderators change of it."""

    _model = "dms.file"
    _acted_on = SHOWN

    @route("/ressources/<int:document_id>", methods=["GET"], **ITEM)
    def document(self, document_id, avant=None, **kw):
        document = request.env["dms.file"]._for_page(document_id)
        if document:
            return self._render(document, before=avant)
        return self._moved(document_id)

    def _moved(self, document_id):
        """:return Response: the way to the document into which this one has been merged
        :raises NotFound: there is none"""
        if other := request.env["dms.file"]._merged_into(document_id):
            return request.redirect(f"/ressources/{other.id}?fusionne=1")
        raise request.not_found()

    def _render(self, content, before=None, sent=None):
        document, Mark, sent = content, request.env["collab.mark"], sent or Form()
        reading = document._reading()
        if document.id in document._new_among(reading.marks):
            document._mark_seen()
            reading.marks.setdefault("seen", {})[document.id] = document.content_date
        [row] = document._rows(document, reading.marks)
        # A member changes his own: the rules say so too, and are asked when he does.
        mine = document.create_uid == request.env.user or (
            request.env.user._is_internal() and document.has_access("write")
        )
        used = Mark._count(("useful", "download"), document._name, document.ids)
        # What replaces it may be closed to this reader: it is then not there.
        replaced_by = document.replaced_by_id._filtered_access("read") if document.replaced_by_id else None
        values = {
            "document": document,
            "row": row,
            "mine": mine,
            "replaced_by": replaced_by,
            "marks": {kind for kind in document._marks if document.id in reading.marks.get(kind, {})},
            "new_count": document._count_new(reading),
            "useful": used["useful"].get(document.id, 0),
            "downloads": used["download"].get(document.id, 0),
            "reports": document._open_reports() if mine else [],
            "names": self._names(),
            "path": self._path(document.directory_id, reading.folders),
            **self._comments(document, before),
            **self._preview(document),
            "versions": document._version_rows(),
            "moderates": request.env.user.has_group("collab_reseaux.group_moderator") and bool(document._addressed()),
            "is_own": document.create_uid == request.env.user,
            "sent": sent,
        }
        sent.show_among({*self._comment_forms(values["comments"]), *(() if mine else ("report",))})
        return request.render("collab_ressources.document", values)

    def _preview(self, document):
        """:return dict: how the page shows the content, and its beginning if it is a text"""
        path = document._content_path()
        # A content that the disk has lost is the operator's business: the page says what it can.
        if not path or not os.path.exists(path):
            return {"preview": "none"}
        preview = kind_of(document.mimetype, path)
        if preview == "text":
            return {"preview": preview, "beginning": beginning(path)}
        if preview == "image":
            width, height = dimensions(path)
            # The page keeps its room before it is there.
            scale = min(1, PREVIEW_MAX_HEIGHT / height)
            return {"preview": preview, "width": round(width * scale), "height": round(height * scale)}
        return {"preview": preview}

    def _path(self, folder, open_folders):
        """:return list[tuple[int, str]]: the folders down to this one, as far as the reader may open them"""
        folders = request.env["dms.directory"]._folders()
        steps = folders[folder.id][2] if folder.id in folders else ()
        return [(step, folders[step][0]) for step in steps if step in open_folders]

    def _try(self, document, act, form, said):
        """Do something with a document, or say on its page why not, with what was typed.

        :param str said: what the page says once it is done
        """
        form.send(act)
        if form.refusal:
            return self._render(document, sent=form)
        say(said, received=form.sent_token)
        return request.redirect(f"/ressources/{document.id}")

    @route("/ressources/<int:document_id>/perime", methods=["POST"], **ITEM)
    def report(self, document_id, reason="", jeton="", **kw):
        """Say that a document is out of date."""
        document, form = self._read(document_id), Form("report", {"reason": reason}, jeton)
        said = request.env._("Flagged as out of date. Its owner has been told.")
        return self._try(document, lambda: document._say_outdated(reason), form, said)

    @route("/ressources/<int:document_id>/a-jour", methods=["POST"], **ITEM)
    def still_good(self, document_id, **kw):
        """Answer those who have said that it is out of date: it is not."""
        document = self._own_document(document_id)
        return self._try(document, document._still_good, Form(), request.env._("Document up to date."))

    @route("/ressources/<int:document_id>/telecharger", methods=["GET"], **ITEM)
    def download(self, document_id, **kw):
        # Nothing of what lists show, which would ask for the rights twice.
        document = request.env["dms.file"].search_fetch([("id", "=", document_id)], ["name"])
        # sudo: members own no attachment; this is the content of what has just been read
        content = document and request.env["ir.attachment"].sudo()._content_of(document)
        if not content:
            return self._moved(document_id)
        # Streamed from the disk, never loaded; always saved, never run by the browser.
        stream = request.env["ir.binary"]._get_stream_from(content, filename=document.name)
        request.env["collab.mark"]._put("download", document._name, document.ids)
        return stream.get_response(as_attachment=True)

    def _own_document(self, document_id):
        """:return dms.file: a document that the reader may change: his own, or that of a member when he moderates"""
        document = self._read(document_id)
        if not document.has_access("write"):
            raise request.not_found()
        return document

    @route("/ressources/<int:document_id>/corriger", methods=["GET", "POST"], **ITEM)
    def correct(self, document_id, **kw):
        """Correct what is said of a document, where it lies, and whom it is addressed to."""
        document, form = self._own_document(document_id), Form("correct")
        is_own = document.create_uid == request.env.user
        if request.httprequest.method == "POST":
            vals, address = self._read_document(form, document, kw)

            def act():
                same = address == self._saved(document)["replaced_by"] and kw.get("status") == document.status
                # What replaces it may be closed to whoever corrects something else.
                replacement = document.replaced_by_id if same else document._replacement(address, kw.get("status"))
                changed = {**vals, **self._changed(document, {"replaced_by_id": replacement.id})}
                if is_own:
                    document.write(changed)
                else:
                    document._correct(changed, request.env["collab.reason"]._joined(kw.get("motif"), kw.get("reason")))

            if saved := self._save(form, document, act, kw.get("empreinte")):
                return saved
            if form.field == "stamp":
                form.differences = self._differences_of(document, form)
        labels, names = self._labels(), self._names()
        for name, one in (("theme", document.theme_id), ("category", document.category_id)):
            if one:
                # An archived one stays until another is chosen.
                labels[name] = {one.id: names[name][one.id], **labels[name]}
        values = {
            "document": document,
            "form": form,
            "saved": self._saved(document),
            "stamp": document._stamp(),
            "folders": request.env["dms.directory"]._deposit_folders(),
            "labels": labels,
            "statuses": document._fields["status"]._description_selection(request.env),
            "is_own": is_own,
            "reasons": [] if is_own else request.env["collab.reason"]._choices(),
            "reason": kw.get("reason"),
            "ready": kw.get("motif"),
            **self._audience_shown(form, document),
        }
        return request.render("collab_ressources.correct", values)

    def _read_document(self, form, document, sent):
        """Take what the form of correction says.

        :param dict sent: the fields of the request
        :return tuple[dict, str]: what changes, and the address of the document that replaces this one
        """
        env, titles = request.env, " ".join(sent.get("title", "").split())
        # A document may lie in a folder, or be of a theme, that is not offered any more: it stays there.
        folders = [*env["dms.directory"]._deposit_folders(), document.directory_id.id]
        themes = [*env["collab.theme"]._labels(), document.theme_id.id]
        categories = [*env["dms.category"]._labels(), document.category_id.id]
        address = form.values["replaced_by"] = (sent.get("replaced_by") or "").strip()
        form.values["title"] = titles or document.title
        vals = {
            "title": form.values["title"],
            "directory_id": form.take("directory_id", sent.get("folder") or "", self._one_of(folders))
            or document.directory_id.id,
            "theme_id": form.take("theme_id", sent.get("theme") or "", self._one_of(themes)),
            "category_id": form.take("category_id", sent.get("category") or "", self._one_of(categories)),
            "status": form.take("status", sent.get("status") or "current", self._status),
            "review_date": form.take("review_date", sent.get("review_date"), self._date),
            "effective_date": form.take("effective_date", sent.get("effective_date"), self._date),
        }
        return {**self._changed(document, vals), **self._read_audience(form, document)}, address

    def _status(self, text):
        if text not in dict(request.env["dms.file"]._fields["status"].selection):
            raise UserError(request.env._("This request was not understood: reload the page."))
        return text

    def _saved(self, document):
        """:return dict: what the form of correction shows of a document, as it is now"""
        saved = {name: document[name] for name in ("title", "status", "review_date", "effective_date")}
        saved |= {name: document[name].id for name in ("directory_id", "theme_id", "category_id")}
        replacement = document.replaced_by_id._filtered_access("read")
        return {**saved, "replaced_by": f"/ressources/{replacement.id}" if replacement else ""}

    def _differences_of(self, document, form):
        """:return list[tuple[str, str]]: as ``_differences``"""
        names, saved = self._names(), self._saved(document)
        shown = {
            "directory_id": document.directory_id.name,
            "theme_id": names["theme"].get(saved["theme_id"]),
            "category_id": names["category"].get(saved["category_id"]),
            "replaced_by": saved["replaced_by"],
        }
        labels = {"replaced_by": document.fields_get(["replaced_by_id"], ["string"])["replaced_by_id"]["string"]}
        return self._differences(document, form, saved, shown, labels)
