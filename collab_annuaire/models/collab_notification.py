from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        here, federation = self.env._("Directory"), self.env._("For my federation")
        moderators = "collab_reseaux.group_moderator"
        return {
            **super()._kinds(),
            "correction": Kind(self.env._("What has become of the corrections that I propose"), "each", section=here),
            "organisation": Kind(
                self.env._("The card and the team of my organisation (referents only)"), "each", section=here
            ),
            "correction_queue": Kind(
                self.env._("A correction to look at (federations only)"), "daily", moderators, section=federation
            ),
            "team_queue": Kind(
                self.env._("A referent closes an account (federations only)"), "daily", moderators, section=federation
            ),
        }
