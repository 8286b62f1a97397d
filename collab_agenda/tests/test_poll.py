import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.moments import today

from ..models.calendar_event_poll import Slot
from .common import AgendaCase


class PollCase(AgendaCase):
    @classmethod
    def _slot(cls, days, hours=2):
        start = cls._in(days=days)
        return Slot(start, start + timedelta(hours=hours))

    @classmethod
    def _poll(cls, author=None, slots=None, **vals):
        """:return calendar.event: by somebody (Mona), who proposes three days"""
        events = cls._as(author or cls.mona)
        vals = {"name": "Groupe mobilité", "type_id": cls._kind("meeting").id, **vals}
        return events._start_poll(vals, slots or [cls._slot(days) for days in (3, 5, 8)]).sudo().with_env(cls.env)

    def _slots(self, poll):
        return self.env["collab.date.slot"].search([("event_id", "=", poll.id)])

    def _vote(self, poll, person, *answers):
        """:param str answers: to the moments of the poll, in their order; those of the last ones may be missing"""
        said = dict(zip(self._slots(poll).ids, answers, strict=False))
        poll.with_user(person).sudo(False)._vote(said)

    def _shown(self, poll, person):
        return poll.with_user(person).sudo(False)._poll_shown()["poll"]


@tagged("post_install", "-at_install")
class TestPoll(PollCase):
    """When can you come? People answer, then the day is chosen, and it becomes a date as any other."""

    def test_a_poll_becomes_a_date_to_which_those_who_can_are_registered_in_their_order(self):
        poll = self._poll(seats=2)
        self._vote(poll, self.ana, "no", "yes", "yes")
        self._vote(poll, self.bob, "yes", "yes", "no")
        self._vote(poll, self.greta, "yes", "yes")
        self._vote(poll, self.gus, "no", "maybe", "no")
        # Ana says it again, after the others.
        self._vote(poll, self.ana, "no", "maybe", "yes")
        self._vote(poll, self.ana, "no", "yes", "yes")
        slot = self._slots(poll)[1]
        self.assertEqual([row["is_best"] for row in self._shown(poll, self.ana)["slots"]], [False, True, False])
        self.env["collab.date.vote"].search([("user_id", "=", self.ana.id), ("slot_id", "=", slot.id)]).write(
            {"answered_date": fields.Datetime.now() + timedelta(seconds=5)}
        )
        poll.with_user(self.mona).sudo(False)._choose_slot(slot.id)
        self.assertEqual((poll.start, poll.stop, poll.is_poll), (slot.start, slot.stop, False))
        rows = self.env["collab.participation"].search([("event_id", "=", poll.id), ("answer", "=", "yes")])
        self.assertEqual(
            [(row.user_id, row.is_waiting) for row in rows],
            [(self.bob, False), (self.greta, False), (self.ana, True)],
        )
        self.assertEqual((poll.yes_count, poll.waiting_count), (2, 1))

    def test_all_who_have_answered_are_told_of_the_day(self):
        poll = self._poll()
        self._vote(poll, self.ana, "yes")
        self._vote(poll, self.bob, "no", "yes")
        poll.with_user(self.mona).sudo(False)._choose_slot(self._slots(poll)[0].id)
        rows = self.env["collab.notification"].search([("kind", "=", "event_change")], order="id")
        self.assertEqual(rows.user_id, self.ana | self.bob)
        for row in rows:
            said = row._item()
            self.assertIn("Groupe mobilité", said["subject"])
            self.assertTrue(said["links"])

    def test_those_who_have_answered_a_poll_that_is_cancelled_are_told_why(self):
        poll = self._poll()
        self._vote(poll, self.ana, "no", "no", "no")
        poll.write({"cancelled_date": fields.Datetime.now(), "cancel_reason": "Plus de salle"})
        poll._tell_participants("cancelled")
        row = self.env["collab.notification"].search([("kind", "=", "event_change")])
        self.assertEqual(row.user_id, self.ana)
        self.assertIn("Plus de salle", row._item()["said"])

    def test_who_cannot_is_not_registered_and_what_asks_nobody_registers_nobody(self):
        for vals, number in (({}, 1), ({"has_answers": False}, 0)):
            poll = self._poll(**vals)
            self._vote(poll, self.ana, "yes")
            self._vote(poll, self.bob, "no")
            poll.with_user(self.mona).sudo(False)._choose_slot(self._slots(poll)[0].id)
            self.assertEqual(poll.yes_count, number)

    def test_one_answers_no_more_once_the_day_is_chosen_or_it_is_cancelled(self):
        chosen, cancelled, waits = self._poll(), self._poll(), self._poll(self.ana)
        chosen.with_user(self.mona).sudo(False)._choose_slot(self._slots(chosen)[0].id)
        cancelled.cancelled_date = fields.Datetime.now()
        for poll in (chosen, cancelled, waits):
            with self.assertRaises(UserError):
                self._vote(poll, self.ana, "yes")
        with self.assertRaises(UserError):
            chosen.with_user(self.mona).sudo(False)._choose_slot(self._slots(chosen)[1].id)

    def test_only_who_organises_it_chooses_the_day(self):
        poll = self._poll(self.mona, audience_network_ids=[Command.set(self.blue.ids)])
        slot = self._slots(poll)[0].id
        with self.assertRaises(AccessError):
            poll.with_user(self.ana).sudo(False)._choose_slot(slot)
        for person in (self.greta, self.gus):
            with self.assertRaises(MissingError):
                poll.with_user(person).sudo(False)._choose_slot(slot)
        poll.with_user(self.ada).sudo(False)._choose_slot(slot)

    def test_neither_another_poll_s_day_nor_a_past_one_is_chosen(self):
        poll, other = self._poll(), self._poll()
        past = self._slots(poll)[0]
        past.write({"start": self._in(days=-1), "stop": self._in(hours=-20)})
        for slot in (past, self._slots(other)[0]):
            with self.assertRaises(UserError):
                poll.with_user(self.mona).sudo(False)._choose_slot(slot.id)

    def test_who_can_is_known_to_all_only_if_the_poll_says_so(self):
        for named in (False, True):
            poll = self._poll(shows_participants=named)
            self._vote(poll, self.ana, "yes", "no", "maybe")
            rows = self._shown(poll, self.greta)["slots"]
            self.assertEqual(rows[0]["counts"], {"yes": 1, "maybe": 0, "no": 0})
            self.assertEqual(rows[0]["names"]["yes"], ["ana"] if named else [])
            self.assertEqual(self._shown(poll, self.mona)["slots"][2]["names"]["maybe"], ["ana"])
            votes = self.env["collab.date.vote"].with_user(self.greta).sudo(False)
            self.assertEqual(bool(votes.search([("slot_id.event_id", "=", poll.id)])), named)

    def test_who_may_not_read_a_poll_finds_nothing_of_it(self):
        poll = self._poll(shows_participants=True, audience_network_ids=[Command.set(self.blue.ids)])
        self._vote(poll, self.ana, "yes")
        for model in ("collab.date.slot", "collab.date.vote"):
            self.assertFalse(self.env[model].with_user(self.greta).sudo(False).search([]))
        with self.assertRaises(MissingError):
            self._vote(poll, self.greta, "yes")

    def test_nobody_writes_a_vote_by_hand(self):
        poll = self._poll()
        self._vote(poll, self.ana, "yes")
        vote = self.env["collab.date.vote"].search([("user_id", "=", self.ana.id)])
        for record, vals in ((vote, {"answer": "no"}), (vote.slot_id, {"start": self._in(days=1)})):
            for person in (self.ana, self.mona, self.ada):
                with self.assertRaises(AccessError):
                    record.with_user(person).sudo(False).write(vals)

    def test_days_that_will_not_do_are_refused(self):
        one = self._slot(3)
        for slots in (
            [one],
            [one, one],
            [one, self._slot(-1)],
            [one, self._slot(400)],
            [one, self._slot(5, hours=-1)],
            [self._slot(days) for days in range(1, 14)],
        ):
            with self.assertRaises(ValidationError) as refused:
                self._poll(slots=slots)
            self.assertEqual(refused.exception.field, "slots")
        with self.assertRaises(ValidationError):
            self._poll(slots=[one, self._slot(5, hours=400 * 24)])


