from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_charte.tests.common import CharterCase


@tagged("post_install", "-at_install")
class TestNames(CharterCase, HttpCase):
    """A changed name is written down; one that somebody of the federations bears waits until one of them accepts it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice = cls._user("alice", networks=cls.blue)
        cls.maud = cls._user("maud", "moderator", networks=cls.blue)
        cls.gus = cls._user("gus", "moderator", networks=cls.green)
        cls.ada = cls._user("ada", "administrator")
        cls.alice.partner_id.write({"firstname": "Alice", "lastname": "Roy"})
        cls.maud.partner_id.write({"firstname": "Hélène", "lastname": "Le Gall"})
        (cls.alice | cls.maud | cls.gus | cls.ada).lang = "fr_FR"
        # Each test asks for more names than somebody does in a day.
        cls.env["ir.config_parameter"].set_param("collab_reseaux.daily_name", "100")

    def _take(self, firstname, lastname, person=None):
        person = person or self.alice
        typed = {"firstname": firstname, "lastname": lastname, "function": "CIP"}
        person.partner_id.with_user(person).with_context(lang="fr_FR")._update_own(typed)
        return self.env["collab.name.request"].search([("user_id", "=", person.id)])

    def test_a_changed_name_is_written_down_with_who_changed_it(self):
        self.assertFalse(self._take("Alice", "Martin"), "nobody bears it: it is written at once")
        self.alice.partner_id.with_user(self.ada).lastname = "Dupont"
        events = self.env["collab.account.event"].with_user(self.ada).search([("user_id", "=", self.alice.id)], limit=2)
        self.assertEqual(events.mapped("kind"), ["name", "name"])
        self.assertEqual(events.mapped("before"), ["Alice Martin", "Alice Roy"])
        self.assertEqual(events.mapped("after"), ["Alice Dupont", "Alice Martin"])
        self.assertEqual(events.mapped("create_uid"), self.ada | self.alice)
        with self.assertRaises(AccessError):
            events.with_user(self.maud).read(["before"])

    def test_a_name_that_looks_like_that_of_a_moderator_waits_and_the_rest_of_the_card_does_not(self):
        for firstname, lastname in (
            ("Hélène", "Le Gall"),
            ("Helene", "LE GALL"),
            ("Le-Gall", "hélène"),
            ("Héiène", "Le Gaii"),
            ("Ｈélène", "Le Gall"),
            ("Hél ène", "Le Gall"),
            ("Hélène", "L e Gall"),
            ("Gall", "ène Hél le"),
            ("HélèneLeGall", "x"),
            ("x", "LeGallHélène"),
            ("Hélène", "de Le Gall"),
            ("Hélène", "Le Gall x"),
            ("Marie", "Gall-Le Hélène"),
        ):
            with self.subTest(firstname):
                request = self._take(firstname, lastname)
                self.assertEqual((request.state, request.borne_by), ("waiting", "Hélène Le Gall"))
                self.assertEqual((self.alice.name, self.alice.function), ("Alice Roy", "CIP"))

    def test_a_name_that_says_a_role_waits_and_says_which(self):
        for firstname, lastname, role in (
            ("Alice", "Roy - Modératrice", "modération"),
            ("Alice", "Roy moderation", "modération"),
            ("Modé", "ration", "modération"),
            ("Alice", "RoyModératrice", "modération"),
            ("Admin", "Roy", "administration"),
            ("Alice", "Administratrice", "administration"),
            ("La", "Fédération", "fédération"),
        ):
            with self.subTest(lastname):
                request = self._take(firstname, lastname)
                self.assertEqual((request.state, request.borne_by), ("waiting", f"rôle\N{NO-BREAK SPACE}: {role}"))
        request = self._take("Hélène", "Le Gall - Modératrice")
        self.assertEqual(request.borne_by, "Hélène Le Gall, rôle\N{NO-BREAK SPACE}: modération")

    def test_names_that_only_come_near_do_not_wait(self):
        self.gus.partner_id.write({"firstname": "Li", "lastname": "Na"})
        self.ada.partner_id.write({"firstname": "Ana", "lastname": "Li"})
        paul = self._user("paul", "moderator", networks=self.blue)
        paul.partner_id.write({"firstname": False, "lastname": "Paul"})
        for firstname, lastname in (
            *(("Nathalie", "Lin"), ("Lina", "Roy"), ("Diana", "Limousin"), ("Paul", "Martin"), ("Paule", "Roy")),
            *(("Hélène", "Gall"), ("Hélène", "Le Galll"), ("Hélène", "Martin"), ("Conrad", "Minot")),
            ("Modeste", "Roy"),
        ):
            with self.subTest(firstname):
                self.assertFalse(self._take(firstname, lastname))
        for firstname, lastname in (("Na", "Li"), ("Li", "Na Wong"), ("Analï", "Roy")):
            with self.subTest(firstname):
                self.assertEqual(self._take(firstname, lastname).state, "waiting")

    def test_one_asks_for_a_few_names_in_a_day(self):
        self.env["ir.config_parameter"].set_param("collab_reseaux.daily_name", False)
        for lastname in ("Le Gall", "Le Gall x", "Le Gall y"):
            self._take("Hélène", lastname)
        said = r"Vous avez demandé le maximum de noms pour une journée \(3\). Demandez celui-ci demain."
        with self.assertRaisesRegex(UserError, said):
            self._take("Hélène", "Le Gall z")
        self.assertEqual(self._take("Hélène", "Le Gall y").state, "waiting", "the same, still")
        self.assertFalse(self._take("Alice", "Martin"), "what nobody looks at does not count")

    def test_a_refused_name_is_not_asked_again_on_that_day(self):
        request = self._take("Hélène", "Le Gall")
        request.with_user(self.maud).answer = "Ce nom est celui de votre modératrice."
        request.with_user(self.maud).action_refuse()
        self._take("Alice", "Martin")
        for firstname, lastname in (("Hélène", "Le Gall"), ("Le Gall", "Helene")):
            with self.assertRaisesRegex(UserError, "Ce nom vient de vous être refusé"):
                self._take(firstname, lastname)
        self.assertEqual(self._take("Hélène", "Le Gall Roy").state, "waiting")
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), hours=25)):
            self.assertEqual(self._take("Hélène", "Le Gall").state, "waiting")

    def test_what_was_answered_is_not_written_again(self):
        request = self._take("Hélène", "Le Gall").with_user(self.maud)
        request.web_save({"answer": "Ce nom est celui de votre modératrice."}, {})
        request.action_refuse()
        with self.assertRaises(UserError):
            request.web_save({"answer": "Autre chose"}, {})
        self.assertEqual(request.answer, "Ce nom est celui de votre modératrice.")

    def test_nobody_gives_a_name_that_says_a_role_as_the_platform_does(self):
        Users = self.env(user=self.ada, su=False)["res.users"]
        for firstname, lastname in (("Paul", "Roy (modération)"), ("Paul [Admin]", "Roy"), ("Paul (", "modératrice")):
            with self.subTest(lastname):
                with self.assertRaises(ValidationError):
                    self.alice.partner_id.with_user(self.ada).write({"firstname": firstname, "lastname": lastname})
                with self.assertRaises(ValidationError):
                    self.alice.with_user(self.ada).write({"firstname": firstname, "lastname": lastname})
                with self.assertRaises(ValidationError):
                    Users.create(
                        {"login": "paul@blue.example", "firstname": firstname, "lastname": lastname}
                        | {"platform_role": "member", "network_ids": self.blue.ids}
                    )
        self.alice.partner_id.with_user(self.ada).write({"lastname": "Roy (CHRS)"})

    def test_who_bears_such_a_name_already_corrects_it_freely(self):
        self.alice.partner_id.write({"firstname": "Helene", "lastname": "Le Gall"})
        self.assertFalse(self._take("Hélène", "Le Gall"))
        self.assertEqual(self.alice.name, "Hélène Le Gall")

    def test_what_is_no_letter_of_ours_is_refused_in_words(self):
        for firstname in (
            *("Maud (modération)", "Hеlène", "Alice 2", "Alice <b>", "@Alice", "Alıce", "Aliɴe", "ᴬlᴏice", "Ɑlice"),
            *("Ⓐlice", "Alice ①", "-", "- -", "’.", "\u0301", "\u0301\u0302 -"),
        ):
            for typed in ((firstname, "Roy"), ("Alice", firstname)):
                with self.subTest(typed), self.assertRaises(ValidationError):
                    self._take(*typed)

    def test_the_letters_of_our_neighbours_are_written_as_they_are(self):
        for firstname, lastname in (
            *(("Œdipe", "Æsop"), ("Søren", "Groß"), ("Łucja", "Nowak"), ("Nguyễn", "Thị Ánh"), ("Jean-Noël", "D’Ys")),
            *(("Ste. Anne", "L'Hay"), ("İbrahim", "Çelik")),
        ):
            with self.subTest(firstname):
                self.assertFalse(self._take(firstname, lastname))
                self.assertEqual(self.alice.name, f"{firstname} {lastname}")

    def test_a_name_that_the_federation_wrote_so_stays(self):
        self.alice.partner_id.lastname = "Roy (CHRS)"
        self._take("Alice", "Roy (CHRS)")
        self.assertEqual(self.alice.function, "CIP")

    def test_a_moderator_of_her_network_accepts_it_and_she_is_told(self):
        request = self._take("Hélène", "Le Gall")
        told = self.env["collab.notification"].search([("res_model", "=", request._name)])
        self.assertEqual(told.user_id, self.maud)
        self.assertIn("Alice Roy", request.with_user(self.maud)._notification("account_queue", None)["subject"])
        request.with_user(self.maud).action_accept()
        self.assertEqual(self.alice.name, "Hélène Le Gall")
        told = self.env["collab.notification"].search([("kind", "=", "account")])
        self.assertEqual(told.user_id, self.alice)
        self.assertIn("Hélène Le Gall", request.with_user(self.alice)._notification("account", None)["subject"])
        request.answer = "Trop tard"
        for decide in (request.with_user(self.ada).action_accept, request.with_user(self.ada).action_refuse):
            with self.assertRaises(UserError):
                decide()
        self.assertEqual(request.state, "accepted")

    def test_a_refusal_says_why_on_her_page(self):
        request = self._take("Hélène", "Le Gall")
        with self.assertRaises(UserError):
            request.with_user(self.maud).action_refuse()
        request.with_user(self.maud).answer = "Ce nom est celui de votre modératrice."
        request.with_user(self.maud).action_refuse()
        self.assertEqual(self.alice.name, "Alice Roy")
        self.authenticate("alice", "alice-password-2026")
        self.assertIn("Ce nom est celui de votre modératrice.", self.url_open("/mon-compte").text)
        # She takes another one: it is not spoken of any more.
        self._take("Alice", "Martin")
        self.assertNotIn("Ce nom est celui", self.url_open("/mon-compte").text)

    def test_another_network_knows_nothing_of_it(self):
        request = self._take("Hélène", "Le Gall")
        self.assertFalse(request.with_user(self.gus).search([]))
        self.assertFalse(request.with_user(self.gus).read(["lastname"]))
        for act in (lambda r: r.action_accept(), lambda r: r.write({"answer": "x"})):
            with self.assertRaises(MissingError):
                act(request.with_user(self.gus))

    def test_a_moderator_does_not_decide_on_his_own_name_nor_a_member_on_any(self):
        request = self._take("Hélène", "Le Gall", self.gus)
        with self.assertRaises(AccessError):
            request.with_user(self.gus).action_accept()
        self.assertFalse(request.with_user(self.alice).search([]))
        own = self._take("Hélène", "Le Gall")
        with self.assertRaises(AccessError):
            own.with_user(self.alice).action_accept()
        self.assertEqual((self.alice.name, self.gus.name), ("Alice Roy", self.gus.name))
