from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from odoo.addons.collab_reseaux.moments import today

from .test_event_pages import EventPagesCase

DAY = (today() + timedelta(days=9)).isoformat()


@tagged("post_install", "-at_install")
class TestBadInput(EventPagesCase):
    """What people, and programs, type wrong: it is said beside the field, and what was typed is kept."""

    def setUp(self):
        super().setUp()
        self._enter(self.mona)

    def _refused(self, field, **fields):
        """Check that the form refuses this beside this field, and keeps all else."""
        answer = self._propose(**fields)
        self.assertEqual(answer.status_code, 200)
        page = html.fromstring(answer.text)
        self.assertEqual(page.xpath("//p[@class='c-field__error' and @role='alert']/@id"), [f"date-{field}-error"])
        [typed] = page.xpath(f"//*[@id='date-{field}']")
        self.assertEqual(typed.get("aria-invalid"), "true")
        self.assertFalse(self.env["calendar.event"].search([("create_uid", "=", self.mona.id)]))
        sent = self._fields(page.xpath("//form[@id='proposer']")[0])
        for name, value in self._usual(**fields).items():
            # What is not offered cannot be chosen again.
            if name not in ("type", "reponses", "organise_par") and value != "daily":
                self.assertEqual(sent[name], str(value), name)

    def test_days_and_hours(self):
        far = (today() + timedelta(days=409)).isoformat()
        past = (today() - timedelta(days=1)).isoformat()
        for field, fields in (
            ("a", {"de": "16:00", "a": "09:00"}),
            ("dernier_jour", {"dernier_jour": far}),
            ("dernier_jour", {"dernier_jour": past}),
            ("jour", {"jour": past}),
            ("jour", {"jour": ""}),
            ("jour", {"jour": "0001-01-01"}),
            ("jour", {"jour": "9999-12-31"}),
            ("jour", {"jour": "30 février"}),
            ("de", {"de": "25:00"}),
            ("de", {"de": "", "a": "10:00"}),
            ("a", {"a": "neuf heures"}),
            ("a", {"dernier_jour": (today() + timedelta(days=10)).isoformat(), "a": ""}),
            # An hour that the clocks skip.
            ("de", {"jour": "2027-03-28", "de": "02:30", "a": "04:00"}),
        ):
            with self.subTest(**fields):
                self._refused(field, **fields)

    def test_the_rest_of_the_form(self):
        for field, fields in (
            ("titre", {"titre": "🎉🎉"}),
            ("titre", {"titre": "x" * 201}),
            ("commune", {"commune": "Atlantide"}),
            ("places", {"places": "douze"}),
            ("places", {"places": "-3"}),
            ("places", {"places": "9" * 20}),
            ("lien", {"lien": "javascript:alert(1)"}),
            ("lien", {"lien": "https://"}),
            ("contact", {"contact": "y" * 501}),
            ("organise_par", {"organise_par": self.green.id}),
            ("repetition", {"repetition": "daily", "jusquau": DAY}),
            ("jusquau", {"repetition": "weekly", "jusquau": ""}),
            ("jusquau", {"repetition": "weekly", "jusquau": "2999-01-01"}),
        ):
            with self.subTest(**fields):
                self._refused(field, **fields)

    def test_many_things_at_once(self):
        for day, last in (("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01"), (DAY, "9999-12-31")):
            answer = self._propose(titre="🎉", jour=day, dernier_jour=last, de="x", places="x", networks="0,x")
            self.assertRegex(answer.text, "date-(jour|places)-error")

    def test_a_type_that_does_not_exist(self):
        for kind in ("", "0", "999999", "x", "9" * 5000):
            page = html.fromstring(self._propose(type=kind).text)
            self.assertTrue(page.xpath("//select[@id='date-type' and @aria-invalid]"), kind)

    def test_hostile_titles_are_shown_as_they_are(self):
        for title in (
            "Réunion, café ; puis visite\nde l’atelier",
            "Fête 🎉 <script>alert(1)</script> & co",
            "\u202eevil\u202c مرحبا",
            "Anti" + "constitutionnel" * 8 + "lement",
        ):
            with self.subTest(title):
                answer = self._propose(titre=title, jour=DAY)
                self.assertRegex(answer.url, r"/agenda/[0-9]+$")
                [shown] = html.fromstring(answer.text).xpath("//h1")
                self.assertEqual(shown.text_content(), self._last().name)
                self.assertNotIn("\n", self._last().name)
                self.assertNotIn("<script>alert", answer.text)

    def test_who_addresses_another_network_is_refused(self):
        answer = self._propose(networks=self.green.id)
        self.assertIn("audience-error", answer.text)
        self.assertFalse(self.env["calendar.event"].search([("create_uid", "=", self.mona.id)]))

    def test_addresses_that_mean_nothing(self):
        for path in ("/agenda/0", f"/agenda/{'9' * 400}", "/agenda/x", "/agenda/proposer?depuis=" + "9" * 300):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        event = self._event()
        for scope in ("", "all", "toutes", "9" * 5000):
            self._post(f"/agenda/{event.id}/annuler", reason="Grève", lesquels=scope)
        self.assertTrue(event.cancelled_date)
