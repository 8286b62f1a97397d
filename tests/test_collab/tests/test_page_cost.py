import re
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.collab_reseaux.moments import today

EMPTY, CYCLE, STOCK = "/test/page-vide", "/test/deux-mots", "/test/page-de-reference"


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
        # She has come today: a test commits nothing, and would note it at each request.
        self.env["collab.fact"]._noted()[today()] = {(self.member.id, "come", "")}

    def _queries(self, path):
        """:return list[str]: what the server asks of PostgreSQL to answer, but for the savepoints of the tests"""
        self.assertEqual(self.url_open(path).status_code, 200)  # caches of the server
        queries = []
        execute = Cursor.execute

        def executing(cursor, query, *args, **kwargs):
            queries.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", executing):
            self.url_open(path)
        return [query for query in queries if "SAVEPOINT" not in query]

    def test_a_request_asks_once_who_is_there(self):
        [query] = self._queries(CYCLE)
        self.assertIn("FROM res_users account JOIN res_partner person", query)

    def test_the_menu_costs_two_queries_however_many_contents_it_counts(self):
        self.assertGreaterEqual(len(self.env["collab.contents"]._names()), 3)
        reader, *others = self._queries(EMPTY)
        self.assertIn("FROM res_users account JOIN res_partner person", reader)
        self.assertEqual(sorted("FROM collab_mark" in query for query in others), [False, True], "\n".join(others))
        self.assertEqual(sum("FROM collab_change" in query for query in others), 1)

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
