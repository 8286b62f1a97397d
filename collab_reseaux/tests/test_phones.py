from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.phones import dialled, read_phone

from .common import CollabCase

# As typed, as shown, as dialled.
WAYS = (
    ("02 55 00 31 12", "02 55 00 31 12", "tel:0255003112"),
    ("0255003112", "02 55 00 31 12", "tel:0255003112"),
    ("02.55.00.31.12", "02 55 00 31 12", "tel:0255003112"),
    ("02-55-00-31-12", "02 55 00 31 12", "tel:0255003112"),
    ("02/55/00/31/12", "02 55 00 31 12", "tel:0255003112"),
    ("(02) 55 00 31 12", "02 55 00 31 12", "tel:0255003112"),
    ("+33 2 55 00 31 12", "02 55 00 31 12", "tel:0255003112"),
    ("+33 (0)2 55 00 31 12", "02 55 00 31 12", "tel:0255003112"),
    ("0033255003112", "02 55 00 31 12", "tel:0255003112"),
    ("  Tél. : 02\xa055\xa000\xa031\xa012 ", "02 55 00 31 12", "tel:0255003112"),
    ("02 55 00 31 12 poste 12", "02 55 00 31 12 poste 12", "tel:0255003112"),
    ("+32 2 500 00 00", "+32 2 500 00 00", "tel:+3225000000"),
    ("0041227676111", "+41 22 767 61 11", "tel:+41227676111"),
    ("0800 123 456", "0 800 12 34 56", "tel:0800123456"),
    ("115", "115", "tel:115"),
    ("3949", "39 49", "tel:3949"),
)


class TestPhones(CollabCase):
    def test_a_number_is_read_in_all_the_ways_in_which_people_type_it(self):
        french = self.env(context={"lang": "fr_FR"})
        for typed, shown, called in WAYS:
            with self.subTest(typed):
                self.assertEqual(read_phone(french, typed), shown)
                self.assertEqual(dialled(shown), called)
                # What is shown in a form is sent again as it is.
                self.assertEqual(read_phone(french, shown), shown)

    def test_nothing_typed_is_no_number(self):
        for typed in (None, "", "  "):
            self.assertIs(read_phone(self.env, typed), False)

    def test_what_is_no_number_is_refused_and_quoted(self):
        two = "02 40 00 00 00 / 06 12 34 56 78"
        for typed in ("02 40", "12 34 56 78 90", "02 40 00 00 0O", "demandez Alice", two, "00 00 00 00 00", "9" * 500):
            with self.subTest(typed), self.assertRaisesRegex(ValidationError, "is not a phone number"):
                read_phone(self.env, typed)
