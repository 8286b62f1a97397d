from odoo import models


class CollabMember(models.Model):
    """Nearly every page names people, who change rarely: the names that it has looked up serve the next ones too."""

    _name = "collab.member"
    _inherit = ["collab.member", "collab.change.mixin"]

    def _looked_up(self):
        return self._since_last_change("names", self.env["collab.change"]._state(self._name), dict)

    def _forget_people(self):
        result = super()._forget_people()
        self.env["collab.change"]._note(self._name)
        return result
