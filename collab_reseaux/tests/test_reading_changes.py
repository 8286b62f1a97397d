from odoo.tests import Form

from .common import CollabCase


class TestReadingChanges(CollabCase):
    """Whoever changes what people belong to reads first what they will, and will not, read any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = cls._organisation("House", [cls.blue], [cls.port])
        cls.people = cls._user("ana", organisation=cls.house) | cls._user("leo", organisation=cls.house)
        cls.ada = cls._user("ada", "administrator")

    def _form(self, record):
        view = {
            "res.partner": "collab_reseaux.res_partner_organisation_view_form",
            "res.users": "collab_reseaux.res_users_member_view_form",
        }[record._name]
        return Form(record.with_user(self.ada), view)

    def test_nothing_is_said_when_nothing_changes(self):
        form = self._form(self.house)
        self.assertFalse(form.reading_warning)
        form.name = "Another name"
        self.assertFalse(form.reading_warning)

    def test_networks_of_an_organisation(self):
        form = self._form(self.house)
        form.network_ids.add(self.green)
        self.assertEqual(form.reading_warning, "2 people will also see what is addressed to Green.")
        form.network_ids.remove(self.blue.id)
        self.assertEqual(
            form.reading_warning,
            "2 people will no longer see what is addressed to Blue, and will see what is addressed to Green.",
        )
        form.save()
        self.assertEqual(self.people.partner_id.scope_network_ids, self.green, "what was said is what is done")

    def test_who_belongs_by_himself_loses_nothing(self):
        self.people[0].partner_id.network_ids = self.blue
        form = self._form(self.house)
        form.network_ids.clear()
        self.assertEqual(form.reading_warning, "1 person will no longer see what is addressed to Blue.")

    def test_each_group_has_its_sentence(self):
        self.people[0].partner_id.network_ids = self.green
        form = self._form(self.house)
        form.network_ids.add(self.green)
        form.network_ids.remove(self.blue.id)
        self.assertEqual(
            set(form.reading_warning.split("\n")),
            {
                "1 person will no longer see what is addressed to Blue.",
                "1 person will no longer see what is addressed to Blue, and will see what is addressed to Green.",
            },
        )

    def test_an_address_and_a_site(self):
        form = self._form(self.house)
        form.city, form.zip = "Nantes", "44000"
        self.assertIn("2 people will also see what is addressed to", form.reading_warning)
        self.assertIn("Nantes", form.reading_warning)
        form = self._form(self.house)
        with form.site_ids.new() as site:
            site.name, site.zip, site.city = "Annexe", "49300", "Cholet"
        self.assertIn("Cholet", form.reading_warning)
        form.save()
        self.assertIn("Cholet", self.people[0].partner_id.scope_territory_ids.mapped("name"))

    def test_territories_are_those_that_people_reach(self):
        form = self._form(self.house)
        form.territory_ids.add(self.hills)
        form.territory_ids.remove(self.port.id)
        self.assertEqual(
            form.reading_warning,
            "2 people will no longer see what is addressed to North and Port (TN), and will see what is addressed to "
            "South and Hills (TS).",
        )

    def test_only_readers_count(self):
        self.people[0].active = False
        moderator = self._user("maud", "moderator", organisation=self.house)
        form = self._form(self.house)
        form.territory_ids.clear()
        self.assertIn("1 person will no longer see", form.reading_warning)
        self.assertTrue(moderator, "whom territories do not bind")

    def test_a_person(self):
        other = self._organisation("Other", [self.green], [self.port])
        form = self._form(self.people[0])
        self.assertFalse(form.reading_warning)
        form.parent_id = other
        self.assertEqual(
            form.reading_warning,
            "This person will no longer see what is addressed to Blue, and will see what is addressed to Green.",
        )
        form.network_ids.add(self.blue)
        self.assertEqual(form.reading_warning, "This person will also see what is addressed to Green.")

    def test_many_names_are_a_number(self):
        networks = self.env["collab.network"].create([{"name": f"N{i}", "code": f"n{i}"} for i in range(9)])
        nothing = self.env["collab.territory"]
        said = self.env["res.partner"]._scope_change_sentence(networks.browse(), nothing, networks, nothing)
        self.assertEqual(said, "This person will also see what is addressed to N0, N1, N2, N3, N4 and 4 others.")
        self.assertIsNone(self.env["res.partner"]._scope_change_sentence(networks, nothing, networks, nothing))

    def test_a_role_says_what_it_leads_to(self):
        leo = self.people[1]
        leo.partner_id.write({"firstname": "Leo", "lastname": "Roy"})
        form = self._form(leo)
        self.assertFalse(form.role_warning)
        form.platform_role = "administrator"
        everything = "Leo Roy will read everything, and will manage the accounts and all the settings."
        self.assertEqual(form.role_warning, everything)
        form.platform_role = "moderator"
        self.assertEqual(form.role_warning, "Leo Roy will moderate Blue and see these screens.")
        form.network_ids.add(self.green)
        self.assertEqual(form.role_warning, "Leo Roy will moderate Blue and Green and see these screens.")
        form.network_ids.remove(self.green.id)
        form.parent_id = self.env["res.partner"]
        self.assertEqual(form.role_warning, "A moderator belongs to a network: choose that of Leo Roy.")
        form.platform_role = "member"
        self.assertFalse(form.role_warning)
        leo.platform_role = "moderator"
        form = self._form(leo)
        form.platform_role = "member"
        nothing = "Leo Roy will not moderate any more, and will not see these screens any more."
        self.assertEqual(form.role_warning, nothing)
        leo.platform_role = "administrator"
        form = self._form(leo)
        form.platform_role = "moderator"
        self.assertEqual(
            form.role_warning, "Leo Roy will moderate Blue, and will not manage the accounts or the settings any more."
        )

    def test_who_belongs_nowhere_sees_what_is_for_everyone_alone(self):
        nowhere = (
            "This person has no network and no organisation: what is addressed to everyone is all there is to see."
        )
        form = self._form(self.people[0])
        form.parent_id = self.env["res.partner"]
        self.assertIn(nowhere, form.reading_warning.split("\n"))
        form.network_ids.add(self.green)
        self.assertNotIn(nowhere, form.reading_warning)
        form = self._form(self.env["res.users"])
        self.assertFalse(form.reading_warning, "an empty form warns of nothing")
        form.lastname = "Petit"
        form.platform_role = "member"
        self.assertEqual(form.reading_warning, nowhere)
