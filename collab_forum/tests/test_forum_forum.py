from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ForumCase


@tagged("post_install", "-at_install")
class TestForum(ForumCase):
    """A forum stands for a theme; karma stands for a role."""

    def test_each_theme_has_one_forum_and_each_forum_a_theme(self):
        theme = self.env["collab.theme"].create({"name": "Justice"})
        forums = self.env["forum.forum"].with_context(active_test=False).search([])
        themes = self.env["collab.theme"].with_context(active_test=False).search([])
        self.assertEqual(len(forums), len(themes))
        self.assertEqual(forums.theme_id, themes)
        forum = forums.filtered(lambda forum: forum.theme_id == theme)
        self.assertEqual(forum.name, "Justice")
        theme.write({"name": "Accès au droit", "sequence": 99})
        self.assertEqual((forum.name, forum.sequence), ("Accès au droit", 99))
        self.assertEqual(forum.with_context(lang="fr_FR").name, "Accès au droit")
        self.assertEqual(forum._labels()[forum.id], "Accès au droit")
        theme.active = False
        self.assertNotIn(theme.id, forum._by_theme())
        self.env["forum.tag"].create({"name": "x", "forum_id": forum.id})
        theme.unlink()
        self.assertFalse(forum.exists())

    def test_a_theme_that_people_have_discussed_is_not_deleted(self):
        self._ask(self.alice)
        with self.assertRaises(UserError):
            self.theme.unlink()

    def test_an_update_brings_no_other_forum(self):
        foreign = self.env["forum.forum"].create({"name": "Help"})
        tag = self.env["forum.tag"].create({"name": "x", "forum_id": foreign.id})
        post = self.env["forum.post"].create({"name": "x", "forum_id": foreign.id, "tag_ids": tag.ids})
        self.env["forum.post"].create({"content": "x", "forum_id": foreign.id, "parent_id": post.id})
        for _ in range(2):
            self.env["forum.forum"]._keep_in_step()
        self.assertFalse(self.env["forum.forum"].search([("theme_id", "=", False)]))

    def test_nobody_makes_a_forum_beside_the_themes(self):
        for person in (self.alice, self.maud, self.ada):
            with self.assertRaises(AccessError):
                self._as(person)["forum.forum"].create({"name": "x"})

    def test_every_right_of_a_forum_is_that_of_members_or_of_moderators(self):
        thresholds = {
            name: self.forum[name] for name in self.forum._fields if name.startswith("karma_") and "_gen_" not in name
        }
        self.assertEqual(set(thresholds.values()), {0, 1000})
        gains = [self.forum[name] for name in self.forum._fields if name.startswith("karma_gen_")]
        self.assertEqual(set(gains), {0})

    def test_karma_follows_the_role(self):
        newcomer = self._user("newcomer")
        self.assertEqual(newcomer.karma, 1)
        self.assertEqual(self.maud.karma, 1_000_000)
        self.assertEqual(self.ada.karma, 1_000_000)
        self.assertEqual(new_test_user(self.env, "somebody", "base.group_portal", password="Somebody-2026").karma, 0)
        clerk = self._user("clerk", "moderator", networks=[self.blue])
        clerk.group_ids -= self.env.ref("collab_reseaux.group_moderator")
        self.assertEqual(clerk.karma, 0)

    def test_nobody_gains_karma_nor_a_rank_and_no_mail_says_so(self):
        mails = self.env["mail.mail"].search_count([])
        self.alice._add_karma(5000)
        self.alice._recompute_rank()
        question = self._ask(self.alice)
        answer = self._answer(self.alan, question)
        answer.with_env(self._as(self.chloe))._thank(True)
        answer.with_env(self._as(self.alice))._retain(True)
        self.assertEqual((self.alice.karma, self.alan.karma), (1, 1))
        self.assertFalse(self.alice.rank_id | self.alan.rank_id)
        self.assertFalse(self.env["gamification.karma.tracking"].search([("user_id", "in", self.people.ids)]))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
