from odoo.tests import tagged

from odoo.addons.collab_charte.tests.common import CharterCase


@tagged("post_install", "-at_install")
class TestNames(CharterCase):
    """Names are kept in memory between requests, and are never older than the people who bear them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice = cls._user("alice", networks=cls.blue)
        cls.maud = cls._user("maud", networks=cls.blue)

    def _named(self):
        """:return tuple: what a page of Maud says of Alice, in a request of its own: name, organisation"""
        self.env.cr.cache.clear()
        Member = self.env["collab.member"].with_user(self.maud)
        return Member._named_by_account(self.alice.ids).get(self.alice.id, (None, None))[:2]

    def test_names_that_were_looked_up_serve_the_next_pages(self):
        self._named()
        with self.assertQueryCount(1):  # whether anything has changed
            self._named()

    def test_a_person_who_leaves_has_no_name_any_more(self):
        self.assertTrue(self._named()[0])
        self.alice.active = False
        self.assertIsNone(self._named()[0])

    def test_a_name_an_organisation_and_a_role_that_change_are_said_at_once(self):
        organisation = self.env["res.partner"].create({"name": "L’Escale", "is_company": True})
        self._named()
        self.alice.partner_id.write({"lastname": "Martin", "parent_id": organisation.id})
        self.assertIn("Martin", self._named()[0])
        self.assertEqual(self._named()[1], "L’Escale")
        organisation.name = "La Traversée"
        self.assertEqual(self._named()[1], "La Traversée")
        self.alice.platform_role = "administrator"
        self.assertIn("(administration)", self._named()[0])

    def test_who_may_read_nothing_reads_no_name_that_others_have_looked_up(self):
        self._named()
        stranger = self.env["res.users"].create({"login": "stranger@collab.example", "name": "Stranger"})
        stranger.group_ids = self.env.ref("base.group_portal")
        self.assertEqual(self.env["collab.member"].with_user(stranger)._named_by_account(self.alice.ids), {})
