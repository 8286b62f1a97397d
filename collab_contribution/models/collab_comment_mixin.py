from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.refusals import beside

from ..html import UNWRITABLE
from .collab_contribution_mixin import STATES

BODY_MAX_CHARS = 5000  # as in the form
# What a page shows of comments.
SHOWN = ["body", "state", "active", "create_uid", "create_date", "corrected_date", "edit_waits"]


class CollabCommentMixin(models.AbstractModel):
    """What somebody says under a content, to those who may read it. Each kind of content has its own model, with a
    many2one to the content, named by ``_content_field``: whoever may read the content may read its comments, once they
    are shown."""

    _name = "collab.comment.mixin"
    _inherit = ["collab.searched.part.mixin", "collab.contribution.mixin"]
    _description = "Comment"
    _order = "id"
    _rec_name = "body"
    _searched_by = frozenset({"body", "state", "active"})

    body = fields.Text(string="Comment", required=True)
    state = fields.Selection(STATES, default="active", required=True, readonly=True)

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate."""
        domain = super()._audience_domain()
        if self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid))

    @api.model
    def _clean(self, text):
        """:param str text: as it was typed
        :return str: the text to keep
        :raises ValidationError: it is empty, or too long"""
        text = UNWRITABLE.sub("", (text or "").replace("\r\n", "\n")).strip()
        if not text:
            raise beside("body", ValidationError(self.env._("Write something first.")))
        if len(text) > BODY_MAX_CHARS:
            too_long = self.env._("This is too long: %s characters at most.", BODY_MAX_CHARS)
            raise beside("body", ValidationError(too_long))
        return text

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # A client could set fields through the context too (`default_…`).
            context = self.env.context
            kept = {name: value for name, value in context.items() if not name.startswith("default_")}
            self = self.with_env(self.env(context=kept))
            self.env.user._check_may_write()
            for vals in vals_list:
                self._only(vals, frozenset({self._content_field, "body"}))
                content = self.env[self._fields[self._content_field].comodel_name].browse(vals.get(self._content_field))
                content.check_access("read")
                self._check_takes(content)
            vals_list = [{**vals, "state": self._first_state(vals)} for vals in vals_list]
        vals_list = [{**vals, "body": self._clean(vals.get("body"))} for vals in vals_list]
        self.env["collab.daily.count"]._take("answer", len(vals_list))
        comments = super().create(vals_list)
        self.env["collab.fact"]._note("write", self.env[self._fields[self._content_field].comodel_name]._slug)
        # sudo: told in the name of each author, whoever creates
        comments.sudo()._announce()
        for comment in comments.filtered(lambda comment: comment.state == "pending"):
            comment._post()._tell_moderators(Event("pending", comment))
        return comments

    @api.model
    def _check_takes(self, content):
        """
        :param content: which the current user may read
        :raises UserError: nothing is said under it any more
        """
        content._lock()
        # sudo: what has become of it meanwhile
        if not content.sudo().is_shown:
            raise UserError(self.env._("This is not shown to others: nothing is added to it for now."))

    def write(self, vals):
        if self.env.su:
            return super().write({**vals, "body": self._clean(vals["body"])} if "body" in vals else vals)
        self._only(vals, self._author_fields())
        self.env.user._check_may_write()
        self.check_access("write")
        self._check_rewritable()
        for comment in self:
            comment._take_from_author({"body": self._clean(vals["body"])} if "body" in vals else {})
        return True

    def _announce(self):
        """Notify the followers of the content; the author of the comment becomes one, and is told of the next ones."""
        for comment in self.filtered(lambda comment: comment.is_shown and not comment.shown_date):
            comment.shown_date = fields.Datetime.now()
            # sudo: off, or marks would be those of the platform
            content = comment._post().sudo(False).with_user(comment.create_uid)
            content._set_mark("follow", True)
            content.env["collab.notification"]._notify("comment", content, Event("said", comment), content._followers())

    def _post(self):
        return self[self._content_field]

    @api.model
    def _declared_parts(self):
        """Nothing lies under a comment."""
        return None, None

    def _title(self):
        return self._post()._title()

    def _nature(self):
        return self.env._("A comment")

    def _yours(self, title=None):
        if not title:
            return self.env._("one of your comments")
        return self.env._("your comment in “%s”", title)

    def _read_url(self):
        return f"{self._post()._read_url().partition('#')[0]}#commentaire-{self.id}"

    def _words(self):
        return {"body": "body"}

    def _deletion_words(self):
        return {
            "title": self.env._("Delete your comment?"),
            "verb": self.env._("Delete the comment"),
            "done": self.env._("Comment deleted."),
            "back": self.env._("Comment put back."),
            "gone": self.env._("You have deleted your comment."),
        }

    @api.model
    def _count_under(self, contents):
        """:param Model contents: which the reader has read
        :return dict[int, int]: how many comments others may read under each"""
        if not contents:
            return {}
        self.flush_model()
        # Without the rules: whoever may read a content may read what is shown under it.
        content = SQL.identifier(self._content_field)
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT %s, count(*) FROM %s WHERE %s IN %s AND is_shown GROUP BY 1",
                    content,
                    SQL.identifier(self._table),
                    content,
                    tuple(contents.ids),
                )
            )
        )

    def _mail(self):
        """:return dict | None: what a mail says of this comment to the current user, who follows its content, as
        ``collab.content.mixin._notification``; None when he may not read it any more"""
        comment = self.search([("id", "=", self.id)])
        if not comment or not comment._post().is_followed:
            return None
        title = comment._title()
        subject = self.env._(
            "%(person)s comments %(title)s",
            person=self._authors(comment.create_uid)[comment.create_uid.id][0],
            title=f"«\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»",
        )
        return {"title": title, "subject": subject, "said": comment.body, "url": comment._read_url()}

    @api.model
    def _said_by(self, person):
        """:param res.users person:
        :return list[dict]: all that he has said, wherever it was, as the archive of his own data shows it; what it is
            about has a name only if he may read it now"""
        # sudo: his own words
        said = self.sudo().with_context(active_test=False).search([("create_uid", "=", person.id)])
        titles = said._titles_for(person)
        return [{"le": one.create_date, "a_propos_de": titles.get(one), "texte": one.body} for one in said]

    @api.model
    def _shown_under(self, contents, gone=(), before=None, **options):
        """
        :param Model contents: which the reader has read
        :param Collection[int] gone: of his own, those that he has just deleted: the page shows their place
        :param int | None before: only those that came before this one
        :param options: of ``search_fetch``
        :return collab.comment.mixin: the comments under them, with all that ``_rows`` shows
        """
        domain, comments = Domain(self._content_field, "in", contents.ids), self
        if before:
            domain &= Domain("id", "<", before)
        if gone:
            comments = self.with_context(active_test=False)
            domain &= Domain("active", "=", True) | (Domain("id", "in", gone) & Domain("create_uid", "=", self.env.uid))
        return comments.search_fetch(domain, [self._content_field, *SHOWN], **options).with_env(self.env)

    def _rows(self, people=None):
        """
        :param dict | None people: their authors, as ``_people``, if the page has read them already
        :return list[dict]: what a page shows of comments: id, text, author, initials, organisation, member (the number
            of his page), when, corrected, mine, state (removed: it has just been deleted)
        """
        people = self._people(self.create_uid) if people is None else people
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows = []
        for comment in self:
            author, organisation, member = people[comment.create_uid.id]
            rows.append(
                {
                    "id": comment.id,
                    "text": comment.body,
                    "author": author,
                    "initials": self._initials(author),
                    "organisation": organisation,
                    "member": member,
                    "when": say_when(comment.create_date, {}),
                    "corrected": bool(comment.corrected_date),
                    "mine": comment.create_uid == self.env.user,
                    "state": comment.state if comment.active else "removed",
                }
            )
        return rows
