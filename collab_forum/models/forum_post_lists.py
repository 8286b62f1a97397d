import itertools
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.import_plan import comparable
from odoo.addons.collab_suivi.models.collab_mark import NEW_DAYS

from .forum_post import TITLE_MAX_CHARS, UNANSWERED_HOURS

ANSWERS_SHOWN = 50  # on a page
ANSWERS_ORDER = "is_approved desc, is_correct desc, create_date, id"
SIMILAR_MAX = 5
SIMILAR_WORDS = 12
SIMILAR_RANKED = 500

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
    *("content_date", "create_date", "last_author_id", "answerer_id", "last_answer_date", "answered_date"),
    *("child_count", "has_validated_answer", "has_approved_answer"),
]
# And a question or an answer on its page.
SHOWN_ON_PAGE = [
    *("name", "content", "forum_id", "territory_id", "audience_id", "state", "active", "is_shown", "thread_shown"),
    *("parent_id", "asker_id", "create_uid", "create_date", "content_date", "last_author_id", "corrected_date"),
    "edit_waits",
    *("vote_count", "child_count", "is_correct", "is_approved", "closed_date"),
    *("has_validated_answer", "has_approved_answer"),
]
ORDERS = {
    "latest": "content_date desc, id desc",
    "newest": "create_date desc, id desc",
    "thanks": "vote_count desc, id desc",
}


class Recent(NamedTuple):
    """What is kept in memory of a discussion of the last weeks."""

    date: datetime
    id: int
    audience: int
    forum: int
    territory: int | None
    asker: int
    last_author: int
    waits: bool  # nobody has answered


