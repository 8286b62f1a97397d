import io
import zipfile

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_reseaux.refusals import field_of

from .organisation_case import OrganisationCase


@tagged("post_install", "-at_install")
class TestCorrections(OrganisationCase):
    """Any member proposes to correct an organisation; a moderator of its network accepts, or says why not."""

    def test_what_a_member_proposes_changes_nothing_until_a_moderator_accepts_it(self):
        correction = self._suggest(street="14 quai de la Fosse", phone="0240000000")
        self.assertEqual(correction.state, "waiting")
        self.assertEqual(self.anchor.street, "12 quai de la Fosse")
        self._by(self.maud, correction).action_accept()
        self.assertEqual((self.anchor.street, self.anchor.phone), ("14 quai de la Fosse", "02 40 00 00 00"))
        self.assertEqual((correction.state, correction.decided_uid), ("accepted", self.maud))

    def test_the_moderators_are_told_then_who_proposed_it_and_the_referents(self):
        correction = self._suggest(street="14 quai de la Fosse")
        self.assertCountEqual([login for login, _subject in self._letters()], ["maud", "milo"])
        self._by(self.maud, correction).action_accept()
        told = dict(self._letters())
        self.assertIn("acceptée", told["bruno"])
        self.assertIn("L'Ancre", told["rita"])
        self.assertEqual(told.keys(), {"bruno", "rita"}, "nothing is left to look at")

    def test_a_refusal_says_why(self):
        correction = self._suggest(street="14 quai de la Fosse")
        with self.assertRaises(UserError):
            self._by(self.maud, correction).action_refuse()
        self._by(self.maud, correction).answer = "Le bail n'est pas signé."
        self._by(self.maud, correction).action_refuse()
        self.assertEqual(self.anchor.street, "12 quai de la Fosse")
        row = self.env["collab.notification"].search([("user_id", "=", self.bruno.id)])
        self.assertIn("Le bail n'est pas signé.", row._item()["said"])
        with self.assertRaises(UserError):
            self._by(self.maud, correction).write({"answer": "Autre chose"})

    def test_two_moderators_the_second_is_told_that_it_is_done(self):
        correction = self._suggest(street="14 quai de la Fosse")
        self._by(self.maud, correction).action_accept()
        for act in ("action_accept", "action_accept_over", "action_refuse"):
            self._by(self.milo, correction).sudo().answer = "Non"
            with self.subTest(act), self.assertRaisesRegex(AlreadyDone, "maud"):
                getattr(self._by(self.milo, correction), act)()
        self.assertEqual(correction.state, "accepted")

    def test_what_has_been_changed_since_is_shown_and_not_undone_unseen(self):
        correction = self._suggest(street="14 quai de la Fosse", phone="0240000000")
        self.anchor.street = "16 quai de la Fosse"
        seen = self._by(self.maud, correction)
        self.assertTrue(seen.is_stale)
        for said in ("16 quai de la Fosse", "12 quai de la Fosse", "14 quai de la Fosse"):
            self.assertIn(said, seen.compared)
        with self.assertRaisesRegex(UserError, "depuis"):
            seen.action_accept()
        self.assertEqual(self.anchor.street, "16 quai de la Fosse")
        seen.action_accept_over()
        self.assertEqual(self.anchor.street, "14 quai de la Fosse")

    def test_a_moderator_of_another_network_neither_sees_nor_decides(self):
        correction = self._suggest(street="14 quai de la Fosse")
        other = self._by(self.gus, correction)
        self.assertFalse(other.search([]))
        self.assertFalse(other.read(["changes"]))
        self.assertFalse(other.display_name)
        for act in (
            lambda: other.action_accept(),
            lambda: other.action_accept_over(),
            lambda: other.write({"answer": "x"}),
            lambda: other.action_refuse(),
        ):
            with self.assertRaises(MissingError):
                act()
        self.assertEqual((self.anchor.street, correction.state), ("12 quai de la Fosse", "waiting"))
        self.assertTrue(self._by(self.ada, correction).search([]), "an administrator does")

    def test_members_read_their_own_and_decide_nothing(self):
        correction = self._suggest(street="14 quai de la Fosse")
        self.assertEqual(self._by(self.bruno, correction).search([]), correction)
        self.assertFalse(self._by(self.alice, correction).search([]))
        self.assertFalse(self._by(self.rita, correction).search([]), "not even the referent")
        for person in (self.bruno, self.alice, self.rita):
            with self.assertRaises(UserError):
                self._by(person, correction).action_accept()

    def test_nobody_creates_nor_writes_one_by_rpc(self):
        correction = self._suggest(street="14 quai de la Fosse")
        vals = {"organisation_id": self.anchor.id, "user_id": self.bruno.id, "changes": {"own": {}}}
        for person in (self.bruno, self.maud, self.ada):
            model = self._by(person, self.env["collab.correction"])
            with self.subTest(person.login):
                with self.assertRaises(AccessError):
                    model.create(vals)
                for name in ("changes", "state", "user_id", "organisation_id", "note", "decided_uid"):
                    with self.assertRaises(UserError):
                        self._by(person, correction).write({name: vals.get(name, "accepted")})
                self.assertFalse(model._may_call("create"))
                self.assertFalse(model._may_call("unlink"))
        self.assertFalse(self._by(self.bruno, self.env["collab.correction"])._may_call("web_read"))

    def test_who_proposes_again_replaces_what_still_waits(self):
        first = self._suggest(street="14 quai de la Fosse")
        second = self._suggest(street="16 quai de la Fosse")
        self.assertFalse(first.exists())
        self.assertEqual(second.changes["own"]["street"], ["12 quai de la Fosse", "16 quai de la Fosse"])
        self.assertEqual(self._suggest(street="16 quai de la Fosse"), second, "the same, still")
        self.assertFalse(self._suggest(street="12 quai de la Fosse"), "nothing differs any more")
        self.assertFalse(second.exists())

    def test_one_proposes_a_few_corrections_in_a_day(self):
        self.env["ir.config_parameter"].set_param("collab_reseaux.daily_correction", "2")
        self._suggest(street="13 quai")
        self._suggest(street="14 quai")
        with self.assertRaisesRegex(UserError, "demain"):
            self._suggest(street="15 quai")

    def test_who_is_suspended_proposes_nothing(self):
        self.bruno.with_user(self.gus)._suspend("Insultes")
        with self.assertRaises(AccessError):
            self._suggest(street="14 quai de la Fosse")

    def test_an_organisation_that_is_archived_or_none_answers_as_nothing(self):
        closed = self._organisation("Fermée", [self.blue])
        closed.active = False
        for number in (closed.id, self.alice.partner_id.id, self.site.id, 999_999_999):
            organisation = self.env["res.partner"].browse(number)
            with self.subTest(number), self.assertRaises(MissingError):
                self._suggest(organisation=organisation, street="14 quai de la Fosse")

    def test_a_network_that_the_moderator_does_not_have_is_for_an_administrator(self):
        correction = self._suggest(network_ids=[self.blue.id, self.green.id])
        # A transaction that is refused leaves nothing behind.
        with self.assertRaises(AccessError) as refused:
            self._by(self.maud, correction).action_accept()
        self.assertIn("Green", str(refused.exception))
        self.assertEqual(correction.state, "waiting")
        self._by(self.ada, correction).action_accept()
        self.assertEqual(self.anchor.network_ids, self.blue | self.green)

    def test_sites_are_added_corrected_and_taken_away(self):
        correction = self._suggest(
            sites={self.site.id: {"name": "Rezé, accueil", "street": "4 rue du Port", "zip": "44400", "city": "Rezé"}},
            added=[{"name": "Vertou", "street": "", "zip": "44120", "city": "Vertou", "phone": ""}],
        )
        self._by(self.maud, correction).action_accept()
        self.assertEqual((self.site.name, self.site.street), ("Rezé, accueil", "4 rue du Port"))
        added = self.anchor.site_ids - self.site
        self.assertEqual((added.name, added.commune_id.name, added.type), ("Vertou", "Vertou", "site"))
        correction = self._suggest(sites={self.site.id: {"name": "Rezé, accueil"}}, removed=[self.site.id])
        self._by(self.maud, correction).action_accept()
        self.assertFalse(self.site.active)
        self.assertEqual(self.anchor.site_ids, added)

    def test_a_site_of_another_organisation_is_out_of_reach(self):
        elsewhere = self.env["res.partner"].create({"name": "Ailleurs", "type": "site", "parent_id": self.quay.id})
        self.assertFalse(self._suggest(sites={elsewhere.id: {"name": "Pris"}}, removed=[elsewhere.id]))
        # Moved to another organisation since it was proposed.
        correction = self._suggest(sites={self.site.id: {"name": "Pris"}})
        self.site.parent_id = self.quay
        self._by(self.maud, correction).action_accept_over()
        self.assertEqual(self.site.name, "Rezé")

    def test_what_is_wrong_is_said_beside_its_field(self):
        for name, typed in (
            ("website", "javascript:alert(1)"),
            ("email", "pas une adresse"),
            ("phone", "appelez-moi"),
            ("name", "  "),
            ("street", "x" * 201),
            ("about", "x" * 2001),
            ("kind_ids", [999_999_999]),
            ("network_ids", []),
            ("territory_ids", [self.region.id]),
        ):
            with self.subTest(name), self.assertRaises(ValidationError) as refused:
                self._suggest(**{name: typed})
            self.assertEqual(field_of(refused.exception), name)
        for field, typed in (
            (f"site-{self.site.id}-name", {"sites": {self.site.id: {"name": ""}}}),
            (f"site-{self.site.id}-phone", {"sites": {self.site.id: {"phone": "x"}}}),
            ("added-name", {"added": [{"city": "Vertou"}]}),
            ("added-city", {"added": [{"name": "Vertou"}]}),
        ):
            with self.subTest(field), self.assertRaises(ValidationError) as refused:
                self._suggest(**typed)
            self.assertEqual(field_of(refused.exception), field)
        with self.assertRaises(AccessError):
            self._suggest(comment="une note interne")

    def test_a_website_without_scheme_and_a_sentence_alone_are_proposals(self):
        correction = self._suggest(website="lancre.example", note="Le standard ferme à 17 h.")
        self.assertEqual(correction.changes["own"], {"website": ["", "https://lancre.example"]})
        alone = self._suggest(person=self.alice, note="Le site de Rezé a déménagé.")
        self._by(self.maud, alone).action_accept()
        self.assertEqual(alone.state, "accepted")

    def test_the_first_page_of_the_federations_counts_those_to_look_at(self):
        self._suggest(street="14 quai de la Fosse")
        action = "collab_annuaire.collab_correction_action"
        for person, number in ((self.maud, 1), (self.gus, 0)):
            lines = self._by(person, self.env["collab.desk"])._waiting()
            self.assertEqual([line.number for line in lines if line.action == action], [number])

    def test_one_s_own_data_hold_what_one_has_proposed_and_erasing_takes_it_away(self):
        self._suggest(street="14 quai de la Fosse", note="Vu hier.")
        archive = zipfile.ZipFile(io.BytesIO(), "w")
        self._by(self.bruno, self.bruno)._write_own_data(archive)
        self.assertIn("14 quai de la Fosse", archive.read("corrections.json").decode())
        self._by(self.ada, self.bruno)._close()
        self._by(self.ada, self.bruno)._erase()
        self.assertFalse(self.env["collab.correction"].search([]))
