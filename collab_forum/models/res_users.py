from odoo import api, models
from odoo.fields import Domain

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

    def _forget(self):
        # sudo: what he has thanked for says something of him to nobody any more
        votes = self.env["forum.post.vote"].sudo().search([("user_id", "=", self.id)])
        votes.unlink()
        return super()._forget()
