from urllib.parse import quote

from odoo.tests import tagged

from ..sought import tidy
from .common import SearchCase

STRANGE = (
    "'; DROP TABLE res_users; --",
    '" OR 1=1',
    "a & | ! ( ) : * <-> b",
    "%_%\\",
    "mot:* & !autre <2> <->",
    "<script>alert(1)</script>",
    "\u202eexe.tnemucod",
    "مرحبا بالعالم",
    "🏠🔑 logement",
    "e\u0301te\u0301 \u200b\ufeff",
    "{{ 7 * 7 }} ${7*7} %(x)s %s {}",
    "\r\nSet-Cookie: x=1",
    "١٢ ½ Ⅷ ﬁ",
    # Only what is not wanted.
    "-logement",
    '-"mise en situation" -x',
)


@tagged("post_install", "-at_install")
class TestBadInput(SearchCase):
    """Whatever is typed, the page is a page, in French, and shows it as it is."""

    def test_whatever_is_typed_is_searched_or_explained(self):
        # As the platform finds, and not as a test says.
        for words in STRANGE:
            with self.subTest(words):
                main = self._page(f"/recherche?q={quote(words)}")
                self.assertTrue(self._heading(main))
                self.assertFalse(main.xpath(".//script"))
                answer = self.url_open(f"/recherche/suggestions?q={quote(words)}")
                self.assertEqual(answer.status_code, 200)
                self.assertIsInstance(answer.json(), list)

    def test_what_is_typed_from_right_to_left_does_not_turn_the_rest_of_the_sentence(self):
        main = self._page(f"/recherche?q={quote('مرحبا بالعالم')}")
        self.assertEqual([self._said(part) for part in main.xpath(".//h1//bdi")], ["مرحبا بالعالم"])

    def test_what_is_too_short_is_told(self):
        for words in ("a", "?", "!!! ... ???", "«", "🏠"):
            with self.subTest(words):
                main = self._page(f"/recherche?q={quote(words)}")
                [notice] = main.xpath(".//*[@role='status']")
                self.assertIn("tapez au moins deux lettres", self._said(notice))
                self.assertIn(words, self._said(notice))

    def test_a_long_text_is_cut_and_this_is_told(self):
        self._find(1)
        main = self._page(f"/recherche?q={'logement ' * 550}")
        [notice] = main.xpath(".//*[@role='status']")
        self.assertIn("200 premiers caractères", self._said(notice))
        [asked] = self.asked
        self.assertEqual(asked.words, " ".join(["logement"] * 22), "whole words, 200 letters at most")
        self.assertLess(len(self._heading(main)), 100)
        self.assertEqual(len(tidy("x" * 5000)[0]), 200)
        self.assertFalse(self._page("/recherche?q=logement").xpath(".//*[@role='status']"))

    def test_a_null_character_is_refused_as_everywhere(self):
        self.assertEqual(self.url_open("/recherche?q=a%00b").status_code, 400)
        self.assertEqual(self.url_open("/recherche?q=%ff%fe%ed%a0%80ab").status_code, 200)
