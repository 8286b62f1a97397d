from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """With ``must_leave`` in the context, say that it has not: core keeps silent, and forgets the mail."""
        raise_exception = raise_exception or bool(self.env.context.get("must_leave"))
        return super().send(auto_commit, raise_exception, post_send_callback)
