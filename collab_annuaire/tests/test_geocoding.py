import contextlib
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.collab_charte.tests.common import CharterCase

from ..models.base_geocoder import FAILURES_IN_A_ROW, ServiceAway
from .address_service import BROKEN, BUSY, HANGS, NONSENSE, ODD, UNREADABLE, AddressService, feature, found

QUAY = (47.2091, -1.5602)
ASKED = "5 quai de la Fosse Nantes"


class Killed(BaseException):
    """The process of the job goes away."""


@tagged("post_install", "-at_install")
class TestGeocoding(CharterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.enterClassContext(AddressService())
        cls.parameters = cls.env["ir.config_parameter"]
        cls.parameters.set_param("collab_annuaire.geocoder_url", cls.service.url)
        cls.parameters.set_param("collab_annuaire.geocoder", True)
        # Only what is made here waits.
        cls.env["res.partner"].search(cls.env["base.geocoder"]._waiting_domain()).pin_asked_date = "2026-01-01"
        cls.relay = cls._at("Le Relais", "5 quai de la Fosse")
        cls.moderator = cls._user("mona", "moderator", networks=[cls.blue])
        cls.admin = cls._user("ada", "administrator")

    def setUp(self):
        super().setUp()
        self.service.asked.clear()
        self.service.answers.clear()

    @classmethod
    def _at(cls, name, street, **address):
        organisation = cls._organisation(name, [cls.blue])
        organisation.write({"street": street, "zip": "44000", "city": "Nantes", **address})
        return organisation

    def _answer(self, *answers, asked=ASKED):
        self.service.answers[asked] = list(answers)

    def _run(self):
        with self._job_mode():
            self.env.ref("collab_annuaire.cron_geocode").method_direct_trigger()
        self.env.invalidate_all()

    def _streets_asked(self):
        return [asked["q"] for asked in self.service.asked]

    # What it does with the answers

    def test_an_organisation_is_found_by_its_address(self):
        self._answer(found(feature(*QUAY, score=0.93)))
        self._run()
        self.assertEqual(self.relay.pin_source, "service")
        self.assertAlmostEqual(self.relay.partner_latitude, QUAY[0])
        self.assertAlmostEqual(self.relay.partner_longitude, QUAY[1])
        self.assertEqual(self.relay.pin_label, "5 Quai de la Fosse 44000 Nantes")
        self.assertAlmostEqual(self.relay.pin_score, 0.93)
        self.assertTrue(self.relay.pin_date)
        [asked] = self.service.asked
        self.assertEqual(asked["citycode"], "44109", "it is looked for in its commune alone")
        self.assertEqual((asked["limit"], asked["autocomplete"], asked["index"]), ("1", "0", "address"))

    def test_an_answer_is_asked_once(self):
        self._answer(found(feature(*QUAY)))
        self._run()
        self._run()
        self.assertEqual(len(self.service.asked), 1)

    def test_a_site_is_found_too(self):
        site = self.env["res.partner"].create(
            {"name": "Garage", "type": "site", "parent_id": self.relay.id, "street": "2 rue du Chantier"}
        )
        site.write({"zip": "44550", "city": "Montoir-de-Bretagne"})
        self._answer(found(feature(47.33, -2.15)), asked="2 rue du Chantier Montoir-de-Bretagne")
        self._run()
        self.assertEqual(site.pin_source, "service")

    def test_what_is_uncertain_or_unknown_waits_for_somebody_who_places_it(self):
        answers = {
            "low score": found(feature(*QUAY, score=0.31)),
            "nothing": found(),
            "only the commune": found(feature(*QUAY, kind="municipality")),
            "unreadable": UNREADABLE,
            "far away": found(feature(48.8566, 2.3522)),
            "latitude first": found(feature(QUAY[1], QUAY[0])),
        }
        waits = self.env["res.partner"].with_user(self.moderator)
        for why, answer in answers.items():
            with self.subTest(why):
                self.relay.write({"pin_asked_date": False})
                self.assertNotIn(self.relay, waits.search([("is_to_place", "=", True)]))
                self._answer(answer)
                self._run()
                self.assertFalse(self.relay.pin_source)
                self.assertTrue(self.relay.pin_asked_date)
                self.assertIn(self.relay, waits.search([("is_to_place", "=", True)]))
        [line] = [
            one for one in self.env["collab.desk"].with_user(self.moderator).waiting() if "by hand" in one["words"]
        ]
        self.assertEqual((line["number"], line["filter"]), (1, "to_place"))
        self.relay.with_user(self.moderator)._place_by_hand(*QUAY)
        self.assertNotIn(self.relay, waits.search([("is_to_place", "=", True)]))

    def test_the_operator_chooses_how_sure_it_must_be(self):
        self._answer(found(feature(*QUAY, score=0.45)))
        self.parameters.set_param("collab_annuaire.geocoder_score_min", "0.4")
        self._run()
        self.assertEqual(self.relay.pin_source, "service")

    def test_what_somebody_has_placed_is_not_asked_about(self):
        self.relay.with_user(self.moderator)._place_by_hand(*QUAY)
        self._run()
        self.relay.write({"street": "6 quai de la Fosse"})
        self._run()
        self.assertFalse(self.service.asked)
        self.assertEqual(self.relay.pin_source, "hand")

    def test_another_address_is_asked_about_again(self):
        self._answer(found(feature(*QUAY)))
        self._run()
        self.relay.street = "12 rue de Strasbourg"
        self._answer(found(feature(47.22, -1.55)), asked="12 rue de Strasbourg Nantes")
        self._run()
        self.assertAlmostEqual(self.relay.partner_latitude, 47.22)

    # Whom it asks about

    def test_no_address_of_a_person_is_ever_sent(self):
        person = self._user("zoe", networks=[self.blue]).partner_id
        person.write({"street": "1 rue de chez moi", "zip": "44000", "city": "Nantes"})
        self._user("yann", organisation=self.relay)
        self._run()
        self.assertEqual(self._streets_asked(), [ASKED])

    def test_an_organisation_without_street_or_of_another_region_is_not_asked_about(self):
        self._at("Sans rue", False)
        self._at("Ailleurs", "1 rue de Rivoli", zip="75001", city="Paris")
        self._at("Fermée", "9 rue Close").active = False
        self._run()
        self.assertEqual(self._streets_asked(), [ASKED])

    def test_nothing_is_asked_until_an_administrator_turns_it_on(self):
        self.parameters.set_param("collab_annuaire.geocoder", False)
        self._run()
        with self.assertRaises(UserError):
            self.env["base.geocoder"]._ask_geoplateforme(ASKED)
        self.assertFalse(self.service.asked)
        Settings = self.env["res.config.settings"]
        Settings.with_user(self.admin).create({"collab_geocoder": True}).execute()
        self._run()
        self.assertEqual(len(self.service.asked), 1)

    def test_no_other_provider_can_be_used(self):
        geocoder = self.env["base.geocoder"]
        for name in ("geoprovider_open_street", "geoprovider_google_map"):
            self.parameters.set_param("base_geolocalize.geo_provider", self.env.ref(f"base_geolocalize.{name}").id)
            self.assertEqual(geocoder._get_provider().tech_name, "geoplateforme")
        for call in (geocoder._call_openstreetmap, geocoder._call_googlemap):
            with self.assertRaises(UserError):
                call(ASKED)
        with self.assertRaises(UserError):
            geocoder._call_openstreetmap_reverse(*QUAY)
        self._answer(found(feature(*QUAY)))
        self.assertEqual(geocoder.geo_find(ASKED), QUAY, "core asks ours")

    # When it does not answer as it should

    def test_asked_to_wait_it_waits_and_asks_again(self):
        self._answer(BUSY, found(feature(*QUAY)))
        began = time.monotonic()
        self._run()
        self.assertEqual(self.relay.pin_source, "service")
        self.assertGreater(self.service.times[-1] - began, 0.9)

    def test_a_failure_is_no_answer_and_the_address_is_asked_about_later(self):
        for failure in (BROKEN, NONSENSE, ODD):
            with self.subTest(failure[2]):
                self._answer(failure)
                self._run()
                self.assertFalse(self.relay.pin_asked_date)
        self._answer(found(feature(*QUAY)))
        self._run()
        self.assertEqual(self.relay.pin_source, "service")
        self.assertEqual(self.relay.pin_failures, 0)

    def test_a_service_that_never_answers_is_left(self):
        self._answer(HANGS)
        with self.assertRaises(ServiceAway):
            self.env["base.geocoder"]._ask_geoplateforme(ASKED)

    def test_a_service_that_is_not_there_is_said_to_the_administrators(self):
        self.parameters.set_param("collab_annuaire.geocoder_url", "http://127.0.0.1:9/geocodage/search")
        for number in range(FAILURES_IN_A_ROW):
            self._at(f"Autre {number}", f"{number} rue de Nantes")
        self._run()
        said = [line["words"] for line in self.env["collab.desk"].with_user(self.admin).waiting()]
        self.assertIn("service of addresses that does not answer", said)
        said = [line["words"] for line in self.env["collab.desk"].with_user(self.moderator).waiting()]
        self.assertNotIn("service of addresses that does not answer", said)
        self.parameters.set_param("collab_annuaire.geocoder_url", self.service.url)
        self._run()
        self.assertFalse(self.env["collab.desk"]._service_away())

    def test_one_address_that_makes_it_fail_does_not_stop_the_others(self):
        others = [self._at(f"Autre {number}", f"{number} rue de Nantes") for number in range(4)]
        self._answer(BROKEN)
        self.service.otherwise = [found(feature(*QUAY))]
        self.addCleanup(setattr, self.service, "otherwise", [found()])
        self._run()
        self.assertEqual({other.pin_source for other in others}, {"service"})
        self.assertFalse(self.relay.pin_source)

    def test_a_job_that_is_killed_goes_on_where_it_was(self):
        others = [self._at(f"Autre {number}", f"{number} rue de Nantes") for number in range(3)]
        self.service.otherwise = [found(feature(*QUAY))]
        self.addCleanup(setattr, self.service, "otherwise", [found()])
        place, placed = type(self.env["base.geocoder"])._place, []

        def killed_at_the_third(geocoder, partner):
            if len(placed) == 2:
                raise Killed()
            placed.append(partner.id)
            return place(geocoder, partner)

        # Not assertRaises, which would undo what has been kept.
        killing = patch.object(type(self.env["base.geocoder"]), "_place", killed_at_the_third)
        with killing, contextlib.suppress(Killed):
            self._run()
        self.assertEqual(len(placed), 2)
        self._run()
        self.assertTrue(all(one.pin_source for one in [self.relay, *others]))
        self.assertEqual(len(self.service.asked), 4, "nothing is asked twice")

    def test_it_is_not_asked_more_than_ten_times_a_second(self):
        for number in range(5):
            self._at(f"Autre {number}", f"{number} rue de Nantes")
        self.service.times.clear()
        began = time.monotonic()
        self._run()
        self.assertEqual(len(self.service.times), 6)
        # From the beginning: on a busy machine, one that arrives late is nearer to the next one than they have left.
        for number, asked in enumerate(self.service.times):
            self.assertGreater(asked - began, 0.09 * number)
