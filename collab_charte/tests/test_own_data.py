import io
import json
import zipfile

from odoo.tests import tagged

from .common import CharterCase


@tagged("post_install", "-at_install")
class TestOwnData(CharterCase):
    """What the platform holds of a person, handed over to whom it is about."""

    def test_a_person_is_given_his_own_data_without_a_browser(self):
        """As an operator does for whoever asks by letter: no request, hence no session and no current device."""
        zoe = self._user("zoe@example.org", networks=self.blue)
        seen = {"first_activity": "2026-01-01 08:00:00", "last_activity": "2026-01-02 08:00:00"}
        device = {"browser": "firefox", "platform": "linux", "session_identifier": "x", "ip_address": "127.0.0.1"}
        self.env["res.device.log"].create({"user_id": zoe.id, **seen, **device})
        for person in (zoe, zoe.with_user(zoe)):
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as archive:
                person._write_own_data(archive)
            with zipfile.ZipFile(target) as archive:
                account = json.loads(archive.read("compte.json"))
                accepted = json.loads(archive.read("charte.json"))
            self.assertEqual(account["identifiant"], "zoe@example.org")
            self.assertEqual([device["navigateur"] for device in account["appareils"]], ["firefox"])
            self.assertEqual(len(accepted), 1)
