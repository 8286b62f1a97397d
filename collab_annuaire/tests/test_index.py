from odoo.tests import BaseCase

from odoo.addons.collab_annuaire.index import Entry, Index, sorted_by

PEOPLE = (
    # first name, last name, job, organisation, town
    ("Chloé", "Guillou", "Conseillère en insertion", "Passerelles Estuaire", "Saint-Nazaire"),
    ("Anne", "de La Tour", "Directrice", "L’Ancre solidaire", "Nantes"),
    ("Zoé", "Évrard", "Encadrante technique", "L’Ancre solidaire", "Nantes"),
    ("Jean-Pierre", "Latour", "Éducateur", "Le Relais", "Challans"),
    ("Maëlle", "N'Diaye", "Assistante sociale", "Le Relais", "Challans"),
    ("Marc", "Dupont", "", "", ""),
    ("Marc", "Dupond", "", "", ""),
)


def entry(number, person):
    first, last, job, organisation, town = person
    name, order = f"{first} {last}", (sorted_by(last), sorted_by(first))
    return Entry(number, name, order, (first, last, organisation), (job, town), {"job": (job,)}, {})


class TestIndex(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.index = Index([entry(number, person) for number, person in enumerate(PEOPLE)], ("job",))

    def _found(self, typed):
        return [entry.name for part in self.index.find(typed) for entry in self.index.listed(part)]

    def test_people_are_in_the_order_of_their_last_names_whatever_accents_and_particles(self):
        last_names = [entry.name.split(" ", 1)[1] for entry in self.index.entries]
        self.assertEqual(last_names, ["Dupond", "Dupont", "Évrard", "Guillou", "de La Tour", "Latour", "N'Diaye"])

    def test_a_search_does_not_mind_accents_hyphens_apostrophes_particles_and_the_order_of_words(self):
        for typed, name in (
            ("evrard", "Zoé Évrard"),
            ("GUILLOU chloe", "Chloé Guillou"),
            ("chlo gui", "Chloé Guillou"),
            ("jean pierre", "Jean-Pierre Latour"),
            ("jeanpierre", "Jean-Pierre Latour"),
            ("ndiaye", "Maëlle N'Diaye"),
            ("n'diaye", "Maëlle N'Diaye"),
            ("n’diaye maelle", "Maëlle N'Diaye"),
            ("st nazaire", "Chloé Guillou"),
            ("saint-nazaire conseillere", "Chloé Guillou"),
            ("lancre directrice", "Anne de La Tour"),
        ):
            with self.subTest(typed):
                self.assertEqual(self._found(typed)[:1], [name])
        for typed in ("de la tour", "delatour", "la tour", "latour"):
            with self.subTest(typed):
                self.assertIn("Anne de La Tour", self._found(typed))
        for typed in ("latour", "la tour"):
            with self.subTest(typed):
                self.assertIn("Jean-Pierre Latour", self._found(typed))

    def test_a_search_forgives_an_error_in_a_word_and_two_in_a_long_one(self):
        for typed, name in (
            ("guilou", "Chloé Guillou"),
            ("gullou", "Chloé Guillou"),
            ("evrad", "Zoé Évrard"),
            ("evrrad", "Zoé Évrard"),
            ("zoe enc adrante", "Zoé Évrard"),
            ("encadrrante tecnique", "Zoé Évrard"),
            ("pasereles", "Chloé Guillou"),
        ):
            with self.subTest(typed):
                self.assertIn(name, self._found(typed))
        # But not in a short one, nor two in one that is not long.
        for typed in ("zeo", "gulou x", "ancer zzz"):
            with self.subTest(typed):
                self.assertEqual(self._found(typed), [])

    def test_those_who_are_exactly_named_come_before_those_who_are_nearly(self):
        self.assertEqual(self._found("dupont"), ["Marc Dupont", "Marc Dupond"])
        self.assertEqual(self._found("dupond"), ["Marc Dupond", "Marc Dupont"])

    def test_those_who_are_called_so_come_before_those_who_know_about_it(self):
        people = [
            entry(1, ("Anne", "Abel", "", "", "")),
            entry(2, ("Logan", "Zola", "", "", "")),
            entry(3, ("Marc", "Logement", "", "", "")),
        ]
        index = Index([people[0]._replace(topics=("Logement d’urgence", "Mobilité")), *people[1:]], ("job",))
        for typed, names in (
            ("log", ["Marc Logement", "Logan Zola", "Anne Abel"]),
            ("abel logement", ["Anne Abel"]),
            ("mobilite urgence", ["Anne Abel"]),
            ("mobilitte", ["Anne Abel"]),
            ("urgence marc", []),
        ):
            with self.subTest(typed):
                self.assertEqual([one.name for found in index.find(typed) for one in index.listed(found)], names)
        self.assertEqual(index.numbers("log", {"job": None}), ([3, 2, 1], []))
        self.assertEqual(index.numbers("mobilitte", {"job": None}), ([], [1]))
        self.assertEqual(index.numbers("log", {"job": "Nobody"}), ([], []))

    def test_nothing_typed_finds_everybody_and_signs_alone_too(self):
        for typed in ("", "  ", "---", "’"):
            self.assertEqual(len(self._found(typed)), len(PEOPLE))

    def test_a_very_long_search_is_read_no_further_than_a_search_goes(self):
        self.assertEqual(self._found("guillou " * 500), ["Chloé Guillou"])
        self.assertEqual(self._found("x" * 100_000), [])

    def test_a_name_of_three_hundred_letters_is_found_too(self):
        long = "a" * 300
        index = Index([entry(1, (long, "Martin", "", "", ""))], ("job",))
        self.assertEqual(next(index.listed(index.find("martin").exact)).name, f"{long} Martin")

    def test_beside_a_choice_stands_how_many_it_leaves(self):
        counted = self.index.counts({"job": "Directrice"})["job"]
        self.assertEqual((counted["Directrice"], counted["Éducateur"]), (1, 1))
        among = self.index.find("nantes").exact
        self.assertNotIn("Éducateur", self.index.counts({}, among)["job"])
        self.assertEqual(self.index.within({"job": "Nobody"}), 0)
