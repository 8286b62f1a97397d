from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "comment": Kind(self.env._("A comment under a document that I follow"), "each"),
            "moderation": Kind(self.env._("A moderator has changed what I have written"), "each"),
        }
