from datetime import datetime

from odoo.tests import tagged

from .test_pages import PagesCase


@tagged("post_install", "-at_install")
class TestBadInput(PagesCase):
    """Whatever is typed in the form of a news item, the page says what to do, beside the field, and loses nothing."""

    def setUp(self):
        super().setUp()
        self._enter(self.ana)

    def _refused(self, said, field, **fields):
        """Publish, and read why it is refused: beside the field, with all that was typed."""
        number = self.env["collab.news"].search_count([])
        answer = self._publish(titre="Mon titre", **fields)
        self.assertEqual(self.env["collab.news"].search_count([]), number)
        self.assertIn(said, answer.text.replace("&#39;", "’"))
        self.assertRegex(
            answer.text, rf'data-field="{field}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*data-field="{field}"'
        )
        self.assertIn("Mon titre", answer.text)
        return answer

    def test_an_event_that_ends_before_it_begins(self):
        self._refused("avant", "stop", debut="2099-12-03T10:00", fin="2099-12-03T09:00")

    def test_days_as_people_type_them(self):
        self._publish(type=self._kind("job").id, date_limite="3/12/99")
        self.assertEqual(str(self._last().deadline), "2099-12-03")
        self._publish(debut="3/12/2099 14h30")
        self.assertEqual(self._last().start, datetime(2099, 12, 3, 13, 30))
        answer = self._refused("n’est pas une date", "deadline", type=self._kind("job").id, date_limite="31/02/2099")
        self.assertIn("31/02/2099", answer.text)

    def test_midnight_and_both_changes_of_the_clocks(self):
        for typed, moment in {
            "2099-12-31T00:00": datetime(2099, 12, 30, 23, 0),
            # The clocks go back: the first of the two 2 h 30. They go forward: there is no 2 h 30.
            "2099-10-25T02:30": datetime(2099, 10, 25, 0, 30),
            "2099-03-29T03:00": datetime(2099, 3, 29, 1, 0),
        }.items():
            with self.subTest(typed):
                self._publish(debut=typed)
                self.assertEqual(self._last().start, moment)
        self._refused("n’est pas un jour", "start", debut="2099-03-29T02:30")

    def test_a_commune_of_another_region(self):
        answer = self._refused("n’est pas une commune de la région", "commune_id", commune="Rennes", lieu="1 rue Basse")
        for typed in ("Rennes", "1 rue Basse"):
            self.assertIn(typed, answer.text)

    def test_a_commune_is_found_however_it_is_typed(self):
        for typed in ("Clisson", "44190 Clisson", "clisson (44190)", "  CLISSON "):
            with self.subTest(typed):
                self._publish(commune=typed)
                self.assertEqual(self._last().commune_id, self.clisson)

    def test_what_is_past(self):
        self._refused("archives", "start", debut="2020-12-03T10:00")

    def test_a_title_of_an_emoji(self):
        answer = self._publish(titre="\N{PARTY POPPER}")
        self.assertIn("Donnez-lui un titre", answer.text)

    def test_scripts_in_every_field_are_only_words(self):
        attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
        kind = self._kind("works").id
        fields = dict.fromkeys(("titre", "contenu", "lieu", "contact", "heures"), attack)
        self._publish(**fields, type=kind)
        news = self._last()
        for path in (f"/actualites/{news.id}", "/actualites", f"/actualites/{news.id}/corriger", "/"):
            page = self.url_open(path).text
            for foul in ("<script>alert(1)", "<img src=x", 'value=""><script'):
                self.assertNotIn(foul, page, path)
        self._publish(contenu=attack, riche="1")
        self.assertNotIn("<script>alert", self.url_open(f"/actualites/{self._last().id}").text)

    def test_a_link_that_runs_something(self):
        self._refused("https://", "link", lien="javascript:alert(1)")

    def test_what_word_pastes(self):
        word = '<p class="MsoNormal" style="mso-x:y"><span style="font-family:Calibri">Venez<o:p></o:p></span></p>'
        self._publish(contenu=word, riche="1")
        self.assertEqual(self._last().content, "<p>Venez</p>")

    def test_fields_that_are_missing_or_foreign(self):
        for fields in ({}, {"titre": "x"}, {"titre": "x", "type": "abc"}, {"titre": "x", "type": "999999"}):
            answer = self._post("/actualites/publier", **fields)
            self.assertLess(answer.status_code, 500)
        self.assertFalse(self.env["collab.news"].search([("create_uid", "=", self.ana.id)]))
        for path in (
            "/actualites?page=abc",
            "/actualites?page=99999",
            "/actualites?vue=x",
            "/actualites/archives?page=-1",
            *(f"{path}{'9' * 5000}" for path in ("/actualites?page=", "/actualites/archives?page=")),
        ):
            self._page(path)
        self._publish(contrat="foreign", type=self._kind("job").id)
        self.assertFalse(self._last().contract)

    def test_a_number_of_thousands_of_digits_names_nothing(self):
        number = "9" * 5000
        item = self._news(name="Une actualité")
        for path in ("/actualites?type=", "/actualites?territoire=", "/actualites/publier?depuis="):
            with self.subTest(path):
                self.assertEqual(self.url_open(f"{path}{number}").status_code, 404)
        self.assertEqual(self.url_open(f"/actualites/{item.id}?avant={number}").status_code, 200)
        self._refused("n’existe plus", "type_id", type=number)
