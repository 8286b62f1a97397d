import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext


class CollabForumEdit(models.Model):
    """What its author wants a text to become, and a moderator has not read yet: others go on reading what was accepted.
    There is one at most for each text."""

    _name = "collab.forum.edit"
    _inherit = "collab.part.mixin"
    _description = "Correction that waits for a moderator"
    _whole = "post_id"
    _order = "id"

    post_id = fields.Many2one("forum.post", required=True, readonly=True, ondelete="cascade")
    comment_id = fields.Many2one(
        "collab.forum.comment",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="When it is a comment under this question or answer that is corrected.",
    )
    name = fields.Char(string="Title", readonly=True, help="Of a question.")
    content = fields.Html(strip_style=True, strip_classes=True, readonly=True, help="Of a question or an answer.")
    body = fields.Text(string="Text of the comment", readonly=True)
    attachment_ids = fields.One2many("collab.forum.attachment", "edit_id", string="Files that are added")

    _once = models.UniqueIndex("(post_id, coalesce(comment_id, 0))", "A correction of this text waits already.")

    @api.model
    def _audience_domain(self):
        """Its author reads it, and those who moderate the text."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("create_uid", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        return own | (super()._audience_domain() & self.env["forum.post"]._heard_domain("post_id"))

    @api.model
    def _of(self, text):
        """:return collab.forum.edit: what waits for this text, in sudo; or none"""
        # sudo: written by these methods only; whoever asks has read the text
        return self.sudo().search([(name, "=", value) for name, value in text._name_of_part().items()])

    @api.model
    def _begin(self, text):
        """:return collab.forum.edit: what waits for this text, which says the same at first, in sudo"""
        found = self._of(text)
        if not found:
            found = found.create({**text._name_of_part(), **{name: text[name] for name in text._text_fields()}})
            text._post()._tell_moderators(f"edit,{found.id}")
        return found

    @api.model
    def _propose(self, text, vals):
        """Let what the author of a text has just typed wait for a moderator.

        :param forum.post | collab.forum.comment text: his
        :param dict vals: what he wants it to say, cleaned
        """
        edit = self._begin(text)
        edit.write(vals)
        if not edit.attachment_ids and edit._vals() == {name: text[name] for name in text._text_fields()}:
            # He has gone back to what others read.
            edit.unlink()

    def unlink(self):
        # A cascade of PostgreSQL would leave what they hold on the disk.
        self.attachment_ids.unlink()
        return super().unlink()

    def _text(self):
        """:return forum.post | collab.forum.comment: what is corrected"""
        return self.comment_id or self.post_id

    def _vals(self):
        """:return dict: what is to be written of the text"""
        return {name: self[name] for name in self._text()._text_fields()}

    def _plain(self):
        """:return str: all that it says, without its form"""
        content = html2plaintext(self.content or "", include_references=False)
        return "\n".join(filter(None, (self.name, content, self.body, *self.attachment_ids.mapped("name"))))

    def _stamp(self):
        """:return str: different as soon as it says something else"""
        said = [self.name, self.content, self.body, *self.attachment_ids.ids]
        return hashlib.sha256("\0".join(str(part) for part in said).encode()).hexdigest()[:16]

    def _check_seen(self, stamp):
        """:param str stamp: of what a moderator has read
        :raises UserError: it says something else now"""
        if stamp != self._stamp():
            raise UserError(self.env._("Its author has changed it meanwhile: read it again."))

    def _row(self):
        """:return dict: what a page shows of it: ``stamp``, ``name``, ``content``, ``body``, ``files``"""
        return {
            "stamp": self._stamp(),
            "name": self.name,
            "content": self.content,
            "body": self.body,
            "files": self.attachment_ids._rows(),
        }

    @api.model
    def _own_by_text(self, posts):
        """:param forum.post posts: which the reader has read
        :return dict[forum.post | collab.forum.comment, dict]: his own that wait, as ``_row``"""
        # sudo: his own
        own = self.sudo().search([("post_id", "in", posts.ids), ("create_uid", "=", self.env.uid)])
        return {edit._text().sudo(False): edit._row() for edit in own}
