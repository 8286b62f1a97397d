from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


def check_it_is_the_platform(env):
    """:raises AccessError: somebody asks for a letter, under any name and to anybody, and not the platform"""
    if not env.su:
        raise AccessError(env._("The platform alone writes to people: nobody does in another's name."))


class MailThread(models.AbstractModel):
    """Core's mail, which leaves at once, under any name and to anybody. Our letters have their own way out."""

    _inherit = "mail.thread"

    @api.model
    def _search_message_partner_ids(self, operator, operand):
        """Find nothing by who follows: core looks for it in sudo, and for all that lies beyond."""
        return super()._search_message_partner_ids(operator, operand) if self.env.su else Domain.FALSE

    def message_post(self, **kwargs):
        check_it_is_the_platform(self.env)
        return super().message_post(**kwargs)

    def message_notify(self, **kwargs):
        check_it_is_the_platform(self.env)
        return super().message_notify(**kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        check_it_is_the_platform(self.env)
        return super().message_post_with_source(source_ref, **kwargs)

    def message_mail_with_source(self, source_ref, **kwargs):
        check_it_is_the_platform(self.env)
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        check_it_is_the_platform(self.env)
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_unsubscribe(self, partner_ids=None):
        check_it_is_the_platform(self.env)
        return super().message_unsubscribe(partner_ids)

    def message_change_thread(self, new_thread, new_parent_message=False):
        check_it_is_the_platform(self.env)
        return super().message_change_thread(new_thread, new_parent_message)

    @api.model
    def message_process(self, model, message, **kwargs):
        """A letter that arrives is written under the name that it says."""
        check_it_is_the_platform(self.env)
        return super().message_process(model, message, **kwargs)

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
