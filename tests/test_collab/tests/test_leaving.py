import io
import re

from odoo.tests import HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestLeaving(World, HttpCase):
    """Somebody goes away: nothing opens to him any more, and the others keep what he gave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(user=cls.wanda, su=False)
        upload = env["collab.upload"]._start("x.txt", 1)
        upload._append(0, io.BytesIO(b"x"))
        tools = cls.env.ref("collab_ressources.directory_tools")
        cls.document = upload._deposit({"title": "Utile à tous", "directory_id": tools.id})

    def _leave(self, password):
        page = self.url_open("/mon-compte/quitter")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open("/mon-compte/quitter", data={"csrf_token": token, "current": password})

    def test_a_leaver_loses_his_access_at_once_and_his_documents_stay(self):
        elsewhere = self.authenticate("wanda", "wanda-password-2026").sid
        self.authenticate("wanda", "wanda-password-2026")
        self.assertIn("Ce n’est pas votre mot de passe", self._leave("not-hers").text.replace("&#39;", "'"))
        self.assertTrue(self.wanda.active)
        self.assertIn("Votre compte est fermé", self._leave("wanda-password-2026").text)
        self.assertFalse(self.wanda.active)
        self.assertEqual(self.wanda.door_state, "left")
        self.opener.cookies["session_id"] = elsewhere
        self.assertIn("/web/login", self.url_open("/ressources").url)
        self.authenticate("greta", "greta-password-2026")
        for path in ("/", "/ressources", f"/ressources/{self.document.id}"):
            page = self.url_open(path).text
            self.assertIn("Utile à tous", page)
            self.assertIn("Membre parti", page)
            self.assertNotIn("wanda", page)

    def test_what_the_platform_deposits_is_signed_by_nobody(self):
        self.env.cr.execute("UPDATE dms_file SET create_uid = 1 WHERE id = %s", [self.document.id])
        self.document.invalidate_recordset()
        self.authenticate("greta", "greta-password-2026")
        self.assertNotIn("Membre parti", self.url_open("/ressources").text)

    def test_the_federations_see_where_a_person_stands(self):
        never = self._user("never")
        self.assertEqual(never.door_state, "new")
        self.assertEqual(self.wanda.door_state, "in")
        self.authenticate("nadia", "nadia-password-2026")
        self.assertEqual(self.nadia.door_state, "stopped")
        self.nadia._refuse_charter()
        self.assertEqual(self.nadia.door_state, "refused")
