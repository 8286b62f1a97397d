import json
import zipfile

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.collab_contribution.models.collab_action_mixin import ABOUT_PEOPLE

MEMBER_KARMA = 1
MODERATOR_KARMA = 1_000_000


class ResUsers(models.Model):
    _inherit = "res.users"

    # Karma is a role: website_forum asks for it everywhere, and nobody gains any.

    @api.depends("karma_tracking_ids.new_value", "group_ids", "group_ids.all_implied_ids")
    def _compute_karma(self):
        member = self.env.ref("collab_reseaux.group_member", raise_if_not_found=False)
        moderator = self.env.ref("collab_reseaux.group_moderator", raise_if_not_found=False)
        for user in self:
            # sudo: roles are read whoever asks
            groups = user.sudo().all_group_ids
            user.karma = MODERATOR_KARMA if moderator in groups else MEMBER_KARMA if member in groups else 0

    @api.model
    def _make_karma_a_role(self):
        """Give its karma to each account that was there before."""
        everybody = self.with_context(active_test=False).search([])  # pylint: disable=no-search-all
        self.env.add_to_compute(self._fields["karma"], everybody)

    def _add_karma_batch(self, values_per_user):
        """Nobody gains anything."""
        return True

    def _recompute_rank(self):
        """Nobody has a rank: no mail tells him of another one."""
        return True

    def _recompute_rank_bulk(self):
        """As ``_recompute_rank``."""
        return True

    # Suspension, as the log of the moderators tells it

    def _suspend(self, reason, until=None, about=None):
        event = super()._suspend(reason, until, about)
        is_text = about is not None and about._name in ("forum.post", "collab.forum.comment")
        self._note_in_forum("suspend", event.reason, about if is_text else None)
        return event

    def _resume(self, reason):
        event = super()._resume(reason)
        # Those who read of the suspension read of its end; this moderator is told of nothing that he does not read.
        # sudo: what it was about, before asking that
        action = self.env["collab.forum.action"].sudo()
        suspended = action.search([("author_id", "=", self.id), ("kind", "=", "suspend")], limit=1)
        about = (suspended.comment_id or suspended.post_id).sudo(False)
        self._note_in_forum(
            "resume", event.reason, about.with_context(active_test=False).search([("id", "in", about.ids)])
        )
        return event

    def _note_in_forum(self, kind, reason, about):
        # sudo: the log is the platform's to write
        Action = self.env["collab.forum.action"].sudo()
        Action.create(
            {
                "kind": kind,
                "reason": reason,
                "author_id": self.id,
                **(Action._naming(about) if about else {}),
                "title": about._title() if about else False,
            }
        )

    # What is said before a step

    def _shared(self):
        # sudo: in numbers, to whoever may take this step
        Post = self.env["forum.post"].sudo()
        own = Domain("create_uid", "=", self.id)
        questions = Post.search_count(own & Domain("parent_id", "=", False))
        answers = Post.search_count(own & Domain("parent_id", "!=", False))
        said = []
        if questions:
            said.append(self.env._("1 question") if questions == 1 else self.env._("%s questions", questions))
        if answers:
            said.append(self.env._("1 answer") if answers == 1 else self.env._("%s answers", answers))
        return [*super()._shared(), *said]

    # Leaving

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: all that this person has written, wherever it was, and what he has put back in the bin
        Post = self.env["forum.post"].sudo().with_context(active_test=False)
        posts = Post.search([("create_uid", "=", self.id)], order="id")
        comments = Post.env["collab.forum.comment"].search([("create_uid", "=", self.id)], order="id")
        votes = Post.env["forum.post.vote"].search([("user_id", "=", self.id), ("vote", "=", "1")], order="id")
        flags = Post.env["collab.forum.flag"].search([("create_uid", "=", self.id)], order="id")
        edits = Post.env["collab.forum.edit"].search([("create_uid", "=", self.id)], order="id")
        attachments = Post.env["collab.forum.attachment"].search([("create_uid", "=", self.id)], order="id")
        actions = Post.env["collab.forum.action"].search([("author_id", "=", self.id)], order="id")
        # What others have asked is told to those who may read it now.
        said = posts | edits.post_id | comments.post_id | votes.post_id | flags.post_id | actions.post_id
        titles = said._question()._titles_for(self)
        written = {
            "questions": [
                {
                    **self._own_text(post, post.content),
                    "titre": post.name,
                    "theme": post.forum_id.theme_id.name,
                    "territoire": post.territory_id.display_name or None,
                    "reseaux": post.audience_network_ids.mapped("name"),
                    "territoires": post.audience_territory_ids.mapped("display_name"),
                }
                for post in posts
                if not post.parent_id
            ],
            "reponses": [
                {**self._own_text(post, post.content), "discussion": titles.get(post.parent_id)}
                for post in posts
                if post.parent_id
            ],
            "commentaires": [
                {**self._own_text(comment, comment.body), "discussion": titles.get(comment.post_id._question())}
                for comment in comments
            ],
            "corrections_en_attente": [
                {
                    "le": edit.create_date,
                    "titre": edit.name or None,
                    "texte": edit.content or edit.body,
                    "discussion": titles.get(edit.post_id._question()),
                }
                for edit in edits
            ],
            "remerciements": [
                {"le": vote.create_date, "discussion": titles.get(vote.post_id._question()), "numero": vote.post_id.id}
                for vote in votes
            ],
            "signalements": [
                {
                    "le": flag.create_date,
                    "discussion": titles.get(flag.post_id._question()),
                    "motif": flag.reason,
                    "suite": flag.outcome or None,
                }
                for flag in flags
            ],
            "moderation": [
                {
                    "le": action.create_date,
                    "action": action.kind,
                    "discussion": titles.get(action.post_id._question()),
                    "motif": action.reason,
                }
                for action in actions
            ],
        }
        for attachment in attachments:
            # Pictures and documents are compressed already, most of them.
            archive.write(
                attachment._stored()._stored_path(), f"forum/{attachment.id} - {attachment.name}", zipfile.ZIP_STORED
            )
        archive.writestr("forum.json", json.dumps(written, ensure_ascii=False, indent=2, default=str))
        return result

    @api.model
    def _own_text(self, record, text):
        return {"le": record.create_date, "texte": text, "etat": record.state if record.active else "removed"}

    def _forget(self):
        # sudo: what he has thanked for says something of him to nobody any more
        votes = self.env["forum.post.vote"].sudo().search([("user_id", "=", self.id)])
        votes.unlink()
        # sudo: what was said when he was suspended was about him
        about = [("author_id", "=", self.id), ("kind", "in", ABOUT_PEOPLE)]
        self.env["collab.forum.action"].sudo().search(about).write({"reason": False})
        # sudo: nobody waits for what he would have corrected
        self.env["collab.forum.edit"].sudo().search([("create_uid", "=", self.id)]).unlink()
        return super()._forget()
