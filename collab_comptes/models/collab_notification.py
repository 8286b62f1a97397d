from odoo import api, models

from odoo.addons.collab_suivi.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "account": Kind(self.env._("What concerns my account"), "each"),
            "account_queue": Kind(
                self.env._("A name to be looked at (federations only)"), "each", "collab_reseaux.group_moderator"
            ),
        }
