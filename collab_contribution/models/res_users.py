import json

from odoo import models
from odoo.fields import Domain

from .collab_action import ABOUT_PEOPLE


class ResUsers(models.Model):
    _inherit = "res.users"

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: what he has typed and not sent, which members cannot list
        drafts = self.env["collab.draft"].sudo().search([("user_id", "=", self.id)], order="id")
        typed = [{"formulaire": draft.form, "texte": draft.content, "date": draft.date} for draft in drafts]
        archive.writestr("brouillons.json", json.dumps(typed, ensure_ascii=False, indent=2, default=str))
        own = Domain("create_uid", "=", self.id)
        # sudo: what he has flagged and corrected, and what moderators have decided about what he wrote
        flags = self.env["collab.flag"].sudo().search(own, order="id")
        edits = self.env["collab.edit"].sudo().search(own, order="id")
        actions = self.env["collab.action"].sudo().search([("author_id", "=", self.id)], order="id")
        # What others have written is named to those who may read it now.
        titles = self._titles_of(flags, edits, actions)
        written = {
            "signalements": [
                {
                    "le": flag.create_date,
                    "a_propos_de": titles.get((flag.res_model, flag.res_id)),
                    "objet": flag.purpose,
                    "motif": flag.reason,
                    "suite": flag.outcome or None,
                }
                for flag in flags
            ],
            "corrections_en_attente": [
                {
                    "le": edit.create_date,
                    "a_propos_de": titles.get((edit.res_model, edit.res_id)),
                    "titre": edit.name or None,
                    "texte": edit.content or edit.body,
                }
                for edit in edits
            ],
            "moderation": [
                {
                    "le": action.create_date,
                    "action": action.kind,
                    "a_propos_de": titles.get((action.res_model, action.res_id)),
                    "motif": action.reason,
                }
                for action in actions
            ],
        }
        archive.writestr("moderation.json", json.dumps(written, ensure_ascii=False, indent=2, default=str))
        return result

    def _titles_of(self, *notes):
        """:param collab.note.mixin notes: about texts of any kind, in sudo
        :return dict[tuple[str, int], str]: the titles that this person may read, by model and number of the text"""
        titles, known = {}, self.env["collab.queue"]._names()
        for rows in notes:
            for name, about in rows.grouped("res_model").items():
                if name in known:
                    texts = rows.env[name].browse(about.mapped("res_id")).exists()
                    titles |= {(name, text.id): title for text, title in texts._titles_for(self).items()}
        return titles

    def _forget(self):
        # sudo: nobody may delete drafts; those of a closed account are of use to nobody
        self.env["collab.draft"].sudo().search([("user_id", "=", self.id)]).unlink()
        # sudo: what was said when he was suspended was about him
        about = [("author_id", "=", self.id), ("kind", "in", ABOUT_PEOPLE)]
        self.env["collab.action"].sudo().search(about).write({"reason": False})
        # sudo: nobody waits for what he would have corrected
        self.env["collab.edit"].sudo().search([("create_uid", "=", self.id)]).unlink()
        return super()._forget()

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._note_renamed()
        return result

    def _note_renamed(self):
        """Note that a search finds other names in what these people have signed."""
        for contents in self.env["collab.contents"]._all() if self else ():
            contents._note_signed(self)

    # Suspension, as the log of the moderators tells it

    def _suspend(self, reason, until=None, about=None):
        event = super()._suspend(reason, until, about)
        texts = self.env["collab.queue"]._names()
        is_text = about is not None and about._name in texts
        self._note_in_log("suspend", event.reason, about if is_text else None)
        return event

    def _resume(self, reason):
        event = super()._resume(reason)
        # Those who read of the suspension read of its end; this moderator is told of nothing that he does not read.
        # sudo: what it was about, before asking that
        suspended = (
            self.env["collab.action"].sudo().search([("author_id", "=", self.id), ("kind", "=", "suspend")], limit=1)
        )
        about = suspended.res_model and suspended._readable_texts() and suspended.sudo(False)._about()
        self._note_in_log("resume", event.reason, about)
        return event

    def _note_in_log(self, kind, reason, about):
        # sudo: the log is the platform's to write
        Action = self.env["collab.action"].sudo()
        Action.create(
            {
                "kind": kind,
                "reason": reason,
                "author_id": self.id,
                **(Action._naming(about) if about else {}),
                "title": about._title() if about else False,
            }
        )
