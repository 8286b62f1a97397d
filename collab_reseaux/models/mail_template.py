from odoo import models

from .mail_thread import check_it_is_the_platform


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, **kwargs):
        """Only the platform sends mails: a user could otherwise choose both the recipients and the text.

        :raises AccessError: a user asks for it
        """
        check_it_is_the_platform(self.env)
        return super().send_mail_batch(res_ids, *args, **kwargs)
