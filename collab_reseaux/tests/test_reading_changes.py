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
            "2 people will no longer see what is addressed to North, Port (TN), and will see what is addressed to "
            "South, Hills (TS).",
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
