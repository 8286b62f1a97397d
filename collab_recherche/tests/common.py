import re
from collections import Counter

from lxml import html

from odoo.tests import HttpCase, TransactionCase

from odoo.addons.collab_charte.tests.common import CharterCase

from ..controllers import search
from ..models.collab_search import Found
from ..pace import Pace
from ..query import Query, Synonyms
from ..words import Vector

WORDS = "domiciliation"


class TextCase(TransactionCase):
    """Texts alone, without contents: what PostgreSQL finds in them of what somebody types."""

    def _found(self, typed, *texts, synonyms=(), corrections=None):
        """
        :param str typed:
        :param str texts: in which one looks
        :param Iterable[str] synonyms: each a line
        :param Mapping[str, str] | None corrections: as ``Query``
        :return list[str]: those that are found
        """
        known = Counter()
        for text in texts:
            known.update(list(self._vector(text).words))
        query = Query(typed, Synonyms(synonyms), known, corrections)
        for level in [] if query.is_empty else [*query.levels, *query.looser]:
            if found := self._having(level, *texts):
                return found
        return []

    def _having(self, level, *texts):
        """:return list[str]: the texts that a ``tsquery`` finds"""
        self.env.cr.execute(
            "SELECT place FROM unnest(%s) WITH ORDINALITY AS one (vector, place)"
            " WHERE vector::tsvector @@ %s::tsquery ORDER BY place",
            ([str(self._vector(text)) for text in texts], level),
        )
        places = self.env.cr.fetchall()
        return [texts[place - 1] for (place,) in places]

    def _vector(self, text):
        vector = Vector()
        vector.add(text)
        return vector


class SearchCase(CharterCase, HttpCase):
    """Ana and Bob are of the blue network, at the port; Ada is an administrator. What is found is said by each test:
    who finds what is tried where there are contents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls._user("ana", networks=cls.blue, territories=cls.port)
        cls.bob = cls._user("bob", networks=cls.blue, territories=cls.port)
        cls.ada = cls._user("ada", "administrator")

    def setUp(self):
        super().setUp()
        self.asked = []
        # A test asks faster than anybody types.
        self.patch(search, "PACE", Pace(at_once=10_000, a_second=1))
        self._come(self.ana)

    def _come(self, person):
        self.env.flush_all()
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _find(self, total, **found):
        """Let every search find so many things of one kind; what is asked is kept in ``asked``.

        :param found: what differs in ``Found``
        """
        hits = [("res.partner", number) for number in range(1, total + 1)]
        answer = Found(**{"total": total, "counts": {"x": total}, "facets": {}, "hits": hits, **found})

        def find(model, asked):
            self.asked.append(asked)
            return answer

        def rows(model, asked, found, offset, size):
            return [
                {"template": "collab_suivi.content_row", "row": self._row(number)}
                for _name, number in found.hits[offset : offset + size]
            ]

        Search = self.env.registry["collab.search"]
        self.patch(Search, "_find", find)
        self.patch(Search, "_rows", rows)
        self.patch(Search, "_kinds", lambda model: {"x": "Choses", "y": "Autres choses"})
        # Only things of the first kind have a date.
        named = {"x": "res.partner"}
        self.patch(self.env.registry["collab.contents"], "_name_of", lambda contents, slug: named.get(slug))

    def _row(self, number):
        row = {"title": f"Chose {number}", "url": f"/x/{number}", "when": "hier", "author": "Ana", "audience": ""}
        return {**row, "id": number, "is_new": False}

    def _page(self, address=f"/recherche?q={WORDS}"):
        """:return HtmlElement: its main part"""
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, address)
        [main] = html.fromstring(answer.content).xpath("//main")
        return main

    def _said(self, element):
        """:return str: its text, with one ordinary space where there are some of any kind"""
        return " ".join(element.text_content().split())

    def _heading(self, main):
        [heading] = main.xpath(".//h1")
        return self._said(heading)

    def _send(self, path, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/recherche").text)[1]
        return self.url_open(path, data={"csrf_token": token, **data})
