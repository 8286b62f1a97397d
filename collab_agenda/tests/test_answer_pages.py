from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .test_event_pages import EventPagesCase


@tagged("post_install", "-at_install")
class TestAnswerPages(EventPagesCase):
    """Answering on the page of a date, and what its cards say."""

    def _card(self, event, name):
        """:return Element | None: a card of the page of a date"""
        return next(iter(self._page(f"/agenda/{event.id}").xpath(f"//main//section[@id='{name}']")), None)

    def _answers(self, event, *people):
        for person in people:
            event.with_user(person).sudo(False)._answer("yes")

    def _pressed(self, event):
        return self._card(event, "reponse").xpath(".//button[@aria-pressed='true']/@value")

    def test_a_member_answers_and_changes_his_mind(self):
        event = self._event(seats=2)
        self._enter(self.ana)
        self.assertFalse(self._pressed(event))
        for word in ("oui", "peut-etre", "non"):
            self._post(f"/agenda/{event.id}/reponse", reponse=word)
            self.assertEqual(self._pressed(event), [word])
        self._answers(event, self.bob)
        self.assertIn("1 place libre sur 2", " ".join(self._card(event, "reponse").text_content().split()))

    def test_whoever_is_too_late_is_told_so(self):
        event = self._event()
        self._enter(self.ana)
        event.cancelled_date = fields.Datetime.now()
        page = self._post(f"/agenda/{event.id}/reponse", reponse="oui")
        self.assertIn("Ce rendez-vous est annulé", page.text)
        self.assertFalse(event.yes_count)

    def test_who_waits_reads_his_place(self):
        event = self._event(seats=1)
        self._answers(event, self.bob, self.gus, self.ana)
        self._enter(self.ana)
        self.assertIn("2e position", self._card(event, "reponse").text_content())

    def test_names_lead_to_people_and_the_others_unfold(self):
        event = self._event(shows_participants=True)
        self._answers(event, self.ana, self.bob, self.greta, self.gus, self.mona, self.ada)
        self._enter(self.ana)
        card = self._card(event, "participants")
        self.assertIn("6 participants", card.text_content())
        names = card.xpath(".//h3[contains(@class, 'c-row__title')]")
        self.assertEqual(names[0].text_content(), "Vous")
        self.assertTrue(names[1].xpath("./a[starts-with(@href, '/annuaire/')]"))
        self.assertEqual(len(card.xpath(".//details//li")), 1)
        self.assertFalse(card.xpath(".//a[contains(@href, 'participants.csv')]"))

    def test_a_date_that_names_nobody_shows_no_card_but_to_its_organiser(self):
        event = self._event()
        self._answers(event, self.bob)
        self._enter(self.ana)
        self.assertIsNone(self._card(event, "participants"))
        self._enter(self.mona)
        self.assertTrue(self._card(event, "participants").xpath(".//a[contains(@href, 'emargement.pdf')]"))

    def test_who_may_not_read_it_answers_nothing(self):
        event = self._event(audience_network_ids=[Command.set(self.blue.ids)])
        self._enter(self.greta)
        self.assertEqual(self._post(f"/agenda/{event.id}/reponse", reponse="oui").status_code, 404)
        self.assertEqual(self._post(f"/agenda/{event.id}/sondage").status_code, 404)

    def test_who_deletes_a_date_to_which_people_come_is_offered_to_cancel_it(self):
        event = self._event(self.mona)
        self._answers(event, self.bob)
        self._enter(self.mona)
        self.assertIn("1 personne participe", self._words(f"/supprimer/rendez-vous/{event.id}"))
