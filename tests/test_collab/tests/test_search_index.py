import contextlib
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_recherche.models import collab_search_entry

from .searching import Searching

WORD = "Kanariphone"
TABLES = ("entry", "file", "link", "passage", "word")
JOB = "odoo.addons.base.models.ir_cron"


@tagged("post_install", "-at_install")
class TestSearchIndex(Searching, TransactionCase):
    """What is written is found at once, in what it has become."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._index()

    def _found_by(self, words, *records, person=None):
        self._index()
        self._finds(person or self.wanda, words, *records)

    # What is found

    def test_all_that_is_said_in_a_discussion_leads_to_it(self):
        question = self._ask(self.wanda, f"Un {WORD} ?", "Dans la camionnette.")
        answer = self._answer(self.greta, question, "Essayez le klaxon.")
        self._comment(self.wanda, question, "Il est bleu.")
        self._comment(self.wanda, answer, "Trop bruyant.")
        for words in (WORD, "camionnette", "klaxon", "bleu", "bruyant", "klaxon bruyant camionnette"):
            self._found_by(words, question)

    def test_news_dates_documents_and_whatever_declares_itself_are_found(self):
        everything = (
            self._tell(self.wanda, f"{WORD} à vendre", "Presque neuf"),
            self._plan(self.wanda, f"Essai du {WORD}", place="Gymnase des Ormeaux"),
            self._deposit(self.wanda, f"Notice du {WORD}", name="notice_2016.txt", content=b"Appuyez."),
            self._print(self.wanda, f"Le {WORD}", "Un feuillet."),
        )
        self._found_by(WORD, *everything)
        news, event, document, leaflet = everything
        self._found_by("presque neuf", news)
        self._found_by("essai Ormeaux", event)
        self._found_by("notice 2016", document)
        self._found_by("feuillet", leaflet)

    def test_what_is_corrected_is_found_by_its_new_words_and_no_more_by_the_others(self):
        question = self._ask(self.wanda, "Ancienne camionnette", "Rien.")
        answer = self._answer(self.wanda, question, "Un ancien klaxon")
        remark = self._comment(self.wanda, question, "Une remarque tardive")
        leaflet = self._print(self.wanda, "Feuillet périmé", "Ancien tarif")
        self._index()
        for record, field, before, after in (
            (question, "name", "camionnette", "Nouvelle fourgonnette"),
            (answer, "content", "klaxon", "<p>Une sonnette</p>"),
            (remark, "body", "tardive", "Une remarque matinale"),
            (leaflet, "body", "tarif", "Nouveau barème"),
        ):
            record.sudo().write({field: after})
            self._index()
            self.assertFalse(self._hits(self.wanda, before), before)
        for words in ("fourgonnette", "sonnette", "matinale"):
            self._found_by(words, question)
        self._found_by("barème", leaflet)

    def test_what_others_do_not_read_is_found_by_nobody_until_they_do(self):
        for made in (
            self._ask(self.wanda, WORD, "x"),
            self._tell(self.wanda, WORD),
            self._deposit(self.wanda, WORD, content=b"x"),
            self._plan(self.wanda, WORD),
            self._print(self.wanda, WORD),
        ):
            with self.subTest(made._name):
                by_ada, everybody = self._by(self.ada, made), (self.wanda, self.bea, self.greta, self.ada)
                for hide, show in (
                    (lambda one=by_ada: one._hide("x"), lambda one=by_ada: one._show("x")),
                    (lambda one=by_ada: one._remove("x"), lambda one=by_ada: one._restore("x")),
                    (self._by(self.wanda, made)._withdraw, self._by(self.wanda, made)._put_back),
                    (
                        lambda one=made: one.sudo().write({"state": "pending"}),
                        lambda one=made: one.sudo().write({"state": "active"}),
                    ),
                ):
                    hide()
                    self._index()
                    for person in everybody:
                        self.assertNotIn((made._name, made.id), self._hits(person, WORD))
                    show()
                    self._index()
                    for person in everybody:
                        self.assertIn((made._name, made.id), self._hits(person, WORD))

    def test_what_waits_for_a_moderator_is_found_by_nobody_and_he_lets_it_be_found(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        question = self._ask(self.bea, "Une question", "Simple.")
        answer = self._answer(self.wanda, question, "Réponse klaxonnante")
        remark = self._comment(self.wanda, question, "Remarque camionnante")
        self.assertEqual({answer.state, remark.state}, {"pending"})
        self._index()
        for person in (self.wanda, self.bea, self.ada):
            for words in ("klaxonnante", "camionnante"):
                self.assertFalse(self._hits(person, words), (person.login, words))
        for text in (answer, remark):
            self._by(self.bea, text)._accept("")
        self._found_by("klaxonnante", question)
        self._found_by("camionnante", question)

    def test_what_is_merged_is_found_in_what_stays(self):
        question, kept = (self._ask(self.wanda, title, "x") for title in (f"Le {WORD}", "La camionnette"))
        self._answer(self.greta, question, "Un klaxon")
        self._index()
        self._by(self.ada, question)._merge_into(self._by(self.ada, kept), "x")
        self._found_by("klaxon", kept)
        # What was asked is an answer now, without its title.
        self._found_by("camionnette", kept)
        document, kept = (
            self._deposit(self.wanda, title, content=title.encode()) for title in ("Un plan", "Une carte")
        )
        self._by(self.greta, self.env["collab.document.comment"]).create(
            {"document_id": document.id, "body": "Zorglub"}
        )
        self._found_by("zorglub", document)
        self._by(self.ada, document)._merge_into(self._by(self.ada, kept))
        self._found_by("zorglub", kept)

    def test_its_theme_its_place_and_who_says_it_are_read_again_when_they_change_their_names(self):
        theme = self.env["collab.theme"].browse(next(iter(self.env["forum.forum"]._by_theme())))
        question = self._ask(self.wanda, WORD, "x", territory_id=self.port.id)
        self._found_by(f"{WORD} port", question)
        theme.name = "Zorglubisme"
        self._found_by("zorglubisme", question)
        self.port.name = "Quai des Ormeaux"
        self._found_by("ormeaux", question)

    def test_what_is_not_said_is_not_found(self):
        question = self._ask(self.wanda, "Un titre", 'avant<b title="Zorglub">gras</b>')
        question.sudo().write({"content": '<p class="zorglub"><a href="https://zorglub.example">ici</a> gras</p>'})
        self._found_by("zorglub")
        self._found_by("gras", question)

    # What goes away

    def _rows_of(self, *tables):
        """:return dict[str, list]: what these tables hold, but for identifiers"""
        held = {}
        for table in tables:
            columns = {
                "entry": "res_model, res_id, title, vector, title_vector",
                "file": "checksum, state, is_cut, size, vector",
                "link": "res_model, res_id, checksum, label",
                "passage": "res_model, res_id, checksum, number, label, page, text, passage.vector",
                "word": "name, written, entries",
            }[table]
            source = {
                "link": "collab_search_link link JOIN collab_search_entry entry ON entry.id = entry_id"
                " JOIN collab_search_file file ON file.id = file_id",
                "passage": "collab_search_passage passage LEFT JOIN collab_search_entry entry ON entry.id = entry_id"
                " LEFT JOIN collab_search_file file ON file.id = file_id",
            }.get(table, f"collab_search_{table}")
            self.env.flush_all()
            self.env.cr.execute(f"SELECT {columns} FROM {source}")
            held[table] = sorted(map(repr, self.env.cr.fetchall()))
        return held

    def test_what_is_deleted_for_good_leaves_nothing(self):
        self.env["collab.search.entry"]._tidy()
        before = self._rows_of(*TABLES)
        question = self._ask(self.wanda, WORD, "camionnette")
        self._comment(self.wanda, question, "Bleue")
        document = self._deposit(self.wanda, "Notice", content=b"Klaxonnez " * 5_000)
        self._read_files()
        self._found_by("klaxonnez", document)
        (question | question.child_ids).sudo().unlink()
        document.sudo().unlink()
        self._index()
        for person in (self.wanda, self.ada):
            for words in (WORD, "bleue", "klaxonnez"):
                self.assertFalse(self._hits(person, words))
        after = self._rows_of("entry", "link")
        self.assertEqual(after, {name: before[name] for name in after})
        # A file that nothing holds any more, and words that nothing has, leave in the night.
        self.env["collab.search.file"]._gc_left()
        self.env["collab.search.entry"]._tidy()
        self.assertEqual(self._rows_of(*TABLES), before)

    def test_what_goes_without_a_word_is_forgotten_in_the_night(self):
        leaflet = self._print(self.wanda, WORD)
        self._found_by(WORD, leaflet)
        # As a module that is uninstalled, or another program.
        self.env.cr.execute("DELETE FROM test_collab_leaflet WHERE id = %s", (leaflet.id,))
        self.env.invalidate_all()
        self._finds(self.wanda, WORD)
        self.env["collab.search.entry"]._tidy()
        self.env.cr.execute("SELECT 1 FROM collab_search_entry WHERE title = %s", (WORD,))
        self.assertFalse(self.env.cr.fetchall())

    def test_a_transaction_that_fails_leaves_no_trace(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._print(self.wanda, WORD)
            self._index()
            self.assertEqual(len(self._hits(self.wanda, WORD)), 1)
            raise ZeroDivisionError
        self._index()
        self._finds(self.wanda, WORD)

    # The whole index anew

    def _rebuild(self, put=None):
        """:param Callable | None put: in the place of the method that keeps what a content says"""
        self.env["ir.config_parameter"].set_param("collab_recherche.rebuild", ":0")
        self._go_on(put)

    def _go_on(self, put=None):
        entries = self.env.registry["collab.search.entry"]
        with self._job_mode(), patch.object(entries, "_put", put or entries._put):
            self.env.ref("collab_recherche.cron_index").method_direct_trigger()
        self.env.invalidate_all()

    def test_the_whole_index_is_made_anew_by_whoever_comes_after_one_that_was_stopped(self):
        self.patch(collab_search_entry, "BATCH", 2)
        questions = [self._ask(self.wanda, f"{WORD} {number}", "camionnette") for number in range(5)]
        self._answer(self.greta, questions[0], "klaxon")
        leaflets = [self._print(self.wanda, f"{WORD} {number}") for number in range(5)]
        document = self._deposit(self.wanda, WORD, name="compte.odt")
        self._read_files()
        self.env["collab.search.entry"]._tidy()
        before, found = self._rows_of(*TABLES), self._hits(self.greta, WORD)
        self.assertEqual(len(found), len([*questions, *leaflets, document]))
        # What was lost, what is wrong.
        self.env.cr.execute("DELETE FROM collab_search_entry WHERE res_model = 'forum.post'")
        self.env.cr.execute("UPDATE collab_search_entry SET vector = '' WHERE res_model = 'dms.file'")
        self.env.cr.execute("INSERT INTO collab_search_entry (res_model, res_id) VALUES ('res.partner', 1)")
        put, made, again = self.env.registry["collab.search.entry"]._put, [], []

        def stopped(entries, name, said, *others):
            if len(made) == 5:
                raise MemoryError
            made.append({(name, number) for number in said})
            # What has not been made again yet is still served.
            self.assertGreaterEqual(len(self._hits(self.greta, WORD)), len(leaflets))
            return put(entries, name, said, *others)

        def going_on(entries, name, said, *others):
            again.extend((name, number) for number in said)
            return put(entries, name, said, *others)

        with contextlib.suppress(RuntimeError), mute_logger(JOB):
            self._rebuild(stopped)
        at = self.env["ir.config_parameter"].get_param("collab_recherche.rebuild")
        self.assertNotIn(at, (False, ":0"), "it goes on where it was")
        self.assertGreaterEqual(len(self._hits(self.greta, WORD)), len(leaflets))
        self._go_on(going_on)
        self.assertFalse(self.env["ir.config_parameter"].get_param("collab_recherche.rebuild"))
        self.assertEqual(self._rows_of(*TABLES), before)
        self.assertEqual(self._hits(self.greta, WORD), found)
        self.assertEqual(len(made), 5)
        self.assertFalse(set().union(*made).intersection(again), "what was done is not done again")
