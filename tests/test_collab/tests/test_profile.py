import base64
import io
import json
import re
import zipfile

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .world import World

PLACE = "GPS: 47.2 N, 1.5 W"


def photo(size=(800, 600), kind="JPEG", text=PLACE):
    """:return bytes: a photo as phones take them, with what they write in it"""
    picture = Image.new("RGB", size, "#a43a36")
    exif = picture.getexif()
    exif[0x010E] = text
    target = io.BytesIO()
    picture.save(target, kind, exif=exif)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestProfile(World, HttpCase):
    """What a person says of himself, and what the others see of it."""

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _send(self, files=None, **typed):
        page = self.url_open("/mon-compte/fiche")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        values = {"firstname": "Wanda", "lastname": "Bleu", "function": "", "phone": "", "is_listed": "1", **typed}
        return self.url_open("/mon-compte/fiche", data={"csrf_token": token, **values}, files=files)

    def _seen_by(self, person):
        member = self.env["collab.member"].with_user(person).search([("user_id", "=", self.wanda.id)])
        member.invalidate_recordset()
        return member

    def test_a_person_decides_what_the_others_see(self):
        self.wanda.partner_id.email = "wanda@blue.example"
        self._as(self.wanda)
        page = self._send(function="Éducatrice, accueil de nuit", phone="02 40 00 00 00")
        self.assertTrue(page.url.endswith("/mon-compte"))
        seen = self._seen_by(self.greta)
        self.assertEqual((seen.name, seen.function), ("Wanda Bleu", "Éducatrice, accueil de nuit"))
        self.assertEqual((seen.email, seen.phone, seen.has_photo), (False, False, False))
        # She reads on her own page what they read.
        self.assertNotIn("wanda@blue.example", page.text)
        page = self._send(phone="02 40 00 00 00", shows_email="1", shows_phone="1", shows_photo="1")
        self.assertIn("wanda@blue.example", page.text)
        seen = self._seen_by(self.greta)
        self.assertEqual((seen.email, seen.phone), ("wanda@blue.example", "02 40 00 00 00"))
        self._send(shows_photo="1")
        seen = self._seen_by(self.greta)
        self.assertEqual((seen.email, seen.phone, seen.function), (False, False, False))

    def test_a_photo_is_cut_to_a_small_square_and_says_nothing_else(self):
        self._as(self.wanda)
        for kind in ("JPEG", "PNG"):
            original = photo(kind=kind)
            self.assertIn(PLACE.encode(), original)
            self._send(files={"photo": ("moi.jpg", original)}, shows_photo="1")
            kept = base64.b64decode(self.wanda.partner_id.image_1920)
            self.assertNotIn(PLACE.encode(), kept)
            self.assertEqual(Image.open(io.BytesIO(kept)).size, (512, 512))
            self.assertTrue(self._seen_by(self.greta).has_photo)
        answer = self.url_open("/mon-compte/photo")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/jpeg"))
        self._send(files={"photo": ("", b"")})
        self.assertFalse(self._seen_by(self.greta).has_photo, "shown no more")
        self.assertTrue(self.wanda.partner_id.image_1920, "but kept")
        self._send(remove_photo="1", shows_photo="1")
        self.assertFalse(self.wanda.partner_id.image_1920)
        self.assertEqual(self.url_open("/mon-compte/photo").status_code, 404)

    def test_what_is_refused_is_said_and_what_was_typed_stays(self):
        self._as(self.wanda)
        bomb = io.BytesIO()
        Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
        for files, typed, said in (
            ({"photo": ("moi.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")}, {}, "pas une image"),
            ({"photo": ("moi.jpg", b"\xff\xd8\xff not a photo")}, {}, "pas une image"),
            ({"photo": ("moi.png", bomb.getvalue())}, {}, "pas une image"),
            ({"photo": ("moi.jpg", b"x" * 10_000_001)}, {}, "10 Mo maximum"),
            (None, {"firstname": " \u200b "}, "Prénom"),
            (None, {"function": "x" * 81}, "80 caractères"),
        ):
            with self.subTest(said):
                page = self._send(files=files, **{"phone": "02 99 99 99 99", **typed})
                alert = re.search(r'role="alert"[^>]*>([^<]+)<', page.text)[1]
                self.assertIn(said, alert.replace("&#39;", "'"))
                self.assertIn("02 99 99 99 99", page.text)
        self.assertFalse(self.wanda.partner_id.phone)

    def test_who_is_suspended_is_told_why_his_card_does_not_change_and_loses_nothing(self):
        self.wanda.lang = "fr_FR"
        self.wanda.with_user(self.ada)._suspend("Injures")
        self._as(self.wanda)
        name = self.wanda.name
        page = self._send(firstname="Injure", phone="02 99 99 99 99")
        self.assertIn("suspendu votre droit d’écrire", page.text)
        self.assertIn('value="Injure"', page.text)
        self.assertIn("02 99 99 99 99", page.text)
        self.assertEqual(self.wanda.name, name)

    def test_nobody_changes_somebody_else_or_what_is_not_his_to_change(self):
        greta, wanda = self.greta.partner_id, self.wanda.partner_id
        with self.assertRaises(AccessError):
            wanda.with_user(self.greta)._update_own({"function": "x"})
        for name in ("network_ids", "parent_id", "email", "is_company"):
            with self.assertRaises(AccessError):
                greta.with_user(self.greta)._update_own({name: "1"})

    def test_a_moderator_belongs_to_a_network(self):
        with self.assertRaises(ValidationError):
            self._user("lost", "moderator")
        with self.assertRaises(ValidationError):
            self.gus.partner_id.network_ids = False
        house = self._organisation("Federation", networks=self.green)
        self.gus.partner_id.write({"parent_id": house.id, "network_ids": [(5,)]})
        with self.assertRaises(ValidationError):
            house.network_ids = False


