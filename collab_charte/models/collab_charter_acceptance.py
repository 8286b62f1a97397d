from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import READ, opened


class CollabCharterAcceptance(models.Model):
    """The proof that a person accepted a text: who, which text, when, from where. It never changes."""

    _name = "collab.charter.acceptance"
    _description = "Acceptance of the charter"
    _order = "date desc, id desc"
    _calls = opened("administrator", *READ)

    charter_id = fields.Many2one("collab.charter", required=True, readonly=True, ondelete="restrict", index=True)
    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, ondelete="restrict", index=True
    )
    name = fields.Char(string="Name at that moment", readonly=True)
    login = fields.Char(required=True, readonly=True, help="Login at that moment.")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now, help="UTC")
    body_hash = fields.Char(string="Fingerprint", required=True, readonly=True)
    ip = fields.Char(string="From the address", readonly=True)

    _once = models.UniqueIndex("(charter_id, user_id)", "This person has already accepted this charter.")

    def write(self, vals):  # pylint: disable=method-required-super  # it refuses everything
        raise UserError(self.env._("An acceptance is a proof: it does not change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An acceptance is a proof: it is kept."))
