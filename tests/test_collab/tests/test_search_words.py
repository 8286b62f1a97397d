import time

from odoo.tests import TransactionCase, tagged

from odoo.addons.collab_recherche.models.collab_search import NOTHING

from .searching import Searching

# Of this processor alone: a machine may do much else.
SECONDS = 10


@tagged("post_install", "-at_install")
class TestSearchWords(Searching, TransactionCase):
    """What people type, among all that is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part_time = cls._ask(cls.wanda, "Un mi-temps thérapeutique", "Comment le demander ?")
        cls.intermediary = cls._tell(cls.wanda, "Une AI recrute", "Hébergement d’urgence et domiciliation")
        cls.in_full = cls._print(cls.wanda, "L’association intermédiaire", "Que j’ai vue")
        cls.summer = cls._print(cls.wanda, "Fermeture de l’été", "Le bureau des hébergements")
        cls._index()

    def _corrected(self, typed, **asked):
        return self._search(self.wanda, typed, **asked).corrected

    def test_a_word_may_be_written_in_one_or_in_two(self):
        for typed in ("mi-temps", "mi temps", "mitemps", "MI TEMPS", "mi-temps thérapeutiques"):
            self._finds(self.wanda, typed, self.part_time)

    def test_synonyms_lead_both_ways_as_soon_as_an_administrator_has_written_them(self):
        for typed in ("AI", "ai", "association intermédiaire", "associations intermédiaires"):
            self._finds(self.wanda, typed, self.intermediary, self.in_full)
        self._finds(self.wanda, "zorglub")
        synonyms = self._of(self.ada)["collab.search.synonym"]
        synonym = synonyms.create({"name": "zorglub, mi-temps"})
        self._finds(self.wanda, "zorglub", self.part_time)
        synonym.name = "zorglub, été"
        self._finds(self.wanda, "zorglub", self.summer)
        synonym.unlink()
        self._finds(self.wanda, "zorglub")

    def test_errors_in_one_word_or_several_are_corrected_and_said(self):
        for typed, meant in (
            ("domicilliation", "domiciliation"),
            ("ébergement durgence", None),
            ("hebergemant d'urgense", "hébergement d'urgence"),
            ("Domicilation et ébergemant", "domiciliation et hébergement"),
        ):
            if meant:
                self.assertEqual(self._corrected(typed), meant, typed)
            self._finds(self.wanda, typed, self.intermediary)

    def test_what_is_meant_is_one_expression_as_if_it_were_typed_right(self):
        rented, other = (
            self._ask(self.wanda, title, text)
            for title, text in (("La sous-location", "Un bail"), ("Une location", "Le local est sous le toit"))
        )
        self._index()
        for typed in ("sous-location", "souus-location", "sous-locatoin", "souus locatoin"):
            self._finds(self.wanda, typed, rented)
        self._finds(self.wanda, "locatoin", rented, other)

    def test_a_small_word_is_what_nobody_means(self):
        self._ask(self.wanda, "Le tiers lieu", "Vous êtes chez vous")
        self._index()
        self.assertEqual(self._corrected("tiers leu"), "tiers lieu")
        self.assertIsNone(self._corrected("vuos"))

    def test_what_is_typed_as_it_is_known_is_not_corrected(self):
        for typed in ("hébergements", "HEBERGEMENT", "mitemps", "thérapeutiques", "recrutement"):
            self.assertIsNone(self._corrected(typed), typed)

    def test_whoever_insists_is_obeyed(self):
        self.assertIsNone(self._corrected("domicilliation", exact=True))
        self._finds(self.wanda, "domicilliation", exact=True)

    def test_only_what_says_nothing_finds_nothing(self):
        for typed in ("!!! ... ???", '""', "-été", "«»", "🏠", "& | ! ( ) : *"):
            self.assertEqual(self._search(self.wanda, typed), NOTHING, typed)

    def test_signs_that_the_base_understands_are_words_or_nothing(self):
        for typed in ("mi-temps & zorglub", "!temps", "temps:*", "(temps", "temps <-> mi", "'temps'", "temps\\"):
            found = self._search(self.wanda, typed)
            self.assertFalse(found.query.without, typed)
        self._finds(self.wanda, "thérapeutique & temps", self.part_time)
        # As if nothing were between them: the one that nothing has is left out, and said.
        self.assertEqual(self._search(self.wanda, "zorglub | thérapeutique").unknown, ("zorglub",))
        self._finds(self.wanda, "!thérapeutique", self.part_time)

    def test_five_thousand_characters_are_a_search(self):
        start = time.thread_time()
        for typed in ("thérapeutique " * 400, "x" * 5_000, "é-" * 2_500, "hebergemant d'urgense " * 250, "-x " * 1_700):
            self._search(self.wanda, typed)
        self.assertLess(time.thread_time() - start, SECONDS)
        self._finds(self.wanda, "thérapeutique " * 400, self.part_time)

    def test_whatever_somebody_writes_is_kept_and_found(self):
        for title in (
            "ℋ𝐞́𝐛𝐞𝐫𝐠𝐞𝐦𝐞𝐧𝐭 𝒛𝒐𝒓𝒈𝒍𝒖𝒃",
            "zorglub ' \\ '' \\' :*&|!<->",
            "zorglub ﷺ ½ ⑴ ﬁ ŉ",
            "Zorg\u00adlub \ufeff",
            "مرحبا بالعالم zorglub",
            "🏠🔑 zorglub",
        ):
            with self.subTest(title):
                leaflet = self._print(self.wanda, title, title)
                self._index()
                self._finds(self.wanda, "zorglub", leaflet)
                [row] = self._rows(self.wanda, "zorglub")
                self.assertEqual(row["title"].count("<mark>"), 1)
                leaflet.sudo().unlink()
                self._index()

    def test_a_megabyte_is_written_found_and_shown_in_no_time(self):
        for text in ("logement " * 120_000, " ".join(f"mot{number}" for number in range(120_000))):
            start = time.thread_time()
            leaflet = self._print(self.wanda, "Zorglub", f"Camionnette {text}")
            self._index()
            self._finds(self.wanda, "camionnette", leaflet)
            [row] = self._rows(self.wanda, "camionnette")
            self.assertIn("<mark>Camionnette</mark>", row["extract"])
            self.assertLess(time.thread_time() - start, SECONDS)
            leaflet.sudo().unlink()
