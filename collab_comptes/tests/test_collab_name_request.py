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

    def _take(self, firstname, lastname, person=None):
        person = person or self.alice
        typed = {"firstname": firstname, "lastname": lastname, "function": "CIP"}
        person.partner_id.with_user(person)._update_own(typed)
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
        ):
            with self.subTest(firstname):
                request = self._take(firstname, lastname)
                self.assertEqual((request.state, request.borne_by), ("waiting", "Hélène Le Gall"))
                self.assertEqual((self.alice.name, self.alice.function), ("Alice Roy", "CIP"))

    def test_who_bears_such_a_name_already_corrects_it_freely(self):
        self.alice.partner_id.write({"firstname": "Helene", "lastname": "Le Gall"})
        self.assertFalse(self._take("Hélène", "Le Gall"))
        self.assertEqual(self.alice.name, "Hélène Le Gall")

    def test_what_is_no_letter_of_ours_is_refused_in_words(self):
        for firstname in ("Maud (modération)", "Hеlène", "Alice 2", "Alice <b>", "@Alice"):
            with self.subTest(firstname), self.assertRaises(ValidationError):
                self._take(firstname, "Roy")

    def test_a_name_that_the_federation_wrote_so_stays(self):
        self.alice.partner_id.lastname = "Roy (CHRS)"
        self._take("Alice", "Roy (CHRS)")
        self.assertEqual(self.alice.function, "CIP")

    def test_a_moderator_of_her_network_accepts_it_and_she_is_told(self):
        request = self._take("Hélène", "Le Gall")
        told = self.env["collab.notification"].search([("res_model", "=", request._name)])
        self.assertEqual(told.user_id, self.maud)
        self.assertIn("Alice Roy", request.with_user(self.maud)._notification("account_queue", "")["subject"])
        request.with_user(self.maud).action_accept()
        self.assertEqual(self.alice.name, "Hélène Le Gall")
        told = self.env["collab.notification"].search([("kind", "=", "account")])
        self.assertEqual(told.user_id, self.alice)
        self.assertIn("Hélène Le Gall", request.with_user(self.alice)._notification("account", "")["subject"])
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
