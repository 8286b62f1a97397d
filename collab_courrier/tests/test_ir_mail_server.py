import email
import email.policy
from types import SimpleNamespace

from odoo.addons.base.models.ir_mail_server import extract_rfc2822_addresses
from odoo.addons.collab_reseaux.tests.common import CollabCase

BREAK = "=?utf-8?q?=0d=0aReply-To:_x@evil.example=0d=0a=0d=0a<h1>Faux</h1>?="
HOSTILE = [
    BREAK,
    f"Titre {BREAK} fin",
    "=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxlDQoNCjxoMT4=?=",
    "Titre =?utf-8?q?=ed=a0=80?=",
    "=\r\n?utf-8?q?=0d=0aBcc:_x@evil.example?=",
    "=\\?utf-8?q?=0d=0aBcc:_x@evil.example?=",
    "Titre\r\nBcc: x@evil.example\r\n\r\n<h1>",
    "Titre\x85Bcc: x@evil.example",
    "Titre\u2028Bcc: x@evil.example",
    "Moitié \ud83d d'un signe",
    "Nom, x@evil.example",
    'Nom" <x@evil.example>, "',
    "Directrice de la maison, x@evil.example, " + "et de toutes les autres " * 5,
    "Élodie, x@evil.example, " + "de l'association départementale " * 5,
    "n" * 300,
]


class TestIrMailServer(CollabCase):
    def _letter(self, **texts):
        vals = {
            "email_from": "plateforme@collab.example",
            "email_to": ["alice@collab.example"],
            "subject": "Bonjour",
            "body": "<p>Le corps</p>",
            "subtype": "html",
        }
        return self.env["ir.mail_server"]._build_email__(**{**vals, **texts})

    def _sent(self, message):
        """:return tuple[list[str], EmailMessage]: to whom it goes, and what they receive"""
        Server, session = self.env["ir.mail_server"], SimpleNamespace(from_filter=False, smtp_from=False)
        _sender, recipients, message = Server._prepare_email_message__(message, session)
        raw = message.as_bytes()
        for line in raw.split(b"\r\n"):
            self.assertNotRegex(line, rb"(?i)^(reply-to|bcc|cc): *x@evil")
            self.assertNotIn(b"\n", line)
            self.assertLess(len(line), 998)
        return recipients, email.message_from_bytes(raw, policy=email.policy.default)

    def _check(self, received):
        self.assertEqual(
            sorted(name.lower() for name in received.keys()),
            ["content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to"],
        )
        self.assertIn("<p>Le corps</p>", received.get_body(("html",)).get_content())
        for name in ("From", "Reply-To", "To"):
            self.assertEqual(len(received[name].addresses), 1, received[name])

    def test_what_is_typed_in_a_title_is_text(self):
        for text in HOSTILE:
            with self.subTest(text):
                recipients, received = self._sent(self._letter(subject=text))
                self._check(received)
                self.assertEqual(recipients, ["alice@collab.example"])

    def test_what_is_typed_in_a_name_is_text(self):
        """As core makes an address of a name, before it calls."""
        for text in HOSTILE:
            name = '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))
            with self.subTest(text):
                message = self._letter(
                    email_to=[f"{name} <alice@collab.example>"],
                    email_from=f"{name} <plateforme@collab.example>",
                    reply_to=f"{name} <reponse@collab.example>",
                )
                recipients, received = self._sent(message)
                self._check(received)
                self.assertEqual(recipients, ["alice@collab.example"])
                for header, address in (
                    ("To", "alice@collab.example"),
                    ("From", "plateforme@collab.example"),
                    ("Reply-To", "reponse@collab.example"),
                ):
                    self.assertEqual(received[header].addresses[0].addr_spec, address)

    def test_the_name_of_a_file_is_text(self):
        for text in HOSTILE:
            with self.subTest(text):
                _recipients, received = self._sent(self._letter(attachments=[(text, b"Bonjour", "text/plain")]))
                [part] = received.iter_attachments()
                self.assertEqual(part.get_content(), "Bonjour")

    def test_a_header_that_is_set_later_is_text_too(self):
        """Core changes the sender, and who is shown, just before the letter leaves."""
        for text in HOSTILE[:4]:
            message = self._letter(headers={"X-Forge-To": f'"{text}" <groupe@collab.example>'})
            message["X-Said"] = text
            with self.subTest(text):
                recipients, received = self._sent(message)
                self.assertEqual(recipients, ["alice@collab.example"])
                self.assertNotIn("Bcc", received)
                self.assertNotIn("x@evil.example", received["Reply-To"])

    def test_a_long_title_keeps_each_of_its_spaces(self):
        for title in (
            "Quelqu'un a-t-il déjà monté un dossier pour le groupe mobilité, et pour l'aide à la garde d'enfants ?",
            "Anticonstitutionnellement " * 6,
            "a" * 120,
            "Un mot " + "é" * 90 + " et un autre",
        ):
            with self.subTest(title):
                message = self._letter(subject=title)
                _recipients, received = self._sent(message)
                self.assertEqual(received["Subject"].strip(), title.strip())
                self.assertNotIn(b"Subject:\r\n", message.as_bytes())
                self.assertNotIn(b"Subject: \r\n", message.as_bytes())

    def test_an_address_that_a_name_contains_receives_nothing(self):
        address = '"x@evil.example" <alice@collab.example>'
        self.assertIn("x@evil.example", extract_rfc2822_addresses(address), "core takes it for one")
        self.assertEqual(self._sent(self._letter(email_to=[address]))[0], ["alice@collab.example"])
