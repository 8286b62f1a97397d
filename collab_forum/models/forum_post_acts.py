from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.collab_contribution.models.collab_moderated_mixin import IN_PLACE, SHOWN_STATES

EXCERPT_CHARS = 200


class ForumPost(models.Model):
    """What readers do with a discussion, and moderators, beside what they do with comments too."""

    _inherit = "forum.post"

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
        answers = self.sudo().with_context(active_test=False).parent_id.child_ids
        answers.filtered(lambda answer: answer.is_correct and answer != self).write({"is_correct": False})
        self.sudo().write({"is_correct": bool(on)})

    # What its author does

    def _deletion_words(self):
        if self.parent_id:
            return {
                "title": self.env._("Delete your answer?"),
                "verb": self.env._("Delete the answer"),
                "done": self.env._("Answer deleted."),
                "back": self.env._("Answer put back."),
                "gone": self.env._("You have deleted your answer."),
            }
        return {
            "title": self.env._("Delete your question?"),
            "verb": self.env._("Delete the question"),
            "done": self.env._("Question deleted."),
            "back": self.env._("Question put back."),
            "gone": self.env._("You have deleted your question."),
        }

    def _losses(self):
        def counted(number, one, many):
            return (number, one if number == 1 else many % number)

        answers = self.search([("parent_id", "=", self.id)])
        comments = self.env["collab.forum.comment"].search_count([("post_id", "in", [self.id, *answers.ids])])
        # Who has left learns nothing of what others do.
        thanks = sum((self | answers)._addressed().mapped("vote_count"))
        found = (
            counted(len(answers), self.env._("1 answer"), self.env._("%s answers")),
            counted(comments, self.env._("1 comment"), self.env._("%s comments")),
            counted(thanks, self.env._("1 thank-you"), self.env._("%s thank-yous")),
        )
        return [loss for loss in found if loss[0]]

    def _is_answered(self):
        """:return bool: others have answered this question, as far as the current user may know"""
        return not self.parent_id and bool(self.answered_date) and bool(self._addressed())

    def _check_withdrawable(self):
        if self._is_answered():
            raise UserError(self.env._("Others have answered your question: close it instead of deleting it."))

    def _deletion_asked(self):
        if not self._is_answered():
            return super()._deletion_asked()
        may_close = self.state == "active"
        why = self.env._("Others have answered your question: it cannot be deleted any more.")
        instead = self.env._("You can close it: the answers stay, and nobody adds any.")
        return {
            "title": self.env._("Close your question?") if may_close else self._deletion_words()["title"],
            "said": [why, instead] if may_close else [why],
            "verb": self.env._("Close the question") if may_close else "",
            "action": f"/forum/{self.id}/fermer",
            "is_grave": False,
            "keep": self.env._("Leave it open") if may_close else self.env._("Back"),
        }

    def _place_url(self):
        return self._url().partition("#")[0] if self.parent_id else super()._place_url()

    def _close_own(self):
        """Let nothing be added any more to the question that one has asked. Twice is once.

        :raises AccessError: another has asked
        :raises UserError: it is not a question that is open
        """
        self._check_own()
        self._check_question()
        self._lock()
        if self.state == "close":
            return
        # sudo: the state of a question is the platform's to write
        question = self.sudo()
        question._check_applies(["active"])
        question.write({"state": "close", "closed_uid": self.env.uid, "closed_date": fields.Datetime.now()})
        question._note_action("close_own", False, tells=False)

    def _may_reopen_own(self):
        """:return bool: the current user has closed this question himself, and no moderator has since"""
        if self.state != "close" or self.create_uid != self.env.user:
            return False
        last = self._last_action(("close", "reopen", "close_own", "reopen_own"))
        return last.kind == "close_own" and last.create_uid == self.env.user

    def _reopen_own(self):
        """Let people add again to the question that one has closed oneself. Twice is once.

        :raises AccessError: another has asked, or the current user writes nothing any more
        :raises UserError: somebody else has closed it
        """
        self._check_own()
        self.env.user._check_may_write()
        self._lock()
        if self.state == "active":
            return
        if not self._may_reopen_own():
            raise UserError(self.env._("Your federation has decided about it since: write to it."))
        # sudo: as in ``_close_own``
        question = self.sudo()
        question.write({"state": "active", "closed_uid": False, "closed_date": False})
        question._note_action("reopen_own", False, tells=False)

    # What moderators do

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
            question._check_judges_another(["close"])
            question.write({"state": "active", "closed_uid": False, "closed_date": False})
            question._note_action("reopen", reason)

    def _shown_state(self):
        # It was closed before it was hidden: it is closed again.
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
            edit = self.env["collab.edit"]._of(question)
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

    def _applicable(self):
        found = super()._applicable()
        if self.active and not self.parent_id and self.state in ("active", "close"):
            found.insert(len(found) - 2, "close" if self.state == "active" else "reopen")
        return found

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
