import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.refusals import beside

BODY_MAX_CHARS = 5000  # as in the form
# PostgreSQL refuses some of these characters in a text; the others are controls that nobody types.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class CollabCommentMixin(models.AbstractModel):
    """What somebody says under a content, to those who may read it. Each kind of content has its own model, with a
    many2one to the content, named by ``_content_field``: whoever may read the content may read its comments."""

    _name = "collab.comment.mixin"
    _inherit = ["collab.part.mixin", "collab.author.mixin"]
    _description = "Comment"
    _order = "id"
    _rec_name = "body"

    body = fields.Text(string="Comment", required=True)

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
            self.env.user._check_may_write()
        vals_list = [{**vals, "body": self._clean(vals.get("body"))} for vals in vals_list]
        self.env["collab.daily.count"]._take("answer", len(vals_list))
        comments = super().create(vals_list)
        self.env["collab.fact"]._note("write", self.env[self._fields[self._content_field].comodel_name]._slug)
        return comments

    def write(self, vals):
        if not self.env.su:
            self.env.user._check_may_write()
        if "body" in vals:
            vals = {**vals, "body": self._clean(vals["body"])}
        return super().write(vals)

    def _say(self):
        """Notify the followers of the content; the author of the comment becomes one, and is told of the next ones."""
        for comment in self:
            content = comment[self._content_field]
            content._set_mark("follow", True)
            event = Event("said", comment)
            self.env["collab.notification"]._notify("comment", content, event, content._followers())

    def _rows(self, people=None):
        """
        :param dict | None people: their authors, as ``_people``, if the page has read them already
        :return list[dict]: what a page shows of comments: id, text, author, organisation, member (the number of his
            page), when, corrected, mine
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
                    "organisation": organisation,
                    "member": member,
                    "when": say_when(comment.create_date, {}),
                    "corrected": comment.write_date > comment.create_date,
                    "mine": comment.create_uid == self.env.user,
                }
            )
        return rows
