from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from .searching import Searching

WORD = "kanariphone"
# Queries of a page, where each kind is shown: on real workers, one more asks whether caches still hold.
LIMITS = {
    f"/recherche?q={WORD}": 19,
    f"/recherche?q={WORD}+numero&tri=date": 19,
    f"/recherche?q={WORD}&type=discussion": 11,
    # With what may be meant; and nothing at all, after all that may be meant.
    "/recherche?q=kanarifone": 21,
    "/recherche?q=zzyzxwv": 15,
    "/recherche/suggestions?q=kanari": 7,
}


@tagged("post_install", "-at_install")
class TestSearchCost(Searching, HttpCase):
    """What a search asks of the base, whatever it finds."""

    def _queries(self, path):
        """:return list[str]: what a page asks of PostgreSQL, but for the savepoints of the tests"""
        queries, execute = [], Cursor.execute
        # The first time, the caches are empty.
        for _time in range(2):
            self.assertEqual(self.url_open(path).status_code, 200)

        def executing(cursor, query, *args, **kwargs):
            queries.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", executing):
            self.assertEqual(self.url_open(path).status_code, 200)
        return [query for query in queries if "SAVEPOINT" not in query]

    def _write(self, times, text):
        for number in range(times):
            title, where = f"{WORD} numéro {number}", self._to([self.blue])
            question = self._ask(self.wanda, title, text, **where)
            self._comment(self.wanda, self._answer(self.bea, question, f"Une réponse, {WORD}"), "Une remarque")
            self._tell(self.wanda, title, text, **where)
            self._plan(self.wanda, title, **where)
            self._print(self.wanda, title, text, **where)
            self._deposit(self.wanda, title, content=f"{text} {number}".encode(), **where)
        self._index()

    def test_a_search_asks_no_more_of_the_base_however_many_contents_there_are(self):
        self._write(1, "Un seul")
        self.authenticate("wanda", "wanda-password-2026")
        few = {path: self._queries(path) for path in LIMITS}
        self._write(30, "Plusieurs")
        for path, most in LIMITS.items():
            with self.subTest(path):
                many = self._queries(path)
                self.assertLessEqual(len(many), most, "\n".join(many))
                # A kind that is not on the page is not read.
                self.assertLessEqual(len(many), len(few[path]), "\n".join(many))
