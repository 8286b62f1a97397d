import itertools
import re
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Kind
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened
from odoo.addons.collab_reseaux.import_plan import words
from odoo.addons.collab_reseaux.models.res_users import AudienceScope
from odoo.addons.collab_suivi.content import Content
from odoo.addons.collab_suivi.models.collab_content_mixin import COUNT_MAX
from odoo.addons.collab_suivi.models.collab_mark import NEW_DAYS
from odoo.addons.website_forum.models.forum_post import ForumPost as StockPost

from ..facets import Counts
from ..html import clean
from .collab_contribution_mixin import BIN_DAYS, IN_PLACE, SHOWN_STATES

TITLE_MAX_CHARS = 200  # as in the form
# What is pasted from Word weighs fifty times what it says.
PASTED_MAX_CHARS = 1_000_000
CONTENT_MAX_CHARS = 100_000
EXCERPT_CHARS = 200
UNANSWERED_HOURS = 48
CALLS_A_RUN = 500
QUEUE_MAX = 100
# What may hurt somebody comes first, then what somebody waits for.
URGENCY = ("flag", "pending", "edit", "unanswered")
TOLD_MAX = 5
ANSWERS_SHOWN = 50  # on a page
ANSWERS_ORDER = "is_approved desc, is_correct desc, create_date, id"
SIMILAR_MAX = 5
SIMILAR_WORDS = 12
SIMILAR_RANKED = 500
SUGGESTED_MAX = 20
# Beyond, somebody calls a crowd: nobody else is told.
MENTIONED_MAX = 20
MENTIONS_READ = 100
NAME_WORDS = 5
MENTION = re.compile(r"(?<![\w.@])@([^\W\d_][^@\n]{0,80})")
AFTER_NAME = ".,;:!?)»\"'’"

QUESTION_FIELDS = frozenset(
    {"name", "content", "forum_id", "territory_id", "audience_network_ids", "audience_territory_ids"}
)
ANSWER_FIELDS = frozenset({"content"})
# What lists say of questions depends on these.
SUMMED = frozenset({"active", "state", "parent_id", "is_correct", "is_approved"})
COUNTED = SUMMED | {"forum_id", "territory_id", "audience_network_ids", "audience_territory_ids"}
SUMMARY = [
    *("child_count", "has_validated_answer", "has_approved_answer", "answered_date"),
    *("content_date", "last_activity_date", "last_author_id"),
]
# What the row of a list shows.
SHOWN = [
    *(
        "name",
        "plain_content",
        "forum_id",
        "territory_id",
        "audience_id",
        "state",
        "is_shown",
        "create_uid",
        "vote_count",
    ),
    *("content_date", "create_date", "last_author_id", "child_count", "has_validated_answer", "has_approved_answer"),
]
# And a question or an answer on its page.
SHOWN_ON_PAGE = [
    *("name", "content", "forum_id", "territory_id", "audience_id", "state", "active", "is_shown", "thread_shown"),
    *("parent_id", "asker_id", "create_uid", "create_date", "content_date", "last_author_id", "corrected_date"),
    *("vote_count", "child_count", "is_correct", "is_approved", "closed_date"),
]
ORDERS = {
    "latest": "content_date desc, id desc",
    "newest": "create_date desc, id desc",
    "thanks": "vote_count desc, id desc",
}


class Reading(NamedTuple):
    """What decides what somebody reads, beside what he has asked, and what he has marked."""

    audiences: tuple | None  # None: all of them
    state: tuple | None  # of the discussions: the same as long as none has changed
    marks: dict  # what he has seen, keeps and follows, as ``collab.mark._of``

    def is_for(self, audience):
        return self.audiences is None or audience in self.audiences


