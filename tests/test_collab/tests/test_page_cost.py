import io
import re
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.collab_reseaux.moments import today

EMPTY, CYCLE, STOCK = "/test/page-vide", "/test/deux-mots", "/test/page-de-reference"
# Queries of a page, or of a form: on real workers, one more asks whether the caches of the server still hold.
LIMITS = {
    **{"empty": 3, "home": 8, "list": 6, "discussion": 11, "library": 6, "document": 10, "download": 5},
    # Twelve of those of an answer put its words in the index, in the same transaction.
    **{"news": 8, "favourites": 6, "answer": 30, "feed": 10, "announcement": 12},
}
SIGNALLING = 1


@tagged("post_install", "-at_install")
class TestPageCost(CharterCase, HttpCase):
    """What each page of a member costs before it says anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._user("ana", networks=cls.blue, territories=cls.port)

    def setUp(self):
        super().setUp()
        self.authenticate("ana", "ana-password-2026")
        self._has_come()

    def _has_come(self):
        """She has come, read and written today: a test commits nothing, and would note it at each request."""
        slugs = ("actualite", "discussion", "document")
        facts = [("come", ""), *((kind, slug) for kind in ("read", "write") for slug in slugs)]
        self.env["collab.fact"]._noted()[today()] = {(self.member.id, *fact) for fact in facts}

    def _queries(self, path):
        """:return list[str]: what the server asks of PostgreSQL to answer, but for the savepoints of the tests"""
        self.assertEqual(self.url_open(path).status_code, 200)  # caches of the server
        return self._asked(path)

    def _asked(self, path, **options):
        """:return list[str]: as ``_queries``, when this path has been asked for already"""
        queries = []
        execute = Cursor.execute

        def executing(cursor, query, *args, **kwargs):
            queries.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", executing):
            self.assertLess(self.url_open(path, **options).status_code, 400)
        return [query for query in queries if "SAVEPOINT" not in query]

    def test_a_request_asks_once_who_is_there(self):
        [query] = self._queries(CYCLE)
        self.assertIn("FROM res_users account JOIN res_partner person", query)

    def test_the_menu_costs_one_query_however_many_contents_it_counts(self):
        self.assertGreaterEqual(len(self.env["collab.contents"]._names()), 3)
        reader, menu = self._queries(EMPTY)
        self.assertIn("FROM res_users account JOIN res_partner person", reader)
        self.assertIn("FROM collab_mark", menu)
        self.assertIn("FROM collab_change", menu)

    def _written(self):
        """Some documents and discussions, that her colleague and she have commented.

        :return tuple[int, int]: a discussion with answers and comments of both, and a document with comments
        """
        colleague = self.env(user=self._user("ben", networks=self.blue, territories=self.port), su=False)
        own = self.env(user=self.member, su=False)
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        question = colleague["forum.post"].create({"name": "Qui sait ?", "content": "<p>Dites.</p>", "forum_id": forum})
        content = b"Une grille"
        upload = colleague["collab.upload"]._start("grille.txt", len(content))
        upload._append(0, io.BytesIO(content))
        folder = self.env.ref("collab_ressources.directory_tools")
        document = upload._deposit({"title": "Grille", "directory_id": folder.id})
        for env in (own, colleague, own):
            answer = env["forum.post"].create({"parent_id": question.id, "content": "<p>Moi.</p>"})
            colleague["collab.forum.comment"].create({"post_id": answer.id, "body": "Merci"})
            env["collab.document.comment"].create({"document_id": document.id, "body": "Merci"})
        self.env.flush_all()
        self._has_come()
        return question.id, document.id

    def _announced(self):
        """News of her colleague, near her and elsewhere, of which one is pinned, that she comments.

        :return int: the last one
        """
        colleague = self.env(user=self.env["res.users"].search([("login", "=", "ben")]), su=False)
        job = self.env.ref("collab_actualites.type_job").id
        for number in range(25):
            near = {"audience_territory_ids": self.port.ids} if number < 4 else {}
            vals = {"name": f"Annonce {number}", "type_id": job, "deadline": today(), **near}
            news = colleague["collab.news"].create(vals)
            self.env(user=self.member, su=False)["collab.news.comment"].create({"news_id": news.id, "body": "Merci"})
        news.sudo().pinned_until = today()
        self.env.flush_all()
        self._has_come()
        return news.id

    def test_a_page_asks_no_more_of_the_base_than_its_limit(self):
        discussion, document = self._written()
        news = self._announced()
        pages = {
            **{"empty": EMPTY, "home": "/", "list": "/forum", "discussion": f"/forum/{discussion}"},
            **{"library": "/ressources", "document": f"/ressources/{document}"},
            "download": f"/ressources/{document}/telecharger",
            **{"news": "/pour-moi", "favourites": "/pour-moi/favoris"},
            **{"feed": "/actualites", "announcement": f"/actualites/{news}"},
        }
        for name, path in pages.items():
            with self.subTest(name):
                asked = self._queries(path)
                self.assertLessEqual(len(asked) + SIGNALLING, LIMITS[name], "\n".join(asked))

    def test_an_answer_asks_no_more_of_the_base_than_its_limit(self):
        discussion, _document = self._written()
        for words in ("<p>La première.</p>", "<p>Et une autre.</p>"):
            page = self.url_open(f"/forum/{discussion}").text
            form = page.partition(f'action="/forum/{discussion}/repondre')[2]
            hidden = {
                name: form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("csrf_token", "jeton")
            }
            self.assertTrue(all(hidden.values()))
            data = {**hidden, "contenu": words, "riche": "1"}
            asked = self._asked(f"/forum/{discussion}/repondre", data=data, allow_redirects=False)
        self.assertLessEqual(len(asked) + SIGNALLING, LIMITS["answer"], "\n".join(asked))

    def test_what_a_request_has_read_of_somebody_is_not_what_the_next_one_knows(self):
        page = self.url_open("/").text
        self.assertIn(self.blue.name, page)
        self.member.partner_id.write({"network_ids": self.green.ids, "firstname": "Anne"})
        page = self.url_open("/").text
        self.assertIn("Anne", page)
        # sudo: what he is refused, as the door finds it
        self.member.sudo().accepted_charter_id = False
        self.assertEqual(self.url_open("/", allow_redirects=False).headers["Location"], "/charte")

    def test_the_route_and_not_the_name_of_a_template_chooses_the_light_way(self):
        def is_light(path):
            # Core marks each script of a page for its web client; ours have none.
            return "onerror=" not in self.url_open(path).text

        for path in (EMPTY, "/", "/forum", "/mentions-legales", "/page-absente", "/forum/999999999"):
            with self.subTest(path):
                self.assertTrue(is_light(path))
        self.assertFalse(is_light(STOCK))
        # One after the other: what both ways render is not mixed up.
        self.assertTrue(is_light(EMPTY))

    def test_the_frame_is_kept_until_a_network_changes(self):
        def networks():
            footer = self.url_open(EMPTY).text.partition("c-footer__networks")[2].partition("</ul>")[0]
            return re.findall(r">([^<>]+)</span>", footer)

        before = networks()
        self.assertIn(self.blue.name, before)
        with patch.object(self.env.registry["ir.qweb"], "_render_iterall", autospec=True) as rendering:
            self.assertEqual(
                self.env["ir.qweb"].with_context(lang="fr_FR")._frame("collab_habillage.footer").count("<li"),
                len(before) + 4,
            )
            rendering.assert_not_called()
        self.blue.name = "Bleu"
        self.assertEqual(networks(), ["Bleu" if name == "Blue" else name for name in before])
