import csv
import io
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import World


@tagged("post_install", "-at_install")
class TestCharterPages(World, HttpCase):
    """The rules, as people meet them."""

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _publish(self, body, **values):
        charter = self.env["collab.charter"].create({"body": body, **values})
        charter.action_publish()
        return charter

    def _send(self, page, path, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_a_new_version_stops_a_session_that_is_open_and_says_what_is_new(self):
        self._as(self.wanda)
        self.assertEqual(self.url_open("/ressources", allow_redirects=False).status_code, 200)
        current = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        self._publish(f"{current.body}<p>Une règle de plus.</p>")
        for path in ("/ressources", "/ressources/1/telecharger", "/web/image/1", "/nothing-there"):
            self.assertIn("/charte", self.url_open(path, allow_redirects=False).headers["Location"], path)
        page = self.url_open("/ressources")
        self.assertIn("Ce qui change", page.text)
        changes = re.search(r'<ul class="c-changes"[^>]*>(.*?)</ul>', page.text, re.DOTALL)[1]
        self.assertEqual(" ".join(re.sub("<[^>]+>", " ", changes).split()), "Ajouté : Une règle de plus.")

    def test_a_new_version_makes_browsers_forget_how_screens_name_the_old_one(self):
        self._as(self.ada)

        def kept():
            return re.search(r'"registry_hash": "([^"]+)"', self.url_open("/odoo").text)[1]

        before = kept()
        self.assertEqual(kept(), before)
        self.ada._accept_charter(self._publish("<p>Sans faute.</p>", minor=True), "127.0.0.1")
        self.assertEqual(kept(), before, "the same version")
        self.ada._accept_charter(self._publish("<p>Une autre règle.</p>"), "127.0.0.1")
        self.assertNotEqual(kept(), before)

    @mute_logger("odoo.http")
    def test_a_new_version_stops_the_screens_of_the_federations_too(self):
        asked = {"domain": [], "specification": {"name": {}}}
        params = {"model": "dms.file", "method": "web_search_read", "args": [], "kwargs": asked}
        call = {"jsonrpc": "2.0", "method": "call", "params": params}
        self._as(self.gus)
        self.assertIn("result", self.url_open("/web/dataset/call_kw", json=call).json())
        self._publish("<p>Une autre règle.</p>")
        answer = self.url_open("/web/dataset/call_kw", json=call).json()
        self.assertIn("CharterRequired", answer["error"]["data"]["name"])
        self.assertNotIn("result", answer)

    def test_a_minor_correction_stops_nobody(self):
        self._as(self.wanda)
        self._publish("<p>Sans faute.</p>", minor=True)
        self.assertEqual(self.url_open("/ressources", allow_redirects=False).status_code, 200)
        self.assertIn("Sans faute.", self.url_open("/charte").text)

    def test_the_only_administrator_who_refuses_finds_the_way_back(self):
        administrators = self.env.ref("collab_reseaux.group_administrator").all_user_ids
        (administrators - self.ada).active = False
        self._as(self.ada)
        self._publish("<p>Une règle de trop.</p>")
        page = self._send(self.url_open("/odoo"), "/charte/refus", redirect="/odoo")
        self.assertIn("Vous restez administrateur", page.text)
        self.assertTrue(self.ada.active and self.ada._has_role("administrator"))
        again = re.search(r'href="(/charte[^"]*)"[^>]*>\s*Relire la charte', page.text)[1]
        self.assertEqual(again, "/charte?redirect=%2Fodoo")
        # From the screens too: the charter stands before them, says that he has refused it, and still takes his word.
        self.assertIn("/charte?redirect=%2Fodoo", self.url_open("/odoo", allow_redirects=False).headers["Location"])
        page = self.url_open("/odoo")
        self.assertIn("Vous avez refusé cette charte", page.text)
        charter = self.env["collab.charter"]._current_id()
        answer = self._send(page, "/charte", charter_id=charter, agreed=1, redirect="/odoo")
        self.assertEqual((answer.status_code, answer.url.partition("/odoo")[1]), (200, "/odoo"))
        self.assertEqual(self.ada.door_state, "in")

    def test_refusing_tells_what_follows_and_can_be_taken_back(self):
        self.blue.write({"contact_name": "Anne Contact", "contact_email": "anne@blue.example"})
        self.green.contact_name = "Autre Contact"
        self._as(self.nadia)
        page = self._send(self.url_open("/ressources?page=1"), "/charte/refus", redirect="/ressources?page=1")
        self.assertIn("Anne Contact", page.text)
        self.assertIn("mailto:anne@blue.example", page.text)
        self.assertNotIn("Autre Contact", page.text)
        self.assertTrue(self.nadia.refused_charter_id)
        again = re.search(r'href="(/charte\?redirect=[^"]+)"', page.text)[1]
        page = self.url_open(again)
        wanted = re.search(r'name="redirect" value="([^"]+)"', page.text)[1]
        page = self._send(
            page, "/charte", charter_id=self.env["collab.charter"]._current_id(), agreed="1", redirect=wanted
        )
        self.assertTrue(page.url.endswith("/ressources?page=1"))
        self.assertFalse(self.nadia.refused_charter_id)

    def test_a_visitor_reads_the_charter_and_refuses_nothing(self):
        self.authenticate(None, None)
        page = self.url_open("/charte")
        self.assertNotIn("Je n’accepte pas", page.text)
        self.assertTrue(self.url_open("/charte/refus").url.endswith("/charte"))

    def test_those_who_write_see_a_text_before_the_others(self):
        draft = self.env["collab.charter"].create({"body": "<p>Brouillon</p>"})
        for person, status in ((self.ada, 200), (self.gus, 404), (self.wanda, 404)):
            self._as(person)
            self.assertEqual(self.url_open(f"/charte/apercu/{draft.id}").status_code, status, person.login)
            self.assertEqual(self.url_open(f"/charte/preuves/{draft.id}").status_code, status, person.login)
        self._as(self.ada)
        page = self.url_open(f"/charte/apercu/{draft.id}").text
        self.assertIn("Brouillon", page)
        self.assertNotIn("Entrer sur la plateforme", page)

    def test_the_proofs_are_exported_and_nothing_runs_in_a_spreadsheet(self):
        mallory = self._user("mallory")
        mallory.partner_id.write({"firstname": "=1+1", "lastname": "x"})
        charter = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        mallory._accept_charter(charter, "192.0.2.7")
        self._as(self.ada)
        answer = self.url_open(f"/charte/preuves/{charter.id}")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        proof = next(row for row in rows if row["identifiant"] == "mallory")
        self.assertEqual((proof["empreinte_sha256"], proof["adresse_ip"]), (charter.body_hash, "192.0.2.7"))
        self.assertTrue(proof["nom"].startswith("'="))
