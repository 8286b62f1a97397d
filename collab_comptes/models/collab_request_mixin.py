from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CollabRequestMixin(models.AbstractModel):
    """Something that a member asks for: it waits until a moderator accepts or refuses it. Members write none but by the
    methods of each model."""

    _name = "collab.request.mixin"
    _inherit = ["collab.written.mixin", "collab.access.mixin"]
    _description = "Asked of the moderators"
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    answer = fields.Text(help="The person reads it.")
    state = fields.Selection(
        [("waiting", "To be looked at"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="waiting",
    )

    @api.model
    def _audience_domain(self):
        """Moderators read those that are theirs to decide on; everybody reads his own."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("user_id", "=", self.env.uid)
        return own | self._moderated_domain() if self.env.user._has_role("moderator") else own

    @api.model
    def _moderated_domain(self):
        """:return Domain: those that the current moderator decides on"""
        raise NotImplementedError

    def write(self, vals):
        """:raises UserError: it has been decided, and the person may have read the answer"""
        if not self.env.su and any(request.state != "waiting" for request in self):
            raise UserError(self.env._("This has been decided already."))
        return super().write(vals)

    def action_accept(self):
        """Do what is asked for."""
        raise NotImplementedError

    def action_refuse(self):
        """Leave everything as it is.

        :raises UserError: no reason is given
        """
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write why: the person reads it."))
        self._decided("refused")

    def _decided(self, state):
        """Check that the current user may decide, store the decision, and tell the person.

        :param str state: "accepted" or "refused"
        :return collab.request.mixin: in sudo
        :raises AccessError: it is not his to decide
        :raises UserError: it has been decided already
        """
        raise NotImplementedError

    def _wait_to_decide(self):
        """:return collab.request.mixin: this request, in sudo
        :raises UserError: it has been decided already"""
        # sudo: clients may not write the state of a request; its own methods do
        request = self.sudo()
        # When two moderators decide at once, the second one waits here, then gets the error below.
        request.lock_for_update()
        request.invalidate_recordset()
        if request.state != "waiting":
            raise self._already_done()
        return request

    def _already_done(self):
        """:return UserError: the error to raise when somebody has decided"""
        return UserError(self.env._("This has been decided already."))
