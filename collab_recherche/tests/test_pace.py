from odoo.tests import TransactionCase, tagged

from ..controllers import search
from ..pace import Pace
from .common import SearchCase


class TestPace(TransactionCase):
    """Whoever asks too often waits; nobody else does."""

    def setUp(self):
        super().setUp()
        self.now = 0.0
        self.pace = Pace(at_once=3, a_second=2, clock=lambda: self.now)

    def _asks(self, who, times):
        """:return int: how many times he may"""
        return sum(self.pace.allows(who) for _time in range(times))

    def test_so_many_at_once_then_so_many_a_second(self):
        self.assertEqual(self._asks("ana", 200), 3)
        self.now += 1
        self.assertEqual(self._asks("ana", 200), 2)
        self.now += 3600
        self.assertEqual(self._asks("ana", 200), 3, "a long pause gives no more than a short one")

    def test_the_others_do_not_wait(self):
        self._asks("ana", 200)
        self.assertEqual(self._asks("bob", 2), 2)


@tagged("post_install", "-at_install")
class TestTooFast(SearchCase):
    def test_a_member_who_asks_all_the_time_reads_why_he_waits_and_the_others_are_served(self):
        self._find(1)
        self.patch(search, "PACE", Pace(at_once=2, a_second=0.001))
        for status in (200, 200, 429, 429):
            answer = self.url_open("/recherche?q=domiciliation")
            self.assertEqual(answer.status_code, status)
        self.assertIn("Attendez un peu", answer.text)
        self.assertNotIn("domiciliation", answer.text)
        self.assertEqual(len(self.asked), 2, "what is refused is not searched")
        answer = self.url_open("/recherche/suggestions?q=domi")
        self.assertEqual((answer.status_code, answer.json()), (429, []))
        self._come(self.bob)
        self.assertEqual(self.url_open("/recherche?q=domiciliation").status_code, 200)
