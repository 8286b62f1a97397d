import io
import json
import re
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DirectoryCase


@tagged("post_install", "-at_install")
class TestOwnCard(DirectoryCase):
    """What a person says of himself, for the directory."""

    def setUp(self):
        super().setUp()
        self.own = self.bruno.partner_id
        self._as(self.bruno)

    def _send(self, **typed):
        page = self.url_open("/mon-compte/fiche").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        values = {"csrf_token": token, "firstname": "Bruno", "lastname": "Zacharie", "is_listed": "1", **typed}
        answer = self.url_open("/mon-compte/fiche", data=values)
        self.own.invalidate_recordset()
        return answer

    def test_a_person_says_with_what_he_can_help_how_to_ask_and_when(self):
        themes = [str(self.mobility.id), str(self.housing.id)]
        self._send(help_theme_ids=themes, help_words="Écrivez-moi", work_days="lundi", phone="0255003112")
        self.assertEqual(self.own.help_theme_ids, self.mobility | self.housing)
        said = self.own.help_words, self.own.work_days, self.own.phone
        self.assertEqual(said, ("Écrivez-moi", "lundi", "02 55 00 31 12"))
        page = self._text("/mon-compte")
        for shown in ("Logement d’essai, Mobilité d’essai", "lundi", "Dans l’annuaire"):
            self.assertIn(shown, page)
        self._send()
        self.assertFalse(self.own.help_theme_ids)

    def test_a_theme_that_is_archived_is_kept_and_not_offered(self):
        self.own.help_theme_ids = self.mobility | self.housing
        self.mobility.active = False
        self.env.flush_all()
        page = self._text("/mon-compte/fiche")
        self.assertNotIn("Mobilité d’essai", page)
        self._send(help_theme_ids=str(self.housing.id))
        self.assertEqual(self.own.with_context(active_test=False).help_theme_ids, self.mobility | self.housing)

    def test_a_theme_with_which_people_can_help_is_not_deleted_and_its_merge_keeps_them(self):
        self.own.help_theme_ids = self.mobility
        with self.assertRaisesRegex(UserError, "2 people can help with it"):
            self.mobility.unlink()
        self.mobility._merge_into(self.housing)
        self.assertEqual((self.own | self.alice.partner_id).help_theme_ids, self.housing)

    def test_a_number_that_is_none_is_refused_beside_its_field_and_stays_typed(self):
        answer = self._send(phone="demandez Bruno", function="Encadrant")
        self.assertIn("n’est pas un numéro de téléphone", answer.text)
        self.assertRegex(answer.text, r'id="phone_error"')
        self.assertRegex(answer.text, r'<input id="phone"[^>]*value="demandez Bruno"[^>]*aria-invalid="true"')
        self.assertIn('value="Encadrant"', answer.text)
        self.assertFalse(self.own.phone)

    def test_a_number_that_the_federation_wrote_otherwise_does_not_stop_the_rest(self):
        self.own.phone = "accueil, puis 12"
        self.env.flush_all()
        self._send(phone="accueil, puis 12", function="Encadrant")
        self.assertEqual((self.own.phone, self.own.function), ("accueil, puis 12", "Encadrant"))

    def test_what_is_too_long_is_refused(self):
        for name, length in (("help_words", 201), ("work_days", 81)):
            self.assertIn("caractères", self._send(**{name: "x" * length}).text)
            self.assertFalse(self.own[name])
        self._send(help_words="x" * 200, work_days="y" * 80)
        self.assertEqual((len(self.own.help_words), len(self.own.work_days)), (200, 80))

    def test_whoever_leaves_the_directory_is_gone_from_it_and_comes_back(self):
        self.assertEqual(self.env["collab.member"].search([("user_id", "=", self.bruno.id)]).is_listed, True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', self._text("/mon-compte/fiche"))[1]
        self.url_open("/mon-compte/fiche", data={"csrf_token": token, "firstname": "Bruno", "lastname": "Zacharie"})
        self.own.invalidate_recordset()
        self.assertFalse(self.own.is_listed)
        self.assertIn("les autres voient seulement votre nom et votre structure", self._text("/mon-compte"))
        self._send()
        self.assertTrue(self.own.is_listed)

    def test_one_fact_is_changed_alone_and_themes_stay(self):
        self.own.write({"help_theme_ids": [self.mobility.id], "help_words": "Écrivez-moi"})
        self.env.flush_all()
        page = self._text("/mon-compte/fiche?champ=days")
        self.assertRegex(page, rf'type="hidden" name="help_theme_ids" value="{self.mobility.id}"')
        self.assertRegex(page, r'type="hidden" name="is_listed" value="1"')

    def test_his_own_data_contain_what_he_has_said_and_nothing_is_left_once_erased(self):
        self.own.write({"help_theme_ids": [self.mobility.id], "help_words": "Écrivez-moi", "work_days": "lundi"})
        self.env.flush_all()
        archive = zipfile.ZipFile(io.BytesIO(self.url_open("/mon-compte/donnees").content))
        account = json.loads(archive.read("compte.json"))
        said = [account[name] for name in ("peut_aider_sur", "comment_demander_de_l_aide", "jours_de_travail")]
        self.assertEqual(said, [["Mobilité d’essai"], "Écrivez-moi", "lundi"])
        self.assertTrue(account["dans_l_annuaire"])
        self.bruno.active = False
        self.bruno._forget()
        self.assertFalse(self.own.help_theme_ids)
        self.assertEqual([self.own.help_words, self.own.work_days, self.own.is_listed], [False] * 3)

    # What administrators choose for newcomers

    def _choose(self, **chosen):
        ada = self.env["res.users"].search([("login", "=", "ada")]) or self._user("ada", "administrator")
        self.env["res.config.settings"].with_user(ada).create(chosen).execute()

    def test_a_changed_default_holds_for_newcomers_and_for_nobody_who_is_here(self):
        self._choose(default_is_listed=False, default_shows_photo=False)
        newcomer = self._user("newcomer", networks=[self.green]).partner_id
        self.assertEqual((newcomer.is_listed, newcomer.shows_photo), (False, False))
        self.assertEqual((self.own.is_listed, self.own.shows_photo), (True, True))
        self._choose(default_is_listed=True, default_shows_photo=True)
        later = self._user("later", networks=[self.green]).partner_id
        self.assertEqual((later.is_listed, later.shows_photo), (True, True))
        self.assertFalse(newcomer.is_listed)

    def test_phones_and_addresses_are_hidden_whatever_the_defaults(self):
        self.assertEqual((self.own.shows_phone, self.own.shows_email), (False, False))

    def test_nobody_says_for_another_with_what_he_can_help(self):
        with self.assertRaises(AccessError):
            self.alice.partner_id.with_user(self.bruno)._update_own({"help_words": "x"})
        with self.assertRaises(ValidationError):
            self.own.with_user(self.bruno)._update_own({"help_words": "x" * 201})
