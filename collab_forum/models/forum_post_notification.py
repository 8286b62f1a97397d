from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

CALLS_A_RUN = 500


class ForumPost(models.Model):
    """Who is told of what is said in a discussion, and what a mail says of it."""

    _inherit = "forum.post"

    def _announce(self):
        posts = self.filtered(lambda post: post.is_shown and not post.shown_date)
        posts.write({"shown_date": fields.Datetime.now()})
        posts._tell_shown()

    def _tell_shown(self, naming=None):
        """Let lists say that these posts may be read, and tell those whom it concerns.

        :param set[int] | None naming: the posts that may name somebody (@), if it is known already
        """
        for post in self.sorted("id"):
            question, author = post._question(), post.create_uid
            is_first = bool(post.parent_id) and not question.answered_date and author != question.create_uid
            question._refresh()
            if not question.is_shown:
                continue
            # sudo: off, or marks and mentions would be those of the platform
            as_author = question.sudo(False).with_user(author)
            as_author._join()
            told = {}
            if post.id in naming if naming is not None else "@" in f"{post.name}{post.content}":
                told["forum_mention"] = as_author._mentioned(post._text())
            if is_first:
                told["forum_first_answer"] = question.create_uid
            if post.parent_id:
                told["forum_answer"] = question._followers()
            else:
                told["forum_discussion"] = question._theme_followers()
            as_author._tell(Event("said", post), told)

    def _tell_corrected(self):
        if self.shown_date:
            # sudo: off, or those mentioned would be those whom the platform may mention
            as_author = self._question().sudo(False).with_user(self.create_uid)
            as_author._tell(Event("said", self), {"forum_mention": as_author._mentioned(self._text())})

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

    def _tell(self, event, told):
        """
        :param Event event: what has happened in this discussion
        :param dict[str, res.users] told: people, by kind; what they may read is asked when the mail leaves
        """
        told = {kind: people.with_env(self.env) for kind, people in told.items()}
        self.env["collab.notification"]._notify_each(self, event, told)

    def _theme_followers(self):
        """:return res.users: who follows the theme, or the territory or one in which it lies"""
        people = self.forum_id.theme_id._followers()
        around = self.env["collab.territory"]._steps().get(self.territory_id.id, ())
        return people | self.env["collab.territory"].browse(around)._followers()

    def _notification(self, kind, event):
        said = event.about.search([("id", "=", event.about.id)])
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

    @api.model
    def _call_for_answers(self):
        """Tell those who moderate, once, of each question that nobody has answered in two days."""
        for question in self.search(self._waiting_domain() & Domain("called_date", "=", False), limit=CALLS_A_RUN):
            question._tell_moderators(Event("unanswered", question))
            question.called_date = fields.Datetime.now()

    def _join(self):
        """Let the current user follow a discussion in which he has just spoken; he has seen it."""
        self.env["collab.mark"]._put(("follow", "seen"), self._name, self.ids)
        self.invalidate_recordset(["is_new", "is_followed"], flush=False)

    def _set_mark(self, kind, on):
        """One keeps and follows a discussion, not one of its answers."""
        return super(ForumPost, self._question())._set_mark(kind, on)
