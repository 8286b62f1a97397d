import json
import re
from urllib.parse import quote

from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MAIL, PHONE, DirectoryCase


@tagged("post_install", "-at_install")
class TestDirectory(DirectoryCase):
    """Bruno, of another network, looks for his colleagues."""

    def setUp(self):
        super().setUp()
        self._as(self.bruno)

    def _names(self, **asked):
        """:return list[str]: the people whom the list shows, in its order"""
        query = "&".join(f"{name}={quote(str(value))}" for name, value in asked.items())
        page = html.fromstring(self._text(f"/annuaire?{query}"))
        titles = page.xpath("//main//div[contains(@class, 'c-columns')]/div//h3[@class='c-row__title']")
        return [" ".join(title.text_content().split()) for title in titles]

    def _suggested(self, typed, **more):
        query = "".join(f"&{name}={value}" for name, value in more.items())
        return json.loads(self._text(f"/annuaire/suggestions?q={quote(typed)}{query}"))

    def _count(self, side, value):
        """:return int | None: how many people the list says that it finds with a choice"""
        page = html.fromstring(self._text("/annuaire"))
        links = page.xpath(f"//a[contains(@href, '{side}={value}')]/span[@class='c-pick__count']")
        return int(links[0].text_content()) if links else None

    # What is found

    def test_people_are_listed_by_last_name_whatever_accents_and_particles(self):
        found = self._names(q="essai")
        self.assertEqual(found, ["Alice Évrard"])
        self.assertEqual(self._names(territoire=self.north.id), ["Alice Évrard", "Léo de La Tour"])

    def test_a_search_finds_a_name_a_job_an_organisation_and_a_town(self):
        for typed in ("evrard", "alice evr", "educatrice essai", "le relais", "portville", "evrad", "portvile"):
            with self.subTest(typed):
                self.assertEqual(self._names(q=typed)[:1], ["Alice Évrard"])

    def test_somebody_who_can_help_is_found_by_theme_and_by_territory(self):
        self.assertEqual(self._names(aide=self.mobility.id), ["Alice Évrard"])
        self.assertEqual(self._names(aide=self.mobility.id, territoire=self.north.id), ["Alice Évrard"])
        self.assertEqual(self._names(aide=self.mobility.id, territoire=self.south.id), [])
        self.assertEqual(self._names(aide=self.housing.id), [])

    def test_a_departement_finds_those_of_its_areas_and_an_area_those_of_the_whole_departement(self):
        self.assertEqual(self._names(territoire=self.north.id), ["Alice Évrard", "Léo de La Tour"])
        self.assertEqual(self._names(territoire=self.port.id), ["Alice Évrard", "Léo de La Tour"])
        # Léo is of the whole north, where this area begins; it ends in the south.
        self.assertEqual(self._names(territoire=self.rives_south.id), ["Léo de La Tour"])
        self.assertEqual(self._names(territoire=self.hills.id), ["Bruno Zacharie"])

    def test_filters_add_up_and_each_choice_says_how_many_it_leaves(self):
        self.assertEqual(self._count("territoire", self.north.id), 2)
        self.assertEqual(self._count("aide", self.mobility.id), 1)
        self.assertIsNone(self._count("aide", self.housing.id))
        both = self._names(reseau=self.green.id, territoire=self.north.id)
        self.assertEqual(both, ["Léo de La Tour"])
        self.assertEqual(self._names(structure=self.house.id), ["Alice Évrard"])
        self.assertEqual(self._names(metier="educatrice d essai"), ["Alice Évrard"])

    def test_a_filter_that_is_on_is_in_the_address_and_goes_away_alone(self):
        page = html.fromstring(self._text(f"/annuaire?q=alice&aide={self.mobility.id}&territoire={self.port.id}"))
        chips = page.xpath("//a[contains(@class, 'c-chip is-on')]")
        self.assertEqual(len(chips), 3)
        [theme] = [chip.get("href") for chip in chips if "Mobilité d’essai" in chip.text_content()]
        self.assertIn("q=alice", theme)
        self.assertIn(f"territoire={self.port.id}", theme)
        self.assertNotIn("aide", theme)

    @mute_logger("odoo.http")
    def test_an_address_that_names_what_there_is_not_leads_nowhere(self):
        for asked in ("territoire=999999999", "aide=x", "reseau=1e3", "structure=-1", f"aide={'9' * 5000}"):
            with self.subTest(asked[:30]):
                self.assertEqual(self.url_open(f"/annuaire?{asked}").status_code, 404)
        # A job that nobody has any more, an order and a page that are none are read all the same.
        self.assertEqual(self._names(metier="alchimiste"), [])
        self.assertEqual(self._names(q="alice", tri="nothing", vue="nothing", page="x"), ["Alice Évrard"])

    def test_two_people_of_the_same_name_are_both_listed_with_their_organisations(self):
        other = self._organisation("Autre maison d’essai", [self.blue], [self.port])
        self._person("alice2", "Alice", "Évrard", organisation=other)
        page = self._text("/annuaire?q=alice+evrard")
        self.assertEqual(self._names(q="alice evrard"), ["Alice Évrard", "Alice Évrard"])
        for house in ("Le Relais d’essai", "Autre maison d’essai"):
            self.assertIn(house, page)

    def test_those_near_me_and_those_who_have_just_come_have_their_own_lists(self):
        self.assertEqual(self._names(vue="proches"), ["Bruno Zacharie"])
        self.assertIn("Alice Évrard", self._names(vue="arrivees", q="alice"))
        self.env.cr.execute("UPDATE res_users SET create_date = '2020-01-01' WHERE id = %s", [self.alice.id])
        self.alice.partner_id.function = "Éducatrice"
        self.env.flush_all()
        self.assertEqual(self._names(vue="arrivees", q="alice"), [])

    def test_people_are_also_listed_by_organisation(self):
        first = self._organisation("Aaa d’essai", [self.blue], [self.port])
        self._person("zoe", "Zoé", "Zzz", organisation=first)
        self.assertEqual(self._names(tri="structure", territoire=self.port.id)[:2], ["Zoé Zzz", "Alice Évrard"])

    def test_nobody_is_found_and_the_page_says_what_to_do(self):
        page = self._text(f"/annuaire?q=alice&aide={self.housing.id}")
        self.assertIn("Personne ne correspond à cette recherche", page)
        self.assertIn("Effacer le filtre", page)

    def test_names_of_three_hundred_letters_do_not_break_a_page(self):
        long = "Structure " + "x" * 290
        self.house.name = long
        self.env.flush_all()
        for address in (
            "/annuaire?q=alice",
            "/annuaire/structures?q=structure",
            f"/annuaire/{self.alice.partner_id.id}",
        ):
            self.assertIn(long, self._text(address))

    # Suggestions

    def test_suggestions_lead_to_people_themes_and_organisations(self):
        [first, *_rest] = self._suggested("alice ev")
        self.assertEqual((first["label"], first["address"]), ("Alice Évrard", f"/annuaire/{self.alice.partner_id.id}"))
        self.assertEqual(first["said"], "Éducatrice d’essai · Le Relais d’essai")
        themes = [one for one in self._suggested("mobilite d") if "Mobilité d’essai" in one["label"]]
        self.assertEqual([one["address"] for one in themes], [f"/annuaire?aide={self.mobility.id}"])
        houses = self._suggested("relais essai", quoi="structures")
        self.assertEqual([one["address"] for one in houses], [f"/annuaire/structures/{self.house.id}"])
        for nothing in ("", "   ", "zzzzzzzz"):
            self.assertEqual(self._suggested(nothing), [])

    # What is hidden is found by no path

    def test_a_hidden_phone_and_a_hidden_address_are_on_no_page_and_found_by_no_search(self):
        number = self.alice.partner_id.id
        for address in (
            "/annuaire?q=alice",
            f"/annuaire/{number}",
            f"/annuaire/{number}.vcf",
            "/annuaire/suggestions?q=alice",
        ):
            page = self._text(address)
            self.assertIn("Alice", page)
            for secret in (PHONE, PHONE.replace(" ", ""), MAIL):
                self.assertNotIn(secret, page, address)
        for typed in (PHONE, PHONE.replace(" ", ""), "99 99", MAIL, "secret", "relais.example"):
            with self.subTest(typed):
                self.assertNotIn("Alice Évrard", [one["label"] for one in self._suggested(typed)])
                if typed != "relais.example":
                    self.assertNotIn("Alice Évrard", self._names(q=typed))

    def test_a_phone_that_is_shown_is_on_the_list_and_is_gone_at_the_next_click_once_hidden(self):
        self.alice.partner_id.shows_phone = True
        self.env.flush_all()
        self.assertIn(PHONE, self._text("/annuaire?q=alice"))
        self.alice.partner_id.shows_phone = False
        self.env.flush_all()
        self.assertNotIn(PHONE, self._text("/annuaire?q=alice"))

    def test_the_order_of_the_list_says_nothing_of_what_is_hidden(self):
        before = self._names(territoire=self.north.id)
        self.alice.partner_id.write({"phone": "09 99 99 99 99", "email": "zzz@relais.example"})
        self.env.flush_all()
        for order in ("phone", "email", "telephone", "structure"):
            self.assertEqual(sorted(self._names(territoire=self.north.id, tri=order)), sorted(before))
        self.assertEqual(self._names(territoire=self.north.id, tri="phone"), before)

    def test_who_is_not_listed_is_in_no_list_no_count_and_no_suggestion(self):
        self.alice.partner_id.is_listed = False
        self.env.flush_all()
        for asked in (
            {"q": "alice"},
            {"aide": self.mobility.id},
            {"structure": self.house.id},
            {"vue": "arrivees", "q": "alice"},
        ):
            self.assertNotIn("Alice Évrard", self._names(**asked))
        self.assertIsNone(self._count("aide", self.mobility.id))
        self.assertEqual(self._count("territoire", self.north.id), 1)
        self.assertNotIn("Alice Évrard", [one["label"] for one in self._suggested("alice")])
        self.assertNotIn("1 personne", self._text("/annuaire/structures?q=relais+essai"))

    def test_who_leaves_or_comes_back_is_so_at_the_next_click(self):
        self.assertEqual(self._names(q="alice"), ["Alice Évrard"])
        self.alice.active = False
        self.env.flush_all()
        self.assertEqual(self._names(q="alice"), [])
        self.alice.active = True
        self.env.flush_all()
        self.assertEqual(self._names(q="alice"), ["Alice Évrard"])

    def test_whatever_changes_what_finds_somebody_changes_the_list(self):
        port, own = f"territoire={self.port.id}", self.leo.partner_id
        for change, address, is_found in (
            ({"territory_ids": [self.hills.id]}, port, False),
            ({"territory_ids": [self.port.id]}, port, True),
            ({"network_ids": [self.blue.id]}, f"reseau={self.blue.id}", True),
            ({"help_theme_ids": [self.housing.id]}, f"aide={self.housing.id}", True),
            ({"parent_id": self.house.id}, f"structure={self.house.id}", True),
            ({"lastname": "Quelquun"}, "q=quelquun", True),
            ({"function": "Veilleur"}, "q=veilleur", True),
        ):
            with self.subTest(change):
                own.write(
                    {name: [(6, 0, value)] if isinstance(value, list) else value for name, value in change.items()}
                )
                self.env.flush_all()
                self.assertEqual("Léo " in self._text(f"/annuaire?{address}"), is_found)
        self.house.name = "Maison rebaptisée"
        self.env.flush_all()
        self.assertIn("Léo ", self._text("/annuaire?q=rebaptisee"))

    def test_whoever_may_read_nothing_finds_nobody(self):
        reader = self._user("closed", accepts=False, networks=[self.green])
        member = self.env["collab.member"].with_user(reader)
        self.assertEqual(member._index().entries, [])
        self.assertEqual(self.env["collab.organisation"].with_user(reader)._index().entries, [])

    # Organisations

    def test_organisations_are_found_by_name_network_and_territory(self):
        for asked in ("q=relais+essai", f"q=relais&reseau={self.blue.id}", f"q=portville&territoire={self.port.id}"):
            page = self._text(f"/annuaire/structures?{asked}")
            self.assertIn("Le Relais d’essai", page)
            self.assertIn("1 personne", page)
        self.assertNotIn("Le Relais d’essai", self._text(f"/annuaire/structures?territoire={self.hills.id}"))

    def test_an_organisation_is_found_by_the_town_of_one_of_its_sites(self):
        self.env["res.partner"].create(
            {"name": "Site", "type": "site", "parent_id": self.house.id, "city": "Antenneville"}
        )
        self.env.flush_all()
        self.assertIn("Le Relais d’essai", self._text("/annuaire/structures?q=antenneville"))

    # The first visit

    def test_the_first_visit_says_what_the_others_see_until_it_is_closed(self):
        page = self._text("/annuaire")
        self.assertIn("J’ai compris", page)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.url_open("/annuaire/compris", data={"csrf_token": token})
        page = self._text("/annuaire")
        self.assertNotIn("J’ai compris", page)
        self.assertIn("Votre e-mail et votre téléphone restent cachés", page)

    def test_who_has_opened_his_card_is_not_told_any_more(self):
        self._text("/mon-compte/fiche")
        self.assertNotIn("J’ai compris", self._text("/annuaire"))

    def test_the_menu_has_the_directory_and_the_map_after_the_contents(self):
        menu = html.fromstring(self._text("/annuaire")).xpath("//nav[contains(@class, 'c-nav')]//a/@href")
        if menu:
            self.assertLess(menu.index("/annuaire"), menu.index("/carte"))

    def test_a_page_costs_few_queries_whatever_its_filters(self):
        for address in ("/annuaire", "/annuaire/structures"):
            self._text(address)
        for address, most in (
            ("/annuaire", 12),
            ("/annuaire?q=alice", 12),
            (f"/annuaire?aide={self.mobility.id}&territoire={self.north.id}", 12),
            ("/annuaire/structures", 12),
            ("/annuaire/suggestions?q=alice", 6),
        ):
            with self.subTest(address), self.assertQueryCount(most):
                self._text(address)
