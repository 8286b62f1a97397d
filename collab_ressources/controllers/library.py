import os
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form, Forms
from odoo.addons.collab_fichiers.preview import beginning, kind_of

from ..models.dms_file_lists import ORDERS, SHOWN

PAGE_SIZE = 20
COMMENTS_SHOWN = 50
# How addresses name the filters.
FILTERS = {"theme": "theme", "category": "type", "territory": "territoire"}


class Library(Forms, Controller):
    @route("/ressources", methods=["GET"], **ITEM)
    def library(self, dossier=None, page=1, tri="latest", depose=None, retire=None, **kw):
        """List the documents that the reader may read, filtered as he wants."""
        Document, Directory, Mark = (request.env[name] for name in ("dms.file", "dms.directory", "collab.mark"))
        reading, folders = Document._reading(), Directory._folders()
        open_folders = reading.folders
        folder = self._number(dossier, open_folders)
        labels = self._labels()
        chosen = {name: self._number(kw.get(FILTERS[name]), labels[name]) for name in FILTERS}
        order = tri if tri in ORDERS else "latest"
        below = Directory._below(folder) if folder else None
        facets = Document._facets(reading, below, **chosen)
        domain = Domain.TRUE if below is None else Domain("directory_id", "in", below)
        for name, field in (("theme", "theme_id"), ("category", "category_id")):
            if chosen[name]:
                domain &= Domain(field, "=", chosen[name])
        if chosen["territory"]:
            domain &= Domain("audience_territory_ids", "in", [chosen["territory"]])
        page, last_page = self._page(page, facets["total"])
        documents = Document._latest(domain, PAGE_SIZE, (page - 1) * PAGE_SIZE, order, facets["total"])
        asked = {FILTERS[name]: value for name, value in chosen.items() if value}
        asked |= {"tri": order} if order != "latest" else {}
        above, totals = folder or self._library_id(), Directory._totals(facets["folder"])
        shown = [number for number in open_folders if folders[number][1] == above]
        return request.render(
            "collab_ressources.library",
            {
                "documents": Document._rows(documents, reading.marks),
                "folder": folder,
                "marks": Mark._of("dms.directory", [folder]) if folder else {},
                "path": [(step, folders[step][0]) for step in folders[folder][2]] if folder else [],
                "folders": [(number, folders[number][0], totals.get(number, 0)) for number in shown],
                "count_all": sum(facets["folder"].values()),
                "facets": facets,
                "labels": labels,
                "chosen": chosen,
                "order": order,
                "new_count": Document._count_new(reading),
                "page": page,
                "last_page": last_page,
                "address": lambda **changes: self._address({"dossier": folder, **asked}, changes),
                "withdrawn": bool(retire),
                "deposited": int(depose) if (depose or "").isdecimal() else 0,
            },
        )

    def _number(self, text, known):
        """:return int | None: the identifier that an address gives
        :raises NotFound: it is none of those that the reader knows"""
        if not text:
            return None
        number = int(text) if text.isdecimal() else 0
        if number not in known:
            raise request.not_found()
        return number

    def _labels(self):
        """:return dict[str, dict[int, str]]: what each filter offers"""
        env = request.env
        return {
            "theme": env["collab.theme"]._labels(),
            "category": env["dms.category"]._labels(),
            "territory": env["collab.territory"]._labels(),
        }

    def _library_id(self):
        return request.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")

    def _page(self, page, total):
        last_page = max(1, -(-total // PAGE_SIZE))
        return (min(max(1, int(page)), last_page) if str(page).isdecimal() else 1), last_page

    def _address(self, asked, changes):
        """:return str: that of the library, with some filters changed; None takes one off"""
        asked = {name: value for name, value in {**asked, **changes}.items() if value}
        return f"/ressources?{urlencode(asked)}" if asked else "/ressources"

    @route("/ressources/nouveautes", methods=["GET"], **ITEM)
    def news(self, page=1, **kw):
        """List what is new to the reader, folders forgotten."""
        Document = request.env["dms.file"]
        reading = Document._reading()
        count = Document._count_new(reading)
        page, last_page = self._page(page, count)
        documents = Document._latest(Document._new_domain(), limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        return request.render(
            "collab_ressources.news",
            {
                "documents": Document._rows(documents, reading.marks),
                "new_count": count,
                "page": page,
                "last_page": last_page,
                "address": self._paged("/ressources/nouveautes"),
            },
        )

    @route("/ressources/favoris", methods=["GET"], **ITEM)
    def favourites(self, page=1, **kw):
        """List what the reader keeps at hand."""
        Document, Directory = request.env["dms.file"], request.env["dms.directory"]
        mine, reading = Domain("is_favourite", "=", True), Document._reading()
        total = Document.search_count(mine & Document._listed_domain())
        page, last_page = self._page(page, total)
        documents = Document._latest(mine, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, order="title")
        folders = Directory.search_fetch(mine, ["name"], order="name")
        return request.render(
            "collab_ressources.favourites",
            {
                "documents": Document._rows(documents, reading.marks),
                "folders": folders,
                "total": total,
                "new_count": Document._count_new(reading),
                "page": page,
                "last_page": last_page,
                "address": self._paged("/ressources/favoris"),
            },
        )

    def _paged(self, path):
        """:return Callable: the address of a page of a list"""
        return lambda page: f"{path}?{urlencode({'page': page})}"

    def _document(self, document_id, withdrawn=False):
        """:return dms.file: one that the reader may read; what he may not read does not exist"""
        Document = request.env["dms.file"].with_context(active_test=not withdrawn)
        document = Document.search_fetch([("id", "=", document_id)], SHOWN)
        if not document:
            raise request.not_found()
        return document

    @route("/ressources/<int:document_id>", methods=["GET"], **ITEM)
    def document(self, document_id, avant=None, **kw):
        document = request.env["dms.file"]._for_page(document_id)
        if document:
            return self._render_document(document, before=avant)
        if other := request.env["dms.file"]._merged_into(document_id):
            return request.redirect(f"/ressources/{other.id}")
        raise request.not_found()

    def _render_document(self, document, before=None, sent=None):
        """
        :param str | None before: show the comments that came before this one
        :param Form | None sent: the form of this page that has just been refused
        """
        Mark, sent = request.env["collab.mark"], sent or Form()
        reading = document._reading()
        was_new = document.id in document._new_among(reading.marks)
        if was_new:
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
            "was_new": was_new,
            "mine": mine,
            "replaced_by": replaced_by,
            "marks": {kind for kind in document._marks if document.id in reading.marks.get(kind, {})},
            "new_count": document._count_new(reading),
            "useful": used["useful"].get(document.id, 0),
            "downloads": used["download"].get(document.id, 0),
            "reports": document._open_reports() if mine else [],
            "labels": self._labels(),
            "path": self._path(document.directory_id, reading.folders),
            **self._comments(document, before),
            **self._preview(document),
            "versions": document._version_rows(),
            "moderates": request.env.user.has_group("collab_reseaux.group_moderator") and bool(document._addressed()),
            "is_own": document.create_uid == request.env.user,
            "sent": sent,
        }
        own = {f"corriger-commentaire-{said['id']}" for said in values["comments"] if said["mine"]}
        sent.show_among({"commenter", *own, *(() if mine else ("report",))})
        return request.render("collab_ressources.document", values)

    def _comments(self, document, before):
        """:return dict: the last comments, the oldest first, and where the others begin"""
        Comment = request.env["collab.document.comment"]
        domain = Domain("document_id", "=", document.id)
        if (before or "").isdecimal():
            domain &= Domain("id", "<", int(before))
        shown = ["body", "document_id", "state", "create_uid", "create_date", "corrected_date", "edit_waits"]
        found = Comment.search_fetch(domain, shown, order="id desc", limit=COMMENTS_SHOWN + 1)
        shown = found[:COMMENTS_SHOWN].sorted("id")
        edits = request.env["collab.edit"]._own_rows(document, shown)
        rows = shown._rows()
        for comment, row in zip(shown, rows, strict=True):
            row["edit"] = edits.get(comment)
            row["stamp"] = row["mine"] and comment._stamp((row["edit"] or {}).get("stamp", ""))
        return {
            "comments": rows,
            "edit": edits.get(document),
            "older": shown[0].id if len(found) > COMMENTS_SHOWN else None,
            "before": before,
        }

    def _preview(self, document):
        """:return dict: how the page shows the content, and its beginning if it is a text"""
        path = document._content_path()
        # A content that the disk has lost is the operator's business: the page says what it can.
        if not path or not os.path.exists(path):
            return {"preview": "none", "beginning": ("", False)}
        preview = kind_of(document.mimetype, path)
        return {"preview": preview, "beginning": beginning(path) if preview == "text" else ("", False)}

    def _path(self, folder, open_folders):
        """:return list[tuple[int, str]]: the folders down to this one, as far as the reader may open them"""
        folders = request.env["dms.directory"]._folders()
        steps = folders[folder.id][2] if folder.id in folders else ()
        return [(step, folders[step][0]) for step in steps if step in open_folders]

    def _try(self, document, act, form, then=""):
        """Do something with a document, or say on its page why not, with what was typed.

        :param str then: what follows the address of the document, once it is done
        """
        form.send(act)
        if form.refusal:
            return self._render_document(document, sent=form)
        return request.redirect(f"/ressources/{document.id}{then}")

    @route("/ressources/<int:document_id>/perime", methods=["POST"], **ITEM)
    def report(self, document_id, reason="", jeton="", **kw):
        """Say that a document is out of date."""
        document, form = self._document(document_id), Form("report", {"reason": reason}, jeton)
        return self._try(document, lambda: document._say_outdated(reason), form, "?perime=1")

    @route("/ressources/<int:document_id>/a-jour", methods=["POST"], **ITEM)
    def still_good(self, document_id, **kw):
        """Answer those who have said that it is out of date: it is not."""
        document = self._own_document(document_id)
        return self._try(document, document._still_good, Form())

    @route("/ressources/<int:document_id>/telecharger", methods=["GET"], **ITEM)
    def download(self, document_id, **kw):
        # Nothing of what lists show, which would ask for the rights twice.
        document = request.env["dms.file"].search_fetch([("id", "=", document_id)], ["name"])
        # sudo: members own no attachment; this is the content of what has just been read
        content = document and request.env["ir.attachment"].sudo()._content_of(document)
        if not content:
            raise request.not_found()
        # Streamed from the disk, never loaded; always saved, never run by the browser.
        stream = request.env["ir.binary"]._get_stream_from(content, filename=document.name)
        request.env["collab.mark"]._put("download", document._name, document.ids)
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

            form.send(act, document, kw.get("empreinte"))
            if not form.refusal:
                return request.redirect(f"/ressources/{document.id}")
            if form.field == "stamp":
                form.differences = self._differences(document, form)
        labels = self._labels()
        for name, one in (("theme", document.theme_id), ("category", document.category_id)):
            if one:
                # sudo: themes and types are known to all; an archived one stays until another is chosen
                labels[name] = {**labels[name], one.id: one.sudo().name}
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

    def _differences(self, document, form):
        """:return list[tuple[str, str]]: what is saved of a document where its form says something else"""
        env, labels, saved = request.env, self._labels(), self._saved(document)
        statuses = dict(document._fields["status"]._description_selection(env))
        show_date = env["ir.qweb.field.date"].value_to_html
        shown = {
            "title": saved["title"],
            "directory_id": document.directory_id.name,
            "theme_id": labels["theme"].get(saved["theme_id"]),
            "category_id": labels["category"].get(saved["category_id"]),
            "status": statuses.get(saved["status"]),
            "replaced_by": saved["replaced_by"],
            "review_date": show_date(saved["review_date"], {}),
            "effective_date": show_date(saved["effective_date"], {}),
        }
        names = document.fields_get([*(shown.keys() - {"replaced_by"}), "replaced_by_id"], ["string"])
        differences = [
            (names["replaced_by_id" if name == "replaced_by" else name]["string"], value or "—")
            for name, value in shown.items()
            if saved[name] != form.values[name]
        ]
        if self._read_audience(Form(), document):
            differences.append((env._("For whom?"), env["collab.audience"]._html(document.audience_id.id)))
        return differences

    @route("/ressources/<int:document_id>/retirer", methods=["POST"], **ITEM)
    def withdraw(self, document_id, **kw):
        """Take a document out of the library; the federations can put it back. Twice, as by a double click, is once."""
        document = self._document(document_id, withdrawn=True)
        if document.create_uid != request.env.user:
            raise request.not_found()
        document._withdraw()
        return request.redirect("/ressources?retire=1")
