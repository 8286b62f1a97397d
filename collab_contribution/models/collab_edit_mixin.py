import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from odoo.addons.collab_courrier.models.collab_notification import Event


class CollabEditMixin(models.AbstractModel):
    """A correction that the author of a text has made, and that waits for a moderator. Until then, others read the text
    as it was. There is one at most for each text.

    A model that inherits this mixin has ``attachment_ids``, the files that are added.
    """

    _name = "collab.edit.mixin"
    _inherit = ["collab.note.mixin", "collab.rich.text.mixin"]
    _description = "Correction that waits for a moderator"
    _order = "id"

    name = fields.Char(string="Title", readonly=True)
    content = fields.Html(readonly=True, help="Of a text with a form.")
    body = fields.Text(string="Text of the comment", readonly=True)

    @api.model
    def _of(self, text):
        """:return collab.edit.mixin: the correction of this text that waits, in sudo; empty when there is none"""
        # sudo: nobody may write corrections otherwise; the caller has checked that the user may read the text
        return self.sudo().search(self._naming_domain(text))

    @api.model
    def _begin(self, text):
        """:return collab.edit.mixin: the correction of this text that waits, in sudo; when there is none, a new one,
        which says the same as the text"""
        found = self._of(text)
        if not found:
            found = found.create({**self._naming(text), **{name: text[name] for name in text._text_fields()}})
            text._post()._tell_moderators(Event("edited", found))
        return found

    @api.model
    def _propose(self, text, vals):
        """Keep what the author of a text has just typed, until a moderator reads it.

        :param collab.contribution.mixin text: of the current user
        :param dict vals: its new values, cleaned
        """
        edit = self._begin(text)
        edit.write(vals)
        if not edit.attachment_ids and edit._vals() == {name: text[name] for name in text._text_fields()}:
            # He has gone back to the text that others read: nothing waits any more.
            edit.unlink()

    def unlink(self):
        # Through the ORM: a cascade of PostgreSQL would delete the rows and leave the files on the disk.
        self.attachment_ids.unlink()
        return super().unlink()

    def _vals(self):
        """:return dict: the values to write on the text once the correction is accepted"""
        return {name: self[name] for name in self._about()._text_fields()}

    def _plain(self):
        """:return str: all its words, without formatting"""
        content = html2plaintext(self.content or "", include_references=False)
        return "\n".join(filter(None, (self.name, content, self.body, *self.attachment_ids.mapped("name"))))

    def _stamp(self):
        """:return str: a fingerprint of what it says: another one as soon as it says something else"""
        said = [self.name, self.content, self.body, *self.attachment_ids.ids]
        return hashlib.sha256("\0".join(str(part) for part in said).encode()).hexdigest()[:16]

    def _check_seen(self, stamp):
        """:param str stamp: the fingerprint of what a moderator has read
        :raises UserError: its author has changed it since"""
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
    def _own_by_text(self, contents):
        """:param Model contents: contents that the current user may read
        :return dict[collab.contribution.mixin, dict]: his own corrections that wait, as ``_row``, by text: these
            contents, and the texts under them"""
        mine = Domain("create_uid", "=", self.env.uid)
        # sudo: as in ``_of``; the search only finds his own
        own = self.sudo().search(Domain(self._content_field, "in", contents.ids) & mine)
        return {edit._about().sudo(False): edit._row() for edit in own}
