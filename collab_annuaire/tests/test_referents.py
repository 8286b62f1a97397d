from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.tests import tagged

from .organisation_case import OrganisationCase


@tagged("post_install", "-at_install")
class TestReferents(OrganisationCase):
    """A referent corrects his organisation at once, but for what decides who reads what."""

    def test_a_referent_changes_at_once_what_decides_no_scope(self):
        kind = self.env["collab.organisation.kind"].create({"name": "Accueil d'essai"})
        waits = self._update(
            phone="0240000000",
            email="Accueil@lancre.example",
            website="lancre.example",
            activities="Accueil de jour",
            about="Ouvert tous les matins.",
            kind_ids=kind.ids,
            street="14 quai de la Fosse",
            street2="2e étage",
            zip="44100",
            city="NANTES",
            sites={self.site.id: {"name": "Rezé, accueil", "street": "4 rue du Port", "phone": "02 40 00 00 01"}},
        )
        self.assertFalse(waits)
        anchor, site = self.anchor, self.site
        self.assertEqual((anchor.phone, anchor.email), ("02 40 00 00 00", "accueil@lancre.example"))
        self.assertEqual((anchor.website, anchor.activities), ("https://lancre.example", "Accueil de jour"))
        self.assertEqual((anchor.about, anchor.kind_ids), ("Ouvert tous les matins.", kind))
        self.assertEqual(
            (anchor.street, anchor.zip, anchor.commune_id.name), ("14 quai de la Fosse", "44100", "Nantes")
        )
        self.assertEqual((site.name, site.street, site.phone), ("Rezé, accueil", "4 rue du Port", "02 40 00 00 01"))

    def test_name_networks_territories_sites_and_another_commune_wait_for_a_moderator(self):
        before = (self.anchor.scope_network_ids, self.anchor.scope_territory_ids)
        waits = self._update(
            name="L'Ancre solidaire",
            network_ids=[self.blue.id, self.green.id],
            territory_ids=[self.hills.id],
            street="3 rue Neuve",
            zip="49300",
            city="Cholet",
            phone="0240000000",
            sites={self.site.id: {"name": "Rezé", "street": "", "zip": "49000", "city": "Angers", "phone": ""}},
            added=[{"name": "Vertou", "zip": "44120", "city": "Vertou"}],
        )
        self.assertEqual(self.anchor.phone, "02 40 00 00 00", "what decides nothing is done")
        self.assertEqual((self.anchor.name, self.anchor.street), ("L'Ancre", "12 quai de la Fosse"))
        self.assertEqual((self.anchor.scope_network_ids, self.anchor.scope_territory_ids), before)
        self.assertEqual((self.site.city, self.anchor.site_ids), ("Rezé", self.site))
        changes, address = waits.changes, {"street", "zip", "city"}
        self.assertEqual(changes["own"].keys(), {"name", "network_ids", "territory_ids", *address})
        self.assertEqual(changes["sites"][str(self.site.id)].keys(), {"zip", "city"})
        self.assertEqual(len(changes["added"]), 1)
        self.assertEqual([login for login, _subject in self._letters()], ["maud", "milo"])

    def test_taking_a_site_away_waits_too(self):
        waits = self._update(sites={self.site.id: {"name": "Rezé"}}, removed=[self.site.id])
        self.assertTrue(self.site.active)
        self._by(self.maud, waits).action_accept()
        self.assertFalse(self.site.active)

    def test_an_address_that_no_commune_knows_waits(self):
        waits = self._update(zip="99999", city="Nulle-Part")
        self.assertEqual(self.anchor.city, "Nantes")
        self.assertEqual(waits.changes["own"].keys(), {"zip", "city"})
        outside = self._organisation("Hors région", [self.blue], [self.port])
        outside.write({"zip": "35000", "city": "Rennes"})
        ruth = self._user("ruth", organisation=outside)
        outside.referent_ids = ruth.partner_id
        waits = self._update(ruth, outside, street="1 rue", zip="44000", city="Nantes")
        self.assertEqual((outside.street, outside.city), (False, "Rennes"))
        self.assertEqual(waits.changes["own"].keys(), {"street", "zip", "city"})
        # Without a word on the commune, the street is his to write.
        self.assertFalse(self._update(ruth, outside, street="2 rue", zip="35000", city="Rennes"))
        self.assertEqual(outside.street, "2 rue")

    def test_who_is_no_referent_there_changes_nothing(self):
        for person in (self.alice, self.bruno, self.maud, self.gus):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self._update(person, phone="0240000000")
        with self.assertRaises(AccessError):
            self._update(self.rita, self.quay, phone="0240000000")
        self.assertFalse(self.anchor.phone)

    def test_a_referent_writes_nothing_by_rpc(self):
        anchor = self._by(self.rita, self.anchor)
        for name in ("phone", "about", "network_ids", "territory_ids", "referent_ids", "team_confirmed_date", "city"):
            with self.subTest(name), self.assertRaises(AccessError):
                anchor.write({name: False})
        for method in ("_update_as_referent", "_confirm_team", "_suggest", "write", "web_save", "web_read"):
            self.assertFalse(anchor._may_call(method))

    def test_what_is_no_field_of_the_card_is_refused(self):
        for name in ("comment", "parent_id", "is_company", "referent_ids", "active", "company_registry"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._update(**{name: "x"})
        with self.assertRaises(AccessError):
            self._update(sites={self.site.id: {"parent_id": "1"}})

    def test_a_moderator_of_its_network_names_people_who_work_there_and_have_an_account(self):
        self._by(self.maud, self.anchor).referent_ids = self.rita.partner_id | self.alice.partner_id
        self.assertEqual(self.anchor.referent_ids, self.rita.partner_id | self.alice.partner_id)
        contact = self.env["res.partner"].create({"name": "Sans compte", "parent_id": self.anchor.id})
        nearby = self._user("nina", networks=[self.blue])
        for stranger in (contact, nearby.partner_id, self.site, self.anchor):
            with self.subTest(stranger.name), self.assertRaises(ValidationError):
                self._by(self.maud, self.anchor).referent_ids = stranger
        with self.assertRaises(MissingError):
            self._by(self.gus, self.anchor).referent_ids = False
        with self.assertRaises(AccessError):
            self._by(self.gus, self.quay).team_confirmed_date = "2026-01-01"

    def test_one_who_leaves_is_a_referent_no_more(self):
        for leave in (
            lambda: self.rita.partner_id.write({"parent_id": self.quay.id}),
            lambda: self._by(self.ada, self.rita)._close(),
            lambda: self.rita._leave(),
        ):
            with self.env.cr.savepoint() as undone:
                self.assertTrue(self._by(self.rita, self.anchor)._is_referent())
                leave()
                self.assertFalse(self.anchor.referent_ids)
                self.assertFalse(self.anchor._referents())
                undone.rollback()
            self.env.invalidate_all()

    def test_who_is_suspended_changes_nothing(self):
        self.rita.with_user(self.maud)._suspend("Insultes")
        with self.assertRaises(AccessError):
            self._update(phone="0240000000")
        with self.assertRaises(AccessError):
            self._by(self.rita, self.anchor)._confirm_team()

    def test_two_people_of_the_same_name_are_told_apart_by_their_account(self):
        twin = self._user("twin", organisation=self.anchor)
        twin.partner_id.write({"firstname": "rita", "lastname": self.rita.partner_id.lastname})
        self.assertFalse(self._by(twin, self.anchor)._is_referent())

    def test_a_referent_places_his_organisation_and_its_sites_on_the_map_and_nothing_else(self):
        for place in (self.anchor, self.site):
            self._by(self.rita, place)._place_by_hand(47.2091, -1.5602)
            self.assertEqual(place.pin_source, "hand")
        for person, place in (
            (self.alice, self.anchor),
            (self.bruno, self.anchor),
            (self.rita, self.quay),
            (self.rita, self.alice.partner_id),
        ):
            with self.subTest(person.login, place=place.name), self.assertRaises(AccessError):
                self._by(person, place)._place_by_hand(47.2091, -1.5602)
