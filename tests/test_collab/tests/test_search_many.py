from odoo.tests import HttpCase, tagged

from odoo.addons.collab_recherche.controllers import search
from odoo.addons.collab_recherche.models import collab_search, collab_search_contents, collab_search_entry

from .searching import Searching

WORD = "kanariphone"
HITS, RECENT = 5, 12
LEAFLETS = 60


@tagged("post_install", "-at_install")
class TestSearchMany(Searching, HttpCase):
    """Where there are more contents than a search reads, what is shown is what it would be if it read them all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for module in (collab_search, collab_search_contents, search):
            cls.classPatch(module, "HITS_MAX", HITS)
        cls.classPatch(collab_search_contents, "OLDER", 2 * HITS)
        cls.classPatch(collab_search_entry, "RECENT", RECENT)
        cls.classPatch(collab_search_entry, "RECENT_MOST", RECENT)
        # The first ones are the latest. One in three is for the blue network alone; of the older ones, one in four has
        # the word in its title.
        cls.leaflets = [
            cls._print(
                cls.wanda,
                f"Le {WORD} {number}" if number % 4 == 0 and number >= RECENT else f"Feuillet {number}",
                f"Un {WORD}, et une camionnette{'' if number % 9 else ' rouge'}.",
                **(cls._to([cls.blue]) if number % 3 == 0 else {}),
            )
            for number in range(LEAFLETS)
        ]
        cls._index()
        for rank, leaflet in enumerate(cls.leaflets):
            cls.env.cr.execute(
                "UPDATE test_collab_leaflet SET content_date = now() AT TIME ZONE 'UTC' - %s * interval '1 day'"
                " WHERE id = %s",
                (rank, leaflet.id),
            )
        cls.env.cr.execute(
            "UPDATE collab_search_entry SET day = content_date FROM test_collab_leaflet leaflet"
            " WHERE res_model = 'test.collab.leaflet' AND res_id = leaflet.id"
        )
        cls.env.invalidate_all()
        cls.env["collab.search.entry"]._tidy()

    def test_the_first_results_are_those_of_all_of_them(self):
        entries = self.env["collab.search.entry"]
        self.assertTrue(entries._is_long())
        searches = (
            *(
                (words, {})
                for words in (WORD, "camionnette", "camionnette rouge", f"{WORD} -rouge", f"le {WORD}", "feuillet")
            ),
            *((WORD, asked) for asked in ({"by_date": True}, {"network": self.blue.id}, {"kind": "feuillet"})),
        )
        people = (self.wanda, self.bea, self.greta, self.ada)
        asked = [(person, words, sides) for person in people for words, sides in searches]
        read = [self._search(person, words, **sides) for person, words, sides in asked]
        self.patch(self.env.registry["collab.search.entry"], "_is_long", lambda entries: False)
        for (person, words, sides), found in zip(asked, read, strict=True):
            whole = self._search(person, words, **sides)
            self.assertEqual(found.hits, whole.hits, (person.login, words, sides))
            self.assertFalse(whole.is_cut)
            if not found.is_cut:
                # With all its numbers.
                self.assertEqual(found, whole._replace(query=found.query), (person.login, words, sides))
        cut = {(person, words) for (person, words, _sides), found in zip(asked, read, strict=True) if found.is_cut}
        self.assertTrue({(person, WORD) for person in people} <= cut)
        self.assertNotIn((self.wanda, "camionnette rouge"), cut)

    def test_what_others_write_takes_no_place_of_what_one_may_read(self):
        titled = [number for number in range(RECENT, LEAFLETS) if number % 4 == 0 and number % 3]
        hits = self._search(self.greta, WORD).hits
        self.assertEqual({number for _name, number in hits}, {self.leaflets[number].id for number in titled[:HITS]})

    def test_what_is_old_is_found_with_its_number_as_soon_as_there_is_little_of_it(self):
        found = self._search(self.wanda, f"{WORD} {LEAFLETS - 4}")
        self.assertEqual(
            (found.hits, found.total, found.is_cut), ([("test.collab.leaflet", self.leaflets[-4].id)], 1, False)
        )
        self.assertIsNone(self._search(self.wanda, "rouge").corrected)

    def test_as_many_as_are_shown_are_told_to_be_all(self):
        for number in range(HITS):
            self._print(self.wanda, f"Gazette {number}", "Un mirliton")
        self._index()
        found = self._search(self.wanda, "mirliton")
        self.assertEqual((len(found.hits), found.total, found.is_cut), (HITS, HITS, False))
        self._print(self.wanda, "Gazette de plus", "Un mirliton")
        self._index()
        found = self._search(self.wanda, "mirliton")
        self.assertEqual((len(found.hits), found.is_cut), (HITS, True))

    def test_what_is_old_is_suggested_when_nothing_newer_is(self):
        suggested = self._of(self.wanda)["collab.search"]._suggest("le kanar")
        self.assertEqual(
            [one["title"] for one in suggested], [f"Le {WORD} {number}" for number in range(RECENT, LEAFLETS, 4)][:8]
        )
        suggested = self._of(self.greta)["collab.search"]._suggest("le kanar")
        numbers = [number for number in range(RECENT, LEAFLETS, 4) if number % 3]
        self.assertEqual([one["title"] for one in suggested], [f"Le {WORD} {number}" for number in numbers][:8])

    def test_what_is_written_again_is_recent_again_and_the_oldest_leave(self):
        entries, old = self.env["collab.search.entry"], self.leaflets[-1]

        def recent():
            return set(entries.search([("is_recent", "=", True), ("res_model", "=", old._name)]).mapped("res_id"))

        self.assertEqual(recent(), {leaflet.id for leaflet in self.leaflets[:RECENT]})
        self._by(self.wanda, old).write({"body": "Une trottinette"})
        self._index()
        self.assertIn(old.id, recent())
        self.env["ir.config_parameter"].set_param("collab_recherche.rebuild", ":0")
        with self._job_mode():
            self.env.ref("collab_recherche.cron_index").method_direct_trigger()
        self.assertEqual(len(recent()), RECENT)

    def test_the_page_says_that_there_are_more_and_offers_all_that_narrows_them(self):
        self.authenticate("wanda", "wanda-password-2026")
        page = " ".join(self.url_open(f"/recherche?q={WORD}").text.split())
        self.assertIn(f"Plus de {HITS} résultats pour", page)
        self.assertIn("Voici les premiers. Pour en trouver moins, ajoutez un mot ou un filtre.", page)
        self.assertNotIn("c-chip__count", page)
        for filters in ("type=discussion", f"reseau={self.green.id}", "tri=date"):
            self.assertIn(f"/recherche?q={WORD}&amp;{filters}", page)
        page = " ".join(self.url_open(f"/recherche?q={WORD}+rouge").text.split())
        self.assertIn(f"{len(range(0, LEAFLETS, 9))} résultats pour", page)
        self.assertIn("c-chip__count", page)
