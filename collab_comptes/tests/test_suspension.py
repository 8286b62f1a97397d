import base64
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..exceptions import AlreadyDone
from .common import AccountCase

# A picture of one point.
PIXEL = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestSuspension(AccountCase):
    """A moderator of one of somebody's networks stops him from writing, everywhere, for as long as he says."""

    def _may_write(self, person):
        try:
            person.with_user(person)._check_may_write()
        except AccessError:
            return False
        return True

    def test_a_moderator_of_one_of_his_networks_does_it_and_nobody_else(self):
        for doer, person in (
            (self.gus, self._user("bob", networks=[self.blue])),
            (self.alice, self.chloe),
            (self.alice, self.alice),
            (self.maud, self.gus),
            (self.maud, self.maud),
            (self.ada, self.maud),
            (self.ada, self.abel),
            (self.ada, self.env.ref("base.public_user")),
            (self.ada, self.env.ref("base.user_admin")),
        ):
            with self.subTest(doer.login, person=person.login), self.assertRaises(AccessError):
                self._by(doer, person)._suspend("Injures")
        for doer in (self.maud, self.gus, self.ada):
            self._by(doer, self.alice)._suspend("Injures")
            self.assertFalse(self._may_write(self.alice))
            self._by(doer, self.alice)._resume("Excuses")
            self.assertTrue(self._may_write(self.alice))
        self.assertEqual(self._events(self.alice), ["suspended", "resumed"] * 3)

    def test_it_ends_by_itself_after_its_last_day_in_paris(self):
        with freeze_time("2026-12-01 10:00:00"):
            self._by(self.maud, self.alice)._suspend("Injures", date(2026, 12, 3))
            self.assertEqual(self.alice.with_context(lang="fr_FR").door_label, "Suspendu (jusqu’au 3 déc.)")
            with self.assertRaisesRegex(AccessError, "jusqu’au jeudi 3 décembre"):
                self._by(self.alice, self.alice)._check_may_write()
        # Still the third of December in Paris, then no more.
        for moment, may_write in (("2026-12-03 22:59:59", False), ("2026-12-03 23:00:00", True)):
            with freeze_time(moment), self.subTest(moment):
                self.env.invalidate_all()
                self.assertEqual(self._may_write(self.alice), may_write)
                self.assertEqual(self.alice.door_state, "in" if may_write else "suspended")
                found = self.env["res.users"].search([("door_state", "=", "suspended")])
                self.assertEqual(self.alice in found, not may_write)
                listed = self._by(self.maud, self.alice)._suspended_rows()
                self.assertEqual([row["id"] for row in listed], [] if may_write else self.alice.ids)
        with freeze_time("2026-12-10 10:00:00"):
            self.env.invalidate_all()
            with self.assertRaises(AlreadyDone):
                self._by(self.maud, self.alice)._resume("Excuses")
            self._by(self.maud, self.alice)._suspend("Encore")
            self.assertFalse(self.alice.suspended_until)
            self.assertEqual(self.alice.door_label, "Suspended")

    def test_a_year_that_is_not_this_one_is_said(self):
        with freeze_time("2026-12-01 10:00:00"):
            self._by(self.maud, self.alice)._suspend("Injures", date(2027, 1, 4))
            self.assertEqual(self.alice.with_context(lang="fr_FR").door_label, "Suspendu (jusqu’au 4 janv. 2027)")

    def test_what_is_badly_asked_is_refused_in_words(self):
        today = self.env["res.users"]._today()
        for reason, until in ((None, None), ("", None), (" \0\n", None), ("x", today - timedelta(days=1))):
            with self.subTest(reason, until=until), self.assertRaises(ValidationError):
                self._by(self.maud, self.alice)._suspend(reason, until)
        self.assertFalse(self._events(self.alice))
        self._by(self.maud, self.alice)._suspend("x" * 3_000, today)
        self.assertFalse(self._may_write(self.alice))
        self.assertEqual(len(self.alice.sudo()._last_event("suspended").reason), 1_000)
        with self.assertRaises(ValidationError):
            self._by(self.maud, self.alice)._resume(" ")

    def test_who_comes_second_is_told_who_was_first_and_nobody_is_told_twice(self):
        self._by(self.maud, self.alice)._suspend("Injures")
        letters = self._letters()
        hugo = self._user("hugo", "moderator", networks=[self.blue])
        for second in (hugo, self.ada):
            with self.assertRaisesRegex(AlreadyDone, r"^maud \(modération\) l’a déjà fait, aujourd.hui.$"):
                self._by(second, self.alice)._suspend("Publicité")
        with self.assertRaisesRegex(AlreadyDone, "^C’est déjà fait.$"):
            self._by(self.gus, self.alice)._suspend("Publicité")
        with self.assertRaisesRegex(AlreadyDone, "^Vous l’avez déjà fait.$"):
            self._by(self.maud, self.alice)._suspend("Injures")
        self.assertEqual(self._letters(), letters)
        self.assertEqual(self._events(self.alice), ["suspended"])

    def test_the_person_reads_why_and_whom_to_write_to(self):
        reason = "Injures répétées. " * 50
        self._by(self.maud, self.alice)._suspend(reason)
        [(login, subject, said), *_others] = self._letters()
        self.assertEqual((login, subject), ("alice", "Vous ne pouvez plus écrire sur la plateforme"))
        self.assertIn(reason.strip(), said, "whole, as it is owed")
        self.assertTrue(said.startswith("Vous pouvez toujours tout lire.\n\nMotif : « Injures répétées."), said)
        self.assertTrue(
            said.endswith("Vous n’êtes pas d’accord ? Écrivez à :\nMarie Bleue marie@blue.example"), "one on each line"
        )

    def test_what_is_owed_leaves_whatever_one_has_chosen_and_cannot_be_stopped(self):
        Preference = self.env["collab.notification.preference"]
        self.assertNotIn("account", self.env["collab.notification"]._kinds_for(self.alice))
        Preference._choose(self.alice, "account", "never")
        self.env["ir.config_parameter"].set_param("collab_courrier.mails_a_day", "0")
        self._by(self.maud, self.alice)._suspend("Injures")
        letter = self.env["collab.notification"].search([("user_id", "=", self.alice.id)])
        message = letter._write_letter()
        self.assertNotIn("List-Unsubscribe", message)
        self.assertNotIn("desabonnement", message.get_body(("html",)).get_content())

    def test_who_is_suspended_changes_nothing_that_others_see_of_him(self):
        own = self.alice.partner_id
        own.write({"firstname": "Alice", "lastname": "Roy", "function": "CIP", "image_1920": PIXEL})
        self._by(self.maud, self.alice)._suspend("Injures")
        mine = self._by(self.alice, own)
        for values, photo in (
            ({"firstname": "Injure"}, None),
            ({"lastname": "Injure"}, None),
            ({"function": "Injure"}, None),
            ({"function": ""}, None),
            ({}, base64.b64decode(PIXEL)),
        ):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "suspendu votre droit d’écrire"):
                mine._update_own(values, photo)
        same = {"firstname": "Alice", "lastname": "Roy", "function": "CIP"}
        mine._update_own({**same, "phone": "02 40 00 00 00", "shows_email": True}, b"")
        self.assertEqual((own.name, own.function, own.phone), ("Alice Roy", "CIP", "02 40 00 00 00"))
        self.assertTrue(own.shows_email)
        self.assertFalse(own.image_1920, "he takes his photo away")

    def test_the_other_networks_are_told_without_the_reason(self):
        hugo = self._user("hugo", "moderator", networks=[self.blue])
        other = self.env["collab.network"].create({"name": "Red", "code": "red"})
        self._user("rita", "moderator", networks=[other])
        hugo.write({"email": "hugo@example.org"})
        self._by(self.maud, self.alice)._suspend("Injures")
        told = self._letters()
        self.assertEqual([login for login, *_said in told], ["alice", "gus"])
        self.assertIn("alice", told[1][1])
        self.assertNotIn("Injures", "".join(told[1]))
        self.assertEqual(told[1][2], "Un autre réseau l’a décidé, et a dit pourquoi à cette personne.")
        [row] = self._by(self.gus, self.alice)._suspended_rows()
        self.assertEqual(row["decided"], told[1][2])
        for reader, reason, doer in (
            (self.maud, "Injures", "maud (modération)"),
            (hugo, "Injures", "maud (modération)"),
            (self.gus, "", ""),
            (self.ada, "Injures", "maud (modération)"),
        ):
            [row] = self._by(reader, self.alice)._suspended_rows()
            self.assertEqual((row["name"], row["reason"], row["by"]), ("alice", reason, doer), reader.login)
        with self.assertRaises(AccessError):
            self._by(self.chloe, self.alice)._suspended_rows()

    def test_an_administrator_of_no_network_tells_all_of_them(self):
        self._by(self.ada, self.alice)._suspend("Injures")
        (_alice, *told) = self._letters()
        self.assertEqual([login for login, *_said in told], ["gus", "maud"])
        decided = "L’administration de la plateforme l’a décidé, et a dit pourquoi à cette personne."
        self.assertEqual({said for _login, _subject, said in told}, {decided})
        [row] = self._by(self.maud, self.alice)._suspended_rows()
        self.assertEqual((row["reason"], row["decided"]), ("", decided))

    def test_who_comes_to_a_federation_meanwhile_is_let_write_by_an_administrator(self):
        self._by(self.maud, self.alice)._suspend("Injures")
        self.alice.platform_role = "moderator"
        with self.assertRaises(AccessError):
            self._by(self.maud, self.alice)._resume("Excuses")
        self._by(self.ada, self.alice)._resume("Excuses")
        self.assertTrue(self._may_write(self.alice))
