import gzip

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.http_routing.tests.common import MockRequest

from ..ground import TILES

NANTES, ANGERS = {"zip": "44000", "city": "Nantes"}, {"zip": "49000", "city": "Angers"}
LONG_NAME = "Association intermédiaire pour l’emploi " * 8
HOSTILE = '<script>alert("x")</script> & Fils'


@tagged("post_install", "-at_install")
class TestMap(CharterCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay = cls._at("Le Relais", NANTES, [cls.blue], [cls.port])
        cls.garage = cls._at("Atelier Vélo", ANGERS, [cls.green], [cls.hills])
        cls.both = cls._at("Zénith", NANTES, [cls.blue, cls.green], [cls.north])
        cls.nowhere = cls._organisation("Sans adresse", [cls.blue], [cls.port])
        cls.elsewhere = cls._at("À Paris", {"zip": "75001", "city": "Paris"}, [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=cls.relay)
        cls.alice.partner_id.write(
            {"function": "Éducatrice", "phone": "06 11 22 33 44", "email": "alice@relais.example"}
        )
        cls.hidden = cls._user("hugo", organisation=cls.relay)
        cls.hidden.partner_id.is_listed = False
        cls.reader = cls._user("bea", networks=[cls.green])
        cls.own = {cls.relay, cls.garage, cls.both, cls.nowhere, cls.elsewhere}

    @classmethod
    def _at(cls, name, address, networks=(), territories=()):
        organisation = cls._organisation(name, networks, territories)
        organisation.write({"street": "5 quai de la Fosse", **address})
        return organisation

    def setUp(self):
        super().setUp()
        self.authenticate("bea", "bea-password-2026")

    def _points(self, query=""):
        """:return dict: by name, what the map is given of each organisation of this test"""
        said = self.url_open(f"/carte/points{query}").json()["organisations"]
        names = {one.id for one in self.own}
        return {name: (networks, points) for number, name, networks, points in said if number in names}

    def _listed(self, query):
        """:return set[str]: the organisations of this test that the list shows, on all of its pages"""
        found, address = set(), f"/carte{query}"
        while address:
            page = html.fromstring(self.url_open(address).text)
            found |= set(page.xpath("//ul[contains(@class, 'c-rows')]//a[@data-structure]/text()"))
            address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
        return found & {one.name for one in self.own}

    def _card(self, organisation):
        return self.url_open(f"/carte/structures/{organisation.id}")

    def test_a_member_of_any_network_finds_every_organisation_that_has_a_position(self):
        found = self._points()
        self.assertEqual(set(found), {"Le Relais", "Atelier Vélo", "Zénith"})
        networks, [point] = found["Zénith"]
        self.assertEqual(networks, [self.blue.id, self.green.id])
        commune = self.both.commune_id
        self.assertEqual(point[1:], [commune.latitude, commune.longitude, 1])

    def test_two_organisations_at_the_same_point_are_both_there(self):
        found = self._points()
        self.assertEqual(found["Le Relais"][1][0][1:], found["Zénith"][1][0][1:])

    def test_the_list_is_the_twin_of_the_map(self):
        self.assertEqual(self._listed("?vue=liste"), {one.name for one in self.own})
        self.assertEqual(self._listed("?vue=sans-emplacement"), {"Sans adresse", "À Paris"})
        page = self.url_open("/carte").text
        self.assertIn("ne sont pas sur la carte", page)

    def test_a_site_has_its_own_pin_and_the_card_says_both_addresses(self):
        self.env["res.partner"].create(
            {"name": "Garage", "type": "site", "parent_id": self.relay.id, "street": "2 rue du Chantier", **ANGERS}
        )
        self.assertEqual(len(self._points()["Le Relais"][1]), 2)
        card = self._card(self.relay).text
        for said in ("5 quai de la Fosse", "2 rue du Chantier", "Emplacement approximatif"):
            self.assertIn(said, card)

    def test_an_exact_pin_is_not_said_to_be_approximate(self):
        self.relay._place_by_hand(47.2091, -1.5602)
        self.assertEqual(self._points()["Le Relais"][1][0][1:], [47.2091, -1.5602, 0])
        self.assertNotIn("approximatif", self._card(self.relay).text)

    # Filters

    def test_the_map_is_filtered_by_network(self):
        self.assertEqual(set(self._points(f"?reseau={self.blue.id}")), {"Le Relais", "Zénith"})
        self.assertEqual(set(self._points(f"?reseau={self.green.id}")), {"Atelier Vélo", "Zénith"})

    def test_a_departement_finds_its_areas_and_what_acts_in_the_whole_of_it(self):
        self.assertEqual(set(self._points(f"?territoire={self.north.id}")), {"Le Relais", "Zénith"})
        self.assertEqual(set(self._points(f"?territoire={self.port.id}")), {"Le Relais", "Zénith"})
        self.assertEqual(set(self._points(f"?territoire={self.hills.id}")), {"Atelier Vélo"})

    def test_it_is_filtered_by_type_of_organisation(self):
        kind = self.env["collab.organisation.kind"].create({"name": "Ressourcerie"})
        self.garage.kind_ids = kind
        self.assertEqual(set(self._points(f"?type={kind.id}")), {"Atelier Vélo"})
        self.assertIn("Ressourcerie", self._card(self.garage).text)

    def test_filters_add_up_and_each_choice_says_how_many_it_leaves(self):
        query = f"?reseau={self.green.id}&territoire={self.north.id}"
        self.assertEqual(set(self._points(query)), {"Zénith"})
        page = html.fromstring(self.url_open(f"/carte?reseau={self.green.id}").text)
        choice = f"//a[contains(@href, 'territoire={self.hills.id}')]/span[@class='c-pick__count']/text()"
        self.assertEqual(page.xpath(choice), ["1"])

    def test_a_filter_that_finds_nothing_is_taken_away_with_a_button(self):
        empty = self.env["collab.network"].create({"name": "Empty", "code": "empty"})
        page = self.url_open(f"/carte?reseau={empty.id}").text
        self.assertIn("Aucune structure ne correspond à ces filtres.", page)

    def test_what_the_address_names_and_nobody_knows_is_not_found(self):
        for query in ("reseau=0", "reseau=999999", "territoire=x", "type=999999", "structure=999999999"):
            with self.subTest(query), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/carte?{query}").status_code, 404)

    # Who is seen

    def test_a_card_leads_to_the_people_who_work_there(self):
        card = self._card(self.relay).text
        self.assertIn(f'href="/annuaire/{self.alice.partner_id.id}"', card)
        self.assertIn("Éducatrice", card)
        self.assertIn(f'href="/annuaire/structures/{self.relay.id}"', card)

    def test_what_a_person_hides_is_nowhere_on_the_map(self):
        everything = self._card(self.relay).text + self.url_open("/carte").text + self.url_open("/carte/points").text
        for secret in ("06 11 22 33 44", "0611223344", "alice@relais.example"):
            self.assertNotIn(secret, everything)

    def test_who_is_not_in_the_directory_is_neither_named_nor_counted(self):
        self.assertNotIn("hugo", self._card(self.relay).text)
        people = self.env["collab.member"].with_user(self.reader)._index()
        self.assertEqual(people.sides["organisation"][self.relay.id].bit_count(), 1)

    def test_an_archived_organisation_and_those_of_odoo_are_as_if_they_were_not(self):
        gone = self._at("Partie", NANTES, [self.blue])
        gone.active = False
        self.own.add(gone)
        self.addCleanup(self.own.discard, gone)
        self.assertNotIn("Partie", self._points())
        for number in (gone.id, self.env.company.partner_id.id, self.alice.partner_id.id):
            with self.subTest(number), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/carte/structures/{number}").status_code, 404)

    def test_before_the_charter_there_is_nothing(self):
        nadia = self._user("nadia", accepts=False, networks=[self.blue])
        self.assertEqual(self.env["collab.organisation"].with_user(nadia)._index().entries, [])

    def test_names_that_are_long_or_hostile_do_no_harm(self):
        for name in (LONG_NAME, HOSTILE):
            organisation = self._at(name, NANTES, [self.blue])
            for page in (self._card(organisation), self.url_open(f"/carte?structure={organisation.id}&vue=liste")):
                with self.subTest(name[:20]):
                    self.assertEqual(
                        html.fromstring(page.text).xpath("//h2[@id='map-card-title']/text()"), [name.strip()]
                    )
                    self.assertNotIn("<script>alert", page.text)

    # What it costs

    def test_a_thousand_organisations_weigh_little_and_cost_few_queries(self):
        communes = self.env["collab.commune"].search([], limit=1000)
        self.env["res.partner"].create(
            [
                {
                    "name": f"Association pour l’insertion de {commune.name}",
                    "is_company": True,
                    "network_ids": [self.blue.id, self.green.id],
                    "zip": commune.postal_codes[:5],
                    "city": commune.name,
                }
                for commune in communes
            ]
        )
        answer = self.url_open("/carte/points")
        self.assertGreater(len(answer.json()["organisations"]), 990)
        self.assertLess(len(gzip.compress(answer.content)), 200_000)
        self.assertEqual(answer.headers["Cache-Control"], "private, no-cache")
        again = self.url_open("/carte/points", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        for address in ("/carte", "/carte/points", f"/carte?structure={self.relay.id}"):
            # Templates and names are then in memory.
            self.url_open(address)
            before = self.env.cr.sql_log_count
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, 200)
                self.assertLessEqual(self.env.cr.sql_log_count - before, 12)

    # What lies under the pins

    def test_no_page_names_a_third_party_until_an_administrator_chooses_one(self):
        page = self.url_open("/carte")
        self.assertNotIn("data-tiles", page.text)
        for tiles in TILES.values():
            self.assertNotIn(tiles.source, page.headers["Content-Security-Policy"])
        admin = self._user("ada", "administrator")
        self.env["res.config.settings"].with_user(admin).create({"collab_tiles": "ign"}).execute()
        page = self.url_open("/carte")
        self.assertIn("data-tiles", page.text)
        self.assertIn("reçoit ainsi l’adresse IP de votre appareil", page.text)
        self.assertIn("img-src 'self' https://data.geopf.fr data: blob:", page.headers["Content-Security-Policy"])
        for address in ("/", f"/annuaire/{self.alice.partner_id.id}", "/mon-compte"):
            with self.subTest(address):
                self.assertNotIn("geopf", self.url_open(address).headers["Content-Security-Policy"])

    def test_the_small_map_is_a_link_without_script(self):
        place = self.env["collab.place"].with_user(self.reader).browse(self.relay.id)
        networks = [one for one in self.env["collab.network"]._branding() if one["id"] == self.blue.id]
        env = self.env(user=self.reader, context={"lang": "fr_FR"})
        with MockRequest(env, website=env["website"].get_current_website()):
            shown = str(env["ir.qweb"]._render("collab_annuaire.small_map", {"place": place, "networks": networks}))
        self.assertEqual(html.fromstring(shown).xpath("//a/@href"), [f"/carte?structure={self.relay.id}"])
        self.assertIn("Emplacement approximatif", shown)
