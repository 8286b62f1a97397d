from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import opened


class CollabAccountStep(models.TransientModel):
    """The dialog of a step in the life of an account: it says what the step changes before it is taken."""

    _name = "collab.account.step"
    _inherit = ["collab.dialog.mixin"]
    _description = "Step in the life of an account"
    _calls = opened("moderator", "get_views", "onchange", "web_read", "web_save", "action_confirm")
    _creates = opened("moderator", "user_id", "kind", "reason", "until")
    _writes = opened("moderator", "reason", "until")

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, default=lambda self: self.env.context.get("active_id")
    )
    kind = fields.Selection(
        [
            ("suspend", "Suspend"),
            ("resume", "Let write again"),
            ("close", "Close the account"),
            ("reopen", "Open the account again"),
            ("erase", "Erase"),
        ],
        string="Step",
        required=True,
    )
    reason = fields.Text()
    until = fields.Date(string="Last day", help="Empty: until a federation lets this person write again.")
    is_possible = fields.Boolean(compute="_compute_consequences")
    consequences = fields.Html(string="What follows", compute="_compute_consequences")

    @api.depends("user_id", "kind", "until")
    def _compute_consequences(self):
        for step in self:
            person = step.user_id._origin
            try:
                if not person or not step.kind:
                    raise UserError(self.env._("Choose a person."))
                person._check_step(step.kind)
                person._check_until(step.until)
                sentences, step.is_possible = person._consequences(step.kind, step.until), True
            except UserError as refusal:
                sentences, step.is_possible = [str(refusal)], False
            lines = Markup().join(Markup("<li>%s</li>") % sentence for sentence in sentences)
            step.consequences = Markup("<ul>%s</ul>") % lines

    def action_confirm(self):
        """Take this step.

        :return dict: a notification that says that it is done
        :raises UserError: it cannot be taken; the message says why
        """
        self.ensure_one()
        self.check_access("write")
        person = self.user_id
        # sudo: only the name, for the notification
        name = person.sudo().name
        if self.kind == "suspend":
            person._suspend(self.reason, self.until or None)
            message = self.env._("%s is suspended.", name)
        elif self.kind == "resume":
            person._resume(self.reason)
            message = self.env._("%s can write again.", name)
        elif self.kind == "close":
            person._close(self.reason)
            message = self.env._("Account closed: %s.", name)
        elif self.kind == "reopen":
            person._reopen(self.reason)
            message = self.env._("Account opened again: %s.", name)
        else:
            person._erase()
            message = self.env._("This person is erased.")
        # sudo: the reason is now in the log, which is emptied when a person is erased; a copy here would not be
        self.sudo().unlink()
        params = {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
