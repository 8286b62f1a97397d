import time

from markupsafe import Markup

from odoo.tests import BaseCase

from ..extracts import LETTERS_MAX, Extracts
from ..passages import LETTERS_MAX as PASSAGE_MAX
from ..passages import split
from ..query import Query, Synonyms

# Of this processor alone: a machine may do much else.
SECONDS = 5


class TestExtracts(BaseCase):
    """What is shown of what is found: where the words are, and who says them."""

    def _extracts(self, typed, *synonyms):
        return Extracts(Query(typed, Synonyms(synonyms)), self._say)

    def _say(self, label, page, extract):
        where = ", ".join(filter(None, (label, page and f"page {page}")))
        return Markup("%s : %s") % (where, extract) if where else extract

    def _marked(self, typed, text, *synonyms):
        return str(self._extracts(typed, *synonyms).marked(text))

    def _best(self, typed, *passages):
        found = self._extracts(typed).best(passages)
        return found and str(found)

    def test_the_words_are_marked_in_all_their_forms_and_no_others(self):
        for typed, text, marked in (
            ("hébergement", "Héberger, l'hébergement", "<mark>Héberger</mark>, l&#39;<mark>hébergement</mark>"),
            ("vélos", "Un vélo volé", "Un <mark>vélo</mark> volé"),
            ("été", "L’été a été long", "L’<mark>été</mark> a <mark>été</mark> long"),
            ("AI", "Une AI que j’ai vue", "Une <mark>AI</mark> que j’ai vue"),
            ("mi temps", "Un mi-temps", "Un <mark>mi</mark>-<mark>temps</mark>"),
            ("mitemps", "Un mi-temps", "Un <mark>mi-temps</mark>"),
            ('"en situation"', "mise en situation", "mise <mark>en</mark> <mark>situation</mark>"),
            ("logement -social", "Logement social", "<mark>Logement</mark> social"),
            ("loyer", "La loi sur le loyer", "La loi sur le <mark>loyer</mark>"),
            ("cœur", "Au coeur du cœur", "Au <mark>coeur</mark> du <mark>cœur</mark>"),
        ):
            self.assertEqual(self._marked(typed, text), marked)

    def test_synonyms_are_marked_too(self):
        self.assertEqual(self._marked("bicyclette", "Un vélo", "vélo, bicyclette"), "Un <mark>vélo</mark>")

    def test_letters_that_are_written_in_two_do_not_move_the_marks(self):
        text = "œœ e\u0301te\u0301 ﬁn ½ hébergement"
        self.assertTrue(self._marked("hébergement", text).endswith("<mark>hébergement</mark>"))

    def test_what_somebody_has_written_is_escaped(self):
        marked = self._marked("script", "<script>alert('x')</script> & <b>script</b>")
        self.assertEqual(marked.count("<mark>script</mark>"), 3)
        left = marked.replace("<mark>script</mark>", "X")
        self.assertEqual(left, "&lt;X&gt;alert(&#39;x&#39;)&lt;/X&gt; &amp; &lt;b&gt;X&lt;/b&gt;")
        found = self._best("mot", ("<i>Zoé</i>", None, "un mot <img src=x onerror=y>"))
        self.assertEqual(found, "&lt;i&gt;Zoé&lt;/i&gt; : un <mark>mot</mark> &lt;img src=x onerror=y&gt;")
        self.assertEqual(self._marked("amp", "A &amp; B"), "A &amp;<mark>amp</mark>; B")

    def test_the_passage_that_has_most_of_the_words_is_shown(self):
        found = self._best(
            "refus domiciliation CCAS",
            ("", None, "Un refus, un refus, encore un refus."),
            ("Lucie T.", None, "Le CCAS oppose un refus de domiciliation."),
            ("", None, "La domiciliation."),
        )
        self.assertTrue(found.startswith("Lucie T. : Le <mark>CCAS</mark>"), found)
        self.assertIsNone(self._best("piscine", ("", None, "Un refus.")))
        self.assertIsNone(self._best("piscine"))

    def test_the_part_that_has_most_of_the_words_is_shown(self):
        far = "remplissage " * 60
        found = self._best("refus CCAS", ("", None, f"Un refus. {far} Le CCAS a dit : refus. {far}"))
        self.assertEqual(found.count("<mark>"), 2)
        self.assertTrue(found.startswith("…") and found.endswith("…"))
        self.assertIn("Le <mark>CCAS</mark> a dit : <mark>refus</mark>.", found)

    def test_it_says_of_which_page_and_of_which_file(self):
        found = self._best("loutre", ("rapport.pdf", 12, "La loutre."), ("", 3, "Un castor."))
        self.assertEqual(found, "rapport.pdf, page 12 : La <mark>loutre</mark>.")
        self.assertEqual(self._best("loutre", ("", 12, "La loutre.")), "page 12 : La <mark>loutre</mark>.")

    def test_it_is_short_and_cuts_no_word(self):
        text = "avant " * 200 + "loutre " + "après " * 200
        found = self._best("loutre", ("", None, text)).replace("<mark>", "").replace("</mark>", "")
        self.assertLessEqual(len(found), LETTERS_MAX + 2)
        self.assertEqual({*found.strip("…").split()}, {"avant", "loutre", "après"})
        # A word that has no end is cut all the same.
        found = self._best("loutre", ("", None, "loutre" + "x" * 5_000 + " loutre" + "é" * 5_000 + " loutre"))
        self.assertLess(len(found), 2 * LETTERS_MAX)

    def test_what_is_written_from_right_to_left_is_found_and_shown(self):
        text = "أهلا مرحبا بالعالم يا أصدقاء"
        self.assertEqual(self._marked("مرحبا", text), text.replace("مرحبا", "<mark>مرحبا</mark>"))
        self.assertIn("<mark>مرحبا</mark>", self._best("مرحبا", ("", None, text)))

    def test_a_long_text_is_cut_where_a_sentence_ends(self):
        sentences = [f"Ceci est la phrase {number}." for number in range(500)]
        passages = split("\n".join(sentences))
        self.assertEqual(" ".join(passages).split(), " ".join(sentences).split())
        for passage in passages:
            self.assertLessEqual(len(passage), PASSAGE_MAX)
            self.assertTrue(passage.startswith("Ceci") and passage.endswith("."))
        self.assertEqual("".join(split("x" * 10_000)), "x" * 10_000)
        self.assertEqual(split("  \n "), [])

    def test_a_megabyte_takes_no_time(self):
        for text in ("hébergement " * 90_000, "x" * 1_000_000, "hé-" * 100_000, "a " * 500_000 + "hébergement"):
            start = time.thread_time()
            found = self._extracts("hébergement").best([("", None, passage) for passage in split(text)])
            self.assertLess(time.thread_time() - start, SECONDS)
            self.assertEqual(found is not None, "hébergement" in text)
            # Even when nothing has cut it.
            start = time.thread_time()
            self._extracts("hébergement").best([("", None, text)])
            self.assertLess(time.thread_time() - start, SECONDS)
