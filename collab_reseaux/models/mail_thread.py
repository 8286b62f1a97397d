from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell nothing to a follower who may not read any more: core never asks again after he has subscribed."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if "audience_visible" not in self._fields or not self:
            return recipients
        Users = self.env["res.users"]
        return [
            person
            for person in recipients
            if person["uid"] and self.with_user(Users.browse(person["uid"])).has_access("read")
        ]
