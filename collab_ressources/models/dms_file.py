import json
import os
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.collab_contribution.models.collab_contribution_mixin import STATES
from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_fichiers.preview import pixels
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened
from odoo.addons.collab_reseaux.import_plan import comparable
from odoo.addons.collab_reseaux.refusals import beside
from odoo.addons.dms.models.dms_file import DMSFile

TITLE_MAX_CHARS = 200  # as in the forms
THUMBNAIL_MAX_BYTES = 2 * 1024 * 1024
THUMBNAIL_MAX_PIXELS = 12_000_000

# What people call their files, by type of document: without accents, in small letters.
CATEGORY_WORDS = {
    "minutes": "cr|compte rendu|compte rendus|pv|releve de decisions",
    "regulation": "decret|arrete|circulaire|instruction|loi|reglement",
    "presentation": "presentation|diaporama|support",
    "project": "fiche projet|projet",
    "guide": "guide|livret|mode d emploi",
    "tool": "grille|outil|modele|trame|formulaire|tableau",
}
DECIDING = "INCLUDE (audience_id, directory_id, create_uid, company_id, is_shown)"
# A change of these changes the numbers beside the filters.
COUNTED = frozenset({"directory_id", "theme_id", "category_id", "state"})


# What its author writes of a document; and what those who tidy up write besides.
AUTHOR_FIELDS = (
    *("title", "directory_id", "theme_id", "category_id", "effective_date", "review_date", "status"),
    "replaced_by_id",
    *("audience_network_ids", "audience_territory_ids"),
)
KEEPER_FIELDS = ("owner_id",)


class DmsFile(models.Model):
    _name = "dms.file"
    _inherit = ["collab.written.mixin", "dms.file", "collab.content.mixin", "collab.contribution.mixin"]
    _rec_name = "title"
    _slug = "document"
    _marks = ("favourite", "follow", "useful")
    _audience_fields = frozenset({"audience_network_ids", "audience_territory_ids", "directory_id"})
    _calls = opened("moderator", *READ, *CHOOSE, *WRITE, "action_open_case", "action_restore")
    _creates = opened("member", "name", *AUTHOR_FIELDS)
    _writes = opened("member", "name", *AUTHOR_FIELDS) | opened("moderator", *KEEPER_FIELDS)

    # Partial indexes: the WHERE must match what the ORM emits ("active IS TRUE"), or the planner ignores them. One for
    # each order of the lists, which INCLUDEs what the record rules compare; then one for each filter.
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
    # Not tracked: a line in the chatter would name a folder to people for whom it is closed.
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
    is_merged = fields.Boolean(
        readonly=True, copy=False, help="It is in the bin because it has been merged into the one that replaces it."
    )
    review_date = fields.Date(string="To be reviewed on", help="Its owner is reminded on that day.")
    effective_date = fields.Date(string="In force from", help="Of a regulation.")
    use_count = fields.Integer(
        string="Use", default=0, readonly=True, copy=False, help="People who have found it useful, or downloaded it."
    )
    comment_ids = fields.One2many("collab.document.comment", "document_id", string="Comments")
    version_ids = fields.One2many("collab.document.version", "document_id", string="Former versions")
    content_user_id = fields.Many2one(
        "res.users", readonly=True, copy=False, help="Who has put the present content there, if it is not its author."
    )
    # In the words of whoever reads it: dms keeps it in English.
    human_size = fields.Char(store=False)
    state = fields.Selection(STATES, default="active", required=True, readonly=True)
    author_id = fields.Many2one("collab.member", string="Deposited by", compute="_compute_author_id", compute_sudo=True)

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
        said = comparable(name)
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
                too_long = self.env._("The title is too long: %s characters at most.", TITLE_MAX_CHARS)
                raise beside("title", ValidationError(too_long))

    @api.constrains("directory_id")
    def _check_directory_open(self):
        """Nobody deposits in, or moves to, a folder that only moderators fill."""
        # dms creates in sudo: what is asked is about the person.
        reserved = self.env["dms.directory"].with_user(self.env.user)._reserved_ids()
        for document in self:
            if document.directory_id.id in reserved:
                closed = self.env._(
                    "Only the federations deposit in “%s”: choose another folder.", document.directory_id.name
                )
                raise beside("directory_id", ValidationError(closed))

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
            circle = self.env._("These documents would replace each other: choose the latest one.")
            raise beside("replaced_by", ValidationError(circle))

    @api.model_create_multi
    def create(self, vals_list):
        states = []
        if not self.env.su:
            self.env.user._check_may_write()
            states = [self._first_state(vals) for vals in vals_list]
        documents = super().create(vals_list)
        for document, state in zip(documents, states, strict=False):
            if state != "active":
                # sudo: the platform's to write
                document.sudo().state = state
                document._tell_moderators(Event("pending", document))
        return documents

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.env.user._check_may_write()
        others = self.filtered(lambda document: document.create_uid != self.env.user)
        before = {document: document._before(vals) for document in others}
        mine = self - others
        result = True
        for document in mine:
            # Words that others read may have to wait for a moderator.
            result = super(DmsFile, document).write(document._without_words(vals))
        if others:
            result = super(DmsFile, others).write(vals)
            for document in others:
                document._note_tidied(vals, before[document])
        return result

    def unlink(self):
        # sudo: they go with it, and their files too, which a cascade of PostgreSQL would leave
        self.sudo().version_ids.unlink()
        return super().unlink()

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | COUNTED

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate."""
        domain = self._within_folders(super()._audience_domain())
        if domain.is_false() or self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("create_uid", "=", self.env.uid) | Domain("is_shown", "=", True))

    @api.model
    def _within_folders(self, domain):
        """:param Domain domain: the documents that are addressed to the current user
        :return Domain: among them, those that he may read, shown or not: a document is as closed as its folder, except
            to its author"""
        if domain.is_true() or domain.is_false():
            return domain
        closed = self.env["dms.directory"]._closed_ids(domain)
        own = Domain("create_uid", "=", self.env.uid)
        return domain & (own | Domain("directory_id", "not in", closed)) if closed else domain

    def _audiences_around(self):
        return frozenset(self.directory_id._audiences())

    @api.model
    def _say_addressed(self, number):
        if number == 1:
            return self.env._("1 document is addressed to it.")
        return self.env._("%s documents are addressed to it.", number)
