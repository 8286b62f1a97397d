from odoo import models

from .mail_thread import check_it_is_the_platform


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, **kwargs):
        """Let nobody send a letter to whom he chooses, with the words that he chooses.

        :raises AccessError: somebody asks, and not the platform
        """
        check_it_is_the_platform(self.env)
        return super().send_mail_batch(res_ids, *args, **kwargs)
