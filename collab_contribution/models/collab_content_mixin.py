from odoo import SUPERUSER_ID, api, models, tools
from odoo.fields import Domain

from odoo.addons.collab_suivi.content import FileOf, Part


class CollabContentMixin(models.AbstractModel):
    """What a search finds in what members write, and in all that they say and join under it."""

    _inherit = "collab.content.mixin"

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        return super()._searched_from() | {"state"}

    @api.model
    def _searched_domain(self):
        return super()._searched_domain() & Domain("is_shown", "=", True)

    def _searched_texts(self):
        """:return: the texts of this kind that make these contents, themselves first, which all their readers read"""
        return self

    def _searched_parts(self):
        found, texts = super()._searched_parts(), self._searched_texts()
        others, comments = texts - self, self._searched_comments(texts)
        names = self._searched_names(others.create_uid | comments.create_uid if comments else others.create_uid)
        for text in others:
            if words := text._plain_words():
                found[text._searched_in().id].append(Part(words, names[text.create_uid.id]))
        for comment in comments:
            found[comment._searched_owners().id].append(Part(comment.body, names[comment.create_uid.id]))
        return found

    def _searched_comments(self, texts):
        """:return collab.comment.mixin: what is said under these texts, and all their readers read"""
        name = self._content().comments
        if not name:
            return ()
        comments = self.env[name]
        shown = Domain(comments._content_field, "in", texts.ids) & Domain("is_shown", "=", True)
        return comments.search_fetch(shown, [comments._content_field, "body", "create_uid"])

    def _searched_names(self, people):
        """:param res.users people: who have signed
        :return dict[int, str]: their short names, by account"""
        # Whoever writes, or does not read any more: what a search reads is the same for all.
        return self.with_user(SUPERUSER_ID)._short_names(people)

    def _searched_files_by_content(self):
        found, files = super()._searched_files_by_content(), self._joined_files()
        if files is None:
            return found
        texts = self._searched_texts()
        joined = files.search(Domain(files._content_field, "in", texts.ids) & files._rows_domain())
        kept = self.env["ir.attachment"]._kept_of(joined, "content")
        for file in joined:
            if content := kept.get(file.id):
                one = FileOf(file.name, file.mimetype, content.checksum, content._stored_path())
                found[file._searched_owners().id].append(one)
        return found

    @api.model
    def _note_signed(self, people):
        """Note that a search finds other names in what these people have signed.

        :param res.users people: their names have changed, or they have left, or come back
        """
        # sudo: whatever they have said, wherever it is now
        own, comments = Domain("create_uid", "in", people.ids), self._content().comments
        found = self.sudo().search(own)._searched_in()
        if comments:
            found |= self.env[comments].sudo().search(own)._searched_owners()
        found._note_searched()
