from odoo import api, models
from odoo.fields import Domain

# What the row of a list shows.
SHOWN = ["title", "extension", "content_date", "create_uid", "directory_id", "audience_id", "status", "state"]
ORDERS = {
    "latest": "content_date desc, id desc",
    "title": "title, id",
    "use": "use_count desc, id desc",
}
REVERSED = {
    "latest": "content_date, id",
    "title": "title desc, id desc",
    "use": "use_count, id",
}
# And its page, besides.
SHOWN_ON_PAGE = [
    *("name", "size", "checksum", "mimetype", "create_date", "theme_id", "category_id", "owner_id"),
    *("replaced_by_id", "review_date", "effective_date", "corrected_date", "edit_waits"),
]
# From this offset on, a first query finds the identifiers (the index is enough to skip those before), and a second one
# reads the rows of the page.
DEEP = 200

# The family of a file, which gives its mark a colour.
FILE_KINDS = {
    extension: kind
    for kind, extensions in {
        "pdf": "pdf",
        "text": "doc docx odt rtf txt",
        "sheet": "xls xlsx ods csv",
        "slides": "ppt pptx odp",
        "image": "png jpg jpeg gif webp",
    }.items()
    for extension in extensions.split()
}


class DmsFile(models.Model):
    """What lists show of documents, and the page of one of them."""

    _inherit = "dms.file"

    @api.model
    def _latest(self, domain=(), limit=None, offset=0, order="latest", total=None):
        """List what the reader may read, with all that a row of a list shows.

        :param str order: one of ORDERS
        :param int | None total: how many there are, if it is known: the last pages are then read from the end
        :return dms.file:
        """
        backwards = bool(total) and total < 2 * offset
        if backwards:
            limit, offset = min(limit, total - offset), max(0, total - offset - limit)
        by = (REVERSED if backwards else ORDERS)[order]
        found = self.search_fetch(
            Domain(domain) & self._listed_domain(),
            [] if offset >= DEEP else SHOWN,
            order=by,
            limit=limit,
            offset=offset,
        )
        if offset >= DEEP:
            found.fetch(SHOWN)
        return found[::-1] if backwards else found

    @api.model
    def _listed_domain(self):
        """:return Domain: what lists show: moderators read what is hidden on its page, and from their queue"""
        return Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)

    @api.model
    def _for_page(self, document_id):
        """:return dms.file: with all that its page shows; nothing if the reader may not read it"""
        return self.search_fetch(Domain("id", "=", document_id), [*SHOWN, *SHOWN_ON_PAGE])

    @api.model
    def _rows(self, documents, marks=None):
        """What the row of a list shows of documents, with the marks of the reader, without a query for each.

        :param dms.file documents: those of a page, as given by ``_latest``
        :param dict | None marks: what the reader has seen and keeps, if it is known already
        :return list[dict]: id, title, extension, kind, folder_id, folder, when, state, author, organisation, audience
        """
        authors = self.env["collab.member"]._named_by_account(documents.create_uid.ids)
        Audience = self.env["collab.audience"]
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        if marks is None:
            marks = self.env["collab.mark"]._of(self._name, [0, *documents.ids], ("seen", "favourite"))
        new, favourites = documents._new_among(marks), marks.get("favourite", {})
        folders = self.env["dms.directory"]._folders()
        # sudo: who reads a document reads the name of the folder where it lies, out of the library too.
        elsewhere = documents.directory_id.sudo().filtered(lambda folder: folder.id not in folders)
        folders = {**folders, **{folder.id: (folder.name,) for folder in elsewhere}}
        # sudo: whether an account that is nobody's any more was somebody's; the platform's own is never active.
        unknown = documents.create_uid.filtered(lambda user: user.id not in authors and not user._is_superuser())
        left = unknown.sudo().filtered(lambda user: not user.active).ids if unknown else ()
        rows = []
        for document in documents:
            author, organisation, *_others = authors.get(document.create_uid.id, (None, None))
            rows.append(
                {
                    "id": document.id,
                    "title": document.title,
                    "extension": document.extension,
                    "kind": FILE_KINDS.get(document.extension, "other"),
                    "folder_id": document.directory_id.id,
                    "folder": folders[document.directory_id.id][0],
                    "when": say_when(document.content_date, {}),
                    "is_new": document.id in new,
                    "is_favourite": document.id in favourites,
                    "status": document.status,
                    "state": document.state,
                    "author": self.env["collab.member"]._departed_name() if document.create_uid.id in left else author,
                    "organisation": organisation,
                    # Most are for everyone: a list only says which are for fewer.
                    "audience": ""
                    if Audience._shown(document.audience_id.id)["everyone"]
                    else Audience._html(document.audience_id.id),
                }
            )
        return rows
