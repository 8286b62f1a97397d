from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import CollabCase


class TestUsed(CollabCase):
    """What gives rights is not deleted while in use: it is archived, or what uses it goes elsewhere first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = cls._organisation("House", [cls.blue], [cls.port])
        cls.people = cls._user("ana", organisation=cls.house) | cls._user("leo", organisation=cls.house)
        cls.gone = cls._user("gone", organisation=cls.house)
        cls.gone.active = False
        cls.gone.partner_id.active = False
        cls.ada = cls._user("ada", "administrator")
        cls.maud = cls._user("maud", "moderator", networks=[cls.green])

    def _dialog(self, record, person=None):
        """:return collab.retire: as the button opens it"""
        action = record.with_user(person or self.ada).action_retire()
        return self.env["collab.retire"].with_user(person or self.ada).browse(action["res_id"])

    def _refusal(self, act):
        with self.assertRaises(UserError) as caught:
            act()
        return str(caught.exception)

    # Deleting

    def test_a_network_in_use_is_not_deleted_even_by_the_platform(self):
        said = self._refusal(self.blue.sudo().unlink)
        for part in ("“Blue” is in use", "1 organisation belongs to it.", "3 people belong to it.", "Archive it"):
            self.assertIn(part, said)

    def test_a_territory_in_use_is_not_deleted(self):
        self.assertIn("1 organisation belongs to it. 3 people belong to it.", self._refusal(self.port.unlink))
        self.assertIn("2 other territories are parts of it.", self._refusal(self.south.unlink))
        nantes = self.env.ref("collab_reseaux.territory_ze5216_d44")
        self.assertRegex(self._refusal(nantes.unlink), r"\d+ communes lie in it")

    def test_an_organisation_in_use_is_not_deleted(self):
        site = {"name": "Annexe", "type": "site", "parent_id": self.house.id}
        self.env["res.partner"].create(site)
        said = self._refusal(self.house.sudo().unlink)
        for part in ("2 people work there.", "1 person worked there.", "1 site belongs to it."):
            self.assertIn(part, said)

    def test_what_was_created_by_mistake_is_deleted_by_the_same_button(self):
        lonely = self.env["collab.network"].create({"name": "Oops", "code": "oops"})
        place = self.env["collab.territory"].create({"kind": "region", "code": "Z", "name": "Nowhere"})
        theme = self.env["collab.theme"].create({"name": "Oops"})
        for record in (lonely, place, theme, self._organisation("Oops")):
            with self.subTest(record._name):
                dialog = self._dialog(record)
                self.assertFalse(dialog.uses)
                dialog.action_delete()
                self.assertFalse(record.exists())

    def test_the_dialog_deletes_nothing_in_use(self):
        dialog = self._dialog(self.blue)
        self.assertIn("3 people belong to it.", dialog.uses)
        self._refusal(dialog.action_delete)
        self.assertTrue(self.blue.exists())

    def test_only_an_administrator_opens_it(self):
        green_house = self._organisation("Green house", [self.green])
        for record in (self.green, self.port, green_house):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.maud).action_retire()
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.maud).action_restore()
        # Nor does a dialog that another has opened help him.
        dialog = self._dialog(green_house).with_user(self.maud)
        with self.assertRaises(UserError):
            dialog.action_archive()

    def test_a_person_is_neither_archived_nor_deleted_so(self):
        with self.assertRaises(AccessError):
            self.people[0].partner_id.with_user(self.ada).action_retire()

    # Archiving

    def test_nobody_joins_an_archived_network_or_territory_and_who_is_there_stays(self):
        self._dialog(self.blue).action_archive()
        self._dialog(self.port).action_archive()
        person = self.people[0].partner_id
        self.assertEqual(person.scope_network_ids, self.blue)
        self.assertEqual(person.scope_territory_ids, self.port)
        self.assertEqual(self.blue.display_name, "Blue (archived network)")
        self.house.write({"name": "Renamed", "network_ids": [(4, self.green.id)]})
        self.assertEqual(self.house.network_ids, self.blue | self.green, "a form that is saved keeps it")
        for vals in ({"network_ids": [(4, self.blue.id)]}, {"territory_ids": [(4, self.port.id)]}):
            with self.subTest(vals):
                self.assertIn("archived", self._refusal(lambda vals=vals: self.maud.partner_id.write(vals)))
                with self.assertRaises(ValidationError):
                    self.env["res.partner"].create({"name": "New", "is_company": True, **vals})
        self.blue.with_user(self.ada).action_restore()
        self.maud.partner_id.network_ids |= self.blue

    def test_an_archived_network_is_offered_to_nobody(self):
        self.blue.active = False
        self.port.active = False
        for person in (self.people[0], self.ada):
            with self.subTest(person.login):
                # A client that asks for what is archived too.
                networks, territories = person.with_context(active_test=False)._audience_choices()
                self.assertNotIn(self.blue, networks)
                self.assertNotIn(self.port, territories)
        self.assertNotIn(self.blue.id, [network["id"] for network in self.env["collab.network"]._branding()])
        self.assertNotIn(self.port.id, self.env["collab.territory"]._labels())

    def test_an_archived_territory_keeps_its_place_in_the_tree(self):
        Territory = self.env["collab.territory"]
        before = [Territory._reach((place.id,)) for place in self.territories]
        self.north.active = False
        self.rives_south.active = False
        self.assertEqual(before, [Territory._reach((place.id,)) for place in self.territories])
        self.assertIn(self.rives_south.id, Territory._steps())

    def test_a_network_does_not_leave_moderators_without_any(self):
        said = self._refusal(self._dialog(self.green).action_archive)
        self.assertIn("1 moderator has no other network", said)
        self.assertEqual(self._dialog(self.green).refusal, said)
        self.maud.partner_id.network_ids |= self.blue
        self._dialog(self.green).action_archive()
        with self.assertRaises(ValidationError):
            self.maud.partner_id.network_ids = self.green
        with self.assertRaises(UserError):
            self.blue.active = False

    def test_a_moderator_does_not_come_back_to_a_network_that_is_archived(self):
        self.maud.active = False
        self.green.active = False
        with self.assertRaises(ValidationError):
            self.maud.active = True

    def test_an_organisation_where_people_work_is_not_archived(self):
        said = self._refusal(lambda: self.house.write({"active": False}))
        self.assertEqual(said, "2 people work there: move them to another organisation first.")
        with self.assertRaises(AccessError):
            self.house.with_user(self.ada).write({"active": False})
        self.people.partner_id.parent_id = self._organisation("Other")
        self.house.active = False

    def test_an_archived_organisation_gives_nothing_to_who_comes_back(self):
        self.people.partner_id.parent_id = False
        self.house.active = False
        self.gone.partner_id.active = True
        self.gone.active = True
        self.assertFalse(self.gone.partner_id.scope_network_ids | self.env["collab.network"])
        self.assertFalse(self.gone.partner_id.scope_territory_ids)
        self.house.active = True
        self.assertEqual(self.gone.partner_id.scope_network_ids, self.blue)

    # Merging

    def test_people_move_to_another_organisation_at_once(self):
        other = self._organisation("Other", [self.green], [self.port])
        host = self._user("host", organisation=other)
        site = self.env["res.partner"].create(
            {"name": "Annexe", "type": "site", "parent_id": self.house.id, "city": "Cholet", "zip": "49300"}
        )
        with Form(self._dialog(self.house), "collab_reseaux.collab_retire_view_form") as form:
            self.assertEqual(form.refusal, "2 people work there: move them to another organisation first.")
            form.organisation_id = other
            said = form.merge_consequence
            self.assertIn("2 people will no longer see what is addressed to Blue", said)
            self.assertIn("1 person will also see what is addressed to", said, "the site comes too")
        form.record.action_merge()
        self.assertEqual((self.people | self.gone).partner_id.parent_id, other)
        self.assertEqual(self.people.partner_id.scope_network_ids, self.green)
        self.assertEqual(site.parent_id, other)
        self.assertIn("Cholet", host.partner_id.scope_territory_ids.mapped("name"))
        self.assertFalse(self.house.active)
        self.assertEqual(other.network_ids, self.green, "nobody gains what nobody has chosen for him")

    def test_nothing_is_merged_into_nothing_itself_or_what_is_archived(self):
        dialog = self._dialog(self.house)
        archived = self._organisation("Archived")
        archived.active = False
        for other in (self.env["res.partner"], self.house, archived, self.people[0].partner_id):
            with self.subTest(other.name):
                dialog.organisation_id = other
                with self.assertRaises(UserError):
                    dialog.action_merge()
        self.assertEqual(self.people.partner_id.parent_id, self.house)

    def test_nobody_chooses_on_what_the_dialog_opens(self):
        dialog = self._dialog(self.house)
        for vals in ({"res_id": self.blue.id}, {"res_model": "res.users"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                dialog.write(vals)
        with self.assertRaises(AccessError):
            dialog.create({"res_model": "collab.network", "res_id": self.blue.id})
