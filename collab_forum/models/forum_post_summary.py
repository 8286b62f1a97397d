from odoo import api, models
from odoo.tools import SQL

SUMMARY = [
    *("child_count", "has_validated_answer", "has_approved_answer", "answered_date"),
    *("content_date", "last_activity_date", "last_author_id", "answerer_id", "last_answer_date"),
]


class ForumPost(models.Model):
    """What lists say of a discussion, summed up on its question after each change."""

    _inherit = "forum.post"

    def _lock(self):
        """Keep others who change this discussion waiting: they are then replayed, and find what has been done."""
        locked = tuple((self | self._question()).ids)
        # An UPDATE that changes nothing, and not only a lock: under REPEATABLE READ, the second transaction fails on a
        # row that was written meanwhile, and Odoo replays it; a row that was only locked would not make it fail.
        self.env.cr.execute(
            SQL(
                """WITH taken AS (SELECT id FROM forum_post WHERE id IN %s ORDER BY id FOR UPDATE)
                   UPDATE forum_post post SET active = post.active FROM taken WHERE post.id = taken.id""",
                locked,
            )
        )

    def _refresh(self):
        """Bring up to date what lists say of these questions: how many answers there are, whether one is retained or
        approved, who answered and who spoke last, and when. In one query, for all readers: of what all of them may
        read. What has become an answer is summed up on its question, and on none of its own."""
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
                              max(shown_date) AS latest, max(shown_date) FILTER (WHERE kind = 1) AS latest_answer,
                              (array_agg(create_uid ORDER BY shown_date DESC NULLS LAST, id DESC)
                                  FILTER (WHERE kind = 1))[1] AS answerer,
                              (array_agg(create_uid ORDER BY shown_date DESC NULLS LAST, kind DESC, id DESC))[1] AS last
                         FROM said GROUP BY question_id)
                   UPDATE forum_post question
                      SET child_count = found.answers, has_validated_answer = found.retained,
                          has_approved_answer = found.approved, answered_date = found.answered,
                          content_date = coalesce(found.latest, question.create_date),
                          last_activity_date = coalesce(found.latest, question.create_date),
                          last_author_id = found.last, answerer_id = found.answerer,
                          last_answer_date = found.latest_answer
                     FROM found WHERE question.id = found.question_id AND question.parent_id IS NULL
                RETURNING question.id, %(summary)s""",
                ids=tuple(self.ids),
                summary=SQL(", ").join(SQL.identifier("question", name) for name in SUMMARY),
            )
        )
        rows = self.env.cr.fetchall()
        self.invalidate_recordset(SUMMARY, flush=False)
        # What comes next asks for them: who is told, and on which page an answer stands.
        known = self.browse(number for number, *_summary in rows)
        for position, name in enumerate(SUMMARY, 1):
            self._fields[name]._insert_cache(known, [row[position] for row in rows])
        self.env["collab.change"]._note(self._name)

    @api.model
    def _note_change(self):
        """Nothing: ``_refresh`` notes it, once for a whole discussion."""
