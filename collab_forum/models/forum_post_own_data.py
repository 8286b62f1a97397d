import json

from odoo import api, models


class ForumPost(models.Model):
    _inherit = "forum.post"

    @api.model
    def _archive_own(self, person, archive):
        # sudo: all that this person has written, wherever it was, and what he has put back in the bin
        Post = self.env["forum.post"].sudo().with_context(active_test=False)
        posts = Post.search([("create_uid", "=", person.id)], order="id")
        comments = Post.env["collab.forum.comment"].search([("create_uid", "=", person.id)], order="id")
        votes = Post.env["forum.post.vote"].search([("user_id", "=", person.id), ("vote", "=", "1")], order="id")
        # What others have asked is told to those who may read it now.
        said = posts | comments.post_id | votes.post_id
        titles = said._question()._readable_titles(person)
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
            "remerciements": [
                {"le": vote.create_date, "discussion": titles.get(vote.post_id._question()), "numero": vote.post_id.id}
                for vote in votes
            ],
        }
        self.env["collab.forum.attachment"]._archive_files(person, archive, "forum")
        archive.writestr("forum.json", json.dumps(written, ensure_ascii=False, indent=2, default=str))

    @api.model
    def _own_text(self, record, text):
        return {"le": record.create_date, "texte": text, "etat": record.state if record.active else "removed"}
