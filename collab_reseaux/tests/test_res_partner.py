from odoo.exceptions import UserError, ValidationError

from .common import CollabCase


class TestPartner(CollabCase):
    def test_the_commune_of_an_organisation_gives_its_territory(self):
        organisation = self._organisation("Association", [self.blue])
        self.assertFalse(organisation.scope_territory_ids)
        organisation.write({"city": "Nantes", "zip": "44000"})
        self.assertEqual(organisation.scope_territory_ids, self.env.ref("collab_reseaux.territory_ze5216_d44"))

    def test_the_names_of_who_has_an_account_have_80_characters_at_most(self):
        ada, ana = self._user("ada", "administrator"), self._user("ana")
        for name, label in (("firstname", "First name"), ("lastname", "Last name")):
            ana.with_user(ada).write({name: "x" * 80})
            with self.assertRaises(ValidationError) as written:
                ana.with_user(ada).write({name: "x" * 81})
            given = {"firstname": "Zoé", "lastname": "Petit", "login": f"{name}@example.org", name: "x" * 81}
            with self.assertRaises(ValidationError) as created:
                self.env["res.users"].with_user(ada).create(given)
            for refusal in (written, created):
                self.assertEqual(refusal.exception.args[0], f"{label}: 80 characters at most.")
        self._organisation("x" * 200)

    def test_each_site_adds_its_territory(self):
        organisation = self._organisation("Association")
        organisation.write({"city": "Nantes", "zip": "44000"})
        site = self.env["res.partner"].create(
            {
                "name": "Antenne",
                "type": "site",
                "parent_id": organisation.id,
                "city": "Cholet",
                "zip": "49300",
            }
        )
        self.assertEqual(organisation.scope_territory_ids.mapped("code"), ["5216", "5206"])
        site.active = False
        self.assertEqual(organisation.scope_territory_ids.mapped("code"), ["5216"])

    def test_people_inherit_from_their_organisation_and_add_their_own(self):
        organisation = self._organisation("Association", [self.blue], [self.port])
        ana = self._user("ana", organisation=organisation, networks=[self.green], territories=[self.hills])
        self.assertEqual(ana.partner_id.scope_network_ids, self.blue | self.green)
        self.assertEqual(ana.partner_id.scope_territory_ids, self.port | self.hills)

    def test_a_person_without_organisation_belongs_by_himself(self):
        ana = self._user("ana", networks=[self.green])
        ana.partner_id.write({"city": "Angers", "zip": "49000"})
        self.assertEqual(ana.partner_id.scope_network_ids, self.green)
        self.assertEqual(ana.partner_id.scope_territory_ids.code, "5202")

    def test_an_organisation_can_belong_to_several_networks(self):
        organisation = self._organisation("Association", [self.blue, self.green])
        ana = self._user("ana", organisation=organisation)
        self.assertEqual(ana.partner_id.scope_network_ids, self.blue | self.green)

    def test_names_are_two(self):
        ana = self._user("ana")
        ana.partner_id.write({"firstname": "Ana", "lastname": "Le Bihan"})
        self.assertEqual(ana.name, "Ana Le Bihan")
        self.assertEqual(ana.partner_id._initials(), "AL")

    def test_a_member_reads_nothing_of_his_colleague(self):
        organisation = self._organisation("Association")
        ana = self._user("ana", organisation=organisation)
        leo = self._user("leo", organisation=organisation)
        seen = self.env["res.partner"].with_user(ana).search([("id", "in", (ana | leo).partner_id.ids)])
        self.assertEqual(seen, ana.partner_id)
        self.assertEqual(self.env["res.users"].with_user(ana).search([]), ana)

    def _warning(self, city, zipcode, **vals):
        organisation = self._organisation("Association", [self.blue])
        organisation.write({"city": city, "zip": zipcode, **vals})
        self.assertEqual((organisation.city, organisation.zip), (city, zipcode), "what was typed is kept")
        return organisation.with_context(lang="fr_FR").address_warning

    def test_an_address_that_gives_no_territory_says_why_in_french(self):
        for city, zipcode, said in (
            ("Nantes", "44000", None),
            ("Clison", "44190", "Aucune commune n’est connue comme Clison (44190)"),
            ("Nantes", "440", "Aucune commune n’est connue comme Nantes (440)"),
            (False, "44000", "Aucune commune n’est connue comme ? (44000)"),
            ("Rennes", "35000", "Rennes (35000) est hors de la région"),
            (False, False, "Association n’a pas d’adresse"),
        ):
            with self.subTest(city=city, zip=zipcode):
                warning = self._warning(city, zipcode)
                self.assertIn(said, warning) if said else self.assertFalse(warning)

    def test_territories_that_are_chosen_make_up_for_an_address(self):
        self.assertFalse(self._warning(False, False, territory_ids=self.north.ids))
        self.assertFalse(self._warning("Rennes", "35000", territory_ids=self.north.ids))
        # A commune that is not known is still a mistake to correct.
        self.assertTrue(self._warning("Clison", "44190", territory_ids=self.north.ids))

    def test_the_address_of_a_site_is_looked_at_too(self):
        organisation = self._organisation("Association")
        organisation.write({"city": "Nantes", "zip": "44000"})
        self.env["res.partner"].create(
            {"name": "Antenne", "type": "site", "parent_id": organisation.id, "city": "Clison", "zip": "44190"}
        )
        self.assertIn("Clison (44190)", organisation.address_warning)

    def test_a_site_lies_under_an_organisation(self):
        ana = self._user("ana", organisation=self._organisation("Association", [self.blue]))
        alone = self._user("alone", networks=[self.blue])
        moderator = self._user("gus", "moderator", networks=[self.blue])
        administrator = self._user("ada", "administrator")
        site = {"name": "S", "type": "site", "city": "Le Mans", "zip": "72000"}
        for person in (ana, alone):
            before = person.partner_id.scope_territory_ids
            for who, refusal in (
                (moderator, UserError),
                (administrator, ValidationError),
                (self.env.user, ValidationError),
            ):
                with self.subTest(person.login, who=who.login), self.assertRaises(refusal):
                    self.env["res.partner"].with_user(who).create({**site, "parent_id": person.partner_id.id})
            self.assertEqual(person.partner_id.scope_territory_ids, before)
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create({**site})
        known = self.env["res.partner"].with_user(moderator).create({**site, "parent_id": ana.parent_id.id})
        with self.assertRaises(ValidationError):
            known.with_user(administrator).parent_id = alone.partner_id
        self.assertEqual(ana.partner_id.scope_territory_ids.mapped("parent_id.code"), ["72"])

    def test_a_moderator_keeps_no_site_of_a_person(self):
        alone = self._user("alone", networks=[self.blue])
        moderator = self._user("gus", "moderator", networks=[self.blue])
        site = self.env["res.partner"].create(
            {"name": "S", "type": "site", "parent_id": self._organisation("Association", [self.blue]).id}
        )
        self.assertTrue(site.with_user(moderator).has_access("write"))
        # As one would lie that was written before.
        self.env.cr.execute("UPDATE res_partner SET parent_id = %s WHERE id = %s", (alone.partner_id.id, site.id))
        self.env.invalidate_all()
        self.assertFalse(site.with_user(moderator).has_access("write"))
