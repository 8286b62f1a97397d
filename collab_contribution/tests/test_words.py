from odoo.tests import BaseCase, tagged

from odoo.addons.collab_suivi.words import words_said


@tagged("-at_install", "post_install")
class TestWords(BaseCase):
    """What one reads of a text with a form."""

    def test_each_block_is_a_line_and_words_are_whole(self):
        for text, words in (
            ("<p>Bonjour <strong>à</strong> tous</p><p>Demain</p>", "Bonjour à tous\nDemain"),
            ("<p>dé<em>sen</em>det<u>te</u>ment</p>", "désendettement"),
            ("Sans paragraphe", "Sans paragraphe"),
            ("<ul><li>un</li><li>deux</li></ul>après", "un\ndeux\naprès"),
            ("<table><tr><td>Nom</td><td>Ville</td></tr></table>", "Nom\nVille"),
            ("<p>ligne<br>autre ligne</p>", "ligne\nautre ligne"),
            ("<p>A &lt; B &amp; C&nbsp;: oui</p>", "A < B & C : oui"),
            ('<p><a href="https://example.org/secret">ici</a></p>', "ici"),
            ("<p>vu</p><!-- caché -->", "vu"),
        ):
            with self.subTest(text):
                self.assertEqual(words_said(text), words)

    def test_nothing_says_nothing(self):
        for text in (None, False, "", "  ", "<p><br></p>", "<!-- -->"):
            self.assertEqual(words_said(text), "")
