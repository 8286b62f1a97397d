import json
import os
import re
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Kind
from odoo.addons.collab_fichiers.preview import pixels
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened
from odoo.addons.collab_reseaux.import_plan import words
from odoo.addons.collab_suivi.content import Content
from odoo.addons.collab_suivi.models.collab_content_mixin import COUNT_MAX
from odoo.addons.collab_suivi.models.collab_mark import NEW_DAYS
from odoo.addons.dms.models.dms_file import DMSFile

from ..facets import Choice, Counts

TITLE_MAX_CHARS = 200  # as in the forms
REASON_MAX_CHARS = 300  # as in the form
THUMBNAIL_MAX_BYTES = 2 * 1024 * 1024
THUMBNAIL_MAX_PIXELS = 12_000_000
BIN_DAYS = 30

# What people call their files, by type of document: without accents, in small letters.
CATEGORY_WORDS = {
    "minutes": "cr|compte rendu|compte rendus|pv|releve de decisions",
    "regulation": "decret|arrete|circulaire|instruction|loi|reglement",
    "presentation": "presentation|diaporama|support",
    "project": "fiche projet|projet",
    "guide": "guide|livret|mode d emploi",
    "tool": "grille|outil|modele|trame|formulaire|tableau",
}
# What the row of a list shows.
SHOWN = ["title", "extension", "content_date", "create_uid", "directory_id", "audience_id", "status"]
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
    *("replaced_by_id", "review_date", "effective_date"),
]
DECIDING = "INCLUDE (audience_id, directory_id, create_uid, company_id)"
# From here on, a page looks for its rows before it reads them: the index is enough to pass over those before.
DEEP = 200
# What numbers depend on.
COUNTED = frozenset(
    {
        *("active", "directory_id", "theme_id", "category_id", "content_date"),
        *("audience_network_ids", "audience_territory_ids"),
    }
)

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


# What its author writes of a document; and what those who tidy up write besides.
AUTHOR_FIELDS = (
    *("title", "directory_id", "theme_id", "category_id", "effective_date", "review_date", "status"),
    "replaced_by_id",
    *("audience_network_ids", "audience_territory_ids"),
)
KEEPER_FIELDS = ("owner_id",)


class Reading(NamedTuple):
    """What decides what somebody reads, beside what he has written, and what he has marked."""

    audiences: tuple | None  # None: all of them
    places: tuple  # folders of the library
    state: tuple | None  # of the documents: the same as long as none has changed
    marks: dict  # what he has seen and keeps, as ``collab.mark._of``

    def is_for(self, audience):
        return self.audiences is None or audience in self.audiences


