import io

from lxml import etree
from openpyxl import load_workbook

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import CollabCase


@tagged("post_install", "-at_install")
class TestPeopleList(CollabCase):
    """The list of members, as whoever keeps it goes through it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._user("ada", "administrator", networks=cls.green)
        cls.gus = cls._user("gus", "moderator", networks=cls.green)
        cls.green_house = cls._organisation("Green house", cls.green, cls.port)
        cls.blue_house = cls._organisation("Blue house", cls.blue, cls.hills)
        cls.zoe = cls._named("zoe", "Zoé", "Éluard", cls.green_house)
        cls.ana = cls._named("ana", "Ana", "Elie", cls.green_house)
        cls.leo = cls._named("leo", "Léo", "Éluard", cls.blue_house)
        cls.max = cls._named("max", "Max", "Evrard", networks=cls.blue)
        cls.people = cls.zoe | cls.ana | cls.leo | cls.max

    @classmethod
    def _named(cls, login, firstname, lastname, organisation=None, networks=()):
        user = cls._user(login, organisation=organisation, networks=networks)
        user.partner_id.write({"firstname": firstname, "lastname": lastname})
        return user

    def _views(self, person=None, action="res_users_member_action"):
        """:return dict: what the screen of the members receives"""
        action = self.env.ref(f"collab_reseaux.{action}")
        users = self.env["res.users"].with_user(person or self.ada).with_context(lang="fr_FR")
        views = [(view.view_id.id, view.view_mode) for view in action.view_ids]
        return users.get_views([*views, (action.search_view_id.id, "search")])

    def _listed(self, person, domain=(), limit=80):
        arch = etree.fromstring(self._views(person)["views"]["list"]["arch"])
        columns = {node.get("name"): {} for node in arch.iterchildren("field")}
        users = self.env["res.users"].with_user(person)
        found = users.web_search_read(list(domain), columns, limit=limit, order=arch.get("default_order"))
        return [row["id"] for row in found["records"]]

    # ------------------------------------------------------------------ sorted, found

    def test_people_are_sorted_by_last_name_then_first_name_as_the_french_sort(self):
        listed = self._listed(self.ada, [("id", "in", self.people.ids)])
        self.assertEqual(listed, (self.ana | self.leo | self.zoe | self.max).ids)

    def test_a_page_costs_as_much_among_two_hundred_people_as_among_ten(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._listed(self.ada, [("login", "like", "crowd")], limit=80)
            return self.env.cr.sql_log_count - before

        def crowd(start, count):
            group = self.env.ref("collab_reseaux.group_member")
            self.env["res.users"].with_context(no_reset_password=True, tracking_disable=True).create(
                [
                    {
                        "login": f"crowd{number}@example.org",
                        "firstname": f"P{number}",
                        "lastname": f"N{number}",
                        "network_ids": self.green.ids,
                        "group_ids": group.ids,
                    }
                    for number in range(start, start + count)
                ]
            )

        def warm_cost():
            # What creating people has emptied is filled again.
            cost()
            return cost()

        crowd(0, 10)
        few = warm_cost()
        crowd(10, 190)
        self.assertLessEqual(warm_cost(), few + 2)

    def _filtered(self, person, name, action="res_users_member_action"):
        arch = etree.fromstring(self._views(person, action)["views"]["search"]["arch"])
        (node,) = arch.xpath(f"//filter[@name='{name}']")
        found = self.env["res.users"].with_user(person).search(safe_eval(node.get("domain"), {"uid": person.id}))
        return found & (self.people | self.ada | self.gus)

    def test_each_filter_finds_whom_it_names(self):
        self.max.partner_id.network_ids = False
        self.leo.active = False
        for login, months in ((self.zoe, 7), (self.ana, 9), (self.ana, 1)):
            self.env.cr.execute(
                "INSERT INTO res_users_log (create_uid, create_date) VALUES (%s, now() - %s * interval '30.5 days')",
                (login.id, months),
            )
        self.env.invalidate_all()
        for name, found in (
            ("away", self.zoe),
            ("closed", self.leo),
            ("no_organisation", self.max | self.ada | self.gus),
            ("no_network", self.max),
            ("mine", self.zoe | self.ana | self.ada | self.gus),
        ):
            with self.subTest(name):
                self.assertEqual(self._filtered(self.ada, name), found)
        self.assertEqual([self.zoe.is_away, self.ana.is_away, self.max.is_away], [True, False, False])
        for name, found in (("moderators", self.gus), ("administrators", self.ada)):
            with self.subTest(name):
                self.assertEqual(self._filtered(self.ada, name, "res_users_staff_action"), found)

    def test_roles_are_told_of_many_people_as_of_one(self):
        everybody = self.people | self.ada | self.gus
        self.assertEqual([user.platform_role for user in everybody], [user._role() for user in everybody])
        members = self.env["res.users"].search([("platform_role", "=", "member"), ("id", "in", everybody.ids)])
        self.assertEqual(members, self.people)

    # ------------------------------------------------------------------ what the search bar offers

    def test_the_editor_of_filters_offers_some_dozen_fields_in_french(self):
        offered = self.env["res.users"].with_user(self.ada).with_context(lang="fr_FR").searched_fields_get()
        self.assertLessEqual(len(offered), 13)
        names = {description["string"] for description in offered.values()}
        self.assertLessEqual({"Nom", "E-mail", "Fonction", "Structure", "Réseaux", "Territoires", "Rôle"}, names)
        self.assertNotIn("group_ids", offered)

    def test_a_screen_lets_nothing_be_searched_or_grouped_but_what_its_search_bar_names(self):
        views = self._views()
        fields = views["models"]["res.users"]["fields"]
        searchable = [name for name, description in fields.items() if description["searchable"]]
        self.assertEqual(searchable[0], "name", "the editor begins with it")
        self.assertLessEqual(len(searchable), 13)
        # What the list and the form show is still described to them.
        self.assertIn("image_1920", fields)
        groupable = {name for name, description in fields.items() if description["groupable"]}
        self.assertLessEqual({"parent_id", "scope_network_ids"}, groupable)
        self.assertLessEqual(groupable, set(searchable))

    def test_a_model_without_a_search_bar_of_ours_is_searched_by_its_name(self):
        views = self.env["collab.theme"].with_user(self.ada).get_views([(False, "list"), (False, "search")])
        fields = views["models"]["collab.theme"]["fields"]
        self.assertEqual([name for name, description in fields.items() if description["searchable"]], ["name"])
        self.assertEqual(list(self.env["collab.theme"].with_user(self.ada).searched_fields_get()), ["name"])

    # ------------------------------------------------------------------ taken away as a workbook

    def _workbook(self, person, users):
        book = load_workbook(io.BytesIO(users.with_user(person).with_context(lang="fr_FR")._exported()))
        return list(book.active.iter_rows(values_only=True)), book.active

    def test_an_administrator_takes_everybody_away_and_a_moderator_those_of_his_networks(self):
        self.zoe.partner_id.function = "Éducatrice"
        (head, *lines), _sheet = self._workbook(self.ada, self.people)
        self.assertEqual(
            head[:8], ("Nom", "Prénom", "E-mail", "Fonction", "Structure", "Réseaux", "Territoires", "Rôle")
        )
        self.assertEqual([line[0] for line in lines], ["Elie", "Éluard", "Éluard", "Evrard"])
        self.assertEqual(
            lines[2][:8], ("Éluard", "Zoé", "zoe", "Éducatrice", "Green house", "Green", "Port (TN)", "Membre")
        )
        (_head, *lines), _sheet = self._workbook(self.gus, self.people)
        self.assertEqual([line[2] for line in lines], ["ana", "zoe"])

    def test_nothing_that_somebody_typed_becomes_a_formula_or_spoils_the_workbook(self):
        self.zoe.partner_id.write({"function": '=HYPERLINK("http://x")', "lastname": "Bad\x0bname"})
        (_head, line), sheet = self._workbook(self.ada, self.zoe)
        self.assertEqual((line[0], line[3]), ("Badname", '=HYPERLINK("http://x")'))
        self.assertEqual({cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}, {"s"})

    def test_what_is_ticked_is_taken_away_and_all_that_is_shown_if_nothing_is(self):
        domain = [("id", "in", self.people.ids), ("lastname", "=", "Éluard")]
        users = self.env["res.users"].with_context(active_domain=domain)

        def asked(person, ticked):
            url = users.browse(ticked.ids).with_user(person).action_export()["url"]
            return self.env["collab.people.export"].browse(int(url.rpartition("/")[2])).user_ids

        self.assertEqual(asked(self.ada, self.max), self.max)
        self.assertEqual(asked(self.ada, self.max.browse()), self.zoe | self.leo)
        self.assertEqual(asked(self.gus, self.max.browse()), self.zoe)

    # ------------------------------------------------------------------ moved together

    def _move(self, users, organisation, person=None):
        values = {"user_ids": users.ids, "organisation_id": organisation.id}
        return self.env["collab.people.move"].with_user(person or self.ada).with_context(lang="fr_FR").create(values)

    def test_several_people_change_organisation_at_once_and_it_is_said_before(self):
        move = self._move(self.zoe | self.ana | self.max, self.blue_house)
        said = move.consequence.splitlines()
        self.assertEqual(said[0], "2 personnes passent de «\u00a0Green house\u00a0» à «\u00a0Blue house\u00a0».")
        self.assertIn("1 personne sans structure", said[1])
        [readers] = [line for line in said[2:] if line.startswith("2 personnes")]
        for text in ("Blue", "Green", "Hills", "Port"):
            self.assertIn(text, readers)
        self.assertEqual(self.zoe.partner_id.scope_network_ids, self.green, "nothing has changed yet")
        move.action_move()
        self.assertEqual((self.zoe | self.ana | self.max).parent_id, self.blue_house)
        self.assertEqual(self.zoe.partner_id.scope_network_ids, self.blue)

    def test_what_stays_a_person_s_own_is_not_said_to_be_lost(self):
        self.zoe.partner_id.network_ids = self.green
        said = self._move(self.zoe, self.blue_house).consequence
        self.assertIn("1 personne ne verra plus ce qui est adressé à North et Port (TN)", said)

    def test_whoever_is_there_already_stays_without_a_word_on_what_he_reads(self):
        said = self._move(self.zoe, self.green_house).consequence
        self.assertEqual(said, "1 personne est déjà dans «\u00a0Green house\u00a0».")

    def test_moderators_move_nobody(self):
        with self.assertRaises(AccessError):
            self._move(self.zoe, self.green_house, self.gus)

    def test_people_move_to_a_member_organisation_and_to_nothing_else(self):
        archived = self._organisation("Archived", self.blue)
        archived.active = False
        contact = self.env["res.partner"].create({"name": "Contact", "network_ids": self.blue.ids})
        of_odoo = self.env.ref("base.user_admin").partner_id
        for place in (self.leo.partner_id, contact, archived, self.env.company.partner_id, of_odoo):
            with self.subTest(place.name):
                with self.assertRaises(ValidationError):
                    self._move(self.zoe, place).action_move()
                with self.assertRaises(ValidationError):
                    self.zoe.with_user(self.ada).write({"parent_id": place.id})
                with self.assertRaises(ValidationError):
                    self.zoe.partner_id.parent_id = place
                new = {"login": "new@example.org", "firstname": "N", "lastname": "E", "parent_id": place.id}
                with self.assertRaises(ValidationError):
                    self.env["res.users"].with_user(self.ada).create(new)
        self.assertEqual(self.zoe.partner_id.scope_network_ids, self.green)

    def test_who_works_in_what_has_been_archived_since_is_still_brought_up_to_date(self):
        self.zoe.active = self.zoe.partner_id.active = False
        self.ana.partner_id.parent_id = False
        self.green_house.active = False
        self.zoe.partner_id.active = True
        self.zoe.active = True
        self.zoe.with_user(self.ada).write({"function": "Cheffe de service"})
        self.assertEqual((self.zoe.function, self.zoe.parent_id), ("Cheffe de service", self.green_house))
