from odoo.tests import BaseCase, tagged

from odoo.addons.collab_suivi.facets import Counts


@tagged("-at_install", "post_install")
class TestCounts(BaseCase):
    """How many contents somebody would find with each filter."""

    ROWS = [
        # audience; colours, sizes; how many
        (1, ("red",), ("small",), 3),
        (1, ("red", "blue"), (), 2),
        (2, ("blue",), ("large",), 5),
    ]

    def setUp(self):
        super().setUp()
        self.counts = Counts(("colour", "size"), self.ROWS)

    def _of(self, audiences, colour=None, size=None):
        return self.counts.of(audiences, colour, size)

    def test_each_counts_what_is_addressed_to_him(self):
        self.assertEqual(self._of((1,))["total"], 5)
        self.assertEqual(self._of((1, 2, 9))["total"], 10)
        self.assertEqual(self._of(None)["total"], 10)
        self.assertEqual(self._of(())["total"], 0)

    def test_beside_a_filter_stand_its_other_values_and_beside_the_others_what_is_left(self):
        found = self._of(None, "red")
        self.assertEqual(found["total"], 5)
        self.assertEqual(found["colour"], {"red": 5, "blue": 7})
        self.assertEqual(found["size"], {"small": 3})

    def test_what_two_filters_leave_out_is_counted_beside_neither(self):
        found = self._of(None, "red", "large")
        self.assertEqual((found["total"], found["colour"], found["size"]), (0, {"blue": 5}, {"small": 3}))
