from odoo.exceptions import AccessError, ValidationError

from .common import CollabCase

NANTES, ANGERS = {"zip": "44000", "city": "Nantes"}, {"zip": "49000", "city": "Angers"}
QUAY = (47.2091, -1.5602)


class TestPin(CollabCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay = cls._organisation("Le Relais", [cls.blue])
        cls.relay.write({"street": "5 quai de la Fosse", **NANTES})
        cls.moderator = cls._user("mona", "moderator", networks=[cls.blue])
        cls.member = cls._user("zoe", networks=[cls.blue])

    def _place(self, partner=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["collab.place"].browse((partner or self.relay).id)

    def _found(self):
        """The service has found it."""
        self.relay._set_pin("service", *QUAY, pin_score=0.9, pin_label="5 Quai de la Fosse 44000 Nantes")
        self.relay.pin_asked_date = self.relay.pin_date

    def test_an_organisation_is_about_where_its_commune_is(self):
        place, commune = self._place(), self.relay.commune_id
        self.assertEqual((place.latitude, place.longitude), (commune.latitude, commune.longitude))
        self.assertTrue(place.is_approximate)
        self.relay.write(ANGERS)
        self.assertEqual(self._place().latitude, self.relay.commune_id.latitude, "the pin follows the address")

    def test_an_organisation_without_address_or_of_another_region_is_nowhere(self):
        for address in ({"zip": False, "city": False}, {"zip": "75001", "city": "Paris"}):
            with self.subTest(address):
                self.relay.write(address)
                self.assertFalse(self._place().latitude)

    def test_a_site_has_a_pin_of_its_own(self):
        site = self.env["res.partner"].create({"name": "Garage", "type": "site", "parent_id": self.relay.id, **ANGERS})
        self.assertEqual(self._place(site).latitude, site.commune_id.latitude)
        site.with_user(self.moderator)._place_by_hand(47.48, -0.55)
        self.assertFalse(self._place(site).is_approximate)
        self.assertTrue(self._place().is_approximate)

    def test_who_keeps_an_organisation_up_to_date_places_it_by_hand(self):
        self.relay.with_user(self.moderator)._place_by_hand(*QUAY)
        place = self._place()
        self.assertAlmostEqual(place.latitude, QUAY[0])
        self.assertAlmostEqual(place.longitude, QUAY[1])
        self.assertFalse(place.is_approximate)
        self.relay.with_user(self.moderator)._unplace()
        self.assertTrue(self._place().is_approximate)

    def test_nobody_else_places_it(self):
        foreign = self._user("max", "moderator", networks=[self.green])
        for person in (self.member, foreign):
            with self.subTest(person.login):
                self.assertFalse(self.relay.with_user(person)._may_place())
                with self.assertRaises(AccessError):
                    self.relay.with_user(person)._place_by_hand(*QUAY)
                with self.assertRaises(AccessError):
                    self.relay.with_user(person)._unplace()

    def test_people_are_nowhere_on_the_map(self):
        admin = self._user("ada", "administrator")
        self.assertFalse(self.member.partner_id.with_user(admin)._may_place())

    def test_a_point_outside_the_region_is_refused(self):
        for point in ((48.85, 2.35), (QUAY[1], QUAY[0]), (0, 0)):
            with self.subTest(point), self.assertRaises(ValidationError):
                self.relay.with_user(self.moderator)._place_by_hand(*point)

    def test_a_pin_placed_by_hand_stays_when_its_address_is_written_again(self):
        self.relay.with_user(self.moderator)._place_by_hand(*QUAY)
        for change in ({"street": "6 quai de la Fosse"}, {"zip": "44100"}, NANTES):
            with self.subTest(change):
                self.relay.with_user(self.moderator).write(change)
                self.assertEqual(self.relay.pin_source, "hand")
                self.assertAlmostEqual(self._place().latitude, QUAY[0])

    def test_an_address_in_another_commune_takes_a_pin_placed_by_hand_away_and_says_it(self):
        self.relay.with_user(self.moderator)._place_by_hand(*QUAY)
        self.relay.with_user(self.moderator).write(ANGERS)
        self.assertFalse(self.relay.pin_source)
        self.assertTrue(self.relay.pin_was_by_hand)
        self.assertEqual(self._place().latitude, self.relay.commune_id.latitude)
        to_place = self.env["res.partner"].search(self.env["res.partner"]._to_place_domain())
        self.assertIn(self.relay, to_place)
        self.relay.with_user(self.moderator)._place_by_hand(47.48, -0.55)
        self.assertFalse(self.relay.pin_was_by_hand)

    def test_the_commune_chosen_in_the_list_takes_it_away_too(self):
        self.relay._place_by_hand(*QUAY)
        self.relay.commune_id = self.env.ref("collab_reseaux.commune_49007")
        self.assertTrue(self.relay.pin_was_by_hand)

    def test_what_the_service_found_is_asked_again_after_another_address(self):
        self._found()
        self.relay.write({"street": "5 quai de la Fosse"})
        self.assertEqual(self.relay.pin_source, "service", "the same address is the same place")
        self.assertAlmostEqual(self._place().latitude, QUAY[0])
        self.relay.write({"street": "12 rue de Strasbourg"})
        self.assertFalse(self.relay.pin_source)
        self.assertFalse(self.relay.pin_asked_date)
        self.assertFalse(self.relay.pin_was_by_hand)
        self.assertFalse(self.relay.pin_label)

    def test_nobody_writes_a_pin_from_outside(self):
        for vals in ({"pin_source": "hand"}, {"partner_latitude": 47.2}, {"pin_was_by_hand": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.relay.with_user(self.moderator).write(vals)
