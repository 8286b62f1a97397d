import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from odoo.addons.collab_courrier.models.collab_notification import Event


class CollabEdit(models.Model):
    """A correction that the author of a text has made, and that waits for a moderator. Until then, others read the text
    as it was. There is one at most for each text."""

    _name = "collab.edit"
    _inherit = ["collab.note.mixin", "collab.rich.text.mixin"]
    _description = "Correction that waits for a moderator"
    _order = "id"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(required=True)
    # A text keeps its words in fields that may have other names: see ``_words``.
    name = fields.Char(string="Title", readonly=True)
    content = fields.Html(readonly=True, help="Of a text with a form.")
    body = fields.Text(string="Words", readonly=True, help="Of a text without a form.")

    _once = models.UniqueIndex("(res_model, res_id)", "A correction of this text waits already.")

    @api.model
    def _of(self, text):
        """:return collab.edit: the correction of this text that waits, in sudo; empty when there is none"""
        # sudo: nobody may write corrections otherwise; the caller has checked that the user may read the text
        return self.sudo().search(self._naming_domain(text))

    @api.model
    def _begin(self, text):
        """:return collab.edit: the correction of this text that waits, in sudo; when there is none, a new one, which
        says the same as the text"""
        found = self._of(text)
        if not found:
            found = found.create({**self._naming(text), **{name: text[field] for name, field in text._words().items()}})
            text._post()._tell_moderators(Event("edited", found))
        return found

    @api.model_create_multi
    def create(self, vals_list):
        edits = super().create(vals_list)
        for edit in edits:
            edit._about().sudo().edit_waits = True  # sudo: the platform's to write
        return edits

    def unlink(self):
        for edit in self:
            if text := edit._about():
                text.sudo().edit_waits = False  # sudo: as above
        return super().unlink()

    @api.model
    def _propose(self, text, vals):
        """Keep what the author of a text has just typed, until a moderator reads it.

        :param collab.contribution.mixin text: of the current user
        :param dict vals: its new values, cleaned, by field of the text
        """
        edit = self._begin(text)
        edit.write({name: vals[field] for name, field in text._words().items() if field in vals})
        if not edit._files() and edit._vals() == {field: text[field] for field in text._text_fields()}:
            # He has gone back to the text that others read: nothing waits any more.
            edit.unlink()

    def _awaits(self, event):
        """:param Event event: as ``collab.contribution.mixin._awaits``
        :return bool: the current user should look at it"""
        return bool(self._readable_texts())

    def _files(self):
        """:return Model: the files that are added with this correction; None: this kind of text has no files"""
        return None

    def _publish_files(self):
        """Give the files of this correction to its text, once it is accepted."""

    def _vals(self):
        """:return dict: the values to write on the text once the correction is accepted"""
        return {field: self[name] for name, field in self._about()._words().items()}

    def _plain(self):
        """:return str: all its words, without formatting"""
        content = html2plaintext(self.content or "", include_references=False)
        files = self._files()
        return "\n".join(filter(None, (self.name, content, self.body, *(files.mapped("name") if files else ()))))

    def _stamp(self):
        """:return str: a fingerprint of what it says: another one as soon as it says something else"""
        files = self._files()
        said = [self.name, self.content, self.body, *(files.ids if files else ())]
        return hashlib.sha256("\0".join(str(part) for part in said).encode()).hexdigest()[:16]

    def _check_seen(self, stamp):
        """:param str stamp: the fingerprint of what a moderator has read
        :raises UserError: its author has changed it since"""
        if stamp != self._stamp():
            raise UserError(self.env._("Its author has changed it meanwhile: read it again."))

    def _row(self):
        """:return dict: what a page shows of it: ``stamp``, ``name``, ``content``, ``body``, ``files``"""
        files = self._files()
        return {
            "stamp": self._stamp(),
            "name": self.name,
            "content": self.content,
            "body": self.body,
            "files": files._rows() if files else [],
        }

    @api.model
    def _own_rows(self, *kinds):
        """
        :param collab.contribution.mixin kinds: texts that the current user may read, of one kind each
        :return dict[collab.contribution.mixin, dict]: his own corrections that wait, as ``_row``, by text
        """
        waiting = [texts.filtered(lambda text: text.edit_waits and text.create_uid == self.env.user) for texts in kinds]
        rows = {}
        for texts in filter(None, waiting):
            # sudo: as in ``_of``, about his own texts
            for edit in self.sudo().search(self._naming_domain(texts)):
                rows[texts.browse(edit.res_id)] = edit._row()
        return rows
