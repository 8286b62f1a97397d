from odoo.tests import tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase

from .common import MAIL, PHONE, DirectoryCase


@tagged("post_install", "-at_install")
class TestFound(SearchedCase, DirectoryCase):
    """What a search finds of people and of organisations, without an index."""

    def _by(self, person, model):
        self.env.flush_all()
        return self.env(user=person, su=False, context={"lang": "fr_FR"})[model]

    def _found(self, words, model="collab.member", **chosen):
        """:return list[int]: what Bruno finds"""
        exact, near = self._by(self.bruno, model)._find_words(words, **chosen)
        return [*exact, *near]

    def test_people_are_found_by_what_they_say_of_themselves(self):
        alice = self.alice.partner_id.id
        for words in ("alice", "evrard", "educatrice essai", "relais essai", "mobilite essai", "mobilitte essai"):
            with self.subTest(words):
                self.assertEqual(self._found(words), [alice])
        for words in (PHONE, MAIL, "appelez", "lundi"):
            with self.subTest(words):
                self.assertEqual(self._found(words), [])

    def test_a_theme_is_found_by_the_name_that_it_has_now(self):
        self.mobility.name = "Déplacements d’essai"
        self.assertEqual(self._found("mobilite essai"), [])
        self.assertEqual(self._found("deplacements"), [self.alice.partner_id.id])
        self.mobility.active = False
        self.assertEqual(self._found("deplacements"), [])

    def test_whoever_is_not_listed_is_not_found(self):
        self.alice.partner_id.is_listed = False
        for words in ("alice", "mobilite essai"):
            self.assertEqual(self._found(words), [])
        self.assertEqual(self._by(self.bruno, "collab.member")._found_rows(self.alice.partner_id.ids), [])

    def test_a_search_is_narrowed_as_the_directory_is(self):
        alice, house = self.alice.partner_id.id, self.house.id
        for chosen, person, organisation in (
            ({"network": self.blue.id}, [alice], [house]),
            ({"network": self.green.id}, [], []),
            ({"territory": self.north.id}, [alice], [house]),
            ({"territory": self.hills.id}, [], []),
            ({"theme": self.mobility.id}, [alice], []),
            ({"theme": self.housing.id}, [], []),
        ):
            with self.subTest(chosen):
                self.assertEqual(self._found("alice", **chosen), person)
                self.assertEqual(self._found("relais essai", "collab.organisation", **chosen), organisation)

    def test_whoever_may_read_nothing_finds_nobody(self):
        stranger = self._user("nadia", networks=[self.blue], accepts=False)
        for model, found in (("collab.member", self.alice.partner_id), ("collab.organisation", self.house)):
            records = self._by(stranger, model)
            self.assertEqual(records._find_words("essai"), ([], []))
            self.assertEqual(records._found_rows(found.ids), [])

    def test_rows_are_in_the_order_that_is_asked_and_say_on_what_somebody_can_help(self):
        members = self._by(self.bruno, "collab.member")
        numbers = [self.leo.partner_id.id, self.alice.partner_id.id, 0x7FFFFFFF]
        rows = [found["row"] for found in members._found_rows(numbers)]
        self.assertEqual([row["title"] for row in rows], [self.leo.name, self.alice.name])
        self.assertEqual([row["extract"] for row in rows], ["", "Peut aider sur\N{NO-BREAK SPACE}: Mobilité d’essai"])
        self.assertEqual(rows[1]["url"], f"/annuaire/{self.alice.partner_id.id}")
        [found] = self._by(self.bruno, "collab.organisation")._found_rows(self.house.ids)
        self.assertEqual((found["row"]["title"], found["row"]["people"]), ("Le Relais d’essai", 1))

    def test_rows_show_what_was_found_and_escape_it(self):
        for model, record in (("collab.member", self.alice.partner_id), ("collab.organisation", self.house)):
            records = self._by(self.bruno, model)
            [found] = records._found_rows(record.ids)
            with self.subTest(model):
                self._drawn(records, {**found["row"], "extract": ""}, found["template"])

    def test_the_directory_finds_somebody_by_what_he_can_help_with(self):
        self._as(self.bruno)
        self.assertIn("Alice Évrard", self._text("/annuaire?q=mobilit%C3%A9+essai"))
