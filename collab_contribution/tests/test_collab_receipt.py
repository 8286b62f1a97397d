from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestReceipt(TransactionCase):
    def setUp(self):
        super().setUp()
        self.made = []

    def _make(self):
        self.made.append(len(self.made) + 1)
        return self.made[-1]

    def _send(self, key="abc", typed=("Titre", "Texte")):
        return self.env["collab.receipt"]._make_once(key, typed, self._make)

    def test_a_form_that_is_sent_twice_does_its_work_once(self):
        self.assertEqual([self._send(), self._send()], [1, 1])

    def test_another_page_or_another_text_is_another_form(self):
        self.assertEqual(
            [self._send(), self._send("def"), self._send(typed=("Titre", "Autre")), self._send(""), self._send("")],
            [1, 2, 3, 4, 5],
        )

    def test_what_is_refused_may_be_sent_again(self):
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.env["collab.receipt"]._make_once("abc", ("Titre", "Texte"), lambda: 1 / 0)
        self.assertEqual(self._send(), 1)

    def test_two_requests_at_the_same_moment_do_the_work_once(self):
        """The second waits for the first, then is replayed by Odoo, and finds what it has made."""
        key = "token of two requests"
        self.addCleanup(self._forget_receipts)
        with self.registry.cursor() as second:
            # The second has begun before the first ends.
            second.execute("SELECT 1")
            with self.registry.cursor() as first:
                self.env(cr=first)["collab.receipt"]._make_once(key, (), self._make)
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self.env(cr=second)["collab.receipt"]._make_once(key, (), self._make)
            second.rollback()
            self.assertEqual(self.env(cr=second)["collab.receipt"]._make_once(key, (), self._make), 1)
        self.assertEqual(self.made, [1])

    def _forget_receipts(self):
        with self.registry.cursor() as cr:
            self.env(cr=cr)["collab.receipt"].search([]).unlink()

    def test_receipts_leave_after_two_days(self):
        self._send()
        receipt = self.env["collab.receipt"].search([])
        receipt.date = fields.Datetime.now() - timedelta(days=3)
        receipt._gc_old()
        self.assertFalse(receipt.exists())
