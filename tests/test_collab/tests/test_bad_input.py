import json
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.tests.common import CharterCase


@tagged("post_install", "-at_install")
class TestBadInput(CharterCase, HttpCase):
    """What a page receives that it did not expect: an answer in French, and nothing half-written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = cls.env.ref("collab_ressources.directory_tools")
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        organisation = cls._organisation("Association", [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=organisation)
        cls.alan = cls._user("alan", organisation=organisation)
        (cls.alice | cls.alan).lang = "fr_FR"

    def setUp(self):
        super().setUp()
        self.authenticate("alice", "alice-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/ressources/depot").text)[1]

    def _start(self, name, size):
        return self.url_open("/envois", data={"csrf_token": self.token, "name": name, "size": size})

    def _send(self, upload, content, offset=0, token=None, method="PUT"):
        return self.url_open(
            f"/envois/{upload}?offset={offset}",
            data=content,
            headers={"X-CSRF-Token": token or self.token, "Content-Type": "application/octet-stream"},
            method=method,
        )

    def _arrived(self, content=b"%PDF-1.4", name="note.pdf"):
        upload = self._start(name, len(content)).json()["id"]
        self._send(upload, content)
        return upload

    def _deposit(self, files, **fields):
        data = {"csrf_token": self.token, "files": files, "folder": self.folder.id, "networks": "", "territories": ""}
        return self.url_open("/ressources/depot", data={**data, **fields})

    def _documents(self):
        return self.env["dms.file"].search([("create_uid", "=", self.alice.id)])

    def test_what_cannot_be_a_file_is_refused_in_french(self):
        for name, size, said in (
            ("rapport.pdf", "", "est vide"),
            ("rapport.pdf", "-5", "est vide"),
            ("rapport.pdf", "1e9", "est vide"),
            ("rapport.pdf", "99999999999", "trop lourd"),
            ("programme.exe", "10", "ne sont pas acceptés"),
            ("../../etc/passwd", "10", "ne peut pas être celui d’un fichier"),
            ("a" * 300, "10", "est trop long"),
            ("", "10", "ne peut pas être celui d’un fichier"),
        ):
            with self.subTest(name[:20], size=size):
                answer = self._start(name, size)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(said, answer.json()["error"])
        self.assertFalse(self.env["collab.upload"].search_count([("create_uid", "=", self.alice.id)]))

    def test_what_no_keyboard_types_is_not_an_error_of_the_platform(self):
        for url, data in (
            ("/envois", {"name": "a\0.pdf", "size": "10"}),
            ("/ressources/depot", {"files": "[]\0", "folder": "1"}),
            ("/web/login", {"login": "alice\0", "password": "x"}),
            ("/ressources?dossier=%00", None),
        ):
            with self.subTest(url):
                answer = self.url_open(url, data=data and {"csrf_token": self.token, **data})
                self.assertEqual(answer.status_code, 400)
                self.assertIn("Cette demande n’a pas été comprise", answer.text)
        self.assertFalse(self._documents())

    @mute_logger("odoo.http")
    def test_numbers_that_do_not_exist_answer_like_pages_that_do_not(self):
        huge = 10**20
        for url in (
            f"/ressources/{huge}",
            f"/ressources/{huge}/telecharger",
            f"/ressources/{huge}/corriger",
            f"/ressources?dossier={huge}",
        ):
            with self.subTest(url):
                answer = self.url_open(url)
                self.assertEqual(answer.status_code, 404)
                self.assertIn("Page introuvable", answer.text)
        for url in (f"/ressources?page={huge}", "/ressources?page=-1", "/ressources?page=x"):
            with self.subTest(url):
                self.assertEqual(self.url_open(url).status_code, 200)
        self.assertEqual(self._send(huge, b"x").status_code, 422)

    def test_a_deposit_that_makes_no_sense_deposits_nothing_and_keeps_the_file(self):
        upload = self._arrived()
        files = json.dumps([{"id": upload, "title": "Note"}])
        for files_sent, fields, said in (
            ("[]", {}, "Choisissez au moins un fichier."),
            ("{", {}, "n’a pas été comprise"),
            ('{"a": 1}', {}, "n’a pas été comprise"),
            ('[{"id": "x"}]', {}, "n’a pas été comprise"),
            (json.dumps([{"id": 10**20}]), {}, "choisissez de nouveau le fichier"),
            (files, {"folder": ""}, "Choisissez un dossier."),
            (files, {"folder": "99999"}, "Ce choix n’existe plus"),
            (files, {"folder": "9" * 20}, "Ce choix n’existe plus"),
            (files, {"networks": str(self.green.id)}, "n’est plus proposé"),
            (files, {"territories": str(self.hills.id)}, "n’est plus proposé"),
            (files, {"networks": "9" * 20}, "n’est plus proposé"),
            (json.dumps([{"id": upload, "title": "x" * 201}]), {}, "Le titre est trop long"),
        ):
            with self.subTest(files_sent[:30], **fields):
                answer = self._deposit(files_sent, **fields)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(said, answer.json()["error"])
                self.assertFalse(self._documents())
        # The page says it beside the field.
        for fields, field in (({"folder": ""}, "directory_id"), ({"networks": str(self.green.id)}, "audience")):
            self.assertEqual(self._deposit(files, **fields).json()["field"], field)
        self.assertEqual(self._deposit("[]").json()["field"], "files")
        self.assertEqual(self.url_open(f"/envois/{upload}").json()["received"], 8)
        self.assertIn("redirect", self._deposit(files).json())

    def test_a_title_is_written_as_one_line_whatever_it_holds(self):
        files = json.dumps([{"id": self._arrived(), "title": " Grille\n\0d'\ud83dévaluation\t🎉 "}])
        self._deposit(files)
        self.assertEqual(self._documents().title, "Grille d' évaluation 🎉")

    def test_the_same_file_twice_in_one_deposit_is_told(self):
        files = [{"id": self._arrived(name=name)} for name in ("un.pdf", "deux.pdf")]
        answer = self._deposit(json.dumps(files))
        self.assertIn("« un.pdf » et « deux.pdf » sont le même fichier", answer.json()["error"])
        self.assertFalse(self._documents())

    def test_a_form_that_is_sent_twice_is_received_once(self):
        files = json.dumps([{"id": self._arrived(), "title": "Note"}])
        first, second = (self._deposit(files).json()["redirect"] for _ in range(2))
        self.assertEqual(first, second)
        self.assertEqual(len(self._documents()), 1)
        for _ in range(2):
            address = first.replace("/ressources/", "/supprimer/document/")
            answer = self.url_open(address, data={"csrf_token": self.token}, allow_redirects=False)
            self.assertEqual(answer.headers["Location"], "/ressources")

    def test_a_piece_without_the_token_of_the_session_is_refused(self):
        upload = self._start("note.pdf", 8).json()["id"]
        for method in ("PUT", "DELETE"):
            with self.subTest(method):
                self.assertEqual(self._send(upload, b"%PDF-1.4", token="x", method=method).status_code, 400)
        self.assertEqual(self.url_open(f"/envois/{upload}").json()["received"], 0)

    def test_a_sending_of_somebody_else_is_as_one_that_does_not_exist(self):
        upload = self._arrived()
        self.authenticate("alan", "alan-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/ressources/depot").text)[1]
        for number in (upload, upload + 1000):
            with self.subTest(number):
                said = {
                    answer.json()["error"]
                    for answer in (self._send(number, b"x"), self._deposit(f'[{{"id": {number}}}]'))
                }
                self.assertEqual(said, {"Cet envoi est terminé : choisissez de nouveau le fichier."})

    def test_a_correction_that_is_refused_keeps_what_was_typed(self):
        document = self._deposit(json.dumps([{"id": self._arrived(), "title": "Avant"}])).json()["redirect"]
        answer = self.url_open(
            f"{document}/corriger",
            data={"csrf_token": self.token, "title": "y" * 201, "folder": self.folder.id, "networks": self.blue.id},
        )
        self.assertIn("Le titre est trop long", answer.text)
        self.assertIn("y" * 201, answer.text)
        self.assertRegex(answer.text, rf'name="networks" value="{self.blue.id}" checked')
        self.assertEqual(self._documents().title, "Avant")

    def test_who_writes_while_his_session_expires_is_led_back_to_what_he_wrote(self):
        document = self._deposit(json.dumps([{"id": self._arrived(), "title": "Avant"}])).json()["redirect"]
        self.logout()
        answer = self.url_open(
            f"{document}/corriger",
            data={"csrf_token": self.token, "title": "Après"},
            headers={"Referer": f"{self.base_url()}{document}/corriger"},
        )
        self.assertIn("Votre session a expiré. Reconnectez-vous : votre texte est conservé.", answer.text)
        self.assertIn(f'name="redirect" value="{document}/corriger"', answer.text)
        # Another site does not choose where a member arrives.
        answer = self.url_open(
            f"{document}/corriger", data={"title": "x"}, headers={"Referer": "https://elsewhere.example/page"}
        )
        self.assertNotIn("elsewhere.example", answer.text)
