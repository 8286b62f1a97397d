from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


def check_it_is_the_platform(env):
    """:raises AccessError: a user asks for a mail, and not the platform (sudo)"""
    if not env.su:
        raise AccessError(env._("The platform alone writes to people: nobody does in another's name."))


class MailThread(models.AbstractModel):
    """Odoo's own mail is closed to all users: it leaves at once, to anybody, and its sender may take any name. Our
    mails leave by the outbox."""

    _inherit = "mail.thread"

    @api.model
    def _search_message_partner_ids(self, operator, operand):
        """Find nothing by follower: core searches them in sudo, hence would show that closed records exist."""
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
        """Closed too: an incoming mail is posted under the name of whoever its From header names."""
        check_it_is_the_platform(self.env)
        return super().message_process(model, message, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Notify only the followers who may still read the record: core checks it once, when they subscribe."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if "audience_visible" not in self._fields or not self:
            return recipients
        Users = self.env["res.users"]
        return [
            person
            for person in recipients
            if person["uid"] and self.with_user(Users.browse(person["uid"])).has_access("read")
        ]