class ForumPost(models.Model):
    """What lists show of discussions, and the page of one of them."""

    _inherit = "forum.post"

    def _url(self):
        """:return str: the path of the page where this post is read"""
        page = self._page()
        path = f"/forum/{(self.parent_id or self).id}{f'?page={page}' if page > 1 else ''}"
        return f"{path}#reponse-{self.id}" if self.parent_id else path

    def _page(self):
        """:return int: the page of its discussion on which this post stands, for the current user"""
        if self.parent_id.child_count <= ANSWERS_SHOWN:
            return 1
        answers = self.search(Domain("parent_id", "=", self.parent_id.id), order=ANSWERS_ORDER).ids
        return answers.index(self.id) // ANSWERS_SHOWN + 1 if self.id in answers else 1

    @api.model
    def _list_domain(self):
        """:return Domain: the discussions that lists show to whom they address: those that are shown, and one's own
        whatever they are"""
        shown = Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid)
        return Domain("parent_id", "=", False) & shown & self._addressed_domain()

    @api.model
    def _filter_domain(self, forum=None, territory=None, state=None):
        """
        :param int | None forum: that of a theme
        :param int | None territory: that questions are about; what lies in it counts
        :param str | None state: ``new``, ``unanswered``, ``solved``, ``followed`` or ``favourite``
        :return Domain: the discussions that a reader filters so
        """
        domain = Domain("forum_id", "=", forum) if forum else Domain.TRUE
        if territory:
            domain &= Domain("territory_id", "in", list(self.env["collab.territory"]._within({territory})))
        if state == "unanswered":
            domain &= Domain("answered_date", "=", False)
        elif state == "solved":
            domain &= Domain("has_validated_answer", "=", True) | Domain("has_approved_answer", "=", True)
        elif state == "followed":
            domain &= Domain("is_followed", "=", True)
        elif state == "favourite":
            domain &= Domain("is_favourite", "=", True)
        elif state == "new":
            domain &= self._new_domain()
        return domain

    @api.model
    def _latest_around(self, reading, themes, territories, limit, known):
        """List the latest discussions of the last weeks in some themes, or about some territories. They are found in
        memory, as what is new is counted, and most of them are on the page already.

        :param Reading reading: that of the current user
        :param Collection[int] themes: his
        :param set[int] territories: likewise; what lies in them counts, and what they lie in: what is asked of a
            département is asked of whoever works in a part of it
        :param int limit: how many at most
        :param forum.post known: questions that ``_latest`` has just given
        :return forum.post: questions, as given by ``_latest``
        """
        forums, around = self._around(themes, territories)
        recent = self._since_last_change("recent places", reading.state, self._recent_places)
        oldest = fields.Datetime.now() - timedelta(days=NEW_DAYS)
        theirs = (
            one.id
            for one in recent
            if (one.forum in forums or one.territory in around) and one.date > oldest and reading.is_for(one.audience)
        )
        found = list(itertools.islice(theirs, limit))
        missing = [number for number in found if number not in known._ids]
        readable = {*known.ids, *(self._latest([("id", "in", missing)]).ids if missing else ())}
        return self.browse(number for number in found if number in readable)

    @api.model
    def _around(self, themes, territories):
        """
        :param Collection[int] themes: of a reader
        :param set[int] territories: likewise
        :return tuple[set[int], set[int]]: the forums of these themes; these territories, what lies in them, and what
            they lie in
        """
        forums, steps = self.env["forum.forum"]._by_theme(), self.env["collab.territory"]._steps()
        around = {outer for territory in territories for outer in steps.get(territory, ())}
        around.update(self.env["collab.territory"]._within(territories))
        return {forums[theme] for theme in themes if theme in forums}, around

    @api.model
    def _recent_places(self):
        """:return list[Recent]: the discussions that are shown, those of the last weeks, the latest first"""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT content_date, id, audience_id, forum_id, territory_id, asker_id, last_author_id,"
                " answered_date IS NULL AND child_count = 0 AND state = 'active' FROM forum_post"
                " WHERE content_date > %s AND %s ORDER BY content_date DESC, id DESC",
                fields.Datetime.now() - timedelta(days=NEW_DAYS),
                self._recent_condition(),
            )
        )
        return [Recent(*row) for row in rows]

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

    def _signers(self):
        return self.create_uid | self.answerer_id

    @api.model
    def _rows(self, questions, marks=None):
        """What the row of a list shows of discussions, with the marks of the reader, without a query for each.

        :param forum.post questions: those of a page, as given by ``_latest``; of one that is not addressed to the
            reader any more, what others have said and done is left out
        :param dict | None marks: what the reader has seen, keeps and follows, if it is known already
        :return list[dict]: id, title, theme, territory, is_new, is_favourite, is_followed, state, answers, retained,
            approved, who (a sentence: who asks, who has answered last, when), waits (a sentence, for what nobody has
            answered in two days), audience (empty for everyone)
        """
        names = self._short_names(questions._signers())
        themes, territories = self.env["forum.forum"]._labels(), self.env["collab.territory"]._names()
        show_audience = self.env["collab.audience"]._html
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        if marks is None:
            marks = self.env["collab.mark"]._of(self._name, [0, *questions.ids], ("seen", "favourite", "follow"))
        new, favourites, follows = questions._new_among(marks), marks.get("favourite", {}), marks.get("follow", {})
        rows, addressed = [], questions._addressed()
        for question in questions:
            heard = question in addressed
            answered = heard and question.child_count
            rows.append(
                {
                    "id": question.id,
                    "title": question.name,
                    "theme": themes.get(question.forum_id.id, ""),
                    "territory": territories.get(question.territory_id.id, ""),
                    "asks": self.env._("%s asks", names[question.create_uid.id]),
                    "when": "" if answered else say_when(question.create_date, {}),
                    "answered": answered
                    and self.env._(
                        "%(name)s has answered %(when)s",
                        name=names[question.answerer_id.id],
                        when=say_when(question.last_answer_date, {}),
                    ),
                    "waits": heard and question.is_shown and self._said_to_wait(question),
                    "is_new": question.id in new,
                    "is_favourite": question.id in favourites,
                    "is_followed": question.id in follows,
                    "state": question.state,
                    "answers": question.child_count if heard else None,
                    "retained": heard and question.has_validated_answer,
                    "approved": heard and question.has_approved_answer,
                    "audience": show_audience(question.audience_id.id),
                }
            )
        return rows

    @api.model
    def _said_to_wait(self, question):
        """:return str: how long a question has been waiting for an answer; empty before two days, and once answered"""
        days = (fields.Datetime.now() - question.create_date).days
        if (
            question.answered_date
            or question.child_count
            or question.state != "active"
            or days < UNANSWERED_HOURS // 24
        ):
            return ""
        return self.env._("no answer for %s days", days)

    @api.model
    def _for_page(self, post_id):
        """:return forum.post: a question with all that its page shows; if it is an answer, or has become one, it leads
        to its ``parent_id``; nothing if the reader may not read it, in the bin included"""
        everything = self.with_context(active_test=False)
        return everything.search_fetch(Domain("id", "=", post_id), SHOWN_ON_PAGE).with_env(self.env)

    def _answers(self, limit=None, offset=0, gone=()):
        """
        :param Collection[int] gone: of his own, those that he has just deleted: the page shows their place
        :return forum.post: the answers that the reader may read: approved, retained, then the oldest
        """
        domain, answers = Domain("parent_id", "=", self.id), self
        if gone:
            answers = self.with_context(active_test=False)
            domain &= Domain("active", "=", True) | (Domain("id", "in", gone) & Domain("create_uid", "=", self.env.uid))
        found = answers.search_fetch(domain, SHOWN_ON_PAGE, order=ANSWERS_ORDER, limit=limit, offset=offset)
        return found.with_env(self.env)

    def _count_answers(self):
        """:return int: how many answers to this question the reader may read"""
        return self.child_count if self._addressed() else self.search_count([("parent_id", "=", self.id)])

    @api.model
    def _page_rows(self, posts, seen=None, gone=()):
        """What the page of a discussion shows of a question and its answers, without a query for each.

        :param forum.post posts: as given by ``_for_page`` and ``_answers``
        :param datetime | None seen: when the reader has seen the discussion for the last time, if he has
        :param Collection[int] gone: as ``_answers``, of comments
        :return list[dict]: id, content, author, initials, organisation, member (the number of his page), when, is_new
            (since he has seen it), corrected, state,
            is_shown, thanks, thanked, mine, retained, approved, comments (as
            ``collab.forum.comment._rows_by_post``), files (as ``collab.forum.attachment._rows_by_content``), edit (of
            the reader, that waits for a moderator, as ``collab.edit._row``, or ``None``; of comments too),
            stamp (of what he may correct; of comments too)
        """
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        under = self.env["collab.forum.comment"]._under(posts, gone)
        authors = self._people(posts.create_uid | under.create_uid)
        comments = under._rows_by_post(authors)
        files = self.env["collab.forum.attachment"]._rows_by_content(posts)
        # sudo: one's own thanks
        votes = self.env["forum.post.vote"].sudo()
        own = Domain("post_id", "in", posts.ids) & Domain("user_id", "=", self.env.uid) & Domain("vote", "=", "1")
        thanked = set(votes.search_fetch(own, ["post_id"]).post_id.ids)
        edits = self.env["collab.edit"]._own_rows(posts, under)
        Comment = self.env["collab.forum.comment"]
        for said in itertools.chain(*comments.values()):
            comment = Comment.browse(said["id"])
            said["edit"] = edits.get(comment)
            said["stamp"] = said["mine"] and comment._stamp((said["edit"] or {}).get("stamp", ""))
        rows, addressed = [], posts._addressed()
        for post in posts:
            author, organisation, member = authors[post.create_uid.id]
            edit, mine = edits.get(post), post.create_uid == self.env.user
            rows.append(
                {
                    "id": post.id,
                    "content": post.content,
                    "author": author,
                    "initials": self._initials(author),
                    "organisation": organisation,
                    "member": member,
                    "when": say_when(post.create_date, {}),
                    "is_new": bool(seen) and not mine and post.create_date > seen,
                    "corrected": bool(post.corrected_date),
                    "state": post.state if post.active else "removed",
                    "is_shown": post.is_shown,
                    "thanks": post.vote_count if post in addressed else 0,
                    "thanked": post.id in thanked,
                    "mine": mine,
                    "retained": post.is_correct,
                    "approved": post.is_approved,
                    "comments": comments.get(post.id, []),
                    "files": files.get(post.id, []),
                    "edit": edit,
                    "stamp": mine and post._stamp((edit or {}).get("stamp", "")),
                }
            )
        return rows

    @api.model
    def _similar(self, title, limit=SIMILAR_MAX):
        """Find discussions that ask the same, while somebody writes his title.

        :param str title: or the beginning of one
        :return forum.post: questions that the reader may read, the closest first; ``SHOWN`` is not read yet
        """
        asked = [word for word in comparable(title[:TITLE_MAX_CHARS]).split() if len(word) > 2][:SIMILAR_WORDS]
        if not asked:
            return self.browse()
        # The last word may still be being typed: any word that begins so matches.
        tsquery = SQL("to_tsquery('french'::regconfig, %s)", " | ".join([*asked[:-1], f"{asked[-1]}:*"]))

        def text(alias):
            return SQL("to_tsvector('french'::regconfig, unaccent(%s))", SQL.identifier(alias, "name"))

        said = Domain.custom(to_sql=lambda model, alias, query: SQL("%s @@ %s", text(alias), tsquery))
        shown = Domain("parent_id", "=", False) & Domain("is_shown", "=", True) & self._addressed_domain()
        # ts_rank() computes the vector of each title again: for a common word, only the latest ones are ranked.
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
