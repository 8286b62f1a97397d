from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CollabForumContributionMixin(models.AbstractModel):
    """A question, an answer or a comment: it belongs to a discussion, which may be closed."""

    _name = "collab.forum.contribution.mixin"
    _inherit = "collab.contribution.mixin"
    _description = "Contribution to the forum"
    _flag_model = "collab.forum.flag"
    _edit_model = "collab.forum.edit"
    _action_model = "collab.forum.action"

    def _post(self):
        """:return forum.post: the question or answer that this is, or lies under"""
        raise NotImplementedError

    def _title(self):
        return self._post()._question().name

    def _read_url(self):
        post = self._post()
        return post._url() if post == self else f"/forum/{post._question().id}#commentaire-{self.id}"

    def _case_url(self):
        return f"/forum/moderation/{'discussion' if self._post() == self else 'commentaire'}/{self.id}"

    @api.model
    def _is_reviewed(self):
        """:return bool: what the current user writes waits for a moderator"""
        if self.env.user._is_internal():
            return False
        # sudo: a setting, and all that he has written
        limit = int(self.env["ir.config_parameter"].sudo().get_param("collab_forum.reviewed") or 0)
        accepted = Domain("create_uid", "=", self.env.uid) & Domain("is_shown", "=", True)
        number = 0
        for model in ("forum.post", "collab.forum.comment"):
            if number < limit:
                number += self.env[model].sudo().search_count(accepted, limit=limit)
        return number < limit

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
