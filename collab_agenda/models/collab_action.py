from odoo import fields, models


class CollabAction(models.Model):
    _inherit = "collab.action"

    kind = fields.Selection(
        selection_add=[("cancel", "Date cancelled"), ("restore_cancelled", "Date no longer cancelled")],
        ondelete={"cancel": "cascade", "restore_cancelled": "cascade"},
    )

    def _decided(self):
        said = {
            "cancel": self.env._("A moderator has cancelled %s", self._what_he_wrote()),
            "restore_cancelled": self.env._("A moderator has restored %s", self._what_he_wrote()),
        }
        return said.get(self.kind) or super()._decided()
