from odoo import fields, models

from odoo.addons.collab_reseaux.calls import READ, opened


class CollabAccountEvent(models.Model):
    """The log of accounts: what changed in whose account, who did it, and why. A row never changes."""

    _name = "collab.account.event"
    _description = "What has happened to an account"
    _order = "id desc"
    _rec_name = "kind"
    _calls = opened("administrator", *READ)

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="cascade", index=True
    )
    # Modules that change accounts add their own kinds.
    kind = fields.Selection(
        [
            ("left", "Has left"),
            ("address", "Address changed"),
            ("role", "Role changed"),
            ("undone", "Undone by its owner, from a letter"),
            ("factor_linked", "Application of codes linked"),
            ("factor_removed", "Application of codes removed"),
            ("factor_cleared", "Second factor cleared"),
        ],
        string="What has happened",
        required=True,
        readonly=True,
    )
    before = fields.Char(readonly=True)
    after = fields.Char(readonly=True)
    reason = fields.Text(readonly=True)
