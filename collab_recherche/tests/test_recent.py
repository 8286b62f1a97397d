import io
import json
import zipfile

from odoo.tests import tagged

from .common import SearchCase


@tagged("post_install", "-at_install")
class TestRecent(SearchCase):
    """What I have looked for lately is mine: shown to me, erased by me."""

    def setUp(self):
        super().setUp()
        self._find(1)

    def _of(self, person):
        return [words for _number, words in self.env["collab.search.recent"].with_user(person)._own()]

    def _search(self, *searches):
        for words in searches:
            self._page(f"/recherche?q={words}")

    def test_the_last_ten_are_kept_once_each_the_latest_first(self):
        self._search(*(f"mot{number}" for number in range(12)), "MOT5")
        self.assertEqual(self._of(self.ana)[0], "MOT5")
        self.assertEqual(len(self._of(self.ana)), 10)
        self.assertNotIn("mot1", self._of(self.ana))
        self.assertNotIn("mot5", self._of(self.ana))

    def test_they_are_shown_to_nobody_else(self):
        self._search("expulsion")
        self.assertIn("expulsion", self._said(self._page("/recherche")))
        [shown, _erase] = self.url_open("/recherche/suggestions").json()
        again = {"label": "expulsion", "said": "", "address": "/recherche?q=expulsion"}
        self.assertEqual(shown, again)
        for other in (self.bob, self.ada):
            self._come(other)
            self.assertNotIn("expulsion", self._said(self._page("/recherche")))
            self.assertEqual(self.url_open("/recherche/suggestions").json(), [])

    def test_a_filter_or_another_page_is_not_another_search(self):
        self._find(30)
        self._page("/recherche?q=loyer&type=x")
        self._page("/recherche?q=loyer&page=2")
        self.assertEqual(self._of(self.ana), [])

    def test_one_is_erased_or_all_and_those_of_the_others_stay(self):
        self._search("un", "deux", "trois")
        self._come(self.bob)
        self._search("quatre")
        [[number, _words]] = self.env["collab.search.recent"].with_user(self.bob)._own()
        self._come(self.ana)
        self._send("/recherche/effacer", recherche=str(number))
        self.assertEqual(self._of(self.bob), ["quatre"])
        number = dict(map(reversed, self.env["collab.search.recent"].with_user(self.ana)._own()))["deux"]
        page = self._send("/recherche/effacer", recherche=str(number))
        self.assertIn("Recherche effacée.", page.text)
        self.assertEqual(self._of(self.ana), ["trois", "un"])
        self.assertEqual(self._send("/recherche/effacer", recherche="x").status_code, 404)
        page = self._send("/recherche/effacer")
        self.assertIn("Aucune recherche pour l’instant", page.text)
        self.assertEqual(self._of(self.ana), [])
        self.assertEqual(self._of(self.bob), ["quatre"])

    def test_they_are_in_the_archive_of_their_owner_and_gone_when_he_is_erased(self):
        self._search("saisie sur salaire")
        for person, expected in ((self.ana, ["saisie sur salaire"]), (self.bob, [])):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                person._write_own_data(archive)
            with zipfile.ZipFile(buffer) as archive:
                listed = json.loads(archive.read("recherches.json"))
            self.assertEqual([one["mots"] for one in listed], expected)
        self.ana.active = False
        self.ana._forget()
        self.assertFalse(self.env["collab.search.recent"].search([("user_id", "=", self.ana.id)]))
