from odoo import api, models

from odoo.addons.collab_courrier.models.collab_notification import Kind


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        said = self.env._("Comments and flags")
        return {
            **super()._kinds(),
            "comment": Kind(self.env._("A comment under a document that I follow"), "each", section=said),
            "flag": Kind(self.env._("What has become of what I have flagged"), "each", section=said),
            "moderation": Kind(self.env._("What moderators decide about what I have written"), "each", is_owed=True),
            "queue": Kind(
                self.env._("What awaits a moderator (federations only)"),
                "daily",
                "collab_reseaux.group_moderator",
                section=self.env._("For my federation"),
            ),
        }

    def _said_of(self, record, event):
        # Whatever the content, a moderator is told of all that awaits him.
        if self.kind == "queue":
            is_moderator = record.env.user.has_group("collab_reseaux.group_moderator")
            return record.env["collab.queue"]._notification() if is_moderator and record._awaits(event) else None
        return super()._said_of(record, event)
