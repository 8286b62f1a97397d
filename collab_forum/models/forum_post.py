from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.collab_contribution.models.collab_moderated_mixin import SHOWN_STATES
from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened
from odoo.addons.collab_reseaux.refusals import beside
from odoo.addons.website_forum.models.forum_post import ForumPost as StockPost

TITLE_MAX_CHARS = 200  # as in the form
UNANSWERED_HOURS = 48
PLAIN_CHARS, EXTRACTED_CHARS = 500, 10_000  # of an extract, and of the HTML where it is read

QUESTION_FIELDS = frozenset(
    {"name", "content", "forum_id", "territory_id", "audience_network_ids", "audience_territory_ids"}
)
ANSWER_FIELDS = frozenset({"content"})
# What lists say of questions depends on these.
SUMMED = frozenset({"active", "state", "parent_id", "is_correct", "is_approved"})
COUNTED = SUMMED | {"forum_id", "territory_id", "audience_network_ids", "audience_territory_ids"}

# Read in one query when somebody acts on a post; its text, which may be long, is left out.
ACTED_ON = [
    *("name", "parent_id", "forum_id", "audience_id", "asker_id", "create_uid", "state", "active", "is_shown"),
    *("thread_shown", "shown_date", "answered_date", "vote_count"),
]


class ForumPost(models.Model):
    """A question, or an answer to one. A question and what lies under it is a discussion; its audience is that of the
    question, and the territory that it is about is another thing."""

    _name = "forum.post"
    _inherit = [
        *("forum.post", "collab.content.mixin", "collab.forum.contribution.mixin", "collab.readers.mixin"),
        "collab.rich.text.mixin",
    ]
    _slug = "discussion"
    _changed_by = "last_author_id"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    # Partial indexes: the WHERE must match what the ORM emits ("active IS TRUE"), or the planner ignores them. The
    # first three serve the lists, one for each of ORDERS.
    _latest_idx = models.Index(
        "(content_date DESC, id DESC) INCLUDE (audience_id, asker_id, last_author_id, is_shown)"
        " WHERE active IS TRUE AND parent_id IS NULL"
    )
    _newest_idx = models.Index("(create_date DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _thanks_idx = models.Index("(vote_count DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _theme_idx = models.Index("(forum_id, content_date DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _waiting_idx = models.Index("(shown_date) WHERE active IS TRUE AND parent_id IS NULL AND answered_date IS NULL")
    # `_count_rows` counts every discussion after each change: this index holds all that it asks for, so that PostgreSQL
    # never reads the table itself (index-only scan).
    _counts_idx = models.Index(
        "(audience_id, forum_id, territory_id) INCLUDE (answered_date, has_validated_answer, has_approved_answer)"
        " WHERE active IS TRUE AND parent_id IS NULL AND is_shown"
    )
    _pending_idx = models.Index("(create_date) WHERE state = 'pending'")
    _words_idx = models.Index(
        "USING gin (to_tsvector('french'::regconfig, unaccent(name))) WHERE active IS TRUE AND parent_id IS NULL"
    )

    name = fields.Char(index="trigram")
    user_favourite = fields.Boolean(string="Favourite on Odoo's own pages")
    content = fields.Html(sanitize=False)
    state = fields.Selection(selection_add=[("hidden", "Hidden")], ondelete={"hidden": "set default"}, required=True)
    territory_id = fields.Many2one(
        "collab.territory",
        string="About the territory",
        ondelete="restrict",
        index="btree_not_null",
        help="What the question is about; who reads it is another thing.",
    )
    # Precomputed: computed after the INSERT, they would cost an UPDATE that writes the twenty indexes a second time.
    audience_id = fields.Many2one(compute="_compute_audience_id", store=True, recursive=True, precompute=True)
    plain_content = fields.Text(compute="_compute_plain_content", store=True, precompute=True)
    vote_count = fields.Integer(compute="_compute_vote_count", store=True, precompute=True)
    is_seo_optimized = fields.Boolean(compute="_compute_is_seo_optimized", store=True, precompute=True)
    asker_id = fields.Many2one(
        "res.users",
        string="Asked by",
        compute="_compute_asker_id",
        store=True,
        precompute=True,
        index=True,
        help="Of the question.",
    )
    thread_shown = fields.Boolean(
        string="In a discussion that is shown",
        compute="_compute_thread_shown",
        store=True,
        precompute=True,
        help="Of the question.",
    )
    # Only pages of website_forum that are closed here show these: not computed.
    relevancy = fields.Float(compute=None)
    self_reply = fields.Boolean(compute=None)
    favourite_count = fields.Integer(compute=None)
    is_approved = fields.Boolean(
        string="Approved answer", readonly=True, copy=False, help="By a moderator; the asker retains another, or not."
    )
    approved_uid = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False)
    comment_ids = fields.One2many("collab.forum.comment", "post_id", string="Comments")
    waits_for_answer = fields.Boolean(
        string="Unanswered for 48 hours", compute="_compute_waits_for_answer", search="_search_waits_for_answer"
    )
    called_date = fields.Datetime(
        string="Moderators called on", readonly=True, copy=False, help="For nobody had answered in two days."
    )

    # What lists show of the answers and comments that all readers may read: written by `_refresh`, and nowhere else.
    child_count = fields.Integer(compute=None, readonly=True, default=0, copy=False)
    has_validated_answer = fields.Boolean(compute=None, string="Has a retained answer", readonly=True, copy=False)
    has_approved_answer = fields.Boolean(string="Has an approved answer", readonly=True, copy=False)
    answered_date = fields.Datetime(
        string="First answered on", readonly=True, copy=False, help="By another person than the asker."
    )
    last_author_id = fields.Many2one(
        "res.users", string="Last said by", readonly=True, copy=False, default=lambda self: self.env.uid
    )
    answerer_id = fields.Many2one("res.users", string="Last answered by", readonly=True, copy=False)
    last_answer_date = fields.Datetime(string="Last answered on", readonly=True, copy=False)

    @api.depends("create_uid", "parent_id.create_uid")
    def _compute_asker_id(self):
        for post in self:
            post.asker_id = (post.parent_id or post).create_uid

    @api.depends("content")
    def _compute_plain_content(self):
        """An extract, of as many characters as website_forum keeps, read in the beginning of the text alone."""
        for post in self:
            beginning = (post.content or "")[:EXTRACTED_CHARS]
            post.plain_content = tools.html2plaintext(beginning)[:PLAIN_CHARS] or False

    @api.depends("vote_ids.vote")
    def _compute_vote_count(self):
        """Nobody has thanked for what is not written yet."""
        new = self.filtered(lambda post: not post.id)
        new.vote_count = 0
        return super(ForumPost, self - new)._compute_vote_count()

    @api.depends("is_shown", "parent_id.is_shown")
    def _compute_thread_shown(self):
        for post in self:
            post.thread_shown = (post.parent_id or post).is_shown

    @api.depends("parent_id.audience_id")
    def _compute_audience_id(self):
        """An answer is read by whom reads the question, and by nobody else."""
        answers = self.filtered("parent_id")
        for answer in answers:
            answer.audience_id = answer.parent_id.audience_id
        return super(ForumPost, self - answers)._compute_audience_id()

    @api.depends("answered_date", "state", "is_shown", "shown_date")
    def _compute_waits_for_answer(self):
        waiting = self.filtered_domain(self._waiting_domain())
        for post in self:
            post.waits_for_answer = post in waiting

    @api.model
    def _search_waits_for_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._waiting_domain()

    @api.model
    def _waiting_domain(self):
        """:return Domain: the questions that nobody has answered in two days"""
        limit = fields.Datetime.now() - timedelta(hours=UNANSWERED_HOURS)
        open_question = Domain("parent_id", "=", False) & Domain("state", "=", "active") & Domain("active", "=", True)
        return open_question & Domain("answered_date", "=", False) & Domain("shown_date", "<=", limit)

    @api.model
    def _say_addressed(self, number):
        if number == 1:
            return self.env._("1 question is addressed to it.")
        return self.env._("%s questions are addressed to it.", number)

    @api.model
    def _audience_terms(self):
        """Whoever has asked keeps what he has written there; what others say is for those whom it addresses."""
        addressed = self._addressed_domain()
        if addressed.is_true() or addressed.is_false():
            return addressed
        return addressed | (Domain("asker_id", "=", self.env.uid) & Domain("create_uid", "=", self.env.uid))

    @api.model
    def _heard_domain(self, content_field):
        """
        :param str content_field: the many2one by which what somebody says lies in a discussion
        :return Domain: what others say to the current user: not in a discussion that he has opened, once it is not
            addressed to him any more
        """
        addressed = self._addressed_domain()
        if addressed.is_true():
            return addressed
        left = Domain("asker_id", "=", self.env.uid) & ~addressed
        return Domain(content_field, "not in", self._search(left, active_test=False, bypass_access=True))

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate; with it, all that lies under a question."""
        domain = super()._audience_domain()
        if domain.is_false() or self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        shown = Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)
        return domain & shown & (Domain("thread_shown", "=", True) | Domain("asker_id", "=", self.env.uid))

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        # A client could set fields through the context too (`default_…`).
        quiet = dict.fromkeys(("mail_create_nolog", "mail_create_nosubscribe", "tracking_disable"), True)
        self = self.with_env(self._without_defaults()).with_context(**quiet)
        if not self.env.su:
            vals_list = [self._own_values(vals) for vals in vals_list]
        # Skips website_forum's own create(), which counts karma and sends mails; its checks are made here instead.
        posts = super(StockPost, self).create([self._first_values(vals) for vals in vals_list])
        dated = {post.id for post, vals in zip(posts, vals_list, strict=True) if vals.get("shown_date")}
        said = {
            post.id: f"{vals.get('name')}{vals.get('content')}" for post, vals in zip(posts, vals_list, strict=True)
        }
        # sudo: told in the name of each author, whoever creates
        told = posts.sudo().filtered(lambda post: post.is_shown and post.id not in dated)
        told._tell_shown({post for post, text in said.items() if "@" in text})
        waiting = posts.filtered(lambda post: post.state == "pending")
        for post in waiting:
            post._tell_moderators(Event("pending", post))
        return posts

    @api.model
    def _first_values(self, vals):
        """:param dict vals: of a question or an answer
        :return dict: what is written of it at once"""
        if vals.get("active", True) and vals.get("state", "active") in SHOWN_STATES:
            vals = {"shown_date": fields.Datetime.now(), **vals}
        is_answer = bool(vals.get("parent_id"))
        return self._cleaned({"content": "", **vals} if is_answer else vals, is_answer)

    @api.model
    def _without_defaults(self):
        """:return Environment: the current one, without what a client may have put in the context"""
        context = self.env.context
        kept = {name: value for name, value in context.items() if not name.startswith("default_")}
        return self.env(context=kept)

    @api.model
    def _own_values(self, vals):
        """:param dict vals: what somebody asks or answers
        :return dict: what is written for him
        :raises AccessError: he writes nothing here, or this is more than an author writes
        :raises UserError: the discussion has been closed meanwhile
        """
        self.env.user._check_may_write()
        vals = dict(vals)
        if number := vals.pop("parent_id", None):
            post = self.with_context(active_test=False).search_fetch([("id", "=", number)], ACTED_ON)
            if not post:
                raise self._missing_error()
            # sudo: what has become of it meanwhile, whoever answers
            question = post._question().sudo()
            question._lock()
            self._check_open(question)
            self._only(vals, ANSWER_FIELDS)
            vals.update(parent_id=question.id, forum_id=question.forum_id.id)
        else:
            self._only(vals, QUESTION_FIELDS)
            self._check_theme(vals.get("forum_id"))
        self.env["collab.daily.count"]._take("answer" if number else "question")
        return {**vals, "state": "pending" if self._is_reviewed() else "active"}

    @api.model
    def _check_theme(self, forum_id):
        if forum_id not in self.env["forum.forum"]._by_theme().values():
            raise beside("forum_id", ValidationError(self.env._("Choose a theme.")))

    @api.model
    def _cleaned(self, vals, is_answer):
        """:param dict vals: what is about to be written of a question or an answer
        :return dict: with a title that can be read, and a text without anything else
        :raises ValidationError: there is too little, or too much"""
        vals = dict(vals)
        if "content" in vals:
            vals["content"] = self._cleaned_content(vals["content"])
            if is_answer and not vals["content"].has_words():
                raise beside("content", ValidationError(self.env._("Write something first.")))
        if "name" in vals and not is_answer:
            title = " ".join((vals["name"] or "").replace("\0", "").split())
            if not title:
                raise beside("name", ValidationError(self.env._("Give your question a title.")))
            if len(title) > TITLE_MAX_CHARS:
                too_long = self.env._("The title is too long: %s characters at most.", TITLE_MAX_CHARS)
                raise beside("name", ValidationError(too_long))
            vals["name"] = title
        return vals

    @api.constrains("parent_id", "name")
    def _check_is_complete(self):
        for post in self:
            if post.parent_id.parent_id:
                raise ValidationError(self.env._("One answers a question, not an answer."))
            if not post.parent_id and not post.name:
                raise ValidationError(self.env._("Give your question a title."))

    def _check_parent_id(self):
        """Look for no circle, as website_forum does: the above leaves room for none."""

    def write(self, vals):
        if not self.env.su:
            return self._write_own(vals)
        before = self._question() if "parent_id" in vals else self.browse()
        # Skips website_forum's own write(), as in create().
        result = super(StockPost, self).write(self._cleaned(vals, all(post.parent_id for post in self)))
        if "forum_id" in vals and (answers := self.with_context(active_test=False).child_ids):
            answers.write({"forum_id": vals["forum_id"]})
        # What has become an answer is found in another discussion.
        if before:
            before._note_searched()
        if vals.keys() & SUMMED:
            (before | self._question())._refresh()
        elif vals.keys() & COUNTED:
            self.env["collab.change"]._note(self._name)
        return result

    def _write_own(self, vals):
        """Correct what one has written oneself."""
        for post in self:
            self._only(vals, post._author_fields())
        self.check_access("write")
        self.env.user._check_may_write()
        self._check_rewritable()
        if "forum_id" in vals:
            self._check_theme(vals["forum_id"])
        for post in self:
            post._take_from_author(self._cleaned(vals, bool(post.parent_id)))
        return True

    def unlink(self):
        questions = self._question() - self
        self |= self.with_context(active_test=False).child_ids
        result = super().unlink()
        questions._refresh()
        return result

    def _author_fields(self):
        return ANSWER_FIELDS if self.parent_id else QUESTION_FIELDS

    def _stamped(self):
        if self.parent_id:
            return super()._stamped()
        return [*super()._stamped(), self.forum_id.id, self.territory_id.id, self.audience_id.id]

    def _question(self):
        """:return forum.post: the question of each of these posts, or itself"""
        return self.filtered(lambda post: not post.parent_id) | self.parent_id

    def _readers_domain(self):
        """An answer is read by whom reads the question."""
        return super(ForumPost, self._question())._readers_domain()

    def _nature(self):
        return self.env._("An answer") if self.parent_id else self.env._("A question")

    def _readable_titles(self, person):
        """:param res.users person: who would read them
        :return dict[forum.post, str]: the titles of those of these questions that he may read, in the bin or not"""
        if person._audience_scope() is None:
            return {}
        mine = self.with_user(person).with_context(active_test=False).search([("id", "in", self.ids)])
        return {self.browse(question.id): question.name for question in mine}

    def _words(self):
        return {"content": "content"} if self.parent_id else {"name": "name", "content": "content"}

    def _body(self):
        return self.plain_content or ""

    def _yours(self, title=None):
        if self.parent_id:
            return self.env._("your answer in “%s”", title) if title else self.env._("one of your answers")
        return self.env._("your question “%s”", title) if title else self.env._("one of your questions")

    @api.model
    def _moderated_domain(self):
        """Nor is whoever has left a network told what is noted in a discussion that he has opened there."""
        return self._heard_domain("id")

    @api.model
    def _waiting_for_me(self):
        return self._waiting_domain() & self._own_audiences()

    def _moderators(self):
        """An answer is addressed as its question is."""
        return super(ForumPost, self._question())._moderators()

    def _before(self, vals):
        found = [super()._before(vals)]
        for name in sorted(vals.keys() & {"territory_id", "audience_network_ids", "audience_territory_ids"}):
            label = self._fields[name]._description_string(self.env)
            found.append(f"{label}: {', '.join(self[name].mapped('display_name')) or '—'}")
        return "\n".join(found)

    def action_open_page(self):
        """:return dict: the action that leads from a screen of the federations to the page of this text"""
        return {"type": "ir.actions.act_url", "url": self._url(), "target": "self"}
