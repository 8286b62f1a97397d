from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AgendaCase


@tagged("post_install", "-at_install")
class TestAnswerLink(AgendaCase, HttpCase):
    """The link of a mail: whoever holds it answers for one person, to one date, once."""

    def _link(self, event, person):
        return event.with_user(person).sudo(False)._answer_path()

    def _page(self, path, status=200, **sent):
        """:return Element: what somebody sees who opens a link, logged out; or answers by it"""
        answer = self.url_open(path, data=sent or None)
        self.assertEqual(answer.status_code, status)
        self.env.invalidate_all()
        return html.fromstring(answer.text)

    def _words(self, page):
        return " ".join(page.text_content().split())

    def _row(self, event, person):
        rows = self.env["collab.participation"]
        return rows.search([("event_id", "=", event.id), ("user_id", "=", person.id)])

    def test_opening_it_does_nothing_and_pressing_a_button_answers(self):
        event = self._event(name="Journée mobilité")
        path = self._link(event, self.ana)
        page = self._page(path)
        self.assertIn("Journée mobilité", self._words(page))
        self.assertEqual(page.xpath("//main//button[@name='reponse']/@value"), ["oui", "peut-etre", "non"])
        self.assertTrue(self.url_open(path, method="HEAD").ok)
        self.assertFalse(self._row(event, self.ana))
        self._page(path, reponse="oui")
        self.assertEqual((self._row(event, self.ana).answer, event.yes_count), ("yes", 1))

    def test_it_serves_once_and_older_ones_with_it(self):
        event = self._event()
        older, path = self._link(event, self.ana), self._link(event, self.ana)
        self._page(path, reponse="non")
        for used in (older, path):
            self.assertFalse(self._page(used, reponse="oui").xpath("//main//button"))
        self.assertEqual(self._row(event, self.ana).answer, "no")
        self._page(self._link(event, self.ana), reponse="oui")
        self.assertEqual(self._row(event, self.ana).answer, "yes")

    def test_a_wrong_answer_leaves_it_as_it_was(self):
        event = self._event()
        path = self._link(event, self.ana)
        self.assertTrue(self._page(path, reponse="toujours").xpath("//main//*[@role='alert']"))
        self.assertFalse(self._row(event, self.ana))
        self._page(path, reponse="oui")
        self.assertEqual(self._row(event, self.ana).answer, "yes")

    def test_it_is_of_one_person_and_one_date(self):
        event, other = self._event(), self._event()
        path = self._link(event, self.ana)
        _start, _sep, seal = path.rpartition("-")
        for said in (
            f"{other.id}-{self.ana.id}-0",
            f"{event.id}-{self.bob.id}-0",
            f"{event.id}-{self.ana.id}-1",
            "x",
            "",
        ):
            self._page(f"/agenda/reponse/{said}-{seal}", 404)
        self._page("/agenda/reponse/é", 404)

    def test_it_names_nothing_to_who_may_not_read_the_date_now(self):
        event = self._event(name="Journée mobilité", audience_network_ids=[Command.set(self.blue.ids)])
        path = self._link(event, self.ana)
        nowhere = self._words(self._page(f"{path}x", 404))

        def changed(record, vals, back):
            """Change something, and see that the link answers as one that does not exist."""
            record.sudo().write(vals)
            for sent in ({}, {"reponse": "oui"}):
                words = self._words(self._page(path, 404, **sent))
                self.assertEqual(words, nowhere)
            record.sudo().write(back)
            self._page(path)

        changed(self.ana.partner_id, {"network_ids": [Command.set(self.green.ids)]}, {"network_ids": self.blue.ids})
        changed(self.ana, {"active": False}, {"active": True})
        changed(self.ana, {"accepted_charter_id": False}, {"accepted_charter_id": self.charter.id})
        changed(event, {"state": "hidden"}, {"state": "active"})
        changed(event, {"active": False}, {"active": True})
        changed(event, {"has_answers": False}, {"has_answers": True})
        self.assertFalse(self._row(event, self.ana))

    def test_it_ends_with_the_date(self):
        event = self._event()
        path = self._link(event, self.ana)
        with freeze_time(event.stop + timedelta(minutes=1)):
            self.assertIsNone(self.env["calendar.event"]._answer_link(path.rpartition("/")[2]))

    def test_a_cancelled_date_says_so_and_takes_no_answer(self):
        event = self._event(name="Journée mobilité")
        path = self._link(event, self.ana)
        event.cancelled_date = fields.Datetime.now()
        for sent in ({}, {"reponse": "oui"}):
            page = self._page(path, **sent)
            self.assertIn("Journée mobilité", self._words(page))
            self.assertFalse(page.xpath("//main//button"))
        self.assertFalse(self._row(event, self.ana))

    @mute_logger("odoo.http")  # it says that the token is missing
    def test_the_button_of_the_page_asks_for_the_token_of_its_form(self):
        event = self._event()
        self.authenticate("ana", "ana-password-2026")
        self.assertEqual(self.url_open(f"/agenda/{event.id}/reponse", data={"reponse": "oui"}).status_code, 400)
        self.assertFalse(self._row(event, self.ana))
