import html
import re

from odoo import models
from odoo.tools import email_normalize_all


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """With ``must_leave`` in the context, raise an error when the mail cannot leave; core would say nothing."""
        raise_exception = raise_exception or bool(self.env.context.get("must_leave"))
        return super().send(auto_commit, raise_exception, post_send_callback)

    def _names(self, addresses):
        """
        :param set[str] addresses: in lower case
        :return bool: this mail is addressed to one of them, or its text contains one
        """
        self.ensure_one()
        if not addresses.isdisjoint(email_normalize_all(self.email_to)):
            return True
        known = "|".join(re.escape(address) for address in addresses)
        # Only whole addresses: jean@x.fr is not in anne-jean@x.fr, nor in jean@x.fr.example.
        whole = re.compile(rf"(?<![\w.+-])(?:{known})(?![\w-]|\.\w)", re.IGNORECASE)
        return bool(whole.search(html.unescape(self.body_html or "")))
