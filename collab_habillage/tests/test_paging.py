from functools import partial

from odoo.tests import BaseCase, tagged

from ..paging import Paging, address_of


@tagged("post_install", "-at_install")
class TestPaging(BaseCase):
    """Somebody reads a long list page by page."""

    def _asked(self, page, total=45):
        return Paging(page, total, 20, partial(address_of, "/liste", tri="titre"))

    def test_the_pages_around_say_what_they_hold(self):
        paging = self._asked("2")
        self.assertEqual((paging.number, paging.last, paging.offset), (2, 3, 20))
        self.assertEqual(paging.before, ("/liste?tri=titre", 1, 20))
        self.assertEqual(paging.after, ("/liste?tri=titre&page=3", 41, 45))

    def test_a_page_that_is_not_there_is_the_nearest_one(self):
        for asked, number in (("0", 1), ("-1", 1), ("x", 1), ("", 1), (1, 1), ("9", 3), ("9" * 5000, 1)):
            with self.subTest(asked):
                self.assertEqual(self._asked(asked).number, number)

    def test_a_short_list_leads_nowhere(self):
        for total in (0, 1, 20):
            paging = self._asked("3", total)
            self.assertEqual((paging.number, paging.offset, paging.before, paging.after), (1, 0, None, None))
