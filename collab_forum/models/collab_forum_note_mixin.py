from odoo import api, models


class CollabForumNoteMixin(models.AbstractModel):
    """What is noted about a question, an answer or a comment, for those who moderate the forum."""

    _name = "collab.forum.note.mixin"
    _inherit = "collab.note.mixin"
    _description = "Note about a text of the forum"
    _content_field = "post_id"

    @api.model
    def _moderated_domain(self):
        """Nor is whoever has left a network told what is noted in a discussion that he has opened there."""
        return super()._moderated_domain() & self.env["forum.post"]._heard_domain(self._content_field)
