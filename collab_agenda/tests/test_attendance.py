import csv
import io

from lxml import html
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..attendance import Signer, attendance_sheet
from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestAttendance(AgendaCase, HttpCase):
    """What who organises a date takes away: the list of those who have answered, and the sheet that they sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls._event(
            cls.mona, name="Journée « mobilité » & énergie", seats=2, place="Maison des associations"
        )
        cls.ana.partner_id.write({"firstname": "Łukasz", "lastname": "Müller-Œuvre"})
        cls.bob.partner_id.write({"firstname": "=1+1", "lastname": "Nom"})
        for person, answer in ((cls.ana, "yes"), (cls.bob, "yes"), (cls.greta, "yes"), (cls.gus, "no")):
            cls.event.with_user(person).sudo(False)._answer(answer)

    def _get(self, person, name, status=200):
        self.authenticate(person.login, f"{person.login}-password-2026")
        answer = self.url_open(f"/agenda/{self.event.id}/{name}")
        self.assertEqual(answer.status_code, status, person.login)
        return answer

    def _pages(self, content):
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]

    def test_the_organiser_exports_all_the_answers(self):
        for person in (self.mona, self.ada):
            answer = self._get(person, "participants.csv")
            self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
            rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(rows[0], ["Nom", "Structure", "Commune", "Réponse", "Répondu le"])
        self.assertEqual(
            [(row[0], row[3]) for row in rows[1:]],
            [
                ("Łukasz Müller-Œuvre", "Participe"),
                ("'=1+1 Nom", "Participe"),
                ("greta", "Sur liste d’attente"),
                ("gus (modération)", "Ne participe pas"),
            ],
        )

    def test_nobody_else_takes_anything_away(self):
        self.event.write({"shows_participants": True, "audience_network_ids": [Command.set(self.blue.ids)]})
        for person in (self.ana, self.greta, self.gus):
            for name in ("participants.csv", "emargement.pdf"):
                self._get(person, name, 404)
        for method in ("_participants_csv", "_attendance_sheet"):
            with self.assertRaises(AccessError):
                getattr(self.event.with_user(self.ana).sudo(False), method)()

    def test_the_sheet_has_a_line_for_each_of_those_who_come(self):
        answer = self._get(self.mona, "emargement.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        [text] = self._pages(answer.content)
        for words in (
            "Feuille d’émargement",
            "Journée « mobilité » & énergie",
            "Maison des associations",
            "Łukasz Müller-Œuvre",
            "=1+1 Nom",
            "Signature",
            "Page 1 sur 1",
        ):
            self.assertIn(words, text.replace("\N{NO-BREAK SPACE}", " "))
        for absent in ("greta", "gus"):
            self.assertNotIn(absent, text)

    def test_a_long_sheet_repeats_its_head_and_numbers_its_pages(self):
        signers = [Signer(f"Personne {number}", "Structure " * 8, "Saint-Nazaire") for number in range(60)]
        words = {"sheet": "Feuille", "head": ["Nom", "Structure", "Commune", "Signature"], "page": "{} sur {}".format}
        pages = self._pages(attendance_sheet("Journée", ["jeudi"], signers, words))
        self.assertGreater(len(pages), 2)
        for number, page in enumerate(pages, start=1):
            self.assertIn("Signature", page)
            self.assertIn(f"{number} sur {len(pages)}", page)

    def test_the_page_names_those_who_come_to_its_organiser(self):
        shown = self.event.with_user(self.mona).sudo(False)._answers_shown()
        self.assertTrue(shown["organises"])
        names = [row["name"] for row in shown["participants"]["first"]]
        self.assertEqual(names, ["Łukasz Müller-Œuvre", "=1+1 Nom"])
        self.assertEqual([row["name"] for row in shown["participants"]["waiting"]], ["greta"])
        values = {**shown, "content": self.event.with_user(self.mona)}
        page = self.env["ir.qweb"].with_user(self.mona)._render("collab_agenda.event_participants", values)
        self.assertIn(f"/agenda/{self.event.id}/emargement.pdf", html.fromstring(page).xpath("//a/@href"))
        self.assertIsNone(self.event.with_user(self.ana).sudo(False)._answers_shown()["participants"])
