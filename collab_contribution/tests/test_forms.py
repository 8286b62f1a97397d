from datetime import datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.collab_reseaux.moments import from_paris, to_paris

from ..controllers.forms import Form


@tagged("post_install", "-at_install")
class TestForms(BaseCase):
    """A day and an hour are typed in Paris, and kept in UTC."""

    def test_an_hour_of_paris_is_kept_in_utc_and_shown_as_it_was_typed(self):
        for typed, kept in (
            ("2026-12-03T14:30", datetime(2026, 12, 3, 13, 30)),
            ("2026-07-03T14:30", datetime(2026, 7, 3, 12, 30)),
            # The night when it comes twice: the first time.
            ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30)),
        ):
            with self.subTest(typed):
                self.assertEqual(from_paris(typed), kept)
                self.assertEqual(to_paris(kept), typed)

    def test_what_is_no_hour_of_that_day_is_refused(self):
        # The clocks skip the first one.
        for typed in ("2026-03-29T02:30", "demain", "2026-12-03T14:30+05:00", "2026-02-30T10:00"):
            with self.subTest(typed), self.assertRaises(ValueError):
                from_paris(typed)

    def test_a_field_shows_what_was_typed_before_what_is_saved(self):
        saved = datetime(2026, 12, 3, 13, 30)
        self.assertEqual(Form().moment("start", saved), "2026-12-03T14:30")
        self.assertEqual(Form().moment("start"), "")
        self.assertEqual(Form(values={"start": "demain"}).moment("start", saved), "demain", "refused, and kept")
        self.assertEqual(Form(values={"start": saved}).moment("start"), "2026-12-03T14:30", "read, and shown again")
