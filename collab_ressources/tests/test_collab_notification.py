from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger

from odoo.addons.collab_courrier.models.collab_notification import CollabNotification, Event
from odoo.addons.collab_courrier.models.collab_notification_letter import CollabNotification as Letter

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestNotification(LibraryCase):
    """Who is told what by mail, and how often. That it arrives, whatever fails, is proved with a real mail server."""

    def setUp(self):
        super().setUp()
        for person in (self.alice, self.alan, self.chloe):
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        self.env["collab.notification"].search([]).unlink()

    def _say(self, person, document, body="Très utile"):
        return self.env["collab.document.comment"].with_user(person).create({"document_id": document.id, "body": body})

    def _told(self):
        """:return list[tuple[str, str]]: the mails that leave now: to whom, and their subject"""
        mails = []

        def send(letter, message, connection):
            subject = message["Subject"].replace("\N{NO-BREAK SPACE}", " ")
            mails.append((email_normalize(message["To"]), subject))
            return original(letter, message, connection)

        original = CollabNotification._send
        # The job commits as it goes: on a cursor of its own, whose commits are savepoints here.
        with patch.object(CollabNotification, "_send", send), self.enter_registry_test_mode():
            self.env.ref("collab_courrier.cron_send").method_direct_trigger()
        self.env.invalidate_all()
        return sorted(mails)

    def _tomorrow(self):
        """What waits for the morning waits no more."""
        self.env.cr.execute("UPDATE collab_notification SET due = %s WHERE state = 'waiting'", [fields.Datetime.now()])
        self.env["collab.notification"].invalidate_model()

    def test_followers_are_told_what_is_said_and_not_who_says_it(self):
        document = self._deposit(self.alice)
        self._say(self.alan, document)
        self.assertEqual(self._told(), [("alice@example.org", "alan commente « Note »")])
        self._say(self.alice, document, "Merci")
        self.assertEqual(self._told(), [("alan@example.org", "alice commente « Note »")])
        self.assertFalse(self._told(), "once is enough")

    def test_the_same_event_is_told_once_however_often_it_is_noted(self):
        document = self._deposit(self.alice)
        for _ in range(3):
            event = Event("x", document)
            self.env["collab.notification"].with_user(self.alan)._notify("care", document, event, self.alice)
        self.assertEqual(self.env["collab.notification"].search_count([]), 1)

    def test_each_chooses_his_rhythm(self):
        document = self._deposit(self.alice)
        document.with_user(self.chloe)._set_mark("follow", True)
        Preference = self.env["collab.notification.preference"]
        Preference._choose(self.alice, "comment", "never")
        Preference._choose(self.chloe, "comment", "daily")
        for body in ("Une", "Deux", "Trois"):
            self._say(self.alan, document, body)
        self.assertFalse(self._told(), "nothing before the morning")
        self._tomorrow()
        self.assertEqual(self._told(), [("chloe@example.org", "3 nouvelles qui vous concernent")])
        self.assertEqual(self.env["collab.notification"]._received(self.chloe), 1, "three things, one mail")

    def test_who_has_changed_his_mind_before_the_mail_leaves_is_not_told(self):
        document = self._deposit(self.alice)
        self._say(self.alan, document)
        self.env["collab.notification.preference"]._choose(self.alice, "comment", "never")
        self.assertFalse(self._told())
        self.assertEqual(self.env["collab.notification"].search([]).state, "cancelled")

    def test_rights_are_asked_when_the_mail_leaves(self):
        for change in (
            lambda document, comment: document.write({"audience_network_ids": self.green.ids}),
            lambda document, comment: document.sudo().write({"active": False}),
            lambda document, comment: comment.unlink(),
            lambda document, comment: document.with_user(self.alan)._set_mark("follow", False),
            lambda document, comment: self.alan.write({"active": False}),
        ):
            document = self._deposit(self.alice)
            document.with_user(self.alan)._set_mark("follow", True)
            comment = self._say(self.chloe, document)
            self.env["collab.notification"].search([("user_id", "!=", self.alan.id)]).unlink()
            change(document.with_env(self.env), comment.with_env(self.env))
            self.assertFalse(self._told())

    def test_beyond_ten_mails_a_day_the_rest_waits_for_the_morning(self):
        document = self._deposit(self.alice)
        for number in range(13):
            self._say(self.alan, document, f"Numéro {number}")
        self.assertEqual(len(self._told()), 10)
        self._tomorrow()
        self.assertEqual(self._told(), [("alice@example.org", "3 nouvelles qui vous concernent")])

    def test_its_owner_is_told_that_a_document_is_out_of_date(self):
        document = self._deposit(self.alice)
        document.with_user(self.alan)._say_outdated("Les montants sont de 2024")
        self.assertEqual(self._told(), [("alice@example.org", "alan signale que « Note » est périmé")])

    def test_its_owner_is_reminded_on_the_day_of_the_review_once(self):
        document = self._deposit(self.alice)
        document.review_date = date.today() + timedelta(days=1)
        self.env["dms.file"]._ask_for_reviews()
        self.assertEqual(document.status, "current")
        document.review_date = date.today()
        for _ in range(2):
            self.env["dms.file"]._ask_for_reviews()
        self.assertEqual(document.status, "review")
        self.assertEqual(self._told(), [("alice@example.org", "« Note » est à revoir")])

    def test_who_is_entrusted_with_a_document_is_told_in_the_place_of_its_author(self):
        document = self._deposit(self.alice)
        document.sudo().owner_id = self.alan
        document.with_user(self.chloe)._say_outdated("Trop vieux")
        self.assertEqual([to for to, _subject in self._told()], ["alan@example.org"])

    def test_who_follows_a_folder_is_told_what_comes_in_it_and_below(self):
        below = self.env["dms.directory"].create({"name": "Grilles", "parent_id": self.folder.id})
        self.folder.with_user(self.alan)._set_mark("follow", True)
        self._deposit(self.alice, directory_id=below.id)
        self._deposit(self.alice, directory_id=self.env.ref("collab_ressources.directory_minutes").id)
        self._tomorrow()
        self.assertEqual(self._told(), [("alan@example.org", "Nouveau dans Outils : « Note »")])

    def test_who_follows_a_document_is_told_of_its_new_version(self):
        document = self._deposit(self.alice)
        document.with_user(self.alan)._set_mark("follow", True)
        document._say_changed("note-2.pdf")
        self._tomorrow()
        self.assertEqual(self._told(), [("alan@example.org", "Nouvelle version de « Note »")])

    @mute_logger("odoo.addons.collab_courrier.models.collab_notification")
    def test_what_cannot_be_written_for_one_holds_back_nobody_else(self):
        document = self._deposit(self.alice)
        document.with_user(self.chloe)._set_mark("follow", True)
        self._say(self.alan, document)
        original = Letter._message

        def broken(row, items):
            if row.user_id == self.alice:
                raise ValueError("no letter for her")
            return original(row, items)

        with patch.object(Letter, "_message", broken):
            self.assertEqual([to for to, _subject in self._told()], ["chloe@example.org"])
        waiting = self.env["collab.notification"].search([("state", "=", "waiting")])
        self.assertEqual((waiting.user_id, waiting.tries, waiting.error), (self.alice, 1, "no letter for her"))
        self.assertGreater(waiting.due, fields.Datetime.now())

    @mute_logger("odoo.addons.collab_courrier.models.collab_notification")
    def test_after_a_day_of_failures_it_is_given_up_and_an_administrator_sends_it_again(self):
        document = self._deposit(self.alice)
        self._say(self.alan, document)
        row = self.env["collab.notification"].search([])
        row.wanted -= timedelta(hours=25)
        row._postpone("450 later")
        self.assertEqual((row.state, row.error), ("given_up", "450 later"))
        administrator = self._user("ada", "administrator")
        row.with_user(administrator).action_retry()
        self.assertEqual([to for to, _subject in self._told()], ["alice@example.org"])

    def test_what_a_person_was_told_is_his_and_goes_with_him(self):
        document = self._deposit(self.alice)
        self._say(self.alan, document)
        self.env["collab.notification.preference"]._choose(self.alice, "comment", "daily")
        self.alice.active = False
        self.alice._forget()
        for model in ("collab.notification", "collab.notification.preference"):
            self.assertFalse(self.env[model].search([("user_id", "=", self.alice.id)]))
