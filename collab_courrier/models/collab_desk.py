from odoo import api, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        Notification = self.env["collab.notification"]
        if not Notification.has_access("read"):
            return super()._waiting()
        failed = Domain("state", "in", ("refused", "given_up"))
        number = Notification.search_count(failed | Domain("state", "=", "waiting") & Domain("tries", ">", 0))
        words = self.env._("e-mail has not left") if number == 1 else self.env._("e-mails have not left")
        screen = (
            "collab_courrier.collab_notification_action",
            "unsent",
            self.env._("refused, given up, or tried again"),
        )
        return [*super()._waiting(), Waiting(number, words, *screen)]
