from collections import Counter
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.collab_recherche.models.collab_search import NOTHING

from .searching import Searching

# In many contents, each time in others.
WORDS = (
    *("logement", "hébergement", "domiciliation", "emploi", "insertion", "atelier", "mobilité", "santé"),
    *("budget", "formation", "cuisine", "jardin", "menuiserie"),
)
QUERIES = (
    *("logement", "hebergements", "emploi insertion", "emploi mobilité santé budget", '"emploi insertion"'),
    *("logement -emploi", "logement -atelier -santé", "CHRS", "mi-temps", "mi temps", "mitemps"),
    *("domicilliation", "hébergemant jardin", "bleuissime", "verdoyance", "portuaire", "ramasseur", "collineux"),
    *("questionnement", "annonciation", "réponse", "remarque", "confidentiel", "de la formation", "zzyzx"),
)
# Beyond so many contents, one could think that everybody reads one.
MANY = 25


@tagged("post_install", "-at_install")
class TestSearchAccess(Searching, TransactionCase):
    """One finds all that one may read, and nothing else has a trace: no result, no number, no word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.houses[cls.blue].territory_ids = cls.port
        cls.houses[cls.green].territory_ids = cls.hills
        cls.people = {
            "a member of the blue network": cls.wanda,
            "a member of the green network": cls.greta,
            "a moderator": cls.bea,
            "another moderator": cls.gus,
            "an administrator": cls.ada,
            "a member who has not accepted the charter": cls.nadia,
        }
        cls.contents = [
            cls._written(author, kind, f"{marked} {word}", where, place)
            for author, where, marked in (
                (cls.wanda, cls._to(), "Ouvert"),
                (cls.wanda, cls._to([cls.blue]), "Bleuissime"),
                (cls.greta, cls._to([cls.green]), "Verdoyance"),
                (cls.ada, cls._to((), [cls.port]), "Portuaire"),
                (cls.ada, cls._to([cls.green], [cls.hills]), "Collineux"),
                (cls.ada, cls._to([cls.blue, cls.green]), "Ramasseur"),
            )
            for place, (kind, word) in enumerate(
                (
                    ("question", "questionnement"),
                    ("news", "annonciation"),
                    ("event", "rencontre"),
                    ("document", "notice"),
                    ("leaflet", "feuillet"),
                )
            )
        ]
        for content in cls.contents:
            if content._name == "forum.post":
                answer = cls._answer(cls.ada, content, f"Une réponse sur le CHRS, {WORDS[content.id % len(WORDS)]}")
                cls._comment(cls.ada, answer, "Une remarque à mi-temps")
        cls.hidden = [cls._written(cls.wanda, kind, "Confidentiel") for kind in ("question", "news", "leaflet")]
        cls._by(cls.ada, cls.hidden[0])._hide("x")
        cls.hidden[1].sudo().state = "pending"
        cls._by(cls.wanda, cls.hidden[2])._withdraw()
        cls._index()

    made = 0

    @classmethod
    def _written(cls, author, kind, title, where=None, place=0):
        """:return: a content of its kind, which says three of WORDS"""
        cls.made += 1
        text = " ".join(WORDS[(cls.made * step + step) % len(WORDS)] for step in (1, 3, 5))
        title, where = f"{title} {cls.made}", where or {}
        return {
            "question": lambda: cls._ask(author, title, text, **where),
            "news": lambda: cls._tell(author, title, text, **where),
            "event": lambda: cls._plan(author, title, place=text, **where),
            "document": lambda: cls._deposit(
                author, title, content=f"{cls.made}".encode(), name=f"{text}.txt", **where
            ),
            "leaflet": lambda: cls._print(author, title, text, **where),
        }[kind]()

    # Without the search: the index alone, then the rules of each model

    def _with_words(self, level):
        """:return dict[str, list[int]]: all the contents that have some words, whoever may read them"""
        self.env.cr.execute("SELECT res_model, res_id FROM collab_search_entry WHERE vector @@ %s::tsquery", (level,))
        found = {}
        rows = self.env.cr.fetchall()
        for name, number in rows:
            found.setdefault(name, []).append(number)
        return found

    def _readable(self, person, level):
        """:return list[tuple[str, int]]: those of them that somebody may read, by the rules of their models"""
        return sorted(
            (name, number)
            for name, numbers in self._with_words(level).items()
            for number in self._of(person)[name].search([("id", "in", numbers)]).ids
        )

    def _due(self, person, query):
        """:return list[tuple[str, int]]: what somebody should find"""
        return next(filter(None, (self._readable(person, level) for level in (*query.levels, *query.looser))), [])

    def _check_exact(self, people, queries=QUERIES):
        """Check that people find what they may read, and nothing else.

        :return int: how many contents they have found, all together
        """
        names, many = self.env["collab.contents"]._names(), 0
        for who, person in people.items():
            for words in queries:
                with self.subTest(who, words=words):
                    found = self._search(person, words)
                    hits = sorted(hit for hit in found.hits if hit[0] in names)
                    self.assertEqual(hits, self._due(person, found.query))
                    self._check_numbers(person, found, hits)
                    many += len(hits)
        return many

    def _check_numbers(self, person, found, hits):
        """Check that what is said of what is found is what is found."""
        by_kind = Counter(self.env[name]._slug for name, _number in hits)
        contents = {one._slug for one in self.env["collab.contents"]._all()}
        self.assertEqual({slug: found.counts[slug] for slug in contents}, {slug: by_kind[slug] for slug in contents})
        self.assertEqual(found.total, sum(found.counts.values()))
        records = [self.env[name].sudo().browse(number) for name, number in hits]
        authors = Counter(record.create_uid.id for record in records)
        self.assertEqual(found.facets["author"], authors)
        networks = Counter(network.id for record in records for network in record.audience_network_ids)
        self.assertEqual(found.facets["network"], networks)
        themes = Counter(self._theme(record) for record in records)
        del themes[None]
        self.assertEqual(found.facets["theme"], themes)
        territories = set().union(*(record.audience_territory_ids.ids for record in records))
        self.assertLessEqual(territories, found.facets["territory"].keys())
        self.assertEqual(bool(territories), bool(found.facets["territory"]))

    def _theme(self, record):
        """:return int | None: the theme of a content"""
        path = record._content().theme
        return (record.mapped(path).id or None) if path else None

    # What each finds

    def test_each_finds_all_that_he_may_read_and_nothing_else(self):
        people = {who: person for who, person in self.people.items() if person != self.nadia}
        self.assertGreater(self._check_exact(people), 300)
        # Somebody finds what somebody else does not.
        self.assertTrue(self._hits(self.wanda, "bleuissime"))
        self.assertFalse(self._hits(self.greta, "bleuissime"))
        self.assertFalse(self._hits(self.gus, "bleuissime"))
        self.assertTrue(self._hits(self.bea, "bleuissime"))
        self.assertTrue(self._hits(self.ada, "bleuissime"))
        for person in self.people.values():
            self.assertFalse(self._hits(person, "confidentiel"), person.login)

    def test_whoever_has_not_accepted_the_charter_finds_nothing_at_all(self):
        for words in QUERIES:
            self.assertEqual(self._search(self.nadia, words), NOTHING)
            self.assertEqual(self._of(self.nadia)["collab.search"]._suggest(words), [])
        for name in self.env["collab.contents"]._names():
            self.assertFalse(self._of(self.nadia)[name].search([]))

    def test_a_kind_that_is_chosen_leaves_the_numbers_of_the_others(self):
        for person in (self.wanda, self.greta, self.ada):
            for words in ("logement", "emploi", "hébergement"):
                everything = self._search(person, words)
                for contents in self.env["collab.contents"]._all():
                    one = self._search(person, words, kind=contents._slug)
                    self.assertEqual(one.counts, everything.counts)
                    self.assertEqual(one.total, everything.counts[contents._slug])
                    mine = sorted(hit for hit in everything.hits if hit[0] == contents._name)
                    self.assertEqual(sorted(one.hits), mine)

    def test_what_narrows_a_search_never_adds_to_it(self):
        theme = next(iter(self.env["forum.forum"]._by_theme()))
        for person in (self.wanda, self.greta, self.gus, self.ada):
            for words in ("logement", "emploi", "bleuissime", "verdoyance"):
                everything = self._hits(person, words)
                for chosen in (
                    *({"author": one.id} for one in (self.wanda, self.greta, self.ada)),
                    *({"network": one.id} for one in (self.blue, self.green)),
                    *({"territory": one.id} for one in (self.port, self.hills, self.region)),
                    {"theme": theme},
                    {"by_date": True},
                ):
                    narrowed = self._hits(person, words, **chosen)
                    self.assertLessEqual(set(narrowed), set(everything), (person.login, words, chosen))
                    for name, number in narrowed:
                        record = self.env[name].sudo().browse(number)
                        if "author" in chosen:
                            self.assertEqual(record.create_uid.id, chosen["author"])
                        if "network" in chosen:
                            self.assertIn(chosen["network"], record.audience_network_ids.ids)
                for author, many in self._search(person, words).facets["author"].items():
                    self.assertEqual(len(self._hits(person, words, author=author)), many)
                for network, many in self._search(person, words).facets["network"].items():
                    self.assertEqual(len(self._hits(person, words, network=network)), many)

    def test_what_a_page_shows_is_what_is_found_in_its_order(self):
        for person in (self.wanda, self.greta, self.ada):
            for words in ("logement", "verdoyance", "bleuissime", "remarque"):
                found = self._search(person, words)
                rows = self._rows(person, words)
                self.assertEqual([row["id"] for row in rows], [number for _name, number in found.hits[:20]])
        # Hits that are made up, or have been changed since, show nothing.
        found = self._search(self.wanda, "bleuissime")
        search = self._of(self.greta)["collab.search"]
        self.assertEqual(search._rows(None, found, 0, 20), [])

    def test_titles_are_suggested_to_those_who_may_read_them(self):
        names = {self.env[one]._content().address: one for one in self.env["collab.contents"]._names()}
        for person in (self.wanda, self.greta, self.bea, self.ada):
            for typed in ("bleu", "verdoyance fe", "ouvert que", "ramass", "confid", "porT", "log"):
                suggested = set()
                for one in self._of(person)["collab.search"]._suggest(typed, 100):
                    address, _slash, number = one["url"].rpartition("/")
                    if address in names:
                        suggested.add((names[address], int(number)))
                begun = [(word.lower(), word == typed.split()[-1]) for word in typed.split()]
                due = set()
                for content in [*self.contents, *self.hidden]:
                    words = content.sudo()[content._content().title].lower().split()
                    has = all(any(w.startswith(word) if last else w == word for w in words) for word, last in begun)
                    if has and self._of(person)[content._name].search([("id", "=", content.id)]):
                        due.add((content._name, content.id))
                self.assertEqual(suggested, due - {(one._name, one.id) for one in self.hidden}, (person.login, typed))

    # What changes

    def test_a_change_of_membership_acts_at_the_next_search_and_indexes_nothing(self):
        queries = ("bleuissime", "verdoyance", "portuaire", "collineux", "ramasseur", "logement", "emploi")
        charter = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        people = {"a moderator": self.bea, "a member": self.nadia}
        entries = self.env.registry["collab.search.entry"]
        with patch.object(entries, "_index", side_effect=AssertionError("indexed")):
            self.assertEqual(self._hits(self.nadia, "ouvert"), [])
            self.nadia._accept_charter(charter, "127.0.0.1")
            for house, found, not_found in (
                (self.blue, "bleuissime", "verdoyance"),
                (self.green, "verdoyance", "bleuissime"),
            ):
                self.bea.partner_id.network_ids = house
                self.nadia.partner_id.parent_id = self.houses[house]
                self.env.flush_all()
                self._check_exact(people, queries)
                for person in people.values():
                    self.assertTrue(self._hits(person, found))
                    self.assertFalse(self._hits(person, not_found))

    def test_what_is_addressed_to_others_from_now_on_is_found_by_them_alone(self):
        for content in self.contents[:5]:
            content.sudo().audience_network_ids = self.green
        self._index()
        self._check_exact({"a moderator": self.bea, "another": self.gus, "a member": self.greta}, ("ouvert",))
        self.assertEqual(len(self._hits(self.greta, "ouvert")), 5)
        self.assertFalse(self._hits(self.bea, "ouvert"))

    def test_what_others_say_under_what_is_mine_is_found_as_it_is_read(self):
        texts = []
        question = self._ask(self.wanda, "Ma question klaxonnante", "x", **self._to([self.blue]))
        texts.append((question, self._answer(self.bea, question, "Zorglubienne"), "zorglubienne"))
        texts.append((question, self._comment(self.bea, question, "Zorglubarde"), "zorglubarde"))
        for made, comments, field, word in (
            (self._tell(self.wanda, "Ma nouvelle", **self._to([self.blue])), "collab.news.comment", "news_id", "a"),
            (
                self._deposit(self.wanda, "Mon document", content=b"klaxon", **self._to([self.blue])),
                *("collab.document.comment", "document_id", "b"),
            ),
        ):
            vals = {field: made.id, "body": f"Zorglub{word * 5}"}
            texts.append((made, self._of(self.bea)[comments].create(vals), vals["body"]))
        self._index()
        for content, _said, words in texts:
            self._finds(self.wanda, words, content)
        self.wanda.partner_id.parent_id = self.houses[self.green]
        self.env.flush_all()
        for content, said, words in texts:
            with self.subTest(words):
                reads = self._of(self.wanda)[said._name].search([("id", "=", said.id)])
                self._finds(self.wanda, words, *([content] if reads else []))
        # Of the discussion, nothing: what others say in it is not for her any more.
        self._finds(self.wanda, "klaxonnante")

    # Words

    def _all(self, person, typed):
        """:return tuple: all that a search says, but for what was typed"""
        found = self._search(person, typed)
        return found.total, found.counts, found.facets, found.hits, found.corrected, len(found.unknown)

    def test_a_word_that_only_others_have_is_a_word_that_nobody_has(self):
        # Beyond so many, too.
        for _leaflet in range(MANY):
            self._print(self.greta, "Verdoyance", "x", **self._to([self.green]))
        self._index()
        self.env["collab.search.entry"]._tidy()
        for typed, nobody in (
            ("verdoyance", "vzrdxyznce"),
            ("verdoyanse", "vzrdxyznse"),
            ('"verdoyance feuillet"', '"vzrdxyznce feuillet"'),
            ("logement verdoyance", "logement vzrdxyznce"),
            ("verdoyance -logement", "vzrdxyznce -logement"),
            ("confidentiel", "czzfidzztzzl"),
        ):
            self.assertEqual(self._all(self.wanda, typed), self._all(self.wanda, nobody), typed)

    def test_what_others_write_changes_nothing_of_what_is_understood(self):
        typed = ("kanaripone", "mitant", "kanariphone", "kanarifore", "logemment", "KNR", "vert clair", "vertclair")
        self._print(self.wanda, "Un kanariphore", "Un logement au mi-temps KNR clair vert")
        self._index()
        before = {words: self._all(self.wanda, words) for words in typed}
        self.assertEqual(before["kanaripone"][4], "kanariphore")
        # As many as one likes: near words, in another network.
        for number in range(MANY):
            near = "Kanariphone kanaripont kanariponette mitante logemmant vert-clair k.n.r. mi-tant"
            self._print(self.greta, f"Feuillet vert {number}", near, **self._to([self.green]))
        self._index()
        self.env["collab.search.entry"]._tidy()
        self.assertEqual(len(self._hits(self.greta, "kanariphone")), MANY)
        for words in typed:
            with self.subTest(words):
                self.assertEqual(self._all(self.wanda, words), before[words])
        # Those who read them are told.
        self.assertEqual(self._search(self.greta, "kanariphane").corrected, "kanariphone")
        self.assertEqual(self._search(self.wanda, "kanariphane").corrected, "kanariphore")

    def test_no_word_is_proposed_that_stands_in_nothing_that_one_reads(self):
        for who, person in self.people.items():
            for word in ("bleuissime", "verdoyance", "portuaire", "collineux", "ramasseur", "confidentiel"):
                for typed in (word[:-1] + "x", word[1:], word + word[-1], word[:3] + word[4:]):
                    corrected = self._search(person, typed).corrected
                    if corrected == word:
                        self.assertTrue(self._readable(person, f"'{word}':*"), (who, word))
