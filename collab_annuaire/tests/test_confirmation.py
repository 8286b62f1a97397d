from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .organisation_case import OrganisationCase

HALF_A_YEAR = timedelta(days=190)


@tagged("post_install", "-at_install")
class TestConfirmation(OrganisationCase):
    """Twice a year, a referent says who still works in his organisation; those who have left lose their account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Datetime.now()
        # Whatever else is here has just answered.
        cls.env["res.partner"].search([("referent_ids", "!=", False)]).write({"team_confirmed_date": today()})

    def _on(self, days):
        return freeze_time(self.start + timedelta(days=days))

    def _ask(self):
        self.env.flush_all()
        with self._job_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["res.partner"]._ask_teams()
        self.env.invalidate_all()

    def _told(self):
        return [login for login, subject in self._letters() if "travaille encore" in subject]

    # Asking

    def test_referents_are_asked_after_six_months_and_once(self):
        with self._on(150):
            self._ask()
            self.assertFalse(self._told())
        with self._on(190):
            self._ask()
            self.assertEqual(self._told(), ["rita"])
            self._ask()
            self.assertEqual(self._told(), ["rita"])
            self.assertTrue(self.anchor.team_asked_date)
            self.assertFalse(self.quay.team_asked_date, "nobody to ask")

    def test_they_are_reminded_after_two_weeks_and_once(self):
        with self._on(190):
            self._ask()
        with self._on(200):
            self._ask()
            self.assertEqual(self._told(), ["rita"])
        for day in (205, 206, 230):
            with self._on(day):
                self._ask()
                self.assertEqual(self._told(), ["rita", "rita"])

    def test_a_job_killed_in_the_middle_sends_each_letter_once(self):
        self.quay.referent_ids = self.bruno.partner_id
        self.quay.team_confirmed_date = today()
        asked, Partner = [], type(self.env["res.partner"])
        ask_team = Partner._ask_team

        def killed(organisation, *args):
            if asked:
                raise KeyboardInterrupt
            asked.append(organisation)
            return ask_team(organisation, *args)

        with self._on(190):
            with patch.object(Partner, "_ask_team", killed), self.assertRaises(KeyboardInterrupt):
                self._ask()
            self._ask()
            self._ask()
            self.assertCountEqual(self._told(), ["rita", "bruno"])

    def test_what_is_confirmed_meanwhile_is_not_asked_in_the_letter(self):
        with self._on(190):
            self._ask()
            self._by(self.rita, self.anchor)._confirm_team()
            self.assertFalse(self._told())
        with self._on(300):
            self._ask()
            self.assertFalse(self._told())
        with self._on(390):
            self._ask()
            self.assertEqual(self._told(), ["rita"], "and again half a year later")

    def test_an_administrator_chooses_how_often_or_never(self):
        settings = self.env["res.config.settings"]
        settings.create({"collab_team_months": "0"}).execute()
        with self._on(1000):
            self._ask()
            self.assertFalse(self._told())
        settings.create({"collab_team_months": "3"}).execute()
        with self._on(100):
            self._ask()
            self.assertEqual(self._told(), ["rita"])

    def test_who_does_not_answer_and_who_is_not_there_are_on_the_first_page_of_the_federations(self):
        def shown(person):
            lines = self._by(person, self.env["collab.desk"])._waiting()
            return {line.filter: line.number for line in lines if "organisation_action" in line.action}

        before = {person: shown(person) for person in (self.maud, self.gus)}
        self.assertEqual(before[self.gus]["no_referent"], 1, "the Quay")
        with self._on(190):
            self._ask()
        with self._on(215):
            self.assertEqual(shown(self.maud)["team_late"], before[self.maud]["team_late"])
        with self._on(225):
            self.assertEqual(shown(self.maud)["team_late"], before[self.maud]["team_late"] + 1)
            self.assertEqual(shown(self.gus)["team_late"], 0)
            late = self._by(self.maud, self.anchor).search([("team_asked_date", "<", "today -30d")])
            self.assertEqual(late, self.anchor, "as the filter of the list says")
            self._by(self.rita, self.anchor)._confirm_team()
            self.assertEqual(shown(self.maud)["team_late"], before[self.maud]["team_late"])
        self.quay.referent_ids = self.bruno.partner_id
        self.assertEqual(shown(self.gus)["no_referent"], 0)

    # Answering

    def test_one_click_says_that_all_are_still_there(self):
        self.assertEqual(self._by(self.rita, self.anchor)._confirm_team(), 0)
        self.assertEqual(self.anchor.team_confirmed_date, today())
        self.assertTrue(self.alice.active)

    def test_who_has_left_is_closed_the_same_day_and_an_administrator_may_undo_it(self):
        closed = self._by(self.rita, self.anchor)._confirm_team(self.alice.partner_id.ids)
        self.assertEqual((closed, self.alice.active), (1, False))
        self.assertEqual(self.alice.partner_id.parent_id, self.anchor, "what she has shared stays there")
        event = self.env["collab.account.event"].search([("user_id", "=", self.alice.id)], limit=1)
        self.assertEqual((event.kind, event.create_uid), ("closed", self.rita))
        self.assertIn("L'Ancre", event.reason)
        self.assertFalse(
            self.env["collab.member"].with_user(self.bruno).search([("id", "=", self.alice.partner_id.id)])
        )
        self._by(self.ada, self.alice)._reopen()
        self.assertTrue(self.alice.active)

    def test_she_is_told_and_so_are_the_moderators(self):
        self._by(self.rita, self.anchor)._confirm_team(self.alice.partner_id.ids)
        letter = self.env["collab.account.letter"].search([("user_id", "=", self.alice.id)])
        self.assertEqual((letter.kind, letter.email, letter.detail), ("closed", "alice@example.org", "L'Ancre"))
        told = [(login, subject) for login, subject in self._letters() if "alice" in subject]
        self.assertCountEqual([login for login, _subject in told], ["maud", "milo"])
        self._by(self.ada, self.alice)._reopen()
        self.assertFalse([subject for _login, subject in self._letters() if "alice" in subject], "nothing to tell")

    def test_a_referent_closes_neither_himself_nor_staff_nor_somebody_elsewhere(self):
        tom = self._user("tom", "moderator", organisation=self.anchor)
        bob = self._user("bob", "administrator", organisation=self.anchor)
        for person in (self.rita, tom, bob, self.bruno, self.maud, self.ada):
            with self.subTest(person.login):
                with self.assertRaises(AccessError):
                    self._by(self.rita, person)._close_as_referent(self.anchor)
                with self.assertRaises(AccessError):
                    self._by(self.rita, self.anchor)._confirm_team(person.partner_id.ids)
                self.assertTrue(person.active)
        self.assertFalse(self.anchor.team_confirmed_date == today() and not self.alice.active)

    def test_who_is_no_referent_there_closes_nobody(self):
        for person in (self.bruno, self.alice, self.maud, self.ada):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self._by(person, self.alice)._close_as_referent(self.anchor)
        with self.assertRaises(AccessError):
            self._by(self.rita, self.bruno)._close_as_referent(self.quay)
        for method in ("_close_as_referent", "_close_now"):
            self.assertFalse(self._by(self.rita, self.alice)._may_call(method))

    def test_somebody_closed_meanwhile_is_not_closed_twice(self):
        self._by(self.ada, self.alice)._close()
        self.assertEqual(self._by(self.rita, self.anchor)._confirm_team(self.alice.partner_id.ids), 0)

    def test_an_account_of_each_person_is_closed_whatever_their_number(self):
        other = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create({"login": "alice2@example.org", "partner_id": self.alice.partner_id.id})
        )
        other.group_ids = self.alice.group_ids
        self.assertEqual(self._by(self.rita, self.anchor)._confirm_team(self.alice.partner_id.ids), 2)
        self.assertFalse(self.alice.active or other.active)
