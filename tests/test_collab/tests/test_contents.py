import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_contribution.tests.common import SearchedCase
from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.moments import today
from odoo.addons.collab_suivi.content import Entry, Part, Searched

from .canaries import in_zip
from .world import World

TITLE, SECRET = "Feuillet des bus du matin", "KANARI"


@tagged("post_install", "-at_install")
class TestContents(SearchedCase, World, HttpCase):
    """A content that only declares itself is everywhere, for those to whom it is addressed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Or nothing would be new to anybody.
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        cls.env.invalidate_all()
        cls.leaflets = cls.env["test.collab.leaflet"]
        # No leaflet of a former test, wherever it has been kept.
        cls.leaflet = cls._by(cls.wanda).create({"name": TITLE, "body": SECRET, "audience_network_ids": cls.blue.ids})
        cls.bob = cls._user("bob", organisation=cls.houses[cls.blue])
        cls.bob._accept_charter(cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1")
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        cls.env.invalidate_all()

    @classmethod
    def _by(cls, person):
        return cls.leaflets.with_user(person).sudo(False)

    def _come(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _post(self, path, **data):
        page = self.url_open("/").text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_it_is_in_the_menu_and_on_the_first_page_of_those_to_whom_it_is_addressed(self):
        self._come(self.bob)
        page = self.url_open("/").text
        for said in ('href="/feuillets"', "Derniers feuillets", TITLE, "Un feuillet est nouveau pour vous."):
            self.assertIn(said, page)
        self._come(self.greta)
        page = self.url_open("/").text
        self.assertIn('href="/feuillets"', page)
        self.assertIn("Aucun feuillet", page)
        self.assertNotIn(TITLE, page)
        self.assertNotIn("nouveau pour vous", page)

    def test_beyond_four_contents_a_phone_shows_three_and_the_others_under_more(self):
        def entry(number):
            count = 2 if number == 5 else 0
            return Entry(f"x{number}", f"/x{number}", f"Contenu {number}", "M4 4h16", count)

        def menu(number):
            with patch.object(
                self.registry["collab.contents"], "_menu", lambda contents: tuple(map(entry, range(number)))
            ):
                navigation = self.url_open("/").text.partition("<nav")[2].partition("</nav>")[0]
            always, _plus, under = navigation.partition("c-nav__plus")
            late = [
                name for name in map("Contenu {}".format, range(number)) if name in always.partition("c-nav__late")[2]
            ]
            return late, [name for name in map("Contenu {}".format, range(number)) if name in under], under

        self._come(self.bob)
        self.assertEqual(menu(4)[:2], ([], []))
        late, under, sheet = menu(6)
        self.assertEqual(late, ["Contenu 3", "Contenu 4", "Contenu 5"])
        self.assertEqual(under, late)
        self.assertIn("c-nav__dot", sheet, "something is new under it")

    def test_what_is_new_is_kept_and_followed_is_in_one_list_over_all_contents(self):
        self._come(self.bob)
        self.assertIn(TITLE, self.url_open("/pour-moi").text)
        for mark, page in (("favori", "/pour-moi/favoris"), ("suivi", "/pour-moi/suivis")):
            self.assertNotIn(TITLE, self.url_open(page).text)
            self._post(f"/suivi/feuillet/{self.leaflet.id}/{mark}", on="1")
            self.assertIn(TITLE, self.url_open(page).text)
        self._post("/suivi/feuillet/tout-vu")
        self.assertNotIn(TITLE, self.url_open("/pour-moi").text)
        # Addressed to others since, it is kept by nobody's list; and whoever never read it cannot keep it.
        self.leaflets.browse(self.leaflet.id).audience_network_ids = self.green
        for page in ("/pour-moi", "/pour-moi/favoris", "/pour-moi/suivis"):
            self.assertNotIn(TITLE, self.url_open(page).text)
        answer = self._post(f"/suivi/feuillet/{self.leaflet.id}/favori", on="1")
        self.assertEqual(answer.status_code, 404)

    def test_the_days_on_which_people_come_read_and_write_are_noted_and_nothing_else(self):
        self._come(self.bob)
        self.url_open("/pour-moi")
        self.url_open("/pour-moi")
        self.leaflet.with_user(self.bob)._mark_seen()
        facts = self.env["collab.fact"].search([("user_id", "in", (self.bob | self.wanda).ids)])
        self.assertEqual(
            sorted((fact.user_id.login, fact.kind, fact.content) for fact in facts),
            [("bob", "come", ""), ("bob", "read", "feuillet"), ("wanda", "write", "feuillet")],
        )

    def test_what_somebody_has_published_is_shown_to_those_who_may_read_it(self):
        contents = self.env["collab.contents"]
        own = self._by(self.bob).create({"name": "Le plus récent", "audience_network_ids": self.blue.ids}).name
        # A person; then those of an organisation.
        for people, titles in ((self.wanda, [TITLE]), (self.wanda | self.bob, [own, TITLE])):
            for reader, expected in ((self.bob, titles), (self.greta, [])):
                shown = contents.with_user(reader)._published_by(people, 10)
                self.assertEqual([item["row"]["title"] for item in shown], expected)

    def test_it_is_in_the_archive_of_its_author_and_of_nobody_else(self):
        for person, expected in ((self.wanda, [TITLE]), (self.greta, [])):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                person._write_own_data(archive)
            with zipfile.ZipFile(buffer) as archive:
                names = archive.namelist()
                listed = json.loads(archive.read("feuillet.json"))
                days = json.loads(archive.read("jours.json"))
            self.assertEqual(len(names), len(set(names)), "each content writes under names of its own")
            self.assertEqual([one["titre"] for one in listed], expected)
            self.assertEqual([one["contenu"] for one in days], ["feuillet"] if expected else [])
            self.assertEqual(in_zip(buffer.getvalue()), bool(expected))

    def test_a_search_finds_what_its_readers_read_and_is_told_of_its_changes(self):
        leaflet = self.leaflet.sudo().with_env(self.env)
        self.assertEqual(leaflet._searched(), {leaflet.id: Searched(TITLE, "", (Part(SECRET),))})
        self.assertEqual(leaflet._searched_files(), {leaflet.id: []})
        with self._noted(leaflet):
            self.leaflet.write({"body": "Autre chose"})
        with self._noted():
            self.leaflet.write({"audience_network_ids": False})
        with self._noted(leaflet):
            self.leaflet._withdraw()
        self.assertEqual(leaflet._searched(), {})

    def test_a_search_shows_it_in_its_own_row(self):
        leaflets = self._by(self.bob)
        [row] = leaflets._rows(leaflets._latest([("id", "=", self.leaflet.id)]))
        self._drawn(leaflets, row)

    def test_people_choose_how_often_they_are_told(self):
        self._come(self.bob)
        self.assertIn("Un nouveau feuillet", self.url_open("/mon-compte/notifications").text)

    def test_its_mail_is_written_with_the_rights_of_its_reader(self):
        event = Event("said", self.leaflet)
        self.env["collab.notification"]._notify("leaflet", self.leaflet, event, self.bob | self.greta)
        rows = self.env["collab.notification"].search([("kind", "=", "leaflet")])
        self.assertEqual({row.user_id: bool(row._item()) for row in rows}, {self.bob: True, self.greta: False})

    def test_a_kind_that_nobody_has_declared_is_an_error_and_not_a_silence(self):
        with self.assertRaisesRegex(ValueError, "declared"):
            self.env["collab.notification"]._notify("nothing", self.leaflet, Event("said", self.leaflet), self.bob)

    def test_each_content_has_names_of_its_own_and_says_where_things_are(self):
        contents = [self.env[name] for name in self.env["collab.contents"]._names()]
        said = [model._content() for model in contents]
        for values in (
            [self.env[name]._slug for name in self._marked()],
            [one.address for one in said],
            [one.name for one in said],
            [kind for one in said for kind in one.kinds],
        ):
            self.assertEqual(len(values), len(set(values)), values)
        for model, one in zip(contents, said, strict=True):
            for path in filter(None, (one.title, one.text, one.theme, one.territory, *one.exported.values())):
                self.assertTrue(model._fields[path.partition(".")[0]], f"{model._name}: {path}")
            self.assertTrue(self.env.ref(one.row_template))
            if one.files:
                files = self.env[one.files]
                self.assertEqual(files._fields[files._content_field].comodel_name, model._name)

    def _marked(self):
        names = self.env.registry.descendants(["collab.bookmark.mixin"], "_inherit")
        return [name for name in names if not self.env.registry[name]._abstract]


@tagged("post_install", "-at_install")
class TestActivity(World):
    """People are counted, and nobody is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["collab.fact"].search([("user_id", "!=", 0)]).unlink()
        cls.monday = cls.env["collab.activity"]._begin("week", today() - timedelta(days=14))
        cls.both = cls._user("both", networks=cls.blue | cls.green)

    def _fact(self, person, day, kind="come", content=""):
        values = {"user_id": person.id, "day": day, "kind": kind, "content": content}
        self.env["collab.fact"].create(values)

    def _counted(self, period, start, kind="", content=""):
        named = [("period", "=", period), ("start", "=", start), ("kind", "=", kind), ("content", "=", content)]
        rows = self.env["collab.activity"].search(named)
        return {
            (row.network_id, row.territory_id): (row.people, row.returning_people)
            for row in rows
            if not row.territory_id
        }

    def test_who_belongs_to_two_networks_counts_in_each_and_once_in_the_whole(self):
        for person in (self.wanda, self.greta, self.both):
            self._fact(person, self.monday)
            self._fact(person, self.monday, "read", "document")
        self._fact(self.both, self.monday - timedelta(days=1))
        self.env["collab.activity"]._sum_up()
        none = self.env["collab.network"], self.env["collab.territory"]
        whole = {none: (3, 1), (self.blue, none[1]): (2, 1), (self.green, none[1]): (2, 1)}
        self.assertEqual(self._counted("day", self.monday), whole)
        self.assertEqual(self._counted("week", self.monday), whole)
        alone = {place: (people, 0) for place, (people, _back) in whole.items()}
        self.assertEqual(self._counted("day", self.monday, "read", "document"), alone)

    def test_counting_again_changes_nothing(self):
        self._fact(self.wanda, self.monday)
        self.env["collab.activity"]._sum_up()
        before = self.env["collab.activity"].search_count([])
        self.env["collab.activity"]._sum_up()
        self.assertEqual(self.env["collab.activity"].search_count([]), before)

    def test_today_and_the_week_that_is_not_over_are_not_counted(self):
        self._fact(self.wanda, today())
        self.env["collab.activity"]._sum_up()
        self.assertFalse(self.env["collab.activity"].search([("start", "=", today())]))

    def test_facts_are_gone_after_two_months_and_numbers_stay(self):
        old = today() - timedelta(days=63)
        self._fact(self.wanda, old)
        self._fact(self.wanda, self.monday)
        self.env["collab.activity"]._sum_up()
        self.env["collab.fact"]._gc_old()
        self.assertEqual(self.env["collab.fact"].search([]).mapped("day"), [self.monday])
        self.assertTrue(self._counted("day", self.monday))

    def test_what_members_do_is_noted_once_a_day(self):
        facts = self.env["collab.fact"].with_user(self.wanda).sudo(False)
        for _again in range(2):
            facts._note("read", "document")
        found = self.env["collab.fact"].search([("user_id", "=", self.wanda.id)])
        self.assertEqual([(fact.kind, fact.content, fact.day) for fact in found], [("read", "document", today())])

    def test_nothing_is_left_of_who_is_erased(self):
        self._fact(self.wanda, self.monday)
        self.wanda.active = False
        self.wanda._forget()
        self.assertFalse(self.env["collab.fact"].search([("user_id", "=", self.wanda.id)]))

    def test_a_period_of_which_a_part_is_forgotten_is_not_counted(self):
        first = today() - timedelta(days=62)
        self._fact(self.wanda, first)
        self.env["collab.activity"]._sum_up()
        begun = self.env["collab.activity"].search([("period", "!=", "day")]).mapped("start")
        self.assertFalse([day for day in begun if day < fields.Date.to_date(first)])