class ForumPost(models.Model):
    """A question, or an answer to one. A question and what lies under it is a discussion; its audience is that of the
    question, and the territory that it is about is another thing."""

    _name = "forum.post"
    _inherit = ["forum.post", "collab.content.mixin", "collab.contribution.mixin"]
    _slug = "discussion"
    _changed_by = "last_author_id"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    # Written as the ORM asks, or PostgreSQL does not see that they serve: lists, by each of their orders.
    _latest_idx = models.Index(
        "(content_date DESC, id DESC) INCLUDE (audience_id, asker_id, last_author_id, is_shown)"
        " WHERE active IS TRUE AND parent_id IS NULL"
    )
    _newest_idx = models.Index("(create_date DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _thanks_idx = models.Index("(vote_count DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _theme_idx = models.Index("(forum_id, content_date DESC, id DESC) WHERE active IS TRUE AND parent_id IS NULL")
    _waiting_idx = models.Index("(shown_date) WHERE active IS TRUE AND parent_id IS NULL AND answered_date IS NULL")
    # All are counted after each change: without reading any of them, nor the answers among which they lie.
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
    content = fields.Html(strip_style=True, strip_classes=True)
    state = fields.Selection(selection_add=[("hidden", "Hidden")], ondelete={"hidden": "set default"}, required=True)
    territory_id = fields.Many2one(
        "collab.territory",
        string="About the territory",
        ondelete="restrict",
        index="btree_not_null",
        help="What the question is about; who reads it is another thing.",
    )
    # Known before the row is there: written afterwards, each of its twenty indexes would follow again.
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
    # For pages of website_forum that are closed here.
    relevancy = fields.Float(compute=None)
    self_reply = fields.Boolean(compute=None)
    favourite_count = fields.Integer(compute=None)
    is_approved = fields.Boolean(
        string="Approved answer", readonly=True, copy=False, help="By a moderator; the asker retains another, or not."
    )
    approved_uid = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False)
    comment_ids = fields.One2many("collab.forum.comment", "post_id", string="Comments")
    flag_ids = fields.One2many("collab.forum.flag", "post_id", string="Flags", groups="collab_reseaux.group_moderator")
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

    @api.model
    def _content(self):
        return Content(
            address="/forum",
            name=self.env._("Forum"),
            icon="M4 5h16v11H9l-5 4z",
            sequence=10,
            latest=self.env._("Latest discussions"),
            everything=self.env._("The whole forum"),
            empty=self.env._("Nobody has asked anything yet"),
            invitation=self.env._("A situation that you do not know how to take? A colleague has met the same case."),
            one_new=self.env._("One discussion is new to you."),
            many_new=self.env._("%s discussions are new to you."),
            shown=4,
            row_template="collab_forum.question_row",
            kinds={
                "forum_first_answer": Kind(self.env._("The first answer to one of my questions"), "each"),
                "forum_answer": Kind(self.env._("What is added to a discussion that I follow"), "daily"),
                "forum_discussion": Kind(self.env._("A new question in a theme or a territory that I follow"), "daily"),
                "forum_mention": Kind(self.env._("Somebody mentions me in a discussion"), "each"),
                "moderation": Kind(self.env._("A moderator has changed what I have written"), "each"),
                "forum_flag": Kind(self.env._("What has become of what I have flagged"), "each"),
                "forum_queue": Kind(
                    self.env._("The forum awaits a moderator (federations only)"),
                    "daily",
                    "collab_reseaux.group_moderator",
                ),
            },
            text="content",
            theme="forum_id.theme_id",
            territory="territory_id",
            files="collab.forum.attachment",
        )

    @api.depends("create_uid", "parent_id.create_uid")
    def _compute_asker_id(self):
        for post in self:
            post.asker_id = (post.parent_id or post).create_uid

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
    def _addressed_domain(self):
        """:return Domain: the posts that are addressed to the current user"""
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        if scope.network_ids is None and scope.territory_ids is None:
            return Domain.TRUE
        return Domain("audience_id", "in", self.env["collab.audience"]._visible_ids(scope))

    @api.model
    def _audience_terms(self):
        """Whoever has asked keeps what he has written there; what others say is for those whom it addresses."""
        addressed = self._addressed_domain()
        if addressed.is_true() or addressed.is_false():
            return addressed
        return addressed | (Domain("asker_id", "=", self.env.uid) & Domain("create_uid", "=", self.env.uid))

    def _addressed(self):
        """:return forum.post: those of these posts that are addressed to the current user"""
        return self.filtered_domain(self._addressed_domain())

    @api.model
    def _heard_domain(self, whole):
        """
        :param str whole: the many2one by which what somebody says lies in a discussion
        :return Domain: what others say to the current user: not in a discussion that he has opened, once it is not
            addressed to him any more
        """
        addressed = self._addressed_domain()
        if addressed.is_true():
            return addressed
        left = Domain("asker_id", "=", self.env.uid) & ~addressed
        return Domain(whole, "not in", self._search(left, active_test=False, bypass_access=True))

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
        # What a client puts in the context is not written either.
        quiet = dict.fromkeys(("mail_create_nolog", "mail_create_nosubscribe", "tracking_disable"), True)
        self = self.with_env(self._without_defaults()).with_context(**quiet)
        if not self.env.su:
            vals_list = [self._own_values(vals) for vals in vals_list]
        # Past website_forum, which counts karma, and writes mails: what it checks is checked here, and for everybody.
        posts = super(StockPost, self).create([self._first_values(vals) for vals in vals_list])
        dated = {post.id for post, vals in zip(posts, vals_list, strict=True) if vals.get("shown_date")}
        # sudo: told in the name of each author, whoever creates
        posts.sudo().filtered(lambda post: post.is_shown and post.id not in dated)._tell_shown()
        waiting = posts.filtered(lambda post: post.state == "pending")
        for post in waiting:
            post._tell_moderators(f"pending,{post._name},{post.id}")
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
        post = self.browse(vals.pop("parent_id", None) or [])
        if post:
            post.check_access("read")
            # sudo: what has become of it meanwhile, whoever answers
            question = post._question().sudo()
            question._lock()
            self._check_open(question)
            self._only(vals, ANSWER_FIELDS)
            vals.update(parent_id=question.id, forum_id=question.forum_id.id)
        else:
            self._only(vals, QUESTION_FIELDS)
            self._check_theme(vals.get("forum_id"))
        self.env["collab.daily.count"]._take("answer" if post else "question")
        return {**vals, "state": "pending" if self._is_reviewed() else "active"}

    @api.model
    def _check_theme(self, forum_id):
        if forum_id not in self.env["forum.forum"]._by_theme().values():
            raise ValidationError(self.env._("Choose a theme."))

    @api.model
    def _cleaned(self, vals, is_answer):
        """:param dict vals: what is about to be written of a question or an answer
        :return dict: with a title that can be read, and a text without anything else
        :raises ValidationError: there is too little, or too much"""
        vals = dict(vals)
        if "content" in vals:
            vals["content"] = self._cleaned_content(vals["content"])
            if is_answer and not tools.html2plaintext(vals["content"]).strip():
                raise ValidationError(self.env._("Write something first."))
        if "name" in vals and not is_answer:
            title = " ".join((vals["name"] or "").replace("\0", "").split())
            if not title:
                raise ValidationError(self.env._("Give your question a title."))
            if len(title) > TITLE_MAX_CHARS:
                raise ValidationError(self.env._("The title is too long: %s characters at most.", TITLE_MAX_CHARS))
            vals["name"] = title
        return vals

    @api.model
    def _cleaned_content(self, content):
        content = content or ""
        too_long = self.env._("This text is too long. Attach it as a document, and say here what it is about.")
        if len(content) > PASTED_MAX_CHARS:
            raise ValidationError(too_long)
        content = clean(content)
        if len(content) > CONTENT_MAX_CHARS:
            raise ValidationError(too_long)
        return content

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
        if "active" in vals:
            vals = {**vals, "removed_date": False if vals["active"] else fields.Datetime.now()}
        before = self._question() if "parent_id" in vals else self.browse()
        # Past website_forum, as above.
        result = super(StockPost, self).write(self._cleaned(vals, all(post.parent_id for post in self)))
        if "forum_id" in vals and (answers := self.with_context(active_test=False).child_ids):
            answers.write({"forum_id": vals["forum_id"]})
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

    def _tell_corrected(self):
        if self.shown_date:
            # sudo: off, or those mentioned would be those whom the platform may mention
            as_author = self._question().sudo(False).with_user(self.create_uid)
            as_author._tell_mentioned(self._text(), f"{self._name},{self.id}")

    def unlink(self):
        questions = self._question() - self
        # A cascade of PostgreSQL would leave what they hold on the disk.
        # sudo: whoever deletes a text deletes its files
        attachments = self.env["collab.forum.attachment"].sudo()
        attachments.search([("post_id", "in", (self.with_context(active_test=False).child_ids | self).ids)]).unlink()
        result = super().unlink()
        questions._refresh()
        return result

    def _purge(self):
        # The answers with their question, one by one: a cascade of PostgreSQL would leave what they carry.
        (self.with_context(active_test=False).child_ids | self).unlink()

    def _files(self):
        return self.env["collab.forum.attachment"]._rows_by_whole(self).get(self.id, [])

    def _take_files_away(self, numbers):
        found = self.env["collab.forum.attachment"].search([("id", "in", list(numbers)), ("post_id", "=", self.id)])
        names = found.mapped("name")
        found.unlink()
        return names

    def _author_fields(self):
        return ANSWER_FIELDS if self.parent_id else QUESTION_FIELDS

    def _question(self):
        """:return forum.post: the question of each of these posts, or itself"""
        return self.filtered(lambda post: not post.parent_id) | self.parent_id

    def _post(self):
        return self

    def _titles_for(self, person):
        """:param res.users person: who would read them
        :return dict[forum.post, str]: the titles of those of these questions that he may read, in the bin or not"""
        if person._audience_scope() is None:
            return {}
        mine = self.with_user(person).with_context(active_test=False).search([("id", "in", self.ids)])
        return {self.browse(question.id): question.name for question in mine}

    def _text(self):
        return "\n".join(filter(None, (self.name, tools.html2plaintext(self.content or "", include_references=False))))

    def _before(self, vals):
        found = [super()._before(vals)]
        for name in sorted(vals.keys() & {"territory_id", "audience_network_ids", "audience_territory_ids"}):
            label = self._fields[name]._description_string(self.env)
            found.append(f"{label}: {', '.join(self[name].mapped('display_name')) or '—'}")
        return "\n".join(found)

    def _url(self, said=""):
        """
        :param str said: a query, for what the page says of what has just been done
        :return str: the path of the page where this post is read
        """
        page = self._page()
        query = "&".join(filter(None, (said, f"page={page}" if page > 1 else "")))
        path = f"/forum/{(self.parent_id or self).id}{query and '?' + query}"
        return f"{path}#reponse-{self.id}" if self.parent_id else path

    def _page(self):
        """:return int: the page of its discussion on which this post stands, for the current user"""
        if self.parent_id.child_count <= ANSWERS_SHOWN:
            return 1
        answers = self.search(Domain("parent_id", "=", self.parent_id.id), order=ANSWERS_ORDER).ids
        return answers.index(self.id) // ANSWERS_SHOWN + 1 if self.id in answers else 1

    def _lock(self):
        """Keep others who change this discussion waiting: they are then replayed, and find what has been done."""
        locked = tuple((self | self._question()).ids)
        # Written, if only as it was: whoever comes second would not be replayed for a row that has only been locked.
        self.env.cr.execute(
            SQL(
                """WITH taken AS (SELECT id FROM forum_post WHERE id IN %s ORDER BY id FOR UPDATE)
                   UPDATE forum_post post SET active = post.active FROM taken WHERE post.id = taken.id""",
                locked,
            )
        )

    def _refresh(self):
        """Bring up to date what lists say of these questions: how many answers there are, whether one is retained or
        approved, who spoke last and when. In one query, for all readers: of what all of them may read. What has become
        an answer is summed up on its question, and on none of its own."""
        self = self._question()
        if not self.ids:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH said AS (
                       SELECT coalesce(post.parent_id, post.id) AS question_id, post.id, post.create_uid,
                              post.shown_date, post.is_correct, post.is_approved,
                              CASE WHEN post.parent_id IS NULL THEN 0 ELSE 1 END AS kind,
                              post.create_uid IS DISTINCT FROM post.asker_id AS by_another
                         FROM forum_post post
                        WHERE (post.id IN %(ids)s AND post.parent_id IS NULL)
                           OR (post.parent_id IN %(ids)s AND post.is_shown)
                        UNION ALL
                       SELECT coalesce(post.parent_id, post.id), comment.id, comment.create_uid, comment.shown_date,
                              FALSE, FALSE, 2, FALSE
                         FROM collab_forum_comment comment JOIN forum_post post ON post.id = comment.post_id
                        WHERE (post.id IN %(ids)s OR post.parent_id IN %(ids)s) AND post.is_shown AND comment.is_shown),
                   found AS (
                       SELECT question_id, count(*) FILTER (WHERE kind = 1) AS answers,
                              coalesce(bool_or(is_correct) FILTER (WHERE kind = 1), FALSE) AS retained,
                              coalesce(bool_or(is_approved) FILTER (WHERE kind = 1), FALSE) AS approved,
                              min(shown_date) FILTER (WHERE kind = 1 AND by_another) AS answered,
                              max(shown_date) AS latest,
                              (array_agg(create_uid ORDER BY shown_date DESC NULLS LAST, kind DESC, id DESC))[1] AS last
                         FROM said GROUP BY question_id)
                   UPDATE forum_post question
                      SET child_count = found.answers, has_validated_answer = found.retained,
                          has_approved_answer = found.approved, answered_date = found.answered,
                          content_date = coalesce(found.latest, question.create_date),
                          last_activity_date = coalesce(found.latest, question.create_date), last_author_id = found.last
                     FROM found WHERE question.id = found.question_id AND question.parent_id IS NULL""",
                ids=tuple(self.ids),
            )
        )
        self.invalidate_recordset(SUMMARY, flush=False)
        self.env["collab.change"]._note(self._name)

    # Who is told

    def _announce(self):
        posts = self.filtered(lambda post: post.is_shown and not post.shown_date)
        posts.write({"shown_date": fields.Datetime.now()})
        posts._tell_shown()

    def _tell_shown(self):
        """Let lists say that these posts may be read, and tell those whom it concerns."""
        for post in self.sorted("id"):
            question, author = post._question(), post.create_uid
            is_first = bool(post.parent_id) and not question.answered_date and author != question.create_uid
            question._refresh()
            if not question.is_shown:
                continue
            # sudo: off, or marks and mentions would be those of the platform
            as_author = question.sudo(False).with_user(author)
            as_author._join()
            event = f"{post._name},{post.id}"
            if "@" in (post.name or "") or "@" in (post.content or ""):
                as_author._tell_mentioned(post._text(), event)
            if not post.parent_id:
                as_author._tell("forum_discussion", event, question._theme_followers())
                continue
            if is_first:
                as_author._tell("forum_first_answer", event, question.create_uid)
            as_author._tell("forum_answer", event, question._followers())

    def _notify_state_update(self):
        """Write none of the mails of website_forum: the outbox tells."""
        return True

    def message_post(self, *, message_type="notification", subtype_xmlid=None, **kwargs):
        """Keep no message of website_forum: "Question edited", to whoever was once subscribed."""
        if (subtype_xmlid or "").startswith("website_forum."):
            return self.env["mail.message"]
        return super().message_post(message_type=message_type, subtype_xmlid=subtype_xmlid, **kwargs)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell nobody: the outbox of the platform does."""
        return []

    def _tell(self, kind, event, people):
        """:param res.users people: what they may read is asked when the mail leaves"""
        self.env["collab.notification"]._notify(kind, self, event, people.with_env(self.env))

    def _tell_mentioned(self, text, event):
        """Tell those whose names somebody has just written.

        :param str text: which he has written in this discussion
        :param str event: that it has been written
        """
        if "@" in text:
            self._tell("forum_mention", event, self._mentioned(text))

    def _join(self):
        """Let the current user follow a discussion in which he has just spoken; he has seen it."""
        self.env["collab.mark"]._put(("follow", "seen"), self._name, self.ids)
        self.invalidate_recordset(["is_new", "is_followed"], flush=False)

    def _set_mark(self, kind, on):
        """One keeps and follows a discussion, not one of its answers."""
        return super(ForumPost, self._question())._set_mark(kind, on)

    def _theme_followers(self):
        """:return res.users: who follows the theme, or the territory or one in which it lies"""
        people = self.forum_id.theme_id._followers()
        places = self.env["collab.territory"]._steps().get(self.territory_id.id, ())
        return people | self.env["collab.territory"].browse(places)._followers()

    def _tell_moderators(self, event):
        """:param str event: what awaits a moderator in this discussion"""
        question = self._question()
        question._tell("forum_queue", event, question._moderators())

    def _moderators(self):
        """:return res.users: those of the networks to which this discussion is addressed, or of all of them; without
        any, the administrators"""
        # sudo: members list no accounts
        Users, networks = self.env["res.users"].sudo(), self.sudo().audience_network_ids
        roles = {role: self.env.ref(f"collab_reseaux.group_{role}").ids for role in ("moderator", "administrator")}
        theirs = Domain("partner_id.scope_network_ids", *(("in", networks.ids) if networks else ("!=", False)))
        found = Users.search(Domain("all_group_ids", "in", roles["moderator"]) & theirs)
        return (found or Users.search([("all_group_ids", "in", roles["administrator"])])).sudo(False)

    def _notification(self, kind, event):
        if kind == "forum_queue":
            return self._notification_of_queue(event)
        model, _comma, number = event.partition(",")
        said = self.env[model].search([("id", "=", int(number))])
        if not said.is_shown:
            return None
        post = said._post()
        question, me = post._question(), self.env.user
        if not question.is_shown or not self._still_wanted(kind, question, me):
            return None
        title = f"«\N{NO-BREAK SPACE}{question.name}\N{NO-BREAK SPACE}»"
        person = self._authors(said.create_uid)[said.create_uid.id][0]
        theme = self.env["forum.forum"]._labels().get(question.forum_id.id, "")
        subject = {
            "forum_first_answer": self.env._("%(person)s answers your question %(title)s", person=person, title=title),
            "forum_answer": self.env._("%(person)s writes in %(title)s", person=person, title=title),
            "forum_discussion": self.env._("New question in %(theme)s: %(title)s", theme=theme, title=title),
            "forum_mention": self.env._("%(person)s mentions you in %(title)s", person=person, title=title),
        }[kind]
        text = post.plain_content if said == post else said.body
        url = post._url() if said == post else f"/forum/{question.id}#commentaire-{said.id}"
        return {"title": question.name, "subject": subject, "said": text or "", "url": url}

    @api.model
    def _still_wanted(self, kind, question, person):
        if kind == "forum_answer":
            return question.is_followed
        if kind == "forum_first_answer":
            return question.create_uid == person
        if kind == "forum_discussion":
            # sudo: who follows what, asked about the person himself
            return person in question.sudo()._theme_followers()
        return True

    def _notification_of_queue(self, event):
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return None
        what, _comma, which = event.partition(",")
        if what == "unanswered":
            waits = self.waits_for_answer
        elif what == "edit":
            waits = self.env["collab.forum.edit"].search([("id", "=", int(which))])
        elif what == "flag":
            waits = self.env["collab.forum.flag"].search([("id", "=", int(which)), ("is_closed", "=", False)])
        else:
            model, _comma, number = which.partition(",")
            waits = self.env[model].search([("id", "=", int(number)), ("state", "=", "pending")])
        return self._notification_of_work() if waits else None

    @api.model
    def _notification_of_work(self):
        """:return dict | None: how much awaits the current moderator, and for how long: the same, whatever has come,
        so that a mail says it once; None: nothing does"""
        items = self._queue_items()
        if not items:
            return None
        labels = {
            "flag": self.env._("Flagged"),
            "pending": self.env._("Waits to be read"),
            "edit": self.env._("Corrected by its author"),
            "unanswered": self.env._("Unanswered for two days"),
        }
        lines = [
            f"{labels[what]}\N{NO-BREAK SPACE}: {record._post()._question().name}"
            for what, record, _date, _flags in items[:TOLD_MAX]
        ]
        if len(items) > TOLD_MAX:
            lines.append("…")
        said = "\n".join(lines)
        return {
            "title": self.env._("What awaits you"),
            "subject": self._queue_sentence(items),
            "said": said,
            "url": "/forum/moderation",
        }

    @api.model
    def _queue_sentence(self, items=None):
        """:param list[tuple] | None items: as ``_queue_items``, if they are known already
        :return str: how much awaits the current moderator, and for how long; empty: nothing does"""
        items = self._queue_items() if items is None else items
        if not items:
            return ""
        age = self._age(items[0][2])
        if len(items) == 1:
            return self.env._("1 thing awaits you in the forum, for %s", age)
        return self.env._(
            "%(number)s things await you in the forum, the oldest for %(age)s", number=len(items), age=age
        )

    @api.model
    def _age(self, date):
        """:param datetime date: in the past
        :return str: for how long, as one says it"""
        hours = max(0, int((fields.Datetime.now() - date).total_seconds())) // 3600
        days = hours // 24
        if days:
            return self.env._("1 day") if days == 1 else self.env._("%s days", days)
        if hours:
            return self.env._("1 hour") if hours == 1 else self.env._("%s hours", hours)
        return self.env._("less than an hour")

    @api.model
    def _call_for_answers(self):
        """Tell those who moderate, once, of each question that nobody has answered in two days."""
        for question in self.search(self._waiting_domain() & Domain("called_date", "=", False), limit=CALLS_A_RUN):
            question._tell_moderators(f"unanswered,{question.id}")
            question.called_date = fields.Datetime.now()

    # Mentions

    def _readers_domain(self):
        """:return Domain: the accounts of those who read this discussion"""
        # sudo: who may read it is asked, and not told
        question = self._question().sudo()
        networks, territories = question.audience_network_ids.ids, question.audience_territory_ids.ids
        readers = self._audience_readers_among(networks, territories)
        if not question.is_shown:
            readers &= Domain("id", "=", question.create_uid.id)
        return self._staff_readers_domain(networks) | readers

    @api.model
    def _staff_readers_domain(self, networks):
        accepted = Domain("accepted_charter_id", "in", list(self.env["collab.charter"]._in_force_ids()))
        roles = {role: self.env.ref(f"collab_reseaux.group_{role}").ids for role in ("moderator", "administrator")}
        moderators = Domain("all_group_ids", "in", roles["moderator"])
        # sudo: a setting
        if networks and not self.env["ir.config_parameter"].sudo().get_param("collab_reseaux.moderators_read_all"):
            moderators &= Domain("partner_id.scope_network_ids", "in", networks)
        return (
            Domain("active", "=", True)
            & accepted
            & (moderators | Domain("all_group_ids", "in", roles["administrator"]))
        )

    def _suggest(self, letters, network_ids=(), territory_ids=()):
        """Suggest whom to mention, among those who read this discussion.

        :param str letters: the first ones of a name
        :param Sequence[int] network_ids: audience of a question that is not asked yet, when there is none
        :param Sequence[int] territory_ids: the same
        :return list[dict]: name and organisation of twenty people at most, by name
        """
        letters = " ".join(re.sub(r"[%_\\\x00]", " ", letters or "").split())[:TITLE_MAX_CHARS]
        if len(letters) < 2 or self.env.user._audience_scope() is None:
            return []
        if self:
            self.check_access("read")
            if not self._addressed():
                return []
            readers = self._readers_domain()
        else:
            readers = self._staff_readers_domain(list(network_ids)) | self._audience_readers_among(
                network_ids, territory_ids
            )
        # By the beginning of one of their names.
        named = Domain("name", "=ilike", f"{letters}%") | Domain("name", "ilike", f" {letters}")
        # sudo: members list no accounts; what leaves this method is what the others see of them
        found = (
            self.env["res.users"]
            .sudo()
            .search(readers & named & Domain("id", "!=", self.env.uid), limit=SUGGESTED_MAX, order="name")
        )
        known = self.env["collab.member"]._named_by_account(found.ids)
        # The name alone is what a mention is known by.
        return [{"name": user.name, "organisation": known[user.id][1] or ""} for user in found if user.id in known]

    def _mentioned(self, text):
        """Find whom a text mentions, by an at-sign and the whole name.

        :param str text: without its form
        :return res.users: readers of this discussion, a few at most; those who bear the same name, all of them
        """
        spoken = []
        for found in MENTION.findall(text)[:MENTIONS_READ]:
            parts = found.split()[:NAME_WORDS]
            spoken.append([" ".join(parts[:size]).rstrip(AFTER_NAME) for size in range(len(parts), 0, -1)])
        names = {name for candidates in spoken for name in candidates if name}
        if not names:
            return self.env["res.users"]
        # sudo: as above
        people = self.env["res.users"].sudo().search(self._readers_domain() & Domain("name", "in", list(names)))
        by_name = people.grouped("name")
        mentioned = self.env["res.users"]
        for candidates in spoken:
            name = next((name for name in candidates if name in by_name), None)
            if name:
                mentioned |= by_name[name].sudo(False)
        return mentioned[:MENTIONED_MAX]

    # What readers do

    def _thank(self, on):
        """Thank the author, or not any more.

        :param bool on: whether one thanks
        :raises AccessError: one writes nothing here
        :raises UserError: one has written it oneself
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._check_may_write()
        if self.create_uid == self.env.user:
            raise UserError(self.env._("One does not thank oneself."))
        self._lock()
        # sudo: a vote is written here only, and is one's own
        votes = self._without_defaults()["forum.post.vote"].sudo()
        own = votes.search([("post_id", "=", self.id), ("user_id", "=", self.env.uid)])
        if own:
            own.vote = "1" if on else "0"
        elif on:
            votes.create({"post_id": self.id, "user_id": self.env.uid, "vote": "1"})

    def _retain(self, on):
        """Say which answer has helped, as the asker; there is one at most.

        :param bool on: whether it is this one
        :raises AccessError: another has asked, or one writes nothing here
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._check_may_write()
        if not self.parent_id or self.asker_id != self.env.user:
            raise AccessError(self.env._("Whoever has asked says which answer has helped."))
        self._lock()
        # sudo: the answer is another person's
        answers = self.sudo().parent_id.child_ids
        answers.filtered(lambda answer: answer.is_correct and answer != self).write({"is_correct": False})
        self.sudo().write({"is_correct": bool(on)})

    # What moderators do, beside what they do with comments too

    def _approve(self, on, reason=""):
        """Say, for a federation, that an answer is right.

        :param bool on: whether it is
        :param str reason: optional; its author reads it
        """
        for answer in self._as_moderator():
            if not answer.parent_id:
                raise UserError(self.env._("One approves an answer."))
            answer._lock()
            answer._check_applies(SHOWN_STATES)
            kind = "approve" if on else "unapprove"
            if answer.is_approved == bool(on):
                raise answer._already_done([kind])
            answer.write({"is_approved": bool(on), "approved_uid": on and self.env.uid})
            answer._note_action(kind, (reason or "").strip()[:EXCERPT_CHARS])

    def _check_question(self):
        """:raises UserError: it is an answer, or another moderator has just made one of it"""
        if self.parent_id:
            if merged := self._last_action(["merge"]):
                raise UserError(
                    self.env._(
                        "%(person)s has merged it with another discussion, %(when)s: it is an answer now.",
                        **merged._who_and_when(),
                    )
                )
            raise UserError(self.env._("This is an answer: do it from the page of its question."))

    def _close(self, reason):
        """Let nothing be added to these discussions any more.

        :param str reason: the asker reads it, and the page shows it
        """
        reason = self._reason(reason)
        for question in self._as_moderator():
            question._check_question()
            question._check_applies(["active"], ["close"], ["close"])
            question.write({"state": "close", "closed_uid": self.env.uid, "closed_date": fields.Datetime.now()})
            question._close_flags("close")
            question._note_action("close", reason)

    def _reopen(self, reason):
        """Let people add to these discussions again.

        :param str reason: the asker reads it
        """
        reason = self._reason(reason)
        for question in self._as_moderator():
            question._check_question()
            question._check_applies(["close"], ["active"], ["reopen"])
            question.write({"state": "active", "closed_uid": False, "closed_date": False})
            question._note_action("reopen", reason)

    def _shown_state(self):
        # What was closed before it was hidden is closed again.
        return "close" if self.closed_date else super()._shown_state()

    def _move(self, forum_id, reason):
        """Put these discussions under another theme.

        :param int forum_id: the forum of that theme
        :param str reason: the asker reads it
        """
        reason = self._reason(reason)
        self._check_theme(forum_id)
        labels = self.env["forum.forum"]._labels()
        for question in self._as_moderator():
            question._check_question()
            question._check_applies(IN_PLACE)
            before = question.forum_id.id
            if before == forum_id:
                if question._last_action(["move"]):
                    raise question._already_done(["move"])
                raise UserError(self.env._("It is under this theme already: choose another one."))
            question.write({"forum_id": forum_id})
            question._note_action("move", reason, f"{labels[before]} → {labels[forum_id]}")

    def _merge_into(self, kept, reason):
        """These questions have been asked already: each becomes an answer in the other discussion, with all that was
        said under it, and its address leads there.

        :param forum.post kept: the question that stays
        :param str reason: the askers read it
        :raises UserError: they are not addressed to the same people: what was said under one would be read by others
        """
        reason = self._reason(reason)
        kept, others = kept._as_moderator(), (self - kept)._as_moderator()
        if not others:
            raise UserError(self.env._("This is the same discussion: choose another one."))
        for question in others:
            if question.parent_id == kept and question._last_action(["merge"]):
                raise question._already_done(["merge"])
            question._check_question()
            question._check_applies(IN_PLACE)
        kept._check_question()
        if not kept.is_shown:
            raise UserError(self.env._("This discussion is not shown: what joins it would not be read any more."))
        if any(question.audience_id != kept.audience_id for question in others):
            raise UserError(self.env._("These discussions are not addressed to the same people: correct that first."))
        (kept | others)._lock()
        self.env["collab.mark"]._copy(self._name, others.ids, kept.id)
        answers = others.with_context(active_test=False).child_ids
        answers.write({"parent_id": kept.id, "is_correct": False, "forum_id": kept.forum_id.id})
        for question in others:
            title = question.name
            edit = self.env["collab.forum.edit"]._of(question)
            if edit:
                edit.write({"name": False, "content": self._titled(edit.name, edit.content)})
            question.write(
                {
                    "parent_id": kept.id,
                    "content": self._titled(title, question.content),
                    "state": "active" if question.state == "close" else question.state,
                    "closed_uid": False,
                    "closed_date": False,
                    "forum_id": kept.forum_id.id,
                    "territory_id": False,
                    "audience_network_ids": [Command.clear()],
                    "audience_territory_ids": [Command.clear()],
                }
            )
            question._note_action("merge", reason, title)
        others._unlink_marks()

    @api.model
    def _titled(self, title, content):
        # An answer has no title: what was asked would be lost.
        return f"<p><strong>{tools.html_escape(title)}</strong></p>{content or ''}"

    def reopen(self):
        """Refuse website_forum's own ways of moderating, which ask for karma and say nothing to the author."""
        raise AccessError(self.env._("Only the federations do this."))

    def convert_answer_to_comment(self):
        """As ``reopen``."""
        return self.reopen()

    @api.model
    def convert_comment_to_answer(self, message_id):
        """As ``reopen``."""
        return self.reopen()

    def unlink_comment(self, message_id):
        """As ``reopen``."""
        return self.reopen()

    # What awaits a moderator

    @api.model
    def _own_audiences(self):
        """:return Domain: on posts, what is addressed to everyone or to a network of the moderator, even when a setting
        lets him read the others"""
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return Domain.TRUE
        # sudo: his own memberships
        networks = frozenset(self.env.user.sudo().partner_id.scope_network_ids.ids)
        return Domain("audience_id", "in", self.env["collab.audience"]._visible_ids(AudienceScope(networks, None)))

    @api.model
    def _queue(self, limit=QUEUE_MAX):
        """List what awaits the current moderator: what has been flagged, what waits, what nobody has answered.

        :param int limit: of each
        :return list[dict]: ``what`` (flag, pending, edit, unanswered), ``model``, ``id``, ``case_url``,
            ``question_id``, ``title``, ``url``, ``text``, ``shown`` (the same, with its form), ``author``,
            ``organisation``, ``when``, ``reasons``, ``files``, ``edit`` (as ``collab.forum.edit._row``, or ``None``);
            what is flagged before what is unanswered, and the oldest first
        :raises AccessError: he does not moderate
        """
        items = self._queue_items(limit)
        files = self.env["collab.forum.attachment"]._rows_by_whole(
            self.union(*(item[1] for item in items if item[1]._name == self._name))
        )
        authors = self._authors(self.env["res.users"].union(*(item[1].create_uid for item in items)))
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows, edits = [], self.env["collab.forum.edit"]
        for what, record, date, flags in items:
            post = record._post()
            question = post._question()
            author, organisation = authors[record.create_uid.id]
            rows.append(
                {
                    "what": what,
                    "model": record._name,
                    "id": record.id,
                    "case_url": record._case_url(),
                    "question_id": question.id,
                    "title": question.name,
                    "url": post._url(),
                    "text": (post.plain_content if record == post else record.body) or "",
                    "shown": post.content if record == post else record.body,
                    "edit": edits._of(record)._row() if what == "edit" else None,
                    "author": author,
                    "organisation": organisation,
                    "when": say_when(date, {}),
                    "reasons": flags.mapped("reason"),
                    "files": files.get(record.id, []) if record == post else [],
                }
            )
        return rows

    @api.model
    def _queue_items(self, limit=QUEUE_MAX):
        """:param int limit: of each
        :return list[tuple]: what, text, date since when, flags; by urgency, and the oldest first
        :raises AccessError: the current user does not moderate"""
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        mine = self._own_audiences()
        under = Domain("post_id", "any", mine)
        Flag, Comment = self.env["collab.forum.flag"], self.env["collab.forum.comment"]
        flagged = {}
        for flag in Flag.search(Domain("is_closed", "=", False) & under, limit=limit, order="id"):
            flagged.setdefault(flag.comment_id or flag.post_id, Flag)
            flagged[flag.comment_id or flag.post_id] |= flag
        pending = Domain("state", "=", "pending")
        items = [("flag", record, flags[0].create_date, flags) for record, flags in flagged.items()]
        for records in (
            self.search(pending & mine, limit=limit, order="create_date"),
            Comment.search(pending & under, limit=limit, order="create_date"),
        ):
            items += [("pending", record, record.create_date, Flag) for record in records]
        in_place = Domain("post_id.active", "=", True) & (
            Domain("comment_id", "=", False) | Domain("comment_id.active", "=", True)
        )
        edits = self.env["collab.forum.edit"].search(under & in_place, limit=limit)
        items += [("edit", edit._text(), edit.create_date, Flag) for edit in edits]
        unanswered = self.search(self._waiting_domain() & mine, limit=limit, order="shown_date")
        items += [("unanswered", record, record.shown_date, Flag) for record in unanswered]
        return sorted(items, key=lambda item: (URGENCY.index(item[0]), item[2]))

    @api.model
    def _bin(self, limit=QUEUE_MAX):
        """List what lies in the bin of the networks of the current moderator.

        :param int limit: of questions and answers, and of comments
        :return list[dict]: ``model``, ``case_url``, ``is_answer``, ``title``, ``text``, ``author``, ``when``, ``left``
            (days until it is gone for good), ``by`` (the moderator; empty: its author) and ``reason``; the latest first
        :raises AccessError: he does not moderate
        """
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        removed = Domain("active", "=", False) & Domain("removed_date", "!=", False)
        Post = self.with_context(active_test=False)
        Comment = Post.env["collab.forum.comment"]
        mine = Post._own_audiences()
        found = [
            *Post.search(removed & mine, limit=limit, order="removed_date desc"),
            *Comment.search(removed & Domain("post_id", "any", mine), limit=limit, order="removed_date desc"),
        ]
        found.sort(key=lambda record: record.removed_date, reverse=True)
        last = {}
        for action in self.env["collab.forum.action"].search(
            Domain("kind", "in", ("remove", "restore")) & Domain("post_id", "in", [part._post().id for part in found]),
            order="id",
        ):
            last[action.comment_id or action.post_id] = action
        authors = self._authors(
            self.env["res.users"].union(
                *(record.create_uid for record in found), *(action.create_uid for action in last.values())
            )
        )
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        now, rows = fields.Datetime.now(), []
        for record in found:
            post, action = record._post(), last.get(record)
            by_moderator = action and action.kind == "remove"
            rows.append(
                {
                    "model": record._name,
                    "case_url": record._case_url(),
                    "is_answer": record == post and bool(post.parent_id),
                    "title": post._question().name,
                    "text": (post.plain_content if record == post else record.body) or "",
                    "author": authors[record.create_uid.id][0],
                    "when": say_when(record.removed_date, {}),
                    "left": max(0, BIN_DAYS - (now - record.removed_date).days),
                    "by": authors[action.create_uid.id][0] if by_moderator else "",
                    "reason": action.reason if by_moderator else "",
                }
            )
        return rows

    def _applicable(self):
        found = super()._applicable()
        if self.active and not self.parent_id and self.state in ("active", "close"):
            found.insert(len(found) - 2, "close" if self.state == "active" else "reopen")
        return found

    def action_open_page(self):
        """:return dict: the action that leads from a screen of the federations to the page of this text"""
        return {"type": "ir.actions.act_url", "url": self._url(), "target": "self"}

    # Lists

    @api.model
    def _list_domain(self):
        """:return Domain: the discussions that lists show to whom they address: those that are shown, and one's own
        whatever they are"""
        shown = Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)
        return Domain("parent_id", "=", False) & shown & self._addressed_domain()

    @api.model
    def _latest(self, domain=(), limit=None, offset=0, order="latest"):
        """List the discussions that the reader may read, with all that a row of a list shows.

        :param str order: one of ORDERS
        :return forum.post: questions
        """
        return self.search_fetch(
            self._list_domain() & Domain(domain), SHOWN, order=ORDERS[order], limit=limit, offset=offset
        )

    @api.model
    def _latest_left(self, reading):
        """List what the reader has asked, and is not addressed to him any more. It stands apart: its place among the
        others would tell that they go on talking.

        :param Reading reading: his
        :return forum.post: questions, as given by ``_latest``
        """
        asked, uid = self._since_last_change("asked", reading.state, dict), self.env.uid
        if uid not in asked:
            self.flush_model()
            asked[uid] = self.env.execute_query(
                SQL(
                    "SELECT id, audience_id FROM forum_post"
                    " WHERE asker_id = %s AND active IS TRUE AND parent_id IS NULL",
                    uid,
                )
            )
        left = [question for question, audience in asked[uid] if not reading.is_for(audience)]
        return self.search_fetch([("id", "in", left)], SHOWN, order=ORDERS["newest"]) if left else self.browse()

    @api.model
    def _authors(self, users):
        """:return dict[int, tuple[str, str]]: by account, the name and organisation that pages show"""
        return {user: shown[:2] for user, shown in self._people(users).items()}

    @api.model
    def _people(self, users):
        """:return dict[int, tuple[str, str, int]]: by account, the name and organisation that pages show, and the
        number of his page, or zero"""
        known = self.env["collab.member"]._named_by_account(users.ids)
        # sudo: whether an account that is nobody's any more was somebody's; the platform's own is never active
        unknown = users.filtered(lambda user: user.id not in known and not user._is_superuser())
        left = unknown.sudo().filtered(lambda user: not user.active).ids if unknown else ()
        gone = self.env._("Member who has left")
        return {
            user: (gone, "", 0) if user in left else tuple(shown or "" for shown in known.get(user, ("", "", 0)))
            for user in users.ids
        }

    @api.model
    def _rows(self, questions, marks=None):
        """What the row of a list shows of discussions, with the marks of the reader, without a query for each.

        :param forum.post questions: those of a page, as given by ``_latest``; of one that is not addressed to the
            reader any more, what others have said and done is left out
        :param dict | None marks: what the reader has seen, keeps and follows, if it is known already
        :return list[dict]: id, title, excerpt, theme, territory, when, is_new, is_favourite, is_followed, state,
            answers, thanks, retained, approved, author, organisation, last_author, audience
        """
        authors = self._authors(questions.create_uid | questions.last_author_id)
        themes, places = self.env["forum.forum"]._labels(), self.env["collab.territory"]._names()
        show_audience = self.env["collab.audience"]._html
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        if marks is None:
            marks = self.env["collab.mark"]._of(self._name, [0, *questions.ids], ("seen", "favourite", "follow"))
        new, favourites, follows = questions._new_among(marks), marks.get("favourite", {}), marks.get("follow", {})
        rows, addressed = [], questions._addressed()
        for question in questions:
            heard = question in addressed
            author, organisation = authors[question.create_uid.id]
            rows.append(
                {
                    "id": question.id,
                    "title": question.name,
                    "excerpt": (question.plain_content or "")[:EXCERPT_CHARS],
                    "theme": themes.get(question.forum_id.id, ""),
                    "territory": places.get(question.territory_id.id, ""),
                    "when": say_when(question.content_date if heard else question.create_date, {}),
                    "is_new": question.id in new,
                    "is_favourite": question.id in favourites,
                    "is_followed": question.id in follows,
                    "state": question.state,
                    "answers": question.child_count if heard else None,
                    "thanks": question.vote_count if heard else 0,
                    "retained": heard and question.has_validated_answer,
                    "approved": heard and question.has_approved_answer,
                    "author": author,
                    "organisation": organisation,
                    "last_author": authors[((heard and question.last_author_id) or question.create_uid).id][0],
                    "audience": show_audience(question.audience_id.id),
                }
            )
        return rows

    @api.model
    def _whole(self, post_id):
        """:return forum.post: a question with all that its page shows; if it is an answer, or has become one, it leads
        to its ``parent_id``; nothing if the reader may not read it, in the bin included"""
        everything = self.with_context(active_test=False)
        return everything.search_fetch(Domain("id", "=", post_id), SHOWN_ON_PAGE).with_env(self.env)

    def _answers(self, limit=None, offset=0):
        """:return forum.post: the answers that the reader may read: approved, retained, then the oldest"""
        domain = Domain("parent_id", "=", self.id)
        return self.search_fetch(domain, SHOWN_ON_PAGE, order=ANSWERS_ORDER, limit=limit, offset=offset)

    def _count_answers(self):
        """:return int: how many answers to this question the reader may read"""
        return self.child_count if self._addressed() else self.search_count([("parent_id", "=", self.id)])

    @api.model
    def _page_rows(self, posts):
        """What the page of a discussion shows of a question and its answers, without a query for each.

        :param forum.post posts: as given by ``_whole`` and ``_answers``
        :return list[dict]: id, content, author, organisation, member (the number of his page), when, corrected, state,
            is_shown, thanks, thanked, mine, retained, approved, comments (as
            ``collab.forum.comment._rows_by_post``), files (as ``collab.forum.attachment._rows_by_whole``), edit (of the
            reader, that waits for a moderator, as ``collab.forum.edit._row``, or ``None``; of comments too)
        """
        authors = self._people(posts.create_uid)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        comments = self.env["collab.forum.comment"]._rows_by_post(posts)
        files = self.env["collab.forum.attachment"]._rows_by_whole(posts)
        # sudo: one's own thanks
        votes = self.env["forum.post.vote"].sudo()
        own = Domain("post_id", "in", posts.ids) & Domain("user_id", "=", self.env.uid) & Domain("vote", "=", "1")
        thanked = set(votes.search_fetch(own, ["post_id"]).post_id.ids)
        edits = {}
        if self.env.user in posts.create_uid or any(said["mine"] for said in itertools.chain(*comments.values())):
            edits = self.env["collab.forum.edit"]._own_by_text(posts)
        Comment = self.env["collab.forum.comment"]
        for said in itertools.chain(*comments.values()):
            said["edit"] = edits.get(Comment.browse(said["id"]))
        rows, addressed = [], posts._addressed()
        for post in posts:
            author, organisation, member = authors[post.create_uid.id]
            rows.append(
                {
                    "id": post.id,
                    "content": post.content,
                    "author": author,
                    "organisation": organisation,
                    "member": member,
                    "when": say_when(post.create_date, {}),
                    "corrected": bool(post.corrected_date),
                    "state": post.state if post.active else "removed",
                    "is_shown": post.is_shown,
                    "thanks": post.vote_count if post in addressed else 0,
                    "thanked": post.id in thanked,
                    "mine": post.create_uid == self.env.user,
                    "retained": post.is_correct,
                    "approved": post.is_approved,
                    "comments": comments.get(post.id, []),
                    "files": files.get(post.id, []),
                    "edit": edits.get(post),
                }
            )
        return rows

    @api.model
    def _similar(self, title, limit=SIMILAR_MAX):
        """Find discussions that ask the same, while somebody writes his title.

        :param str title: or the beginning of one
        :return forum.post: questions that the reader may read, the closest first; ``SHOWN`` is not read yet
        """
        asked = [word for word in words(title[:TITLE_MAX_CHARS]).split() if len(word) > 2][:SIMILAR_WORDS]
        if not asked:
            return self.browse()
        # The last word may not be whole yet.
        tsquery = SQL("to_tsquery('french'::regconfig, %s)", " | ".join([*asked[:-1], f"{asked[-1]}:*"]))

        def text(alias):
            return SQL("to_tsvector('french'::regconfig, unaccent(%s))", SQL.identifier(alias, "name"))

        said = Domain.custom(to_sql=lambda model, alias, query: SQL("%s @@ %s", text(alias), tsquery))
        shown = Domain("parent_id", "=", False) & Domain("is_shown", "=", True) & self._addressed_domain()
        # Ranking reads each title again: a word that everybody uses would have all of them read.
        query = self._search(shown & said, order="id desc", limit=SIMILAR_RANKED)
        found = self.env.execute_query(
            SQL(
                """SELECT post.id FROM forum_post post WHERE post.id IN %s
                    ORDER BY ts_rank(%s, %s) DESC, post.id DESC LIMIT %s""",
                query.subselect(),
                text("post"),
                tsquery,
                limit,
            )
        )
        return self.browse(post for (post,) in found)

    def _get_related_posts(self, limit=SIMILAR_MAX):
        """Replace website_forum's, which asks for nobody's rights."""
        return (self._similar(self.name or "", limit + 1) - self)[:limit]

    # Numbers

    @api.model
    def _reading(self, kinds=("seen", "favourite", "follow")):
        """
        :param Iterable[str] kinds: of marks; what lists show, unless told
        :return Reading: of the current user, as a page asks for it once
        """
        scope = self.env.user._audience_scope()
        if scope is None:
            return Reading((), None, {})
        everything = scope.network_ids is None and scope.territory_ids is None
        return Reading(
            None if everything else self.env["collab.audience"]._visible_ids(scope),
            self.env["collab.change"]._state(self._name),
            self.env["collab.mark"]._of(self._name, kinds=kinds),
        )

    @api.model
    def _facets(self, reading, forum=None, territory=None, state=None):
        """Count the discussions that are shown and that the reader may read, as he has filtered them.

        :param Reading reading: his
        :param int | None forum: that of the theme that he has chosen
        :param int | None territory: the one that he has chosen; what lies in it counts
        :param str | None state: one of ``facets.STATES``
        :return dict: as ``Counts.facets``
        """
        steps = self.env["collab.territory"]._steps()

        def count():
            return Counts(self._count_rows(), lambda place: steps.get(place, ()))

        if reading.audiences == ():
            return Counts((), None).facets((), forum, territory, state)
        counts = self._since_last_change("counts", reading.state, count)
        return counts.facets(reading.audiences, forum, territory, state)

    @api.model
    def _count_rows(self):
        """:return list[tuple]: audience, forum, territory, whether they are unanswered, and solved, number, of the
        discussions shown"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT audience_id, forum_id, territory_id, answered_date IS NULL,
                          coalesce(has_validated_answer, FALSE) OR coalesce(has_approved_answer, FALSE), count(*)
                     FROM forum_post
                    WHERE active IS TRUE AND parent_id IS NULL AND is_shown GROUP BY 1, 2, 3, 4, 5"""
            )
        )

    def _new_among(self, marks):
        return super(ForumPost, self._addressed())._new_among(marks)

    @api.model
    def _new_domain(self):
        shown = Domain("parent_id", "=", False) & Domain("is_shown", "=", True)
        return super()._new_domain() & shown & self._addressed_domain()

    @api.model
    def _count_new(self, reading=None):
        """Count among the discussions of the last weeks, which are kept: every page says how many are new.

        :param Reading | None reading: of the current user, if it is known already
        """
        reading = reading or self._reading()
        if reading.audiences == ():
            return 0
        recent = self._since_last_change("recent", reading.state, self._recent)
        since, seen, uid = self._seen_until(reading.marks), reading.marks.get("seen", {}), self.env.uid
        number = 0
        for date, question, audience, last_author in recent:
            if date <= since or number == COUNT_MAX:
                break
            if last_author != uid and reading.is_for(audience):
                number += not seen.get(question, since) >= date
        return number

    @api.model
    def _recent(self):
        """:return list[tuple]: date, identifier, audience, last author of what may be new, the latest first"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT content_date, id, audience_id, last_author_id FROM forum_post
                    WHERE active IS TRUE AND parent_id IS NULL AND is_shown AND content_date > %s
                    ORDER BY content_date DESC, id DESC""",
                fields.Datetime.now() - timedelta(days=NEW_DAYS),
            )
        )
