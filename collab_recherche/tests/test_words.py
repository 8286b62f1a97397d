import sys
import unicodedata

from ..words import TOKEN, Vector, fold, lexemes_of
from .common import TextCase

# So many letters of a text are a megabyte, or more.
LONG = 160_000


class TestWords(TextCase):
    """French as people write it: whoever types one form of a word finds the others."""

    def _finds(self, typed, text):
        return bool(self._found(typed, text))

    def _check_same(self, *forms):
        for typed in forms:
            for written in forms:
                self.assertTrue(self._finds(typed, f"Voici : {written}."), (typed, written))

    def _check_other(self, typed, text):
        self.assertFalse(self._finds(typed, text), (typed, text))

    def test_accents_capitals_and_ligatures_do_not_count(self):
        self._check_same("hébergement", "HEBERGEMENT", "Hébergement", "hebergement")
        self._check_same("œuvre", "oeuvre", "ŒUVRE", "Oeuvres")
        self._check_same("cœur", "coeur", "CŒUR")
        self._check_same("salarié", "salarie", "SALARIÉS")

    def test_accents_may_be_apart_from_their_letters(self):
        # As a Mac names its files.
        self._check_same("été", unicodedata.normalize("NFD", "été"))
        self._check_same("hébergement", unicodedata.normalize("NFD", "Hébergements"))

    def test_what_nobody_sees_cuts_no_word(self):
        self._check_same("hébergement", "héber\u00adgement", "\ufeffhéber\u200bgement")

    def test_what_is_elided_is_not_part_of_the_word(self):
        self._check_same("hébergement", "l'hébergement", "l’hébergement", "d'hébergement", "qu’hébergement")
        self._check_same("aujourd'hui", "aujourd’hui")
        self._check_other("aujourd", "hui")

    def test_hyphens_do_not_count(self):
        self._check_same("rendez-vous", "rendez vous", "rendez\N{NON-BREAKING HYPHEN}vous", "Rendez-Vous")
        for typed in ("mi-temps", "mi temps", "mitemps"):
            self.assertTrue(self._finds(typed, "Un mi-temps thérapeutique"), typed)

    def test_one_and_several_are_the_same(self):
        for forms in (
            ("travail", "travaux"),
            ("bail", "baux"),
            ("local", "locaux"),
            ("journal", "journaux"),
            ("vélo", "vélos"),
            ("foyer", "foyers"),
            ("loyer", "loyers"),
            ("lieu", "lieux"),
            ("jeu", "jeux"),
            ("œil", "yeux"),
            ("scooter", "scooters"),
            ("loi", "lois"),
            ("école", "écoles"),
            ("prix", "prix"),
        ):
            self._check_same(*forms)

    def test_a_family_of_words_is_found_together(self):
        self._check_same("héberger", "hébergement", "hébergé", "hébergées")
        self._check_same("salarié", "salariée", "salariées")
        self._check_same("conseiller", "conseillère", "conseillers", "conseillères")
        self._check_same("soudure", "souder", "soudures")
        self._check_same("intérim", "intérimaire")
        self._check_same("peinture", "peintures")

    def test_words_that_only_look_alike_are_not_a_family(self):
        for typed, text in (
            ("village", "Une ville"),
            ("ville", "Un village"),
            ("loyer", "La loi"),
            ("foyer", "La foi"),
            ("punaise", "Il est puni"),
            ("tiers", "Un tir"),
        ):
            self._check_other(typed, text)

    def test_an_acronym_has_points_or_none(self):
        self._check_same("CDDI", "C.D.D.I.", "C.D.D.I", "cddi")

    def test_an_acronym_is_not_a_word_that_is_written_alike(self):
        texts = ("Une AI de Nantes recrute", "Je l'ai vu, j'ai écrit, ils ont ai")
        self.assertEqual(self._found("AI", *texts), [texts[0]])
        self.assertEqual(self._found("A.I.", *texts), [texts[0]])
        texts = ("Réunion du CA mardi", "Comme ça, ca va")
        self.assertEqual(self._found("CA", *texts), [texts[0]])

    def test_in_a_line_that_is_all_in_capitals_small_words_stay_small(self):
        self._check_other("CHEZ", "COMPTE RENDU DE LA RÉUNION DE RENTRÉE CHEZ NOUS")
        self.assertTrue(self._finds("réunion de rentrée", "COMPTE RENDU DE LA RÉUNION DE RENTRÉE"))
        self.assertTrue(self._finds("AI", "ASSEMBLÉE GÉNÉRALE DES AI DES PAYS DE LA LOIRE"))
        self._check_other("ONT", "ILS ONT VISITÉ LES ATELIERS")
        # What somebody types so is no more an acronym.
        self.assertTrue(self._finds("RÉUNION DE RENTRÉE", "La réunion de rentrée"))

    def test_the_summer_is_not_what_has_been(self):
        texts = ("Fermé l'été, ouvert l'hiver", "Il a été fermé", "Ils n'ont pas encore été reçus", "ayant été vus")
        self.assertEqual(self._found("été", *texts), [texts[0]])
        self.assertEqual(self._found("l'été", *texts), [texts[0]])
        # What is around still counts as it stands: a phrase goes over it.
        self.assertEqual(self._found('"encore été reçus"', *texts), [])
        self.assertEqual(self._found("reçu", *texts), [texts[2]])

    def test_the_name_of_a_file_is_found_by_its_words(self):
        name = "compte_rendu_CA_2016-05-12.docx"
        for typed in (name, "compte rendu", "compte-rendu CA", "CA 2016", "rendu 2016", "2016-05-12", "docx"):
            self.assertTrue(self._finds(typed, name), typed)
        self._check_other("compte rendu 2017", name.replace("rendu", "x").replace("compte", "y"))

    def test_figures_are_words(self):
        for typed in ("2026", "12500", "L121-3", "44000", "n°7"):
            self.assertTrue(
                self._finds(typed, "Article L121-3 de 2026 : 12500 euros, 44000 Nantes, bureau n° 7"), typed
            )
        self._check_other("2025", "En 2026")

    def test_every_character_there_is_makes_a_text_that_the_base_takes(self):
        # What is kept as it is makes no difference.
        characters = [
            character
            for code in range(1, sys.maxunicode + 1)
            if TOKEN.fullmatch(character := chr(code)) and fold(character) != character
        ]
        self.assertGreater(len(characters), 10_000)
        for character in characters:
            self.assertTrue(all(lexemes_of(character)), hex(ord(character)))
        # That much is kept of a text.
        for start in range(0, len(characters), 8_000):
            vector = Vector()
            vector.add(" ".join(f"{one} a{one}b" for one in characters[start : start + 8_000]))
            self.assertFalse(vector.is_full)
            self.env.cr.execute("SELECT %s::tsvector", (str(vector),))

    def test_letters_of_other_alphabets_are_kept(self):
        for text in ("مرحبا بالعالم", "Київ", "日本語", "Łódź", "Straße", "𝐀𝐭𝐞𝐥𝐢𝐞𝐫 ℋ"):
            for word in text.split():
                self.assertTrue(self._finds(word, text), word)
        self.assertEqual(fold("𝐀𝐭𝐞𝐥𝐢𝐞𝐫 ℋ Łódź Straße"), "atelier h lodz strasse")

    def test_a_megabyte_of_different_words_is_a_text_that_the_base_takes(self):
        for before, between in (("motàrefaire", " "), ("m", "\n")):
            text = between.join(f"{before}{number}" for number in range(LONG))
            self.assertGreater(len(text), 1_000_000)
            vector = Vector()
            vector.add(text)
            self.assertTrue(vector.is_full)
            self.env.cr.execute("SELECT length(%s::tsvector)", (str(vector),))
            self.assertGreater(self.env.cr.fetchone()[0], 10_000)

    def test_a_megabyte_of_the_same_words_is_kept_whole(self):
        vector = Vector()
        vector.add("logement hébergement emploi " * 40_000)
        vector.add("dernier")
        self.assertFalse(vector.is_full)
        self.env.cr.execute("SELECT %s::tsvector @@ 'derni'::tsquery", (str(vector),))
        self.assertTrue(self.env.cr.fetchone()[0])

    def test_a_word_that_has_no_end_is_cut(self):
        for text in ("é" * 1_000_000, "a-" * 100_000, "a." * 500_000, "ﷺ" * 100_000, "l'" * 100_000):
            vector = Vector()
            vector.add(text)
            self.env.cr.execute("SELECT %s::tsvector", (str(vector),))
            self.assertLess(len(self.env.cr.fetchone()[0]), 300_000)
