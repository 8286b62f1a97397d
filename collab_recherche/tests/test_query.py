from itertools import pairwise

from odoo.tests import BaseCase

from ..corrections import errors_forgiven, likeliest, likely, sound_of, together
from ..query import LETTERS_MAX, Query, Synonyms
from .common import TextCase

INTERMEDIARY = "AI, association intermédiaire"
SHELTER = "CHRS, centre d'hébergement et de réinsertion sociale"
HOMELESS = "sans-abri, SDF, sans domicile fixe"


class TestQuery(TextCase):
    """What somebody types finds what he means."""

    def test_all_the_words_are_wanted_then_all_but_one(self):
        texts = ("Un logement à Nantes", "Un logement social à Angers", "Le tarif social du gaz")
        self.assertEqual(self._found("logement social", *texts), [texts[1]])
        self.assertEqual(self._found("tarif social du gaz naturel", *texts), [texts[2]])
        self.assertEqual(self._found("piscine", *texts), [])

    def test_a_phrase_is_found_as_it_stands(self):
        texts = ("Mise en situation professionnelle", "La situation est mise en cause", "Mises en situations")
        for typed in ('"mise en situation"', "“mise en situation”", "«mise en situation»", "« mise en situation »"):
            self.assertEqual(self._found(typed, *texts), [texts[0]], typed)
        self.assertEqual(self._found('"mise en situation" professionnelle', *texts), [texts[0]])
        self.assertEqual(self._found('"mise en cause" "la situation"', *texts), [texts[1]])
        # A mark that nothing ends is nothing.
        self.assertEqual(len(self._found('"situation', *texts)), 3)

    def test_the_letters_of_an_acronym_are_enough_to_be_sure(self):
        synonyms = Synonyms([SHELTER])
        short, spelled = "Un CHRS à Nantes", "Un centre d'hébergement et de réinsertion sociale à Nantes"
        query = Query("CHRS Nantes", synonyms)
        sure = query.sure(query.levels[0])
        self.assertEqual(self._having(query.levels[0], short, spelled), [short, spelled])
        self.assertEqual(self._having(sure, short, spelled), [short])
        # Nothing is surer than what is asked, or nothing is.
        for typed in ("Nantes", '"à Nantes"', "CHRS -Nantes"):
            query = Query(typed, synonyms)
            self.assertIsNone(query.sure(query.levels[0]), typed)

    def test_what_is_not_wanted_is_left_out(self):
        texts = ("Logement étudiant", "Logement social", "Le logement des étudiantes", "Un sous-logement")
        self.assertEqual(self._found("logement -étudiant", *texts), [texts[1], texts[3]])
        self.assertEqual(self._found("logement −etudiant –social", *texts), [texts[3]])
        self.assertEqual(self._found('logement -"logement social"', *texts), [texts[0], texts[2], texts[3]])
        # A hyphen within a word, or apart from it, is not that.
        self.assertEqual(self._found("sous-logement", *texts), [texts[3]])
        self.assertEqual(self._found("logement - social", *texts), [texts[1]])

    def test_only_what_is_not_wanted_finds_nothing(self):
        for typed in ("-étudiant", '-"mise en situation"', "-a -b"):
            self.assertTrue(Query(typed, Synonyms(())).is_empty, typed)

    def test_a_synonym_leads_both_ways(self):
        texts = (
            "Une AI recrute",
            "Une association intermédiaire recrute",
            "Intermédiaire d'une association",
            "Il l'ai",
        )
        for typed in ("AI", "ai", "A.I.", "association intermédiaire", "Associations intermédiaires"):
            self.assertEqual(self._found(typed, *texts, synonyms=[INTERMEDIARY]), list(texts[:2]), typed)

    def test_a_synonym_of_several_words_is_known_among_others(self):
        texts = ("Le règlement du CHRS", "Règlement d'un centre d'hébergement et de réinsertion sociale", "Le CHRS")
        for typed in ("règlement CHRS", "règlement chrs", "règlement centre hébergement réinsertion sociale"):
            self.assertEqual(self._found(typed, *texts, synonyms=[SHELTER, INTERMEDIARY]), list(texts[:2]), typed)

    def test_a_synonym_may_have_a_hyphen(self):
        texts = ("Un sans-abri", "Les SDF", "Une personne sans domicile fixe", "Sans doute, un abri fixe")
        for typed in ("SDF", "sans domicile fixe", "sans-abri"):
            self.assertEqual(self._found(typed, *texts, synonyms=[HOMELESS]), list(texts[:3]), typed)

    def test_what_is_not_wanted_has_synonyms_too(self):
        texts = ("Logement des SDF", "Logement des sans domicile fixe", "Logement des jeunes")
        self.assertEqual(self._found("logement -SDF", *texts, synonyms=[HOMELESS]), [texts[2]])

    def test_a_line_of_synonyms_that_has_one_way_is_none(self):
        for line in ("AI", "AI,", ", ,", "", "!, ?", "AI, !"):
            self.assertFalse(Synonyms([line]).groups, line)

    def test_a_word_may_be_written_in_one_or_in_two(self):
        text, other = "Un mi-temps thérapeutique", "Au temps de la mi-carême"
        for typed in ("mi-temps", "mi temps", "mitemps", "MI-TEMPS", "Mi temps"):
            self.assertEqual(self._found(typed, text, other), [text], typed)
        text, other = "Un covoiturage", "La voiture de la co"
        for typed in ("covoiturage", "co-voiturage", "co voiturage"):
            self.assertEqual(self._found(typed, text, other), [text], typed)

    def test_a_small_word_is_only_looked_for_when_it_says_something(self):
        texts = ("Demande de logement", "Le logement est une demande", "Comment faire ?")
        self.assertEqual(self._found("le logement et la demande", *texts), [texts[0], texts[1]])
        # An expression is found as it stands, if it is there.
        self.assertEqual(self._found("la demande de logement", *texts), [texts[0]])
        self.assertEqual(self._found("comment faire", *texts), [texts[2]])

    def test_an_accent_that_is_left_out_is_no_error(self):
        for text in ("Une salariée", "Des salariés", "Le salarié"):
            for typed in ("salarie", "salarié", "salariee", "salaries"):
                self.assertEqual(self._found(typed, text), [text], (typed, text))

    def test_a_sentence_is_a_search(self):
        texts = ("Domiciliation d'une personne sans adresse", "Refus du CCAS", "Le CCAS refuse une domiciliation")
        typed = "Que faire quand le CCAS refuse la domiciliation d'une personne ?"
        self.assertIn(texts[2], self._found(typed, *texts))

    def test_signs_that_the_base_understands_are_only_signs(self):
        text = "Alpha bravo charlie"
        for typed in (
            "alpha & bravo",
            "alpha | zulu & !bravo",
            "alpha <-> bravo",
            "alpha <2> charlie",
            "!alpha",
            "alpha:* bravo:ABCD",
            "(alpha",
            "'alpha' \\bravo\\",
            "alpha''bravo",
            "alpha\\' | '",
        ):
            query = Query(typed, Synonyms(()))
            self.assertFalse(query.without, typed)
            self.assertIn("alpha", {term.folded for term in query.terms} | {query.terms[0].folded[:5]}, typed)
            self._found(typed, text)
        self.assertEqual(self._found("alpha & bravo", text), [text])
        self.assertEqual(self._found("!alpha", text), [text])
        # One would be enough for PostgreSQL's "or".
        self.assertEqual(self._found("alpha | xray", text, "Xray alpha"), ["Xray alpha"])

    def test_whatever_is_typed_is_a_question_that_the_base_takes(self):
        pieces = ("'", '"', "\\", "&", "|", "!", "(", ")", ":", "*", "<->", "-", "“", "»", "ℋ", "ﷺ", "½", "⑴", "^", "%")
        words = ("a", "été", "CHRS", "mi-temps", "d'été", "x_y", "2016-05-12", "مرحبا", "pension de", "réparer")
        synonyms = (INTERMEDIARY, SHELTER, HOMELESS)
        typed = [f"{piece}{word}{other} {word}{piece}" for word in words for piece, other in pairwise(pieces)]
        typed += ["".join(words), " ".join(words), " -".join(words), '"' + '" "'.join(words) + '"']
        asked = []
        for one in typed:
            query = Query(one, Synonyms(synonyms), {"mitemps": 2})
            if not query.is_empty:
                asked += [*query.levels, *query.looser, query.any]
                asked += [query.as_one, query.anywhere] if query.terms else []
        self.env.cr.execute("SELECT count(question::tsquery) FROM unnest(%s) AS asked (question)", (asked,))
        self.assertEqual(self.env.cr.fetchone()[0], len(asked))

    def test_signs_alone_are_nothing(self):
        for typed in (
            "",
            " ",
            "!!! ... ???",
            '""',
            "«»",
            "-",
            "- -",
            "🏠🔑",
            "'",
            "_",
            "&|!():*<->",
            "\N{COMBINING ACUTE ACCENT}",
        ):
            query = Query(typed, Synonyms((INTERMEDIARY,)))
            self.assertTrue(query.is_empty, typed)

    def test_five_thousand_characters_are_cut(self):
        for typed in ("logement " * 600, "x" * 5_000, "-x " * 1_700, '"a b" ' * 850, "é-" * 2_500, "d'été " * 850):
            query = Query(typed, Synonyms((INTERMEDIARY,)))
            self.assertLessEqual(len(query.typed), LETTERS_MAX)
            for level in [] if query.is_empty else [*query.levels, *query.looser, query.any]:
                self.assertLess(len(level), 20_000)
                self.env.cr.execute("SELECT %s::tsquery", (level,))

    def test_what_is_meant_is_looked_for_instead(self):
        texts = ("Un hébergement d'urgence", "Une urgence")
        found = self._found(
            "ébergemant d'urgance", *texts, corrections={"ebergemant": "hébergement", "urgance": "urgence"}
        )
        self.assertEqual(found, [texts[0]])


