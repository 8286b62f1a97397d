import io
import json
import re

from odoo.tests import HttpCase, tagged

from odoo.addons.collab_ressources.tests.common import LibraryCase

REFUSED = "Les fédérations ont suspendu votre droit d’écrire. Elles vous ont dit pourquoi."


@tagged("post_install", "-at_install")
class TestSuspension(LibraryCase, HttpCase):
    """Who is suspended reads, and writes nowhere: neither in the forum nor in the library."""

    def setUp(self):
        super().setUp()
        self.alice.lang = "fr_FR"
        self.own, self.other = self._deposit(self.alice), self._deposit(self.alan, b"%PDF-1.4 y")
        self.said = (
            self.env["collab.document.comment"]
            .with_user(self.alice)
            .create({"document_id": self.other.id, "body": "Avant"})
        )
        upload = self.env["collab.upload"].with_user(self.alice)._start("suite.pdf", 10)
        upload._append(0, io.BytesIO(b"%PDF-1.4 z"))
        self.upload = upload
        self.authenticate("alice", "alice-password-2026")
        self.token = re.search(r'csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]
        self.maud = self._user("maud", "moderator", networks=[self.blue])
        self.alice.with_user(self.maud)._suspend("Injures")

    def _post(self, url, **fields):
        answer = self.url_open(url, data={"csrf_token": self.token, **fields})
        self.env.invalidate_all()
        text = answer.json()["error"] if "json" in answer.headers["Content-Type"] else answer.text
        return text.replace("&#39;", "’").replace("'", "’")

    def test_each_way_of_writing_in_the_library_says_why_it_is_closed(self):
        files = json.dumps([{"id": self.upload.id, "title": "x"}])
        for url, fields in (
            ("/envois", {"name": "x.pdf", "size": 3}),
            ("/ressources/depot", {"files": files, "folder": self.folder.id}),
            (f"/ressources/{self.other.id}/commenter", {"body": "Injures"}),
            (f"/ressources/{self.other.id}/commentaires/{self.said.id}/corriger", {"body": "Injures"}),
            (f"/ressources/{self.other.id}/perime", {"reason": "Injures"}),
            (f"/ressources/{self.own.id}/corriger", {"title": "Injures"}),
            (f"/ressources/{self.own.id}/version", {"files": files}),
            (f"/ressources/{self.own.id}/a-jour", {}),
        ):
            with self.subTest(url):
                self.assertIn(REFUSED, self._post(url, **fields))
        self.assertEqual((self.own.title, self.said.body), ("Note", "Avant"))
        self.assertFalse(self.other.sudo()._flags("outdated") or self.own.version_ids)
        self.assertEqual(self.env["collab.document.comment"].search_count([("document_id", "=", self.other.id)]), 1)

    def test_a_former_version_is_not_put_back(self):
        self.alice.with_user(self.maud)._resume("Excuses")
        self.upload._replace(self.own.with_user(self.alice))
        self.alice.with_user(self.maud)._suspend("Encore")
        checksum = self.own.checksum
        version = self.own.version_ids
        self.assertIn(REFUSED, self._post(f"/ressources/{self.own.id}/versions/{version.id}/restaurer"))
        self.assertEqual((self.own.checksum, self.own.version_ids), (checksum, version))

    def test_one_goes_on_reading_and_withdraws_what_is_one_s_own(self):
        self.assertEqual(self.url_open(f"/ressources/{self.other.id}").status_code, 200)
        self.url_open(f"/supprimer/document/{self.own.id}", data={"csrf_token": self.token})
        self.env.invalidate_all()
        self.assertFalse(self.own.active)

    def test_who_writes_again_writes_in_the_library_too(self):
        self.alice.with_user(self.maud)._resume("Excuses")
        self._post(f"/ressources/{self.other.id}/commenter", body="Merci")
        self.assertEqual(self.other.comment_ids.mapped("body"), ["Avant", "Merci"])
