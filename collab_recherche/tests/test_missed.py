from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .common import SearchCase


@tagged("post_install", "-at_install")
class TestMissed(SearchCase):
    """What several people look for in vain is known; who they are, and what one alone looked for, is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [cls._user(f"member{number}", networks=cls.blue) for number in range(5)]

    def _miss(self, people, words):
        for person in people:
            self.env["collab.search.miss"].with_user(person).sudo(False)._note(words)

    def _read(self, reader=None):
        missed = self.env["collab.search.missed"].with_user(reader or self.ada).sudo(False)
        missed.invalidate_model()
        return {row.words: row.people for row in missed.search([])}

    def test_words_are_read_from_five_people_on(self):
        self._miss(self.people[:4] * 3, "garage solidaire")
        self.assertEqual(self._read(), {}, "four people, however often")
        # Written otherwise, it is the same.
        self._miss(self.people[4:], "  Garage-Solidaire ! ")
        self.assertEqual(self._read(), {"garage solidaire": 5})

    def test_the_same_person_in_two_months_is_not_two_people(self):
        self._miss(self.people[:3], "vélo")
        self.env["collab.search.miss"].search([]).month = today().replace(day=1) - relativedelta(months=1)
        self._miss(self.people[:3], "vélo")
        self.assertEqual(self._read(), {})

    def test_nothing_says_who_nor_joins_two_searches_of_one_person(self):
        self._miss(self.people[:1], "vélo")
        self._miss(self.people[:1], "garage")
        rows = self.env["collab.search.miss"].search([])
        self.assertEqual(set(rows._fields) - {"id", "display_name"}, {"words", "month", "digest"})
        self.assertEqual(len(set(rows.mapped("digest"))), 2)

    def test_only_administrators_read_them_and_nobody_reads_what_they_are_made_of(self):
        self._miss(self.people, "garage solidaire")
        for reader in (self.ana, self._user("mona", "moderator", networks=self.blue)):
            with self.assertRaises(AccessError):
                self._read(reader)
        for model in ("collab.search.miss", "collab.search.recent"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.ada).sudo(False).search([])

    def test_what_looks_like_somebody_is_left_out(self):
        noted = self.env["collab.search.miss"]._noted
        for typed, kept in (
            ("Dossier jean.dupont@exemple.fr", "dossier"),
            ("rappeler 06 12 34 56 78", "rappeler"),
            ("rappeler +33612345678", "rappeler"),
            ("1 85 05 78 006 084 36", ""),
            ("allocataire n°1234567A", "allocataire n a"),
            ("loi du 5 mars 2007", "loi du 5 mars 2007"),
            ("Qu’est-ce que l’ASE ?", "qu est ce que l ase"),
            ("x" * 81, ""),
            ("!!! ???", ""),
        ):
            self.assertEqual(noted(typed), kept)

    def test_a_search_that_finds_nothing_is_noted_once_and_one_that_a_filter_empties_is_not(self):
        self._find(0)
        for _again in range(2):
            self._page("/recherche?q=garage%20solidaire")
        self._page("/recherche?q=tondeuse&type=x")
        self.assertEqual(self.env["collab.search.miss"].search([]).mapped("words"), ["garage solidaire"])
        kinds = self.env["collab.fact"].search([("user_id", "=", self.ana.id)]).mapped("kind")
        self.assertEqual(sorted(kinds), ["come", "miss", "search"])

    def test_they_are_gone_after_a_year(self):
        self._miss(self.people, "garage solidaire")
        rows = self.env["collab.search.miss"].search([])
        rows.month = today().replace(day=1) - relativedelta(months=12)
        self.env["collab.search.miss"]._gc_old()
        self.assertTrue(rows.exists())
        rows.month = today().replace(day=1) - relativedelta(months=13)
        self.env["collab.search.miss"]._gc_old()
        self.assertFalse(rows.exists())
