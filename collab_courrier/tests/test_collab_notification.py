from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP

from odoo.tests import tagged

from odoo.addons.collab_reseaux.tests.common import CollabCase


@tagged("post_install", "-at_install")
class TestNotification(CollabCase):
    def test_the_grouped_letter_leaves_at_eight_in_paris_summer_and_winter(self):
        morning = self.env["collab.notification"]._next_morning
        for now, then in (
            ("2026-11-25 06:59", "2026-11-25 07:00"),
            ("2026-11-25 07:00", "2026-11-26 07:00"),
            ("2026-11-25 23:30", "2026-11-26 07:00"),
            ("2026-07-14 12:00", "2026-07-15 06:00"),
            # The clocks go back in the night, and forward in the night.
            ("2026-10-24 12:00", "2026-10-25 07:00"),
            ("2027-03-27 12:00", "2027-03-28 06:00"),
        ):
            with self.subTest(now):
                self.assertEqual(morning(datetime.fromisoformat(now)), datetime.fromisoformat(then))

    def test_a_link_stops_the_mails_of_one_person_and_nothing_else(self):
        Preference, alice = self.env["collab.notification.preference"], self._user("alice")
        url = Preference._unsubscribe_url(alice, ["comment", "care"])
        token = url.rpartition("/")[2]
        person, _kinds = Preference._unsubscribe_token(token)
        self.assertEqual(person, alice)
        said, _dash, seal = token.rpartition("-")
        other = self._user("bob")
        for forged in (
            f"{other.id}-comment.care-{seal}",
            f"{said}-{seal[:-1]}x",
            f"{said}.deposit-{seal}",
            said,
            "",
            "-",
            "x-y-z",
            f"{said}-é",
        ):
            with self.subTest(forged):
                self.assertIsNone(Preference._unsubscribe_token(forged))

    def test_a_long_address_stays_one_line_in_the_header(self):
        """RFC 8058: mail programs read nothing else."""
        address = f"https://plateforme.example/{'chemin-tres-long/' * 20}jeton"
        message = self.env["ir.mail_server"]._build_email__(
            email_from="a@collab.example",
            email_to=["b@collab.example"],
            subject="Un sujet accentué " * 10,
            body="<p>Bonjour</p>",
            subtype="html",
            headers={"List-Unsubscribe": f"<{address}>"},
        )
        raw = message.as_bytes()
        self.assertIn(
            f"\r\nList-Unsubscribe: <{address}>\r\n".encode(), raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        )
        # The others are folded, as they have to be.
        self.assertLessEqual(max(len(line) for line in raw.splitlines() if not line.startswith(b"List-Uns")), 100)
        read = message_from_bytes(raw, policy=SMTP)
        self.assertEqual(read["subject"].strip(), ("Un sujet accentué " * 10).strip())
