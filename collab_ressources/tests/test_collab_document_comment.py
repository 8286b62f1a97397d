from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestComment(LibraryCase):
    def _say(self, person, document, body="Très utile"):
        return self.env["collab.document.comment"].with_user(person).create({"document_id": document.id, "body": body})

    def test_who_reads_the_document_reads_what_is_said_and_nobody_else(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        comment = self._say(self.alan, document)
        self.env.invalidate_all()
        self.assertEqual(comment.with_user(self.alice).body, "Très utile")
        stranger = comment.with_user(self.chloe)
        self.env.invalidate_all()
        self.assertFalse(stranger.search([]))
        with self.assertRaises(MissingError):
            stranger.body  # noqa: B018

    def test_nobody_says_anything_under_what_he_may_not_read(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        with self.assertRaises(MissingError):
            self._say(self.chloe, document)

    def test_what_is_said_follows_the_audience_of_the_document(self):
        document = self._deposit(self.alice)
        comment = self._say(self.alan, document).with_user(self.chloe)
        self.assertTrue(comment.search([]))
        document.audience_network_ids = self.blue
        self.env.invalidate_all()
        self.assertFalse(comment.search([]))
        self.assertFalse(comment.has_access("read"))

    def test_what_is_said_is_withdrawn_with_the_document(self):
        document = self._deposit(self.alice)
        comment = self._say(self.alan, document)
        document._withdraw()
        self.env.invalidate_all()
        self.assertFalse(comment.with_user(self.chloe).search([]))
        self.assertTrue(comment.with_user(self.alice).search([]), "its author may still put it back")

    def test_one_corrects_and_removes_ones_own(self):
        comment = self._say(self.alan, self._deposit(self.alice))
        comment.body = "Très utile, merci"
        for other in (self.alice, self.chloe):
            with self.assertRaises(AccessError):
                comment.with_user(other).body = "Inutile"
            with self.assertRaises(AccessError):
                comment.with_user(other)._withdraw()
        comment._withdraw()
        self.assertFalse(comment.active)

    def test_a_moderator_removes_with_a_reason_and_does_not_put_words_in_a_mouth(self):
        comment = self._say(self.alan, self._deposit(self.alice))
        moderator = self._user("maud", "moderator", networks=[self.blue])
        with self.assertRaises(AccessError):
            comment.with_user(moderator).body = "Autre chose"
        for person in (moderator, self.alan):
            with self.assertRaises(AccessError):
                comment.with_user(person).unlink()
        comment.with_user(moderator)._remove("Hors sujet")
        self.assertFalse(comment.active)

    def test_a_text_is_kept_as_it_was_typed_within_reason(self):
        document = self._deposit(self.alice)
        self.assertEqual(
            self._say(self.alan, document, " Une ligne\r\n<b>l'autre</b>\x00 ").body, "Une ligne\n<b>l'autre</b>"
        )
        for refused in ("", " \n ", "x" * 5001):
            with self.subTest(refused[:3]), self.assertRaises(ValidationError):
                self._say(self.alan, document, refused)
