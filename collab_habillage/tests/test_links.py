import time

from odoo.tests import BaseCase, tagged

from ..links import linked_html, linked_text


def link(url, text=None):
    beside = ' target="_blank"' if url.startswith("http") else ""
    return f'<a href="{url}" rel="noopener noreferrer"{beside}>{text or url}</a>'


@tagged("post_install", "-at_install")
class TestLinks(BaseCase):
    """What somebody types as it is, others open in one press."""

    def test_an_address_is_a_link_and_what_ends_the_sentence_is_not(self):
        caf = link("https://www.caf.fr/aides")
        for typed, shown in {
            "Voir https://www.caf.fr/aides).": f"Voir {caf}).",
            "« https://www.caf.fr/aides »": f"« {caf} »",
            "«https://www.caf.fr/aides»": f"«{caf}»",
            "https://www.caf.fr/aides…": f"{caf}…",
            "l’adresse ‘https://www.caf.fr/aides’, ou": f"l’adresse ‘{caf}’, ou",
            "https://www.caf.fr/aides !": f"{caf} !",
            "(www.caf.fr)": f"({link('https://www.caf.fr', 'www.caf.fr')})",
            "Écrire à accueil@asso.fr.": f"Écrire à {link('mailto:accueil@asso.fr', 'accueil@asso.fr')}.",
            "https://fr.wikipedia.org/wiki/Nantes_(ville)": link("https://fr.wikipedia.org/wiki/Nantes_(ville)"),
        }.items():
            with self.subTest(typed):
                self.assertEqual(linked_text(typed), shown)

    def test_what_is_no_address_stays_a_word(self):
        for typed in (
            "merci.Et bonne journée",
            "rendez-vous à 12.30",
            "fiche.pdf",
            "@Alice Martin",
            "www.",
            "ftp://a.fr",
        ):
            with self.subTest(typed):
                self.assertEqual(linked_text(typed), typed)
        self.assertEqual(linked_text("javascript:alert(1)"), "javascript:alert(1)")

    def test_nothing_that_is_typed_runs(self):
        self.assertEqual(linked_text("<b>a</b> & b"), "&lt;b&gt;a&lt;/b&gt; &amp; b")
        found = linked_text('https://a.example/"onclick="x" <script>')
        self.assertNotIn('"onclick', found)
        self.assertNotIn("<script", found)

    def test_in_a_text_with_a_form_the_links_that_are_there_stay_themselves(self):
        found = linked_html(
            '<p>Lire <a href="https://a.example/x" rel="noopener noreferrer">https://a.example/x</a>, puis '
            "<strong>www.caf.fr</strong> et https://b.example/y).</p><pre>https://c.example</pre>"
        )
        self.assertEqual(
            found,
            f"<p>Lire {link('https://a.example/x')}, puis <strong>{link('https://www.caf.fr', 'www.caf.fr')}</strong>"
            f" et {link('https://b.example/y')}).</p><pre>https://c.example</pre>",
        )
        self.assertEqual(linked_html("<p>a &lt;b&gt; &amp; c</p>"), "<p>a &lt;b&gt; &amp; c</p>")
        # A page of the platform opens in its place.
        self.assertNotIn("_blank", linked_html('<p><a href="/forum/12">ici</a></p>'))

    def test_nobody_slows_a_page_by_what_he_types(self):
        for typed in (
            ("www." * 249 + "\n") * 100,
            ("http://" * 140 + " ") * 90,
            "a.a@" * 20_000,
            "(" * 90_000 + "www.a.fr",
        ):
            started = time.process_time()
            linked_text(typed)
            self.assertLess(time.process_time() - started, 10, typed[:20])