@tagged("post_install", "-at_install")
class TestPollPages(PollCase, HttpCase):
    """The form by which one asks, and what it does with what is typed badly."""

    def _enter(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        page = self.url_open("/agenda/sondage")
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        self.token = re.search(r'name="jeton" value="([^"]+)"', page.text)[1]

    def _ask(self, rows, **sent):
        """:param list[tuple] rows: how many days from now, and two hours"""
        data = {"csrf_token": self.csrf, "jeton": self.token, "titre": "Groupe mobilité", "contenu": "Venez."}
        data["type"] = self._kind("meeting").id
        for number, (days, begins, ends) in enumerate(rows, start=1):
            day = (today() + timedelta(days=days)).isoformat() if days else ""
            data |= {f"jour-{number}": day, f"de-{number}": begins, f"a-{number}": ends}
        return self.url_open("/agenda/sondage", data={**data, **sent}, allow_redirects=False)

    def _polls(self):
        return self.env["calendar.event"].search([("is_poll", "=", True)])

    def test_a_moderator_asks_when_people_can(self):
        self._enter(self.mona)
        rows = [(3, "09:00", "12:00"), (5, "14h30", "17 h"), (0, "", "")]
        answer = self._ask(rows, commune="clisson", noms="1")
        poll = self._polls()
        self.assertEqual(answer.headers["Location"].rpartition("/")[2], str(poll.id))
        self.assertEqual((poll.commune_id, poll.shows_participants), (self.clisson, True))
        self.assertEqual(len(self._slots(poll)), 2)
        self._ask(rows, commune="clisson", noms="1")
        self.assertEqual(len(self._polls()), 1)

    def test_what_is_typed_badly_is_said_beside_its_field_and_kept(self):
        self._enter(self.mona)
        for rows in ([(3, "09:00", "")], [(3, "09:00", "12:00")], [(3, "25:00", "26:00"), (4, "09:00", "10:00")]):
            page = html.fromstring(self._ask(rows).text)
            self.assertTrue(page.xpath("//*[@id='poll-slots-error']"), rows)
            self.assertEqual(page.xpath("//input[@name='de-1']/@value"), [rows[0][1]])
            self.assertEqual(page.xpath("//textarea[@name='titre']")[0].text.strip(), "Groupe mobilité")
        self.assertFalse(self._polls())

    def test_one_more_date_may_be_proposed_without_any_script(self):
        self._enter(self.mona)
        page = html.fromstring(self._ask([(3, "09:00", "12:00")], ajouter="1").text)
        self.assertEqual(len(page.xpath("//input[@type='date']")), 5)
        self.assertFalse(page.xpath("//*[@role='alert']"))
        full = [(number, "09:00", "12:00") for number in range(1, 13)]
        page = html.fromstring(self._ask(full, ajouter="1").text)
        self.assertFalse(page.xpath("//button[@name='ajouter']"))

    def test_a_member_who_may_propose_nothing_finds_no_form(self):
        self.env["ir.config_parameter"].set_param("collab_agenda.proposals", "closed")
        self.authenticate("ana", "ana-password-2026")
        self.assertEqual(self.url_open("/agenda/sondage").status_code, 404)

    def test_one_answers_in_one_form_and_the_day_is_chosen_once_asked(self):
        poll = self._poll()
        first, second, _third = self._slots(poll)
        self._enter(self.ana)
        data = {"csrf_token": self.csrf, f"date-{first.id}": "oui", f"date-{second.id}": "peut-etre", "date-x": "oui"}
        self.url_open(f"/agenda/{poll.id}/sondage", data=data, allow_redirects=False)
        votes = self.env["collab.date.vote"].search([("user_id", "=", self.ana.id)])
        self.assertEqual(sorted(votes.mapped("answer")), ["maybe", "yes"])
        where = f"/agenda/{poll.id}/retenir/{first.id}"
        self.assertEqual(self.url_open(where).status_code, 404)
        self._enter(self.mona)
        self.assertIn(str(first._said()[0]), self.url_open(where).text)
        self.env.invalidate_all()
        self.assertTrue(poll.is_poll)
        self.url_open(where, data={"csrf_token": self.csrf}, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual((poll.is_poll, poll.start, poll.yes_count), (False, first.start, 1))
