from itertools import product

from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_reseaux.tests.common import CollabCase


@tagged("post_install", "-at_install")
class TestAudience(CollabCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        none = cls.env["collab.network"]
        nowhere = cls.env["collab.territory"]
        cls.notes = cls.env["test.collab.note"].create(
            [
                {
                    "name": "note",
                    "audience_network_ids": networks.ids,
                    "audience_territory_ids": territories.ids,
                }
                for networks, territories in product(
                    (none, cls.blue, cls.green, cls.blue | cls.green),
                    (nowhere, *cls.territories, cls.port | cls.hills),
                )
            ]
        )

    @classmethod
    def _user(cls, login, role="member", accepts=True, **belonging):
        user = super()._user(login, role, **belonging)
        if accepts:
            charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())
            user._accept_charter(charter, "127.0.0.1")
        return user

    def _expected(self, networks, territories):
        """The law, said again without the code: networks and territories must both match, empty matches all."""
        return self.notes.filtered(
            lambda note: (
                (not note.audience_network_ids or note.audience_network_ids & networks)
                and (not note.audience_territory_ids or note.audience_territory_ids & territories)
            )
        )

    def assertReads(self, user, expected):
        """Searching, counting, reading and looking agree, whatever the caches hold."""
        Note = self.env["test.collab.note"].with_user(user)
        mine = [("id", "in", self.notes.ids)]
        self.assertEqual(Note.search(mine), expected)
        self.assertEqual(Note.search_count(mine), len(expected))
        self.assertEqual(self.notes.with_user(user)._filtered_access("read"), expected)
        groups = Note._read_group(mine, [], ["__count"])
        self.assertEqual(groups, [(len(expected),)])
        for note in self.notes.with_user(user):
            self.assertEqual(note.has_access("read"), note in expected)
            note.invalidate_recordset()
            if note in expected:
                self.assertEqual(note.name, "note")
            else:
                self.assertFalse(note.read(["name"]), "like what does not exist")
                with self.assertRaises(MissingError):
                    note.check_access("read")

    def test_truth_table(self):
        nowhere = self.env["collab.territory"]
        everywhere = self.territories
        people = [
            # belonging, and what it reaches, written by hand
            ("port", [self.blue], [self.port], self.port | self.north | self.region),
            (
                "north",
                [self.blue],
                [self.north],
                self.north | self.port | self.rives_north | self.rives_south | self.region,
            ),
            (
                "rives",
                [self.green],
                [self.rives_south],
                self.rives_south | self.rives_north | self.south | self.region,
            ),
            ("hills", [self.blue, self.green], [self.hills], self.hills | self.south | self.region),
            ("region", [self.green], [self.region], everywhere),
            ("unplaced", [self.blue], [], nowhere),
            ("unnetworked", [], [self.port], self.port | self.north | self.region),
        ]
        for login, networks, territories, reached in people:
            with self.subTest(login):
                organisation = self._organisation(login, networks, territories)
                user = self._user(login, organisation=organisation)
                self.assertReads(user, self._expected(self.env["collab.network"].union(*networks), reached))

    def test_a_member_reads_nothing_before_the_charter(self):
        organisation = self._organisation("Association", [self.blue, self.green], [self.region])
        user = self._user("nadia", organisation=organisation, accepts=False)
        self.assertReads(user, self.notes.browse())
        charter = self.env["collab.charter"].browse(self.env["collab.charter"]._current_id())
        user._accept_charter(charter, "127.0.0.1")
        self.assertReads(user, self.notes)

    def test_a_new_charter_stops_everybody(self):
        user = self._user("ana", networks=[self.blue, self.green], territories=[self.region])
        admin = self._user("adam", "administrator")
        self.assertReads(user, self.notes)
        self.env["collab.charter"].create({"body": "<p>Nouvelle</p>"}).action_publish()
        self.assertReads(user, self.notes.browse())
        self.assertReads(admin, self.notes.browse())

    def test_a_moderator_reads_his_network_everywhere(self):
        moderator = self._user("maud", "moderator", networks=[self.blue])
        self.assertReads(moderator, self._expected(self.blue, self.territories))

    def test_a_setting_widens_moderators_to_all_networks(self):
        moderator = self._user("maud", "moderator", networks=[self.blue])
        self.env["ir.config_parameter"].set_param("collab_reseaux.moderators_read_all", "True")
        self.assertReads(moderator, self.notes)

    def test_an_administrator_reads_everything(self):
        self.assertReads(self._user("adam", "administrator"), self.notes)

    def test_a_person_without_role_reads_nothing(self):
        user = self._user("zoe", networks=[self.blue], territories=[self.region])
        user.group_ids = self.env.ref("base.group_portal")
        self.assertFalse(user._audience_scope())

    def test_memberships_change_without_clearing_any_cache(self):
        organisation = self._organisation("Association", [self.blue], [self.port])
        user = self._user("ana", organisation=organisation)
        port = self.port | self.north | self.region
        self.assertReads(user, self._expected(self.blue, port))
        organisation.network_ids = self.blue | self.green
        self.assertReads(user, self._expected(self.blue | self.green, port))
        organisation.network_ids = self.green
        self.assertReads(user, self._expected(self.green, port))
        organisation.territory_ids = self.hills
        self.assertReads(user, self._expected(self.green, self.hills | self.south | self.region))
        self.env["res.partner"].create(
            {"name": "Site", "type": "site", "parent_id": organisation.id, "city": "Nantes", "zip": "44000"}
        )
        self.assertIn("5216", user.partner_id.scope_territory_ids.mapped("code"))

    def test_a_change_of_employer_takes_effect_at_once(self):
        before = self._organisation("Avant", [self.blue], [self.port])
        after = self._organisation("Après", [self.green], [self.hills])
        user = self._user("ana", organisation=before)
        self.assertReads(user, self._expected(self.blue, self.port | self.north | self.region))
        user.partner_id.parent_id = after
        self.assertReads(user, self._expected(self.green, self.hills | self.south | self.region))
        user.partner_id.parent_id = False
        self.assertReads(user, self._expected(self.env["collab.network"], self.env["collab.territory"]))

    def test_a_demoted_moderator_loses_his_view(self):
        user = self._user("maud", "moderator", networks=[self.blue])
        user.group_ids = self.env.ref("collab_reseaux.group_member")
        self.assertReads(user, self._expected(self.blue, self.env["collab.territory"]))

    def test_what_a_reader_may_read_is_put_in_a_domain_once_until_it_changes(self):
        user = self._user("ana", organisation=self._organisation("Association", [self.blue], [self.port]))
        Note = self.env["test.collab.note"].with_user(user)
        built = []
        Model = self.env.registry["test.collab.note"]
        build = Model._audience_domain

        def building(self):
            built.append(self.env.uid)
            return build(self)

        self.patch(Model, "_audience_domain", building)
        for _ in range(3):
            self.assertTrue(Note.search([]).mapped("name"))
        self.assertEqual(built, [user.id])
        # Another reader has his own; an audience that is new, what it gives.
        other = self._user("bob", organisation=self._organisation("Autre", [self.green], [self.hills]))
        self.assertNotEqual(Note.with_user(other).search([]), Note.search([]))
        self.assertEqual(set(built), {user.id, other.id})
        places = (self.port | self.north | self.hills).ids
        note = self.env["test.collab.note"].create({"name": "note", "audience_territory_ids": places})
        self.assertIn(note, Note.search([]))
        # And whoever has left his network has lost it.
        user.partner_id.parent_id = False
        self.assertNotIn(note, Note.search([]))

    def test_an_author_keeps_what_is_his_own(self):
        organisation = self._organisation("Association", [self.blue], [self.port])
        user = self._user("ana", organisation=organisation)
        note = (
            self.env["test.collab.note"]
            .with_user(user)
            .create(
                {
                    "name": "mine",
                    "audience_network_ids": self.blue.ids,
                    "audience_territory_ids": self.port.ids,
                }
            )
        )
        organisation.write({"network_ids": self.green.ids, "territory_ids": self.hills.ids})
        self.assertIn(note, note.search([]))
        self.assertTrue(note.has_access("write"))
        note.name = "still mine"
        self.env["collab.charter"].create({"body": "<p>Nouvelle</p>"}).action_publish()
        self.assertFalse(note.search([("id", "=", note.id)]))
        self.assertFalse(note.has_access("read"))

    def test_an_author_addresses_everyone_or_whom_he_belongs_to(self):
        organisation = self._organisation("Association", [self.blue], [self.port])
        Note = self.env["test.collab.note"].with_user(self._user("ana", organisation=organisation))
        for allowed in (
            {},
            {"audience_network_ids": self.blue.ids},
            {"audience_territory_ids": (self.port | self.north | self.region).ids},
        ):
            self.assertTrue(Note.create(allowed))
        for refused in (
            {"audience_network_ids": self.green.ids},
            {"audience_network_ids": (self.blue | self.green).ids},
            {"audience_territory_ids": self.hills.ids},
            {"audience_territory_ids": self.rives_north.ids},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                Note.create(refused)

    def test_a_moderator_addresses_his_network_on_any_territory(self):
        Note = self.env["test.collab.note"].with_user(self._user("maud", "moderator", networks=[self.blue]))
        self.assertTrue(Note.create({"audience_network_ids": self.blue.ids, "audience_territory_ids": self.hills.ids}))
        with self.assertRaises(ValidationError):
            Note.create({"audience_network_ids": self.green.ids})

    def test_the_number_of_readers_is_the_number_of_those_who_read(self):
        organisations = [
            self._organisation("Un", [self.blue], [self.port]),
            self._organisation("Deux", [self.green], [self.rives_south]),
            self._organisation("Trois", [self.blue, self.green], [self.south]),
        ]
        users = self.env["res.users"]
        for number in range(6):
            users |= self._user(f"user{number}", organisation=organisations[number % 3])
        users |= self._user("nadia", organisation=organisations[0], accepts=False)
        for note in self.notes.filtered("audience_network_ids"):
            readers = users.filtered(lambda user, note=note: note.with_user(user).has_access("read"))
            counted = note._count_audience(note.audience_network_ids.ids, note.audience_territory_ids.ids)
            self.assertEqual(counted, (len(readers), len(readers.partner_id.parent_id)))

    def test_the_number_of_readers_is_said_to_whoever_asks(self):
        """A member is one of those who read; an employee of a federation is not, and has perhaps written nothing."""
        bea = self._user("bea", organisation=self._organisation("Association", [self.green], [self.port]))
        maud = self._user("maud", "moderator", networks=[self.blue])
        expected = {
            (0, 0): ("Visible to you and to the federations.", "Visible to the federations only."),
            (1, 1): ("Visible to you and to the federations.", "Visible to 1 person and to the federations."),
            (2, 0): ("Visible to 2 people.",) * 2,
            (2, 1): ("Visible to 2 people from one organisation.",) * 2,
            (3, 2): ("Visible to 3 people from 2 organisations.",) * 2,
        }
        for numbers, sentences in expected.items():
            for person, sentence in zip((bea, maud), sentences, strict=True):
                note = self.env["test.collab.note"].with_user(person).with_context(lang="en_US")
                self.assertEqual(note._audience_sentence(*numbers), sentence, person.login)

    def test_records_of_one_audience_share_it_whatever_the_order_of_the_choice(self):
        Note = self.env["test.collab.note"]
        first, second = (
            Note.create({"name": "note", "audience_network_ids": networks})
            for networks in ([self.blue.id, self.green.id], [self.green.id, self.blue.id])
        )
        self.assertEqual(first.audience_id, second.audience_id)
        second.audience_network_ids = self.blue
        self.assertNotEqual(first.audience_id, second.audience_id)
        self.assertEqual(second.audience_id.key, f"{self.blue.id}|")

    def test_a_network_that_is_no_more_takes_its_audience_with_it(self):
        """What was for it alone is not suddenly for everyone, nor said to be."""
        bea = self._user("bea", organisation=self._organisation("Association", [self.green], [self.port]))
        note = self.env["test.collab.note"].create({"name": "note", "audience_network_ids": self.blue.ids})
        # Past the platform, which refuses.
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM collab_network WHERE id = %s", [self.blue.id])
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertFalse(note.with_user(bea).has_access("read"))
        self.assertFalse(self.env["collab.audience"]._shown(note.audience_id.id)["everyone"])
        # A form that knows nothing of it, saved as it is.
        note.write({"audience_network_ids": [], "audience_territory_ids": []})
        self.env.flush_all()
        self.assertFalse(note.with_user(bea).has_access("read"))
        self.assertEqual(
            note._count_audience([*self.env["collab.audience"]._sides(note.audience_id.id)[0]], []), (0, 0)
        )
        # Addressed to somebody else, it is his.
        note.audience_network_ids = self.green
        self.assertTrue(note.with_user(bea).has_access("read"))

    def test_members_do_not_read_audiences(self):
        bea = self._user("bea")
        with self.assertRaises(AccessError):
            self.env["collab.audience"].with_user(bea).search([])
