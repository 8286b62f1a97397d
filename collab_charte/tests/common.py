import re

from odoo.addons.collab_reseaux.tests.common import CollabCase
from odoo.addons.mail.tests.common import MailCase

OLD, NEW = "zoe@example.org", "zoe.martin@example.org"
PASSWORD = f"{OLD}-password-2026"
CHOSEN = "une-phrase-et-2026"


class CharterCase(CollabCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())

    @classmethod
    def _user(cls, login, role="member", accepts=True, **belonging):
        user = super()._user(login, role, **belonging)
        if accepts:
            user._accept_charter(cls.charter, "127.0.0.1")
        return user


class LetterCase(CharterCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._user("ada@example.org", "administrator")
        cls.blue.write({"contact_name": "Anne Contact", "contact_phone": "02 40 00 00 01"})
        cls.zoe = cls._user(OLD, networks=cls.blue)
        cls._come(cls.zoe)

    @classmethod
    def _come(cls, user):
        cls.env["res.users.log"].with_user(user).sudo().create({})

    def _run(self):
        """Let the job send what waits.

        :return dict[str, str]: by address, the text of its letter; two to one address fail
        """
        with self.mock_mail_gateway(mail_unlink_sent=True), self._job_mode():
            self.env.ref("collab_charte.cron_send_letters").method_direct_trigger()
        self.env.invalidate_all()
        sent = {}
        for mail in self._mails:
            [address] = mail["email_to"]
            self.assertNotIn(address, sent, "one event, one mail")
            sent[address] = f"{mail['subject']} {mail['body']}"
        return sent

    def _link(self, letter):
        return re.search(r'href="[^"]*(/mon-compte/[^"]+)"', letter)[1]

    def _send(self, path, **data):
        """Send a form of a page, as its visitor would (``HttpCase``); a link of a letter is in the form of its page."""
        page = self.url_open(path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        target, _sep, link = path.partition("?jeton=")
        return self.url_open(target, data={"csrf_token": token, **({"jeton": link} if link else {}), **data})
