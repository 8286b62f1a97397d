from odoo import api, models
from odoo.fields import Domain


class CollabNoteMixin(models.AbstractModel):
    """A row about a text, for its moderators: a flag that a reader has put, a correction by its author, or an action in
    the log.

    A model that inherits this mixin has a many2one to the content, named by ``_content_field``, and ``comment_id``,
    filled when the text is a comment under that content.
    """

    _name = "collab.note.mixin"
    _inherit = ["collab.part.mixin", "collab.author.mixin"]
    _description = "Note about a text"

    @api.model
    def _audience_domain(self):
        """The moderators of the text may read this row, and whoever has created it."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("create_uid", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        return own | self._moderated_domain()

    @api.model
    def _moderated_domain(self):
        """:return Domain: the rows about a content that the current user, a moderator, may read"""
        # As for any part of a content: see ``collab.part.mixin``.
        return super()._audience_domain()  # pylint: disable=super-method-mismatch

    @api.model
    def _naming(self, text):
        """:param collab.contribution.mixin text:
        :return dict: the values of a row that is about this very text"""
        content = text._post()
        return {self._content_field: content.id, "comment_id": text.id if content != text else False}

    @api.model
    def _naming_domain(self, text):
        """:return Domain: the rows about this very text, and not about the texts under it"""
        return Domain([(name, "=", value) for name, value in self._naming(text).items()])

    def _about(self):
        """:return collab.contribution.mixin: the text that this row is about; empty once it is deleted for good"""
        return self.comment_id or self[self._content_field]

    def _open_case(self):
        """:return dict: the action that opens, from a screen of the federations, the page of the text"""
        return {"type": "ir.actions.act_url", "url": self._about()._case_url(), "target": "self"}