class TestCorrections(BaseCase):
    """Which words somebody may have meant."""

    KNOWN = tuple(
        (word, 10)
        for word in "hebergement urgence logement emploi insertion domiciliation accompagnement pension permis".split()
    )

    def _meant(self, word):
        return [other for _cost, other in likeliest(likely(word, self.KNOWN))]

    def test_a_letter_that_is_missing_doubled_changed_or_moved(self):
        for typed, meant in (
            ("hebergment", "hebergement"),
            ("ebergement", "hebergement"),
            ("domicilliation", "domiciliation"),
            ("insersion", "insertion"),
            ("logemetn", "logement"),
            ("acompagnemant", "accompagnement"),
            ("emplois", "emploi"),
        ):
            self.assertEqual(self._meant(typed)[:1], [meant], typed)

    def test_another_word_is_not_corrected(self):
        for typed in ("piscine", "xyz", "emu", "a", "lo"):
            self.assertEqual(self._meant(typed), [], typed)

    def test_the_shorter_a_word_the_fewer_errors_it_holds(self):
        self.assertEqual([errors_forgiven("x" * letters) for letters in (2, 3, 6, 9)], [0, 1, 2, 3])

    def test_what_is_said_alike_is_nearer(self):
        self.assertEqual(sound_of("farmacie"), sound_of("pharmacie"))
        self.assertEqual(sound_of("insersion"), sound_of("insertion"))
        found = likely("conter", [("compter", 1), ("monter", 1)])
        self.assertEqual(len(found), 2)
        self.assertEqual(self._first("farmacie", ("pharmacie", "tarmacie")), "pharmacie")
        # However it is written, unless it says next to nothing.
        self.assertEqual(likely("vailo", [("velo", 1), ("valise", 1)])[0][1], "velo")
        self.assertEqual(likely("oteur", [("auteur", 1)])[0][1], "auteur")
        self.assertEqual(likely("ateier", [("aeeh", 100), ("atelier", 1)])[0][1], "atelier")

    def test_one_for_several_is_no_other_word(self):
        for typed, known in (("bancs", "banc"), ("perceuse", "perceuses"), ("cheveu", "cheveux")):
            self.assertEqual(
                likely(typed, [(known, 1), ("blancs", 500), ("percer", 500), ("chevet", 500)])[0][1], known
            )

    def test_what_many_have_written_is_likelier(self):
        self.assertEqual(likely("loyet", [("loyer", 200), ("loyez", 1)])[0][1], "loyer")

    def _first(self, word, known):
        return likely(word, [(one, 1) for one in known])[0][1]

    def test_several_words_are_corrected_together_the_likeliest_first(self):
        pairs = together([[(0.1, "un"), (0.2, "an")], [(0.3, "deux"), (0.9, "dieux")]])
        self.assertEqual(pairs, [("un", "deux"), ("an", "deux"), ("un", "dieux"), ("an", "dieux")])
        many = [[(cost, str(cost)) for cost in range(5)]] * 4
        self.assertLessEqual(len(together(many)), 60)