class DmsFile(models.Model):
    _name = "dms.file"
    _inherit = ["collab.written.mixin", "dms.file", "collab.content.mixin"]
    _rec_name = "title"
    _slug = "document"
    _marks = ("favourite", "follow", "useful")
    _audience_fields = frozenset({"audience_network_ids", "audience_territory_ids", "directory_id"})
    _calls = opened("moderator", *READ, *CHOOSE, *WRITE, "action_archive", "action_unarchive")
    _creates = opened("member", "name", *AUTHOR_FIELDS)
    _writes = opened("member", "name", "active", *AUTHOR_FIELDS) | opened("moderator", *KEEPER_FIELDS, "comment_ids")

    # Written as the ORM asks, or PostgreSQL does not see that they serve: lists, by each of their orders, with what
    # rights are decided on; and what a filter keeps, in the first of these orders.
    _latest_idx = models.Index(f"(content_date DESC, id DESC) {DECIDING} WHERE active IS TRUE")
    _title_idx = models.Index(f"(title, id) {DECIDING} WHERE active IS TRUE")
    _use_idx = models.Index(f"(use_count DESC, id DESC) {DECIDING} WHERE active IS TRUE")
    _theme_idx = models.Index("(theme_id, content_date DESC, id DESC) WHERE active IS TRUE")
    _category_idx = models.Index("(category_id, content_date DESC, id DESC) WHERE active IS TRUE")
    _own_idx = models.Index("(create_uid) WHERE active IS TRUE")
    _review_idx = models.Index("(review_date) WHERE active IS TRUE AND review_date IS NOT NULL")

    title = fields.Char(
        compute="_compute_title", store=True, precompute=True, readonly=False, required=True, index="trigram"
    )
    # Without a line in the chatter, which would name a folder to whom it is closed.
    directory_id = fields.Many2one(tracking=False)
    theme_id = fields.Many2one("collab.theme", ondelete="restrict")
    owner_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.uid,
        index=True,
        help="Who keeps it up to date: its author, or whom the federations have entrusted with it.",
    )
    status = fields.Selection(
        [
            ("current", "Up to date"),
            ("review", "To review"),
            ("replaced", "Replaced"),
            ("repealed", "Repealed"),
        ],
        default="current",
        required=True,
    )
    replaced_by_id = fields.Many2one("dms.file", string="Replaced by", ondelete="set null", index="btree_not_null")
    review_date = fields.Date(string="To be reviewed on", help="Its owner is reminded on that day.")
    effective_date = fields.Date(string="In force from", help="Of a regulation.")
    use_count = fields.Integer(
        string="Use", default=0, readonly=True, copy=False, help="People who have found it useful, or downloaded it."
    )
    report_ids = fields.One2many("collab.document.report", "document_id", string="Reports")
    comment_ids = fields.One2many("collab.document.comment", "document_id", string="Comments")
    version_ids = fields.One2many("collab.document.version", "document_id", string="Former versions")
    content_user_id = fields.Many2one(
        "res.users", readonly=True, copy=False, help="Who has put the present content there, if it is not its author."
    )
    # In the words of whoever reads it: dms keeps it in English.
    human_size = fields.Char(store=False)
    withdrawn_date = fields.Datetime(
        string="Withdrawn on", readonly=True, copy=False, help="In the bin, for thirty days."
    )
    author_id = fields.Many2one("collab.member", string="Deposited by", compute="_compute_author_id", compute_sudo=True)

    @api.model
    def _content(self):
        return Content(
            address="/ressources",
            name=self.env._("Resources"),
            icon="M5 4h6l2 2h6v14H5zM8 11h8M8 15h8",
            sequence=20,
            latest=self.env._("Latest documents for you"),
            everything=self.env._("All resources"),
            empty=self.env._("The library is waiting for its first document"),
            invitation=self.env._("Grids, booklets, minutes: what helps you every day will help your colleagues."),
            one_new=self.env._("One document is new to you."),
            many_new=self.env._("%s documents are new to you."),
            shown=6,
            news_address="/ressources/nouveautes",
            row_template="collab_ressources.document_row",
            kinds={
                "change": Kind(self.env._("A new version of a document that I follow"), "daily"),
                "deposit": Kind(self.env._("A new document in a folder that I follow"), "daily"),
                "care": Kind(self.env._("One of my documents is out of date, or to be reviewed"), "each"),
            },
            title="title",
            theme="theme_id",
        )

    @api.depends("size")
    @api.depends_context("lang")
    def _compute_human_size(self):
        say_size = self.env["ir.qweb.field.collab_size"].value_to_html
        for document in self:
            document.human_size = say_size(document.size, {})

    @api.depends("name")
    def _compute_title(self):
        for document in self:
            document.title = document.title or self._title_from_name(document.name)

    @api.model
    def _title_from_name(self, name):
        """:return str: the name of a file as a person would say it"""
        stem = os.path.splitext(name or "")[0]
        words = re.sub(r"[_\s]+", " ", stem).strip()[:TITLE_MAX_CHARS]
        return words[:1].upper() + words[1:] or name

    @api.model
    def _category_from_name(self, name):
        """:return int | None: the type that the name of a file says it is, if it says one"""
        said = words(name)
        for code, pattern in CATEGORY_WORDS.items():
            if re.search(rf"\b({pattern})\b", said):
                category = self.env["ir.model.data"]._xmlid_to_res_id(f"collab_ressources.category_{code}")
                return category if category in self.env["dms.category"]._labels() else None
        return None

    @api.depends("create_uid")
    def _compute_author_id(self):
        authors = self.env["collab.member"]._by_account(self.create_uid)
        for document in self:
            document.author_id = authors.get(document.create_uid.id)

    @api.depends("name")
    def _compute_extension(self):
        """From the name alone: dms loads the whole content to guess it."""
        for document in self:
            document.extension = os.path.splitext(document.name or "")[1][1:].lower()

    @api.depends_context("uid")
    def _compute_path(self):
        """Name the folders that the reader may open: dms names them all, in sudo."""
        for document in self:
            steps = [*document.directory_id._open_steps(), document]
            names = [step.display_name if step == document else step.name for step in steps]
            document.path_names = "/".join(name or "" for name in names)
            document.path_json = json.dumps(
                [
                    {"model": step._name, "name": name, "id": step._origin.id or 0}
                    for step, name in zip(steps, names, strict=True)
                ]
            )

    @api.depends("mimetype")
    def _compute_image_1920(self):
        """Make no thumbnail of a large picture: dms loads it whole, and unfolds it."""
        small = self.filtered(lambda document: document.size <= THUMBNAIL_MAX_BYTES and document._is_small_picture())
        return super(DmsFile, small)._compute_image_1920()

    def _is_small_picture(self):
        """:return bool: it is a picture, and unfolds into a few megabytes"""
        path = self._content_path() if (self.mimetype or "").startswith("image/") else None
        return bool(path) and pixels(path) <= THUMBNAIL_MAX_PIXELS

    @api.constrains("name")
    def _check_name(self):
        """Replace dms's check, which creates a file of that name on the server, and refuses a name that stands
        already in the folder: the refusal would tell that a document exists to whom it is not addressed."""
        for document in self:
            self.env["collab.upload"]._check_name(document.name)

    @api.constrains("title")
    def _check_title(self):
        for document in self:
            if len(document.title) > TITLE_MAX_CHARS:
                raise ValidationError(self.env._("The title is too long: %s characters at most.", TITLE_MAX_CHARS))

    @api.constrains("directory_id")
    def _check_directory_open(self):
        """Nobody deposits in, or moves to, a folder that only moderators fill."""
        # dms creates in sudo: what is asked is about the person.
        reserved = self.env["dms.directory"].with_user(self.env.user)._reserved_ids()
        for document in self:
            if document.directory_id.id in reserved:
                raise ValidationError(
                    self.env._(
                        "Only the federations deposit in “%s”: choose another folder.", document.directory_id.name
                    )
                )

    def check_access(self, operation):
        # dms asks the same right on the folder itself: who corrects his document would have to own its folder.
        # The rules of the document already ask the access groups of the folder.
        return models.BaseModel.check_access(self, operation)

    def check_access_token(self, access_token=False):
        """A link that is passed on opens nothing to whom the audience excludes."""
        return super().check_access_token(access_token) and self.sudo(False).has_access("read")

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Count, beside each tag, the documents that the reader may read: dms counts them all, in its own query."""
        if field_name == "tag_ids":
            return super(DMSFile, self).search_panel_select_multi_range(field_name, **kwargs)
        return super().search_panel_select_multi_range(field_name, **kwargs)

    @api.constrains("replaced_by_id")
    def _check_replaced_by(self):
        """What replaces is not replaced, in the end, by what it replaces."""
        if self._has_cycle("replaced_by_id"):
            raise ValidationError(self.env._("These documents would replace each other: choose the latest one."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env.user._check_may_write()
        documents = super().create(vals_list)
        self.env["collab.change"]._note(self._name)
        return documents

    def write(self, vals):
        # Who may not write any more withdraws all the same what is his own.
        if not self.env.su and vals != {"active": False}:
            self.env.user._check_may_write()
        result = super().write(vals)
        if "active" in vals:
            # sudo: the platform's to write
            self.sudo().withdrawn_date = False if vals["active"] else fields.Datetime.now()
        if vals.keys() & COUNTED:
            self.env["collab.change"]._note(self._name)
        return result

    def unlink(self):
        # sudo: they go with it, and their files too, which a cascade of PostgreSQL would leave
        self.sudo().version_ids.unlink()
        result = super().unlink()
        self.env["collab.change"]._note(self._name)
        return result

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
        found = self.search_fetch(Domain(domain), [] if offset >= DEEP else SHOWN, order=by, limit=limit, offset=offset)
        if offset >= DEEP:
            found.fetch(SHOWN)
        return found[::-1] if backwards else found

    @api.model
    def _count_rows(self, condition):
        """:return list[tuple]: audience, folder, theme, type, number, of the documents that meet a condition"""
        self.flush_model()
        # Written as the ORM does, or no index serves.
        return self.env.execute_query(
            SQL(
                """SELECT audience_id, directory_id, theme_id, category_id, count(*)
                     FROM dms_file WHERE active IS TRUE AND %s GROUP BY 1, 2, 3, 4""",
                condition,
            )
        )

    @api.model
    def _whole(self, document_id):
        """:return dms.file: with all that its page shows; nothing if the reader may not read it"""
        return self.search_fetch(Domain("id", "=", document_id), [*SHOWN, *SHOWN_ON_PAGE])

    @api.model
    def _reading(self, kinds=("seen", "favourite")):
        """
        :param Iterable[str] kinds: of marks; what lists show, unless told
        :return Reading: of the current user, as a page asks for it once
        """
        scope = self.env.user._audience_scope()
        if scope is None:
            return Reading((), (), None, {})
        everything = scope.network_ids is None and scope.territory_ids is None
        return Reading(
            None if everything else self.env["collab.audience"]._visible_ids(scope),
            self.env["dms.directory"]._open_ids(),
            self.env["collab.change"]._state(self._name),
            self.env["collab.mark"]._of(self._name, kinds=kinds),
        )

    @api.model
    def _facets(self, reading, places=None, **chosen):
        """Count the documents that the reader may read, as he has filtered them.

        :param Reading reading: his
        :param tuple[int] | None places: folders; all of them unless told
        :param int | None chosen: ``theme``, ``category``, ``territory``
        :return dict: as ``Counts.facets``
        """
        choice = Choice(None if places is None else frozenset(places), **chosen)
        territories_of = self.env["collab.audience"]._territories_of
        counts = self._since_last_change(
            "counts", reading.state, lambda: Counts(self._count_rows(SQL("TRUE")), territories_of)
        )
        facets = counts.facets(reading.audiences, reading.places, choice)
        if reading.audiences is None or not reading.audiences:
            return facets
        # What he has written for others than himself, or in a folder that has been closed to him since.
        open_places, mine = frozenset(reading.places), counts.written
        if self.env.uid not in mine:
            mine[self.env.uid] = self._count_rows(SQL("create_uid = %s", self.env.uid))
        own = [row for row in mine[self.env.uid] if row[0] not in reading.audiences or row[1] not in open_places]
        if own:
            beyond = Counts(own, territories_of).facets(None, tuple({row[1] for row in own}), choice)
            facets = {name: number + beyond[name] for name, number in facets.items()}
        return facets

    @api.model
    def _count_new(self, reading=None):
        """Count among the documents of the last weeks, which are kept: every page says how many are new.

        :param Reading | None reading: of the current user, if it is known already
        """
        reading = reading or self._reading()
        if not reading.places:
            return 0
        recent = self._since_last_change("recent", reading.state, self._recent)
        since, seen, places = self._seen_until(reading.marks), reading.marks.get("seen", {}), frozenset(reading.places)
        number = 0
        for date, document, audience, folder, author in recent:
            if date <= since or number == COUNT_MAX:
                break
            if folder in places and author != self.env.uid and reading.is_for(audience):
                number += not seen.get(document, since) >= date
        return number

    @api.model
    def _recent(self):
        """:return list[tuple]: date, identifier, audience, folder, author of what may be new, the latest first"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT content_date, id, audience_id, directory_id, create_uid FROM dms_file
                    WHERE active IS TRUE AND content_date > %s ORDER BY content_date DESC, id DESC""",
                fields.Datetime.now() - timedelta(days=NEW_DAYS),
            )
        )

    @api.model
    def _rows(self, documents, marks=None):
        """What the row of a list shows of documents, with the marks of the reader, without a query for each.

        :param dms.file documents: those of a page, as given by ``_latest``
        :param dict | None marks: what the reader has seen and keeps, if it is known already
        :return list[dict]: id, title, extension, kind, folder, when, author, organisation, audience
        """
        authors = self.env["collab.member"]._named_by_account(documents.create_uid.ids)
        show_audience = self.env["collab.audience"]._html
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        if marks is None:
            marks = self.env["collab.mark"]._of(self._name, [0, *documents.ids], ("seen", "favourite"))
        new, favourites = documents._new_among(marks), marks.get("favourite", {})
        places = self.env["dms.directory"]._places()
        # sudo: who reads a document reads the name of the folder where it lies, out of the library too.
        elsewhere = documents.directory_id.sudo().filtered(lambda folder: folder.id not in places)
        folders = {**places, **{folder.id: (folder.name,) for folder in elsewhere}}
        # sudo: whether an account that is nobody's any more was somebody's; the platform's own is never active.
        unknown = documents.create_uid.filtered(lambda user: user.id not in authors and not user._is_superuser())
        left = unknown.sudo().filtered(lambda user: not user.active).ids if unknown else ()
        rows = []
        for document in documents:
            author, organisation, _member = authors.get(document.create_uid.id, (None, None, None))
            rows.append(
                {
                    "id": document.id,
                    "title": document.title,
                    "extension": document.extension,
                    "kind": FILE_KINDS.get(document.extension, "other"),
                    "folder": folders[document.directory_id.id][0],
                    "when": say_when(document.content_date, {}),
                    "is_new": document.id in new,
                    "is_favourite": document.id in favourites,
                    "status": document.status,
                    "author": self.env["collab.member"]._departed_name() if document.create_uid.id in left else author,
                    "organisation": organisation,
                    "audience": show_audience(document.audience_id.id),
                }
            )
        return rows

    @api.model
    def _audience_domain(self):
        """A document is as closed as its folder, except to its author."""
        domain = super()._audience_domain()
        if domain.is_true() or domain.is_false():
            return domain
        closed = self.env["dms.directory"]._closed_ids(domain)
        own = Domain("create_uid", "=", self.env.uid)
        return domain & (own | Domain("directory_id", "not in", closed)) if closed else domain

    def _audiences_around(self):
        return frozenset(self.directory_id._audiences())

    # The life of a document

    @api.model
    def _say_addressed(self, number):
        if number == 1:
            return self.env._("1 document is addressed to it.")
        return self.env._("%s documents are addressed to it.", number)

    def _is_kept_by(self, user):
        """:return bool: this person answers for the document"""
        return user in (self.owner_id, self.create_uid)

    def _report(self, reason):
        """Say that this document is out of date. Its owner, and those who moderate, read why.

        :param str reason: in a few words
        :raises AccessError: the current user writes nothing here
        :raises ValidationError: nothing is said, or it has been already
        """
        self.ensure_one()
        self.env.user._check_may_write()
        reason = " ".join((reason or "").split())[:REASON_MAX_CHARS]
        if not reason:
            raise ValidationError(self.env._("Say in a few words what is out of date."))
        # sudo: a reader writes nothing else of a document
        reports = self.sudo().report_ids.filtered(lambda report: not report.is_closed)
        if self.env.user in reports.create_uid:
            raise ValidationError(self.env._("You have already said so: its owner has not answered yet."))
        self.env["collab.daily.count"]._take("flag")
        report = reports.create({"document_id": self.id, "reason": reason})
        self._tell_keeper(f"{report._name},{report.id}")

    def _tell_keeper(self, event):
        """:param str event: what asks for the care of its owner, or of its author if it has none"""
        self.ensure_one()
        # sudo: a reader does not know who it is
        keeper = self.sudo().owner_id or self.sudo().create_uid
        self.env["collab.notification"]._notify("care", self, event, keeper.sudo(False))

    def _open_reports(self):
        """:return list[tuple[str, str]]: who says that it is out of date, and why"""
        # sudo: read by whom the page shows it to, its owner and those who moderate
        reports = self.sudo().report_ids.filtered(lambda report: not report.is_closed)
        authors = self.env["collab.member"]._by_account(reports.create_uid)
        return [
            (authors.get(report.create_uid.id, self.env["collab.member"]).name, report.reason) for report in reports
        ]

    def _still_good(self):
        """Answer the reports: it is up to date."""
        self.check_access("write")
        # sudo: members own no report
        self.sudo().report_ids.write({"is_closed": True})
        self.write({"status": "current"})

    @api.model
    def _ask_for_reviews(self):
        """Turn what was to be reviewed by today into what is to be reviewed now."""
        due = self.search([("review_date", "<=", fields.Date.context_today(self)), ("status", "=", "current")])
        due.write({"status": "review"})
        for document in due:
            document._tell_keeper(f"review,{document.id},{document.review_date}")
        return due

    @api.model
    def _count_use(self):
        """Bring up to date how much documents are used: as many people as have found each useful, or downloaded it."""
        self.env.cr.execute(
            SQL(
                """UPDATE dms_file SET use_count = used.number
                     FROM (SELECT document.id, count(DISTINCT mark.user_id) AS number
                             FROM dms_file document
                             LEFT JOIN collab_mark mark ON mark.res_model = 'dms.file' AND mark.res_id = document.id
                                   AND mark.kind IN ('useful', 'download')
                            GROUP BY document.id) used
                    WHERE dms_file.id = used.id AND dms_file.use_count IS DISTINCT FROM used.number"""
            )
        )
        self.invalidate_model(["use_count"])

    # Its contents, one after the other

    def _content_path(self):
        """:return str | None: where the present content lies on the disk; whoever asks has read the document"""
        # sudo: members own no attachment
        return self.env["ir.attachment"].sudo()._content_of(self)._stored_path()

    def _adopt(self, path, checksum, size, mimetype):
        """Take a complete file as the content, without ever loading it.

        :param str path: on the disk of the filestore; the caller removes it
        :param str checksum: SHA-1 of it, in hexadecimal
        :param int size: in bytes
        :param str mimetype: by content
        """
        # Members own no attachment: the content belongs to the document, whose creation has just been checked.
        self.env["ir.attachment"].sudo()._adopt_file(
            path,
            checksum,
            {
                "name": "content_file",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "content_file",
                "mimetype": mimetype,
            },
        )
        # sudo: these facts are the platform's to write, in the place of what dms derives from a content in memory.
        document = self.sudo()
        document.write({"size": size, "checksum": checksum, "mimetype": mimetype})
        self.invalidate_recordset()
        # bin_size: dms only asks whether there is a content, and would load it for that.
        document.with_context(bin_size=True)._compute_migration()
        # What it was is not what it is; and another picture may have the same type.
        document.image_1920 = False
        self.env.add_to_compute(self._fields["image_1920"], document)

    def _lock(self):
        """Keep others who change this document waiting: they are then replayed, and find what has been done."""
        self.env.cr.execute(SQL("SELECT FROM dms_file WHERE id = %s FOR UPDATE", self.id))

    def _make_room(self):
        """Keep the present content as a version, and wait for another one.

        :raises AccessError: the current user may not change this document
        """
        self.ensure_one()
        self.check_access("write")
        self.env.user._check_may_write()
        self._lock()
        # sudo: versions are the platform's to write
        self.env["collab.document.version"].sudo()._keep(self.sudo())

    def _restore(self, version):
        """Put the content of a former version back; the present one becomes a version.

        :param collab.document.version version: one of this document
        """
        # sudo: members own no attachment
        content = self.env["ir.attachment"].sudo()._content_of(version)
        self._make_room()
        self._adopt(content._stored_path(), content.checksum, content.file_size, version.mimetype)
        self._say_changed(version.name)

    def _say_changed(self, name):
        """Note that there is something new to read, and tell those who follow.

        :param str name: of the file that it is now
        """
        now = fields.Datetime.now()
        self.check_access("write")
        # sudo: what is new, and whose doing it is, is noted by the platform
        self.sudo().write({"name": name, "content_date": now, "content_user_id": self.env.uid})
        if self.status == "review":
            self._still_good()
        self.env["collab.mark"]._put("seen", self._name, self.ids, now)
        # sudo: to number the event
        number = len(self.sudo().version_ids)
        self.env["collab.notification"]._notify("change", self, f"change,{self.id},{number}", self._followers())

    def _welcome(self):
        """Let its author follow what has just been deposited, and tell those who follow its folders."""
        self._set_mark("follow", True)
        Directory = self.env["dms.directory"]
        steps = Directory._places()[self.directory_id.id][2] if self.directory_id.id in Directory._places() else ()
        people = Directory.browse(steps)._followers()
        self.env["collab.notification"]._notify("deposit", self, f"deposit,{self.id}", people)

    def _notification(self, kind, event):
        name = f"«\N{NO-BREAK SPACE}{self.title}\N{NO-BREAK SPACE}»"
        found = {"title": self.title, "said": "", "url": f"/ressources/{self.id}"}
        Member = self.env["collab.member"]
        if kind == "care":
            if not self._is_kept_by(self.env.user):
                return None
            if event.startswith("review,"):
                return {**found, "subject": self.env._("%s is to be reviewed", name)}
            # sudo: as on the page of the document, which shows its keeper who says so, and why
            report = self.sudo().report_ids.filtered(lambda report: event == f"{report._name},{report.id}")
            if not report or report.is_closed:
                return None
            author = Member._by_account(report.create_uid).get(report.create_uid.id, Member)
            subject = self.env._("%(person)s says that %(title)s is out of date", person=author.name, title=name)
            return {**found, "subject": subject, "said": report.reason}
        if kind == "deposit":
            steps = self.env["dms.directory"]._places().get(self.directory_id.id, ("", 0, ()))[2]
            folders = self.env["dms.directory"].search([("id", "in", steps), ("is_followed", "=", True)], limit=1)
            subject = self.env._("New in %(folder)s: %(title)s", folder=folders.name, title=name)
            return {**found, "subject": subject} if folders else None
        if not self.is_followed:
            return None
        if kind == "change":
            return {**found, "subject": self.env._("New version of %s", name)}
        comment = self.env["collab.document.comment"].search([("id", "=", int(event.rpartition(",")[2]))])
        if not comment:
            return None
        author = Member._by_account(comment.create_uid).get(comment.create_uid.id, Member)
        subject = self.env._("%(person)s comments %(title)s", person=author.name, title=name)
        return {**found, "subject": subject, "said": comment.body, "url": f"{found['url']}#commentaires"}

    def _version_rows(self):
        """:return list[dict]: what a page shows of the former versions, the latest first"""
        versions = self.env["collab.document.version"].search([("document_id", "=", self.id)])
        authors = self.env["collab.member"]._by_account(versions.author_id)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        return [
            {
                "id": version.id,
                "name": version.name,
                "when": say_when(version.since, {}),
                "author": authors.get(version.author_id.id, self.env["collab.member"]).name,
            }
            for version in versions
        ]

    @api.model
    def _merged_into(self, document_id):
        """:return dms.file: what stands now for a document that has been merged, if the reader read it; or none"""
        # sudo: members do not read what is in the bin; their audience is asked for
        hidden = self.sudo().with_context(active_test=False)
        merged = Domain("id", "=", document_id) & Domain("active", "=", False) & Domain("status", "=", "replaced")
        gone = hidden.search(merged & self._audience_domain())
        return self.search([("id", "=", gone.replaced_by_id.id)]) if gone else self.browse()

    # What moderators do

    def _merge_into(self, kept):
        """These documents are another one: they go to the bin, those who knew them find the other one.

        :param dms.file kept:
        :raises UserError: they are not addressed to the same people: what was said under one would be read by others
        """
        (self | kept).check_access("write")
        # What its folder closes counts too: comments said in a closed one would be read in an open one.
        kept_for = kept.audience_id, kept.directory_id._audiences()
        if any((document.audience_id, document.directory_id._audiences()) != kept_for for document in self):
            raise UserError(self.env._("These documents are not addressed to the same people: correct that first."))
        self.env["collab.mark"]._copy(self._name, self.ids, kept.id)
        # sudo: what people have said goes on being theirs, under the document that stays
        self.sudo().comment_ids.document_id = kept
        self.write({"status": "replaced", "replaced_by_id": kept.id, "active": False})

    @api.autovacuum
    def _gc_bin(self):
        """Empty the bin of what has lain there for thirty days."""
        limit = fields.Datetime.now() - timedelta(days=BIN_DAYS)
        self.search([("active", "=", False), ("withdrawn_date", "<", limit)]).unlink()
