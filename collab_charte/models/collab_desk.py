from odoo import api, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        People = self.env["res.users"]
        # As the list of members.
        members = Domain("share", "=", True)
        members &= Domain("all_group_ids", "in", self.env.ref("collab_reseaux.group_member").ids)
        invited = People.search_count(members & Domain("door_state", "=", "invited"))
        stuck = People.search_count(members & Domain("door_state", "=", "stuck"))
        words = self.env._("invitation without answer") if invited == 1 else self.env._("invitations without answer")
        stuck_words = self.env._("invitation does not leave") if stuck == 1 else self.env._("invitations do not leave")
        screen = "collab_reseaux.res_users_member_action"
        return [
            *super()._waiting(),
            Waiting(invited, words, screen, "invited"),
            Waiting(stuck, stuck_words, screen, "stuck", self.env._("check the address of each")),
        ]
