from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "comment": Kind(self.env._("A comment under a document that I follow"), "each"),
            "change": Kind(self.env._("A new version of a document that I follow"), "daily"),
            "deposit": Kind(self.env._("A new document in a folder that I follow"), "daily"),
            "care": Kind(self.env._("One of my documents is out of date, or to be reviewed"), "each"),
        }