@tagged("post_install", "-at_install")
class TestOwnData(World, HttpCase):
    """What the platform holds of somebody: he takes it away, or has it erased."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wanda.write({"email": "wanda.zyxwv@blue.example", "login": "wanda.zyxwv@blue.example"})
        cls.wanda.password = "wanda-password-2026"
        cls.wanda.partner_id.write(
            {
                "firstname": "Wanda",
                "lastname": "Zyxwv",
                "function": "Éducatrice zyxwv",
                "phone": "02 40 00 00 00",
                "image_1920": base64.b64encode(photo()),
                "comment": "Note on Zyxwv",
            }
        )
        cls.documents = cls._deposit(cls.wanda, "mine.txt", b"mine") | cls._deposit(cls.wanda, "gone.txt", b"withdrawn")
        cls.documents[1].active = False
        cls._deposit(cls.greta, "hers.txt", b"hers")

    @classmethod
    def _deposit(cls, person, name, content):
        env = cls.env(user=person, su=False)
        upload = env["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": name, "directory_id": tools.id}).with_env(cls.env)

    def test_a_person_takes_his_data_away(self):
        self.authenticate(self.wanda.login, "wanda-password-2026")
        answer = self.url_open("/mon-compte/donnees")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        account, accepted, documents = (
            json.loads(archive.read(f"{name}.json")) for name in ("compte", "charte", "documents")
        )
        self.assertEqual((account["nom"], account["telephone"]), ("Zyxwv", "02 40 00 00 00"))
        self.assertEqual(account["reseaux"], ["Blue"])
        self.assertEqual(len(accepted), 1)
        self.assertEqual([document["retire"] for document in documents], [False, True])
        self.assertEqual([archive.read(document["fichier"]) for document in documents], [b"mine", b"withdrawn"])
        self.assertIn("photo.jpg", archive.namelist())
        self.assertNotIn("hers.txt", str(archive.namelist()))

    def test_what_has_been_closed_to_a_person_is_not_named_in_his_data(self):
        document = self._deposit(self.greta, "hers.txt", b"once for all")
        Comment = self.env(user=self.wanda, su=False)["collab.document.comment"]
        Comment.create({"document_id": document.id, "body": "Merci"})
        self.authenticate(self.wanda.login, "wanda-password-2026")
        for networks, title in (([], "hers.txt"), (self.green.ids, None)):
            document.audience_network_ids = networks
            archive = zipfile.ZipFile(io.BytesIO(self.url_open("/mon-compte/donnees").content))
            [comment] = json.loads(archive.read("commentaires.json"))["commentaires"]
            with self.subTest(networks=networks):
                self.assertEqual((comment["a_propos_de"], comment["texte"]), (title, "Merci"))

    def test_whoever_refuses_the_charter_may_leave_and_take_his_data(self):
        self.authenticate("nadia", "nadia-password-2026")
        archive = zipfile.ZipFile(io.BytesIO(self.url_open("/mon-compte/donnees").content))
        self.assertEqual(json.loads(archive.read("charte.json")), [])
        page = self.url_open("/mon-compte/quitter")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"csrf_token": token, "current": "nadia-password-2026"}
        self.assertIn("Votre compte est fermé", self.url_open("/mon-compte/quitter", data=data).text)
        self.assertFalse(self.nadia.active)

    def _traces(self, text):
        """:return set[str]: the columns of the database where a text can be read"""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND data_type IN ('character varying', 'text', 'jsonb')"
        )
        found = set()
        columns = self.env.cr.fetchall()
        for table, column in columns:
            self.env.cr.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1', [f"%{text}%"])
            if self.env.cr.rowcount:
                found.add(f"{table}.{column}")
        return found

    def test_an_erased_person_is_nowhere_but_in_the_proof_of_what_he_accepted(self):
        proof = self.env["collab.charter.acceptance"].search([("user_id", "=", self.wanda.id)])
        # A history like that of anybody: a mail, a message, an import.
        self.wanda.partner_id.with_user(self.ada).sudo().message_post(
            body="Zyxwv called", partner_ids=self.wanda.partner_id.ids
        )
        self.documents[0].with_user(self.wanda).sudo().message_post(body="Thanks", message_type="comment")
        content = "Prénom;Nom;Adresse électronique\nWanda;Zyxwv;wanda.zyxwv@blue.example\n"
        record = self.env["collab.import"].create({"file": base64.b64encode(content.encode()), "filename": "x.csv"})
        record.action_check()
        self.assertGreater(len(self._traces("zyxwv")), 5)
        with self.assertRaises(UserError):
            self.wanda.with_user(self.ada)._erase()
        self.wanda._leave()
        with self.assertRaises(AccessError):
            self.wanda.with_user(self.gus)._erase()
        self.wanda.with_user(self.ada)._erase()
        kept = {"collab_charter_acceptance.login", "collab_charter_acceptance.name"}
        self.assertLessEqual(self._traces("zyxwv"), kept)
        self.assertEqual((proof.login, proof.user_id), ("wanda", self.wanda))
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "res.partner"), ("res_id", "=", self.wanda.partner_id.id)]
            )
        )
        self.assertEqual(self.wanda.door_state, "erased")
        # What she gave stays, and the others still find it.
        self.authenticate("greta", "greta-password-2026")
        page = self.url_open(f"/ressources/{self.documents[0].id}").text
        self.assertIn("Membre parti", page)
