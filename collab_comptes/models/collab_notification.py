from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        said = self.env._("For my federation")
        return {
            **super()._kinds(),
            "account": Kind(self.env._("What is decided about my account"), "each", is_owed=True),
            "account_moderation": Kind(
                self.env._("Another network suspends a member of mine (federations only)"),
                "each",
                "collab_reseaux.group_moderator",
                section=said,
            ),
            "account_queue": Kind(
                self.env._("A name to be looked at (federations only)"),
                "each",
                "collab_reseaux.group_moderator",
                section=said,
            ),
        }
