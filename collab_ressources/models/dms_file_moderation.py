from odoo import models

from .dms_file import AUTHOR_FIELDS

# What puts a document in its place, and changes nothing of what it says: its author is not troubled.
TIDYING = frozenset({"directory_id", "theme_id", "category_id", "owner_id", "review_date", "effective_date"})


class DmsFile(models.Model):
    """What moderators do with a document, beside what they do with any content."""

    _inherit = "dms.file"

    def _words(self):
        return {"name": "title"}

    def _yours(self, title=None):
        return self.env._("your document “%s”", title) if title else self.env._("one of your documents")

    def _deletion_words(self):
        return {
            "title": self.env._("Delete your document?"),
            "verb": self.env._("Delete the document"),
            "done": self.env._("Document deleted."),
            "back": self.env._("Document put back."),
            "gone": self.env._("You have deleted your document."),
        }

    def _losses(self):
        comments, versions = (
            self.env[name].search_count([("document_id", "=", self.id)])
            for name in ("collab.document.comment", "collab.document.version")
        )
        found = (
            (comments, self.env._("1 comment") if comments == 1 else self.env._("%s comments", comments)),
            (versions, self.env._("1 former version") if versions == 1 else self.env._("%s former versions", versions)),
        )
        return [loss for loss in found if loss[0]]

    def _author_fields(self):
        return frozenset({"name", *AUTHOR_FIELDS})

    def _without_words(self, vals):
        """Keep as a correction the words that must wait for a moderator.

        :param dict vals: what its author writes
        :return dict: what is written at once
        """
        words = {name: vals[name] for name in vals.keys() & self._text_fields() if vals[name] != self[name]}
        if not words:
            return vals
        if not self._waits_for_review():
            self.env["collab.edit"]._of(self).unlink()
            return vals
        self.env["collab.edit"]._propose(self, words)
        return {name: value for name, value in vals.items() if name not in words}

    def _before(self, vals):
        """:return str: what the document says of the fields that are about to be written"""
        said = []
        for name in sorted(name for name in vals.keys() & self._fields.keys() if self._changes(name, vals[name])):
            label, value = self._fields[name]._description_string(self.env), self[name]
            if self._fields[name].relational:
                # Its author reads this: nothing is named that he may not read.
                named = value.sudo(False).with_user(self.create_uid).mapped("display_name")
                value = ", ".join(filter(None, named))
            elif self._fields[name].type == "selection":
                value = dict(self._fields[name]._description_selection(self.env)).get(value)
            said.append(f"{label}\N{NO-BREAK SPACE}: {value or '—'}")
        return "\n".join(said)

    def _changes(self, name, value):
        """:param str name: of a field
        :param value: as it is written: numbers for a relational field, or the commands of a form
        :return bool: it is another one than that of today"""
        field, now = self._fields[name], self[name]
        if field.type == "many2one":
            return now.id != (value or False)
        if field.type == "many2many":
            return set(field.convert_to_cache(value, self, validate=False)) != set(now.ids)
        return (field.convert_to_cache(value, self) or False) != (field.convert_to_cache(now, self) or False)

    def _note_tidied(self, vals, before):
        """Write in the log what a moderator has changed of another's document from a screen of the federations, where
        no reason is asked.

        :param dict vals: what has been written
        :param str before: as ``_before``, before it was
        """
        if before:
            is_tidied = vals.keys() <= TIDYING
            reason = "" if is_tidied else self.env._("Without a reason, from the screens of the federations.")
            self._note_action("tidy" if is_tidied else "correct", reason, before, tells=not is_tidied)

    def action_open_case(self):
        """:return dict: the action that leads from a screen of the federations to the page where one moderates it"""
        return {"type": "ir.actions.act_url", "url": self._case_url(), "target": "self"}

    def action_restore(self):
        """Take these documents out of the bin, from the screens of the federations."""
        self._restore()
