from odoo.exceptions import AccessError, UserError, ValidationError

from ..refusals import field_of
from ..websites import host_of
from .common import CollabCase

SIRET, OTHER_SIRET = "43782982300032", "38996942900031"


class TestOrganisationFacts(CollabCase):
    """What is known of an organisation is checked whoever writes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anchor = cls._organisation("L'Ancre", [cls.blue], [cls.port])
        cls.maud = cls._user("maud", "moderator", networks=[cls.blue])
        cls.gus = cls._user("gus", "moderator", networks=[cls.green])
        cls.ada = cls._user("ada", "administrator")
        cls.alice = cls._user("alice", organisation=cls.anchor)

    def test_a_website_is_kept_with_its_scheme(self):
        for typed, kept in (
            ("exemple.fr", "https://exemple.fr"),
            (" www.exemple.fr ", "https://www.exemple.fr"),
            ("//exemple.fr/ici", "https://exemple.fr/ici"),
            ("http://exemple.fr", "http://exemple.fr"),
            ("HTTPS://exemple.fr/a?b=c#d", "HTTPS://exemple.fr/a?b=c#d"),
            ("exemple.fr:8080/x", "https://exemple.fr:8080/x"),
            ("association-été.fr", "https://association-été.fr"),
        ):
            with self.subTest(typed):
                self.anchor.with_user(self.maud).website = typed
                self.assertEqual(self.anchor.website, kept)
        created = self.env["res.partner"].create({"name": "Autre", "is_company": True, "website": "autre.fr"})
        self.assertEqual(created.website, "https://autre.fr")
        self.assertEqual(host_of("https://www.autre.fr/"), "autre.fr")

    def test_what_is_no_website_is_refused_beside_the_field_even_to_the_platform(self):
        for typed in (
            *("javascript:alert(1)", "JavaScript://exemple.fr/%0aalert(1)", "data:text/html,x", "ftp://exemple.fr"),
            *("mailto:a@exemple.fr", "https://moi@exemple.fr", "https://", "exemple", "un site", "https://a b.fr"),
            *("vbscript:msgbox", 'https://exemple.fr/"onclick=', "https://exemple.fr/" + "x" * 300, "http://[::1"),
        ):
            for person in (self.env.user, self.maud):
                with self.subTest(typed), self.assertRaises(ValidationError) as refused:
                    self.anchor.with_user(person).website = typed
                self.assertEqual(field_of(refused.exception), "website")

    def test_a_phone_number_is_kept_in_one_form_and_what_is_none_is_refused(self):
        site = self.env["res.partner"].create(
            {"name": "Antenne", "type": "site", "parent_id": self.anchor.id, "phone": "+33 2 40 00 00 01"}
        )
        self.assertEqual(site.phone, "02 40 00 00 01")
        self.anchor.with_user(self.maud).phone = "0240000000"
        self.assertEqual(self.anchor.phone, "02 40 00 00 00")
        with self.assertRaises(ValidationError) as refused:
            self.anchor.with_user(self.maud).phone = "le standard"
        self.assertEqual(field_of(refused.exception), "phone")
        self.anchor.phone = False

    def test_a_siret_is_checked_and_stored_without_spaces(self):
        self.anchor.with_user(self.maud).company_registry = "437 829 823 00032"
        self.assertEqual(self.anchor.company_registry, SIRET)
        for typed in ("437 829 823 00033", "12", "Association loi 1901"):
            with self.subTest(typed), self.assertRaises(ValidationError):
                self.anchor.with_user(self.maud).company_registry = typed
        self.anchor.company_registry = False

    def test_a_siret_that_another_organisation_has_names_it_to_those_who_may_read_it(self):
        self.anchor.company_registry = SIRET
        quay = self._organisation("Le Quai", [self.green])
        with self.assertRaisesRegex(ValidationError, "L'Ancre"):
            quay.with_user(self.ada).company_registry = SIRET
        with self.assertRaises(ValidationError) as refused:
            quay.with_user(self.gus).company_registry = SIRET
        self.assertNotIn("Ancre", str(refused.exception))
        quay.with_user(self.gus).company_registry = OTHER_SIRET
        self.assertEqual(self.alice.partner_id.company_registry, SIRET, "core copies it to the people: no conflict")

    def test_everybody_sees_types_activities_and_presentation(self):
        kind = self.env["collab.organisation.kind"].create({"name": "Accueil d'essai"})
        self.anchor.with_user(self.maud).write(
            {"kind_ids": [(6, 0, kind.ids)], "activities": "Espaces verts", "about": "Dix-huit salariés."}
        )
        shown = self.env["collab.organisation"].search([("id", "=", self.anchor.id)])
        self.assertEqual((shown.kind_ids, shown.activities, shown.about), (kind, "Espaces verts", "Dix-huit salariés."))
        with self.assertRaises(AccessError):
            self.anchor.with_user(self.alice).activities = "Autre chose"
        for name, size in (("activities", 201), ("about", 2001)):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.anchor.with_user(self.maud).write({name: "x" * size})

    def test_a_type_that_is_used_is_archived_and_not_deleted(self):
        kind = self.env["collab.organisation.kind"].create({"name": "Accueil d'essai"})
        self.anchor.kind_ids = kind
        with self.assertRaisesRegex(UserError, "1 organisation is of this type"):
            kind.unlink()
        kind.active = False
        shown = self.env["collab.organisation"].search([("id", "=", self.anchor.id)])
        self.assertEqual(shown.kind_ids, kind)
        with self.assertRaises(AccessError):
            kind.with_user(self.maud).name = "Autre"
