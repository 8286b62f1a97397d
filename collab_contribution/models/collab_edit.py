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
    others = fields.Json(readonly=True, help="Of the other fields that hold words for others, by name.")
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
            words = {name: text[field] for name, field in text._words().items()}
            found = found.create({**self._naming(text), **words, "others": text._other_words()})
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
            # Through the ORM: a cascade of PostgreSQL would delete the rows and leave the files on the disk.
            if files := edit._files():
                files.unlink()
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
        words, others = text._words(), text._text_fields().difference(text._words().values())
        said = {name: vals[field] for name, field in words.items() if field in vals}
        edit.write({**said, "others": {**(edit.others or {}), **{name: vals[name] for name in others & vals.keys()}}})
        if not edit._files() and edit._vals() == {field: text[field] for field in text._text_fields()}:
            # He has gone back to the text that others read: nothing waits any more.
            edit.unlink()

    def _awaits(self, event):
        """:param Event event: as ``collab.contribution.mixin._awaits``
        :return bool: the current user should look at it"""
        return bool(self._readable_texts())

    def _files(self):
        """:return collab.joined.file.mixin | None: the files that are added with this correction, in sudo; None: this
        kind of text has no files, or its module is gone"""
        known = self.res_model in self.env["collab.queue"]._names()
        # sudo: as in ``_of``
        files = self.env[self.res_model].sudo()._joined_files() if known else None
        return None if files is None else files.search([("edit_id", "=", self.id)])

    def _publish_files(self):
        """Give the files of this correction to its text, once it is accepted."""
        if files := self._files():
            files.edit_id = False

    def _vals(self):
        """:return dict: the values to write on the text once the correction is accepted"""
        text = self._about()
        words = text._words()
        others = {name: self._said().get(name, False) for name in text._text_fields().difference(words.values())}
        return {**{field: self[name] for name, field in words.items()}, **others}

    def _said(self):
        """:return dict[str, str]: what it says in the other fields, as ``_other_words``"""
        return {name: said for name, said in (self.others or {}).items() if said}

    def _plain(self):
        """:return str: all its words, without formatting"""
        content = html2plaintext(self.content or "", include_references=False)
        files = self._files()
        others = self._said().values()
        return "\n".join(
            filter(None, (self.name, content, self.body, *others, *(files.mapped("name") if files else ())))
        )

    def _stamp(self):
        """:return str: a fingerprint of what it says: another one as soon as it says something else"""
        files = self._files()
        said = [self.name, self.content, self.body, *sorted(self._said().items()), *(files.ids if files else ())]
        return hashlib.sha256("\0".join(str(part) for part in said).encode()).hexdigest()[:16]

    def _check_seen(self, stamp):
        """:param str stamp: the fingerprint of what a moderator has read
        :raises UserError: its author has changed it since"""
        if stamp != self._stamp():
            raise UserError(self.env._("Its author has changed it meanwhile: read it again."))

    def _row(self):
        """:return dict: what a page shows of it: ``stamp``, ``name``, ``content``, ``body``, ``others`` (labels and
        words), ``files``; and what each of the others says, by field"""
        files = self._files()
        return {
            "stamp": self._stamp(),
            "name": self.name,
            "content": self.content,
            "body": self.body,
            "others": self._about()._labelled(self._said()),
            # As a form shows them.
            **(self.others or {}),
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
