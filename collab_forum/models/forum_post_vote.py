from odoo import api, models
from odoo.exceptions import ValidationError


class ForumPostVote(models.Model):
    """A thank-you. Nobody votes against a colleague."""

    _inherit = "forum.post.vote"

    @api.constrains("vote")
    def _check_vote(self):
        if any(vote.vote == "-1" for vote in self):
            raise ValidationError(self.env._("One thanks, or says nothing."))
