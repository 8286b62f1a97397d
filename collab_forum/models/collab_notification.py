from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "forum_first_answer": Kind(self.env._("The first answer to one of my questions"), "each"),
            "forum_answer": Kind(self.env._("What is added to a discussion that I follow"), "daily"),
            "forum_discussion": Kind(self.env._("A new question in a theme or a territory that I follow"), "daily"),
            "forum_mention": Kind(self.env._("Somebody mentions me in a discussion"), "each"),
            "moderation": Kind(self.env._("A moderator has changed what I have written"), "each"),
            "forum_flag": Kind(self.env._("What has become of what I have flagged"), "each"),
            "forum_queue": Kind(
                self.env._("The forum awaits a moderator (federations only)"), "daily", "collab_reseaux.group_moderator"
            ),
        }
