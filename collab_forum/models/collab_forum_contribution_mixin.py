from odoo import api, models
from odoo.exceptions import UserError


class CollabForumContributionMixin(models.AbstractModel):
    """A question, an answer or a comment: it belongs to a discussion, which may be closed."""

    _name = "collab.forum.contribution.mixin"
    _inherit = "collab.contribution.mixin"
    _description = "Contribution to the forum"

    def _title(self):
        return self._post()._question().name

    def _read_url(self):
        post = self._post()
        return post._url() if post == self else f"/forum/{post._question().id}#commentaire-{self.id}"

    def _case_url(self):
        return f"/forum/moderation/{'discussion' if self._post() == self else 'commentaire'}/{self.id}"

    def _titles_for(self, person):
        """A discussion has one title: that of its question, which he must be able to read."""
        titles = self._post()._question()._readable_titles(person)
        return {text: titles[question] for text in self if (question := text._post()._question()) in titles}

    def _check_rewritable(self):
        """:raises UserError: what has been said here does not change any more"""
        for record in self:
            post = record._post()
            # sudo: what has become of it meanwhile, whoever has written it
            question = post._question().sudo()
            question._lock()
            if question.state == "close" or question.closed_date:
                raise UserError(
                    self.env._("This discussion has been closed: what was said in it does not change any more.")
                )
            if not (record.active and post.active and question.active):
                raise UserError(self.env._("This is in the bin: it does not change any more."))

    @api.model
    def _check_open(self, question):
        """:param forum.post question: in sudo, locked
        :raises UserError: nothing is written there any more"""
        if question.state == "close":
            raise UserError(self.env._("This discussion has been closed: nothing is added to it any more."))
        if not question.is_shown:
            raise UserError(self.env._("This discussion is not open: nothing is added to it for now."))
        if not question._addressed():
            raise UserError(
                self.env._("This discussion is for a network or a territory that is not yours any more: write nothing.")
            )
