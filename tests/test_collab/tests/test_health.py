import pathlib
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestHealth(HttpCase):
    """What a monitor reads, without logging in."""

    def setUp(self):
        super().setUp()
        self.env["mail.mail"].search([]).unlink()
        self.env["ir.cron"].search([]).nextcall = datetime.now() + timedelta(minutes=5)
        self.env.flush_all()

    def _ask(self):
        answer = self.url_open("/sante")
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/json")
        content = answer.json()
        well = all(check["ok"] for check in content["checks"].values())
        self.assertEqual((answer.status_code, content["status"]), (200, "pass") if well else (503, "fail"))
        return content["checks"]

    def _only_wrong(self, subject):
        checks = self._ask()
        self.assertEqual([name for name, check in checks.items() if not check["ok"]], [subject])
        return checks[subject]

    def test_all_is_well(self):
        checks = self._ask()
        self.assertEqual(set(checks), {"database", "disk", "mail", "jobs", "backup"})
        self.assertTrue(all(check["ok"] for check in checks.values()))

    def test_the_disk_is_nearly_full(self):
        with patch.object(shutil, "disk_usage", return_value=shutil._ntuple_diskusage(100_000, 96_000, 4_000)):
            self.assertEqual(self._only_wrong("disk")["free_percent"], 4)

    def test_a_mail_does_not_leave(self):
        old = datetime.now() - timedelta(hours=3)
        for values in (
            {"state": "outgoing", "scheduled_date": old},
            {"state": "exception", "failure_type": "mail_smtp", "scheduled_date": old},
        ):
            mail = self.env["mail.mail"].create({"email_to": "x@y.example", **values})
            with self.subTest(values["state"]):
                self.assertEqual(self._only_wrong("mail")["oldest_unsent_minutes"], 180)
            mail.unlink()
        self.env["mail.mail"].create(
            {"email_to": "x", "state": "exception", "failure_type": "mail_email_invalid", "scheduled_date": old}
        )
        self.assertTrue(self._ask()["mail"]["ok"], "nobody can send to an address that is none")
        self.env.user.sudo().link_asked = old
        self._only_wrong("mail")

    def test_a_job_does_not_run(self):
        self.env["ir.cron"].search([], limit=1).nextcall = datetime.now() - timedelta(hours=2)
        self.assertEqual(self._only_wrong("jobs")["delay_minutes"], 120)

    def test_a_backup_is_missing_or_old(self):
        with (
            tempfile.TemporaryDirectory() as folder,
            patch.dict("os.environ", {"BACKUP_DIR": folder, "BACKUP_MAX_HOURS": "26"}),
        ):
            self.assertIsNone(self._only_wrong("backup")["last"])
            for hours, good in ((30, False), (2, True)):
                name = (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y%m%dT%H%M%SZ")
                pathlib.Path(folder, name).mkdir()
                with self.subTest(hours):
                    self.assertEqual(self._ask()["backup"]["ok"], good)
            pathlib.Path(folder, ".29991231T000000Z.partial").mkdir()
            self.assertTrue(self._ask()["backup"]["ok"])

    def test_it_tells_nothing_of_the_content(self):
        text = self.url_open("/sante").text
        for word in ("collab_", "@", "/", "Traceback"):
            self.assertNotIn(word, text)
