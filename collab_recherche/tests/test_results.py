from odoo.tests import tagged

from odoo.addons.collab_suivi.content import Entry

from .common import SearchCase


@tagged("post_install", "-at_install")
class TestResults(SearchCase):
    """The page of a search: what is found, what narrows it, and what one does when nothing is."""

    def _chips(self, main):
        return [self._said(chip) for chip in main.xpath(".//*[contains(concat(' ', @class, ' '), ' c-chip ')]")]

    def _links(self, main, words):
        return [link.get("href") for link in main.xpath(".//a") if words in self._said(link)]

    def test_the_heading_says_how_many(self):
        for total, said in (
            (0, "Aucun résultat pour « domiciliation »"),
            (1, "1 résultat pour « domiciliation »"),
            (23, "23 résultats pour « domiciliation »"),
        ):
            with self.subTest(total):
                self._find(total)
                self.assertEqual(self._heading(self._page()), said)

    def test_long_results_are_read_page_by_page_with_the_same_filters(self):
        self._find(45)
        main = self._page("/recherche?q=loyer&type=x&tri=date")
        self.assertEqual(len(main.xpath(".//ul[@class='c-rows']/li")), 10)
        [following] = self._links(main, "Résultats suivants")
        self.assertEqual(following, "/recherche?q=loyer&type=x&tri=date&page=2")
        self.assertIn("(41 à 45 sur 45)", self._said(self._page("/recherche?q=loyer&page=4")))
        asked = self.asked[0]
        self.assertEqual((asked.words, asked.kind, asked.by_date), ("loyer", "x", True))

    def test_only_what_is_found_is_offered_with_how_many(self):
        self._find(3, counts={"x": 3, "y": 0}, facets={"network": {self.blue.id: 2}, "territory": {self.port.id: 1}})
        main = self._page()
        chips = self._chips(main)
        for chip in ("Tout3", "Choses3", "Territoire", "Réseau", "Date", "Trier par : pertinence"):
            self.assertIn(chip, chips)
        self.assertNotIn("Autres choses0", chips)
        self.assertNotIn("Thème", chips)
        [address] = self._links(main, self.blue.name)
        self.assertEqual(address, f"/recherche?q=domiciliation&reseau={self.blue.id}")

    def test_when_there_are_more_all_that_narrows_them_is_offered_and_no_number_is_said(self):
        theme = self.env["collab.theme"].create({"name": "Logement d’essai"})
        self._find(200, counts={"x": 200, "y": 0}, facets={"author": {self.bob.id: 3}}, is_cut=True)
        main = self._page()
        self.assertEqual(self._heading(main), "Plus de 200 résultats pour « domiciliation »")
        self.assertIn("ajoutez un mot ou un filtre", self._said(main))
        chips = self._chips(main)
        for chip in ("Tout", "Choses", "Autres choses", "Territoire", "Réseau", "Thème", "Auteur"):
            self.assertIn(chip, chips)
        for side, value in (("theme", theme.id), ("reseau", self.green.id), ("territoire", self.port.id)):
            self.assertIn(f"/recherche?q=domiciliation&{side}={value}", self._links(main, ""))
        self.assertFalse(main.xpath(".//*[@class='c-pick__count']"))

    def test_people_have_no_date(self):
        self._find(3, counts={"x": 0, "y": 3})
        chips = self._chips(self._page())
        self.assertFalse([chip for chip in chips if chip.startswith(("Date", "Trier"))])

    def test_each_filter_is_taken_away_by_its_chip_and_all_of_them_at_once(self):
        theme = self.env["collab.theme"].create({"name": "Logement d’essai"})
        self._find(3)
        sides = f"territoire={self.port.id}&reseau={self.blue.id}&theme={theme.id}&auteur={self.bob.id}"
        main = self._page(f"/recherche?q=loyer&type=x&{sides}&depuis=mois")
        asked = self.asked[0]
        self.assertEqual(
            (asked.network, asked.territory, asked.theme, asked.author),
            (self.blue.id, self.port.id, theme.id, self.bob.id),
        )
        self.assertTrue(asked.since)
        for name, shown in (
            ("territoire", "Territoire"),
            ("reseau", "Réseau"),
            ("theme", "Thème : Logement d’essai"),
            ("auteur", "Auteur : bob"),
            ("depuis", "Date : le dernier mois"),
        ):
            [address] = self._links(main, shown)
            self.assertNotIn(f"{name}=", address)
            self.assertEqual(address.count("="), 6, address)
        self.assertEqual(self._links(main, "Tout effacer"), ["/recherche?q=loyer"])

    def test_what_the_reader_does_not_know_is_not_a_filter(self):
        self._find(1)
        for name in ("reseau", "territoire", "theme", "auteur"):
            for value in ("0", "999999999", "x", "9" * 30):
                self.assertEqual(self.url_open(f"/recherche?q=loyer&{name}={value}").status_code, 404, (name, value))
        self._page("/recherche?q=loyer&type=inconnu&depuis=jamais&tri=rien&page=-3")
        self.assertEqual(self.asked[-1][1:], (None, None, None, None, None, None, False, False))

    def test_filters_that_leave_nothing_are_offered_one_by_one_to_be_taken_away(self):
        self._find(0, counts={"x": 0, "y": 7})
        main = self._page(f"/recherche?q=loyer&type=x&territoire={self.port.id}")
        for name, address in (("Choses", f"territoire={self.port.id}"), (self.port.display_name, "type=x")):
            self.assertEqual(self._links(main, f"Effacer le filtre {name}"), [f"/recherche?q=loyer&{address}"])
        self._find(0)
        self.assertNotIn("Effacer le filtre", self._said(self._page("/recherche?q=loyer")))

    def test_a_mistyped_word_is_corrected_and_may_be_searched_as_it_is(self):
        self._find(4, corrected="hébergement")
        main = self._page("/recherche?q=hebergemant")
        self.assertEqual(self._heading(main), "Résultats pour « hébergement »")
        [address] = self._links(main, "Chercher « hebergemant » tel quel")
        self.assertEqual(address, "/recherche?q=hebergemant&exact=1")
        self._page(address)
        self.assertEqual([asked.exact for asked in self.asked], [False, True])

    def test_words_that_nothing_has_are_told(self):
        self._find(4, unknown=("zorglub",))
        self.assertIn("Aucun contenu ne contient « zorglub »", self._said(self._page("/recherche?q=loyer zorglub")))

    def test_who_opens_a_result_is_counted_and_who_opens_a_list_is_not(self):
        entries = ((None, Entry("chose", "/x", "Choses", "M4 4h16")),)
        self.patch(self.env.registry["collab.contents"], "_menu_entries", lambda contents: entries)
        search = self.env["collab.search"].with_user(self.ana)
        for path in ("/x", "/x/nouveau", "/autre/1", "/xy/1"):
            search._note_opened(path)
        self.assertFalse(self._opened())
        search._note_opened("/x/12")
        search._note_opened("/x/structures/12")
        self.assertEqual(self._opened(), [("open", "chose")])

    def _opened(self):
        facts = self.env["collab.fact"].search([("user_id", "=", self.ana.id), ("kind", "=", "open")])
        return [(fact.kind, fact.content) for fact in facts]

    def test_without_words_one_reads_what_is_searched(self):
        self._find(1)
        main = self._page("/recherche")
        self.assertEqual(self._heading(main), "Rechercher")
        for said in ("Aucune recherche pour l’instant", "Choses", "Autres choses"):
            self.assertIn(said, self._said(main))
        self.assertFalse(self.asked)
