import io
import json
import os
import pathlib
import re
import zipfile

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_fichiers.filestore import incoming_folder

from .world import World

FORGED = {
    "token": "../../outside",
    "checksum": "0" * 40,
    "mimetype": "text/plain",
    "is_used": True,
    "size": 4_000_000,
    "name": "autre.txt",
}


@tagged("post_install", "-at_install")
class TestPaths(World, HttpCase):
    """No path is ever built from what a client sent."""

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/ressources/depot").text)[1]

    def _rpc(self, model, method, *args, **kwargs):
        body = {"jsonrpc": "2.0", "method": "call"}
        body["params"] = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            "/web/dataset/call_kw", data=json.dumps(body), headers={"Content-Type": "application/json"}
        ).json()

    def _post(self, url, **data):
        return self.url_open(url, data={**data, "csrf_token": self.token})

    def _start(self, name="note.txt", size=8):
        return self.env["collab.upload"].browse(self._post("/envois", name=name, size=size).json()["id"])

    def _send(self, upload, content, offset=0):
        url, headers = f"/envois/{upload.id}?offset={offset}", {"X-CSRF-Token": self.token}
        return self.url_open(url, data=content, headers=headers, method="PUT").json()

    def _deposit(self, person, content=b"%PDF-1.4", name="note.pdf"):
        upload = self.env(user=person.id, su=False)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        folder = self.env.ref("collab_ressources.directory_tools").id
        return upload._deposit({"title": "Note", "directory_id": folder})

    @mute_logger("odoo.http")
    def test_nobody_chooses_where_what_he_sends_is_written(self):
        victim = pathlib.Path(incoming_folder(self.env.cr.dbname)).parent / "victim.txt"
        victim.write_bytes(b"untouched")
        self.addCleanup(victim.unlink)
        for person in (self.wanda, self.gus, self.ada):
            self._as(person)
            uploads = self.env["collab.upload"].search([])
            for forged in ({"token": str(victim)}, {"token": "../victim.txt"}, FORGED):
                with self.subTest(person.login, forged=forged):
                    vals = {"name": "n.txt", "size": 5, **forged}
                    defaults = {f"default_{name}": value for name, value in forged.items()}
                    self.assertIn("error", self._rpc("collab.upload", "create", [vals]))
                    plain = {"name": "n.txt", "size": 5}
                    self.assertIn("error", self._rpc("collab.upload", "create", [plain], context=defaults))
                    self.assertIn("error", self._rpc("collab.upload", "web_save", [], vals, specification={}))
            self.assertEqual(self.env["collab.upload"].search([]), uploads)
            upload = self._start()
            for name, value in {**FORGED, "document_id": self._deposit(self.wanda).id}.items():
                with self.subTest(person.login, name=name):
                    self.assertIn("error", self._rpc("collab.upload", "write", [upload.id], {name: value}))
            self.assertEqual(self._send(upload, b"Bonjour.")["received"], 8)
            self.env.invalidate_all()
            self.assertEqual(pathlib.Path(upload._path()).read_bytes(), b"Bonjour.")
            self.assertRegex(upload._path(), rf"/uploads/{self.env.cr.dbname}/[0-9a-f]{{32}}$")
        self.assertEqual(victim.read_bytes(), b"untouched")

    def test_the_rights_of_those_who_send_are_those_of_sending(self):
        """By their own session, whatever calls."""
        for person in (self.wanda, self.gus, self.ada):
            Upload = self.env(user=person.id, su=False)["collab.upload"]
            with self.subTest(person.login):
                with self.assertRaises(AccessError):
                    Upload.create({"name": "n.txt", "size": 5})
                upload = Upload._start("n.txt", 5)
                self.assertEqual(upload.create_uid, person)
                for name, value in FORGED.items():
                    with self.assertRaises(AccessError):
                        upload.write({name: value})

    def test_a_token_is_drawn_by_the_platform_whoever_asks(self):
        upload = self.env["collab.upload"].with_context(default_token="../x").create({"name": "n", "size": 5})
        self.assertRegex(upload.token, "^[0-9a-f]{32}$")
        forged = self.env["collab.upload"].create({"name": "n", "size": 5, "token": "../x"})
        self.assertRegex(forged.token, "^[0-9a-f]{32}$")
        with self.assertRaises(AccessError):
            forged.token = upload.token

    def test_a_token_that_the_platform_has_not_drawn_leads_nowhere(self):
        """However it came into the base."""
        upload = self.env(user=self.gus.id, su=False)["collab.upload"]._start("n.txt", 5)
        for token in ("/etc/passwd", "../../x", "", "a" * 31, "A" * 32, "a" * 32 + "\n", "a" * 33):
            self.env.cr.execute("UPDATE collab_upload SET token = %s WHERE id = %s", [token, upload.id])
            upload.invalidate_recordset()
            with self.subTest(token):
                for act in (upload._path, upload._received, lambda: upload._append(0, io.BytesIO(b"01234"))):
                    with self.assertRaises(ValueError):
                        act()

    @mute_logger("odoo.http")
    def test_a_moderator_puts_no_content_in_a_document_but_by_sending_it(self):
        document, other = self._deposit(self.bea), self._deposit(self.bea, b"%PDF-1.7", "autre.pdf")
        content = self.env["ir.attachment"].search([("res_model", "=", "dms.file"), ("res_id", "=", other.id)], limit=1)
        before = document.read()[0]
        forged = {
            **{"checksum": other.checksum, "size": 1, "mimetype": "text/html", "extension": "exe"},
            **{"content": "AAAA", "content_binary": "AAAA", "content_file": "AAAA", "attachment_id": content.id},
            **{"save_type": "database", "storage_id": 1, "path_json": "[]", "path_names": "x", "human_size": "x"},
        }
        folder = self.env.ref("collab_ressources.directory_tools").id
        vals = {"name": "n.txt", "title": "n", "directory_id": folder}
        for person in (self.bea, self.ada):
            self._as(person)
            for name, value in forged.items():
                with self.subTest(person.login, name=name):
                    self.assertIn("error", self._rpc("dms.file", "write", [document.id], {name: value}))
                    self.assertIn("error", self._rpc("dms.file", "create", [{**vals, name: value}]))
                    context = {f"default_{name}": value}
                    self.assertIn("error", self._rpc("dms.file", "create", [vals], context=context))
        self.env.invalidate_all()
        self.assertEqual(document.read()[0], before)

    def test_what_a_version_says_it_is_replaces_no_file(self):
        """Whoever could have written it once: a content is put back under its own name."""
        document, other = self._deposit(self.bea), self._deposit(self.bea, b"%PDF-1.7", "autre.pdf")
        path = other._content_path()
        upload = self.env(user=self.bea.id, su=False)["collab.upload"]._start("note.pdf", 8)
        upload._append(0, io.BytesIO(b"%PDF-1.5"))
        upload._replace(document)
        version = document.version_ids
        self.env.cr.execute(
            "UPDATE collab_document_version SET checksum = %s, size = 999 WHERE id = %s", [other.checksum, version.id]
        )
        version.invalidate_recordset()
        document._restore_version(version)
        self.assertEqual(pathlib.Path(path).read_bytes(), b"%PDF-1.7")
        self.assertEqual(pathlib.Path(document._content_path()).read_bytes(), b"%PDF-1.4")
        self.assertEqual((document.size, os.path.basename(document._content_path())), (8, document.checksum))

    def test_an_archive_leads_nowhere_but_where_it_is_unpacked(self):
        library = self.env.ref("collab_ressources.directory_library")
        document = self._deposit(self.bea)
        self._as(self.wanda)
        for name in ("..", "../../x", "..\\..\\x", "/etc", "C:\\x"):
            folder = self.env["dms.directory"].create({"name": "x", "parent_id": library.id})
            self.env.cr.execute("UPDATE dms_directory SET name = %s WHERE id = %s", [name, folder.id])
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
            document.sudo().directory_id = folder
            answer = self.url_open(f"/ressources/zip?dossier={folder.id}")
            with self.subTest(name), zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                [found] = archive.namelist()
                self.assertNotRegex(found, r"^/|\\|(^|/)\.\.?(/|$)")
                self.assertEqual(found.count("/"), 1)
