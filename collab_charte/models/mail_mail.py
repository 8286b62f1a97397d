import html
import re

from odoo import models
from odoo.tools import email_normalize_all


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """With ``must_leave`` in the context, say that it has not: core keeps silent, and forgets the mail."""
        raise_exception = raise_exception or bool(self.env.context.get("must_leave"))
        return super().send(auto_commit, raise_exception, post_send_callback)

    def _names(self, addresses):
        """
        :param set[str] addresses: whole, in lower case
        :return bool: this letter is written to one of them, or its text names one
        """
        self.ensure_one()
        if not addresses.isdisjoint(email_normalize_all(self.email_to)):
            return True
        known = "|".join(re.escape(address) for address in addresses)
        # Neither the end nor the beginning of another address.
        whole = re.compile(rf"(?<![\w.+-])(?:{known})(?![\w-]|\.\w)", re.IGNORECASE)
        return bool(whole.search(html.unescape(self.body_html or "")))
