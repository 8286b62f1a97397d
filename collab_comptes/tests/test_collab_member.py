from odoo.tests import tagged

from odoo.addons.collab_charte.tests.common import CharterCase


@tagged("post_install", "-at_install")
class TestMarks(CharterCase):
    """Whoever speaks for a federation is marked so; nobody marks himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice = cls._user("alice", networks=cls.blue)
        cls.maud = cls._user("maud", "moderator", networks=cls.blue)
        cls.ada = cls._user("ada", "administrator")
        for user in cls.alice | cls.maud | cls.ada:
            user.partner_id.write({"firstname": user.login.title(), "lastname": "Le Gall"})

    def _named(self, user):
        Member = self.env["collab.member"].with_user(self.alice).with_context(lang="fr_FR")
        member = Member.search([("user_id", "=", user.id)])
        self.assertEqual(Member._named_by_account(user.ids)[user.id][0], member.name)
        return member.name

    def test_moderators_and_administrators_are_marked_and_members_are_not(self):
        self.assertEqual(self._named(self.alice), "Alice Le Gall")
        self.assertEqual(self._named(self.maud), "Maud Le Gall (modération)")
        self.assertEqual(self._named(self.ada), "Ada Le Gall (administration)")

    def test_the_mark_follows_the_role(self):
        self.maud.platform_role = "administrator"
        self.assertEqual(self._named(self.maud), "Maud Le Gall (administration)")
        self.maud.platform_role = "member"
        self.assertEqual(self._named(self.maud), "Maud Le Gall")

    def test_a_name_with_signs_is_shown_as_it_is(self):
        self.maud.partner_id.lastname = "100 % $1 %s"
        self.assertEqual(self._named(self.maud), "Maud 100 % $1 %s (modération)")

    def test_lists_show_the_initial_by_which_a_name_is_filed(self):
        for lastname, shown in {
            "Le Gall": "Alice L.",
            "de La Rochefoucauld": "Alice L.",
            "d’Arc": "Alice A.",
            "Évain": "Alice É.",
            "évain": "Alice é.",
        }.items():
            with self.subTest(lastname):
                self.alice.partner_id.lastname = lastname
                Member = self.env["collab.member"].with_user(self.maud)
                self.assertEqual(Member._named_by_account(self.alice.ids)[self.alice.id][3], shown)
