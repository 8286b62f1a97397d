import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_charte.models.collab_attempt import LIMIT_LINKS

from .common import CHOSEN, NEW, OLD, PASSWORD, LetterCase

SENDER = "odoo.addons.collab_charte.models.collab_account_letter"


@tagged("post_install", "-at_install")
class TestOneAddress(LetterCase):
    """The address of an account is its login, whoever writes it."""

    def _one(self, user):
        self.assertEqual(user.login, user.partner_id.email)
        return user.login

    def test_it_is_one_at_creation_whoever_creates(self):
        typed = "  Eve.MARTIN@Example.ORG "
        for number, env in enumerate((self.env, self.env(user=self.ada.id, su=False))):
            vals = {"login": f"{number}{typed.strip()}", "firstname": "Eve", "lastname": str(number)}
            user = env["res.users"].create({**vals, "login": f" {vals['login']} "})
            self.assertEqual(self._one(user.sudo()), f"{number}eve.martin@example.org")

    def test_it_is_one_after_each_way_of_writing_it(self):
        self.zoe.with_user(self.ada).login = " ZOE1@example.org"
        self.assertEqual(self._one(self.zoe), "zoe1@example.org")
        self.zoe.email = "ZOE2@example.org"
        self.assertEqual(self._one(self.zoe), "zoe2@example.org")
        self.zoe.partner_id.email = "zoe3@Example.org"
        self.assertEqual(self._one(self.zoe), "zoe3@example.org")
        self.zoe.partner_id.with_user(self.ada).write({"email": "zoe4@example.org", "function": "x"})
        self.assertEqual((self._one(self.zoe), self.zoe.function), ("zoe4@example.org", "x"))
        self.zoe.partner_id.write({"email": False, "function": "y"})
        self.assertEqual((self._one(self.zoe), self.zoe.function), ("zoe4@example.org", "y"))

    def test_what_is_no_address_is_refused_and_says_why(self):
        for typed, said in (
            ("", "Tapez une adresse"),
            ("   ", "Tapez une adresse"),
            (False, "Tapez une adresse"),
            (["zoe"], "Tapez une adresse"),
            ("zoe martin@example.org", "espace"),
            ("zoé@example.org", "«\xa0é\xa0»"),
            ("zoe@exämple.org", "«\xa0ä\xa0»"),
            ("zoe@b@example.org", "un seul @"),
            ("zoe", "adresse e-mail complète"),
            ("zoe@example", "adresse e-mail complète"),
            ("zoe@example.org,x@example.org", "un seul @"),
            (f"{'z' * 288}@example.org", "254"),
        ):
            ada = self.env(user=self.ada.id, su=False, context={"lang": "fr_FR"})
            with self.subTest(typed):
                with self.assertRaisesRegex(ValidationError, said):
                    self.zoe.with_env(ada).write({"login": typed})
                with self.assertRaisesRegex(ValidationError, said):
                    ada["res.users"].create({"login": typed, "firstname": "E", "lastname": "V"})
        self.assertEqual(self._one(self.zoe), OLD)

    def test_an_address_is_one_person_s(self):
        closed = self._user("closed@example.org", networks=self.blue)
        closed.active = False
        self.env["res.partner"].create({"name": "Pia Contact", "email": "Pia@example.org"})
        self._organisation("House").email = "house@example.org"
        for typed, said in (
            ("ADA@example.org", "already has an account"),
            ("closed@example.org", "is closed"),
            ("pia@example.org", "Pia Contact"),
        ):
            with self.subTest(typed), self.assertRaisesRegex(ValidationError, said):
                self.zoe.with_user(self.ada).login = typed
            with self.subTest(typed), self.assertRaisesRegex(ValidationError, said):
                self.env["res.users"].with_user(self.ada).create({"login": typed, "firstname": "E", "lastname": "V"})
        # That of a small organisation is often that of its only employee.
        self.zoe.with_user(self.ada).login = "house@example.org"

    def test_its_own_address_again_is_no_change(self):
        self.zoe.with_user(self.ada).write({"login": OLD, "function": "x"})
        self.zoe.with_user(self.ada).login = OLD.upper()
        self.assertFalse(self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)]))
        self.assertFalse(self._run())

    def test_nobody_else_writes_it(self):
        moderator = self._user("mod@example.org", "moderator", networks=self.blue)
        for person in (moderator, self.zoe):
            for record in (self.zoe, self.zoe.partner_id):
                for vals in ({"email": NEW}, {"login": NEW}):
                    if vals.keys() <= record._fields.keys():
                        with self.assertRaises(AccessError):
                            record.with_user(person).write(vals)
        self.assertEqual(self._one(self.zoe), OLD)


@tagged("post_install", "-at_install")
class TestChangedByAdministrator(LetterCase):
    def test_both_addresses_are_told_and_the_log_says_it(self):
        self.zoe.with_user(self.ada).login = NEW
        letters = self._run()
        self.assertEqual(letters.keys(), {OLD, NEW})
        for address in (OLD, NEW):
            for said in (OLD, NEW, self.ada.name, "02 40 00 00 01", "Anne Contact"):
                self.assertIn(said, letters[address])
            self.assertNotIn("/mon-compte/annuler", letters[address], "what a federation decides is for it to undo")
        [event] = self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)])
        self.assertEqual((event.kind, event.before, event.after), ("address", OLD, NEW))
        self.assertEqual(event.create_uid, self.ada)
        self.assertFalse(self._run(), "once")

    def test_links_and_devices_of_the_old_address_serve_no_more(self):
        person = self.zoe.partner_id
        person.signup_prepare("reset")
        token = person._generate_signup_token()
        self.assertEqual(person._get_partner_from_token(token), person)
        device = self.env["auth_totp.device"].with_user(self.zoe).sudo()
        device._generate("browser", "Phone", fields.Datetime.now() + timedelta(days=1))
        session = self.zoe._compute_session_token("x" * 42)
        self.zoe.with_user(self.ada).login = NEW
        person.signup_prepare("reset")
        self.assertFalse(person._get_partner_from_token(token))
        self.assertFalse(self.zoe.totp_trusted_device_ids)
        self.assertNotEqual(self.zoe._compute_session_token("x" * 42), session)

    def test_who_was_invited_is_invited_there(self):
        newcomer = self._user("typo@example.org", accepts=False, networks=self.blue)
        newcomer.with_user(self.ada).login = "right@example.org"
        self.assertFalse(newcomer.link_asked, "nobody knew of it")
        self.assertFalse(self._run())
        newcomer.invited_date = fields.Datetime.now()
        newcomer.with_user(self.ada).login = "other@example.org"
        self.assertTrue(newcomer.link_asked)
        self.assertEqual(self._run().keys(), {"right@example.org"})

    def test_a_letter_that_does_not_leave_is_tried_again_and_shown(self):
        self.zoe.with_user(self.ada).login = NEW
        refused = patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("refused"))
        with refused, mute_logger(SENDER):
            self._run()
        self.assertIn("refused", self.zoe.with_user(self.ada).letter_error)
        self.assertEqual(self._run().keys(), {OLD, NEW})
        self.assertFalse(self.zoe.with_user(self.ada).letter_error)


@tagged("post_install", "-at_install")
class TestInvitedFromTheForm(LetterCase):
    """What an administrator does on the form of somebody, and what he is answered."""

    def _invited(self, people):
        answer = people.with_user(self.ada).with_context(lang="fr_FR").action_invite()["params"]
        return answer["type"], answer["message"]

    def test_each_role_is_created_invited_and_comes_in(self):
        for role in ("member", "moderator", "administrator"):
            vals = {"login": f"{role}@example.org", "firstname": role, "lastname": "New", "platform_role": role}
            users = self.env["res.users"].with_user(self.ada)
            [row] = users.web_save({**vals, "network_ids": [[4, self.blue.id]]}, {})
            user = self.env["res.users"].browse(row["id"])
            self.assertEqual(self._invited(user)[0], "success", role)
            with self.mock_mail_gateway(), self.enter_registry_test_mode():
                self.env.ref("collab_charte.cron_send_links").method_direct_trigger()
            self.env.invalidate_all()
            [mail] = self._mails
            self.assertEqual(mail["email_to"], [user.email_formatted])
            token = re.search(r"token=([\w%.-]+)", mail["body"])[1]
            self.env["res.users"].signup({"password": CHOSEN}, token.replace("%3D", "="))
            credential = {"type": "password", "password": CHOSEN, "login": user.login}
            user.with_user(user)._check_credentials(credential, {"interactive": True})

    def test_the_reason_is_the_true_one(self):
        closed = self._user("closed@example.org", networks=self.blue)
        closed.active = False
        self.assertEqual(self._invited(closed)[0], "warning")
        self.assertIn("le compte est fermé", self._invited(closed)[1])
        self.assertIn("est déjà venu", self._invited(self.zoe)[1])
        nowhere = self._user("nowhere", networks=self.blue)
        nowhere.email = False
        self.assertIn("n’a pas d’adresse", self._invited(nowhere)[1])
        fresh = self._user("fresh@example.org", accepts=False, networks=self.blue)
        fresh.write({"link_asked": fields.Datetime.now(), "link_error": "550 no such user"})
        kind, said = self._invited(fresh)
        self.assertEqual(kind, "success")
        self.assertIn("550 no such user", said)

    def test_several_reasons_are_counted(self):
        closed = self._user("a@example.org") | self._user("b@example.org")
        closed.active = False
        fresh = self._user("c@example.org", accepts=False) | self._user("d@example.org", accepts=False)
        kind, said = self._invited(closed | fresh | self.zoe)
        self.assertEqual(kind, "success")
        for part in ("2 invitations partent", "2 comptes sont fermés", "est déjà venu"):
            self.assertIn(part, said)


@tagged("post_install", "-at_install")
class TestChangedByItsOwner(LetterCase, HttpCase):
    """Somebody who changes his address: his two mailboxes, and whoever is not he."""

    def _ask(self, address=NEW, password=PASSWORD):
        self.authenticate(self.zoe.login, PASSWORD)
        return self._send("/mon-compte/adresse", address=address, current=password)

    def _change(self):
        """:return str: the link by which the old address undoes it"""
        self._ask()
        link = self._link(self._run()[NEW])
        self.authenticate(None, None)
        self._send(link)
        return self._link(self._run()[OLD])

    def _may_come_in(self, login, password=PASSWORD):
        self.authenticate(None, None)
        page = self._send("/web/login", login=login, password=password)
        return "/web/login" not in page.url

    def test_nothing_changes_until_the_new_address_confirms(self):
        page = self._ask()
        self.assertIn(NEW, page.text)
        self.assertEqual(self.zoe.login, OLD)
        letters = self._run()
        self.assertEqual(letters.keys(), {NEW})
        link = self._link(letters[NEW])
        self.authenticate(None, None)
        page = self.url_open(link)
        self.assertIn(NEW, page.text)
        self.assertEqual(self.zoe.login, OLD, "programs that check mails open links")
        self.assertIn("Adresse changée", self._send(link).text)
        self.assertEqual((self.zoe.login, self.zoe.email), (NEW, NEW))
        [event] = self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)])
        self.assertEqual((event.before, event.after, event.create_uid), (OLD, NEW, self.zoe))
        self.assertEqual(self._run().keys(), {OLD}, "whoever has confirmed knows it")
        self.assertIn("ne sert plus", self.url_open(link).text)
        self.assertFalse(self._may_come_in(OLD))
        self.assertTrue(self._may_come_in(NEW))

    def test_whoever_confirms_where_he_is_logged_in_stays(self):
        self._ask()
        page = self._send(self._link(self._run()[NEW]))
        self.assertIn("Votre adresse a été changée", page.text)
        self.assertEqual(self.zoe.login, NEW)

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        for address, password, said in (
            ("zoé@example.org", PASSWORD, "«\xa0é\xa0»"),
            (NEW, "wrong", "mot de passe actuel"),
            (OLD.upper(), PASSWORD, "déjà avec cette adresse"),
        ):
            page = self._ask(address, password)
            self.assertIn(said, page.text)
            self.assertIn(f'value="{address}"', page.text)
        self.assertFalse(self._run())

    def test_a_link_serves_once_for_a_day_and_the_last_one_only(self):
        self._ask("first@example.org")
        first = self._link(self._run()["first@example.org"])
        self._ask()
        second = self._link(self._run()[NEW])
        self.authenticate(None, None)
        for dead in (first, second.replace("jeton=", "jeton=x"), "/mon-compte/adresse/confirmer"):
            self.assertIn("ne sert plus", self.url_open(dead).text)
        asked = self.env["collab.account.letter"].search([("after", "=", NEW)])
        asked.expires = fields.Datetime.now() - timedelta(minutes=1)
        self.assertIn("ne sert plus", self.url_open(second).text)
        self.assertEqual(self.zoe.login, OLD)

    def test_the_database_holds_no_link(self):
        self._ask()
        token = self._link(self._run()[NEW]).partition("jeton=")[2]
        [letter] = self.env["collab.account.letter"].search([("user_id", "=", self.zoe.id)])
        self.assertNotIn(token, str(letter.read()))
        self.assertFalse(self.env["mail.mail"].search([("body_html", "like", token)]))
        self.assertFalse(self.env["mail.message"].search([("body", "like", token)]))

    def test_who_asks_is_not_told_who_has_an_account(self):
        seen = []
        for address in (self.ada.login, NEW):
            self.env["collab.attempt"].search([]).unlink()
            self._ask(address)
            letters = self._run()
            self.assertEqual(letters.keys(), {address})
            page = self.url_open("/mon-compte/adresse").text
            seen.append(re.sub(r'name="csrf_token" value="[^"]+"', "", page).replace(address, ""))
        self.assertEqual(*seen)
        self.env["collab.attempt"].search([]).unlink()
        self._ask(self.ada.login)
        [letter] = self._run().values()
        self.assertIn("déjà", letter)
        self.assertNotIn("/mon-compte/adresse", letter)

    def test_an_address_given_to_somebody_else_meanwhile_is_refused(self):
        self._ask()
        link = self._link(self._run()[NEW])
        self._user(NEW, networks=self.blue)
        self.authenticate(None, None)
        self.assertIn("déjà prise", self._send(link).text)
        self.assertEqual(self.zoe.login, OLD)

    def test_nobody_fills_a_mailbox(self):
        for number in range(LIMIT_LINKS):
            self._ask(f"zoe{number}@example.org")
        self.assertIn("un quart d", self._ask().text)
        self.assertNotIn(NEW, self._run())

    def test_a_refused_mail_is_said_on_the_page(self):
        self._ask()
        refused = patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("refused"))
        with refused, mute_logger(SENDER):
            self._run()
        self.assertIn("n’est pas parti", self.url_open("/mon-compte/adresse").text)
        self.assertEqual(self._run().keys(), {NEW})

    def test_what_was_asked_for_does_not_outlive_a_new_password(self):
        self._ask()
        link = self._link(self._run()[NEW])
        self.zoe.with_user(self.zoe).sudo().password = CHOSEN
        self.authenticate(None, None)
        self.assertIn("ne sert plus", self.url_open(link).text)
        self.assertEqual(self.zoe.login, OLD)

    def test_no_link_sent_to_an_address_works_once_an_administrator_has_changed_it(self):
        self.zoe.sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        undo = self._link(self._run()[OLD])
        self.zoe.with_user(self.ada).login = NEW
        self.authenticate(None, None)
        self.assertIn("ne sert plus", self.url_open(undo).text)

    def test_the_address_that_is_left_is_told_that_it_has_been_undone(self):
        self._send(self._change())
        letters = self._run()
        self.assertIn("annulé depuis l’ancienne adresse", letters[NEW])
        self.assertNotIn("jeton=", letters[NEW])

    def test_the_old_address_undoes_it(self):
        undo = self._change()
        self.assertEqual(self.zoe.login, NEW)
        self.assertIn(OLD, self.url_open(undo).text)
        self.assertEqual(self.zoe.login, NEW, "programs that check mails open links")
        page = self._send(undo)
        self.assertIn("/web/reset_password", page.url)
        self.assertEqual((self.zoe.login, self.zoe.email), (OLD, OLD))
        events = self.env["collab.account.event"].search([("user_id", "=", self.zoe.id)])
        self.assertEqual([(e.kind, e.before, e.after) for e in events], [("undone", NEW, OLD), ("address", OLD, NEW)])
        self.assertFalse(self._may_come_in(OLD), "somebody else may know the password")
        self.assertIn("ne sert plus", self.url_open(undo).text)

    def test_a_new_password_is_chosen_at_once(self):
        page = self._send(self._change())
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"csrf_token": token, "token": re.search(r"token=([^&]+)", page.url)[1].replace("%3D", "=")}
        names = {"login": OLD, "name": "zoe"}
        self.url_open(page.url, data={**data, **names, "password": CHOSEN, "confirm_password": CHOSEN})
        self.assertTrue(self._may_come_in(OLD, CHOSEN))

    def test_it_undoes_what_was_changed_afterwards(self):
        """By somebody who has the password: a second address, an application."""
        undo = self._change()
        self.authenticate(NEW, PASSWORD)
        self._send("/mon-compte/adresse", address="thief@example.org", current=PASSWORD)
        self._send(self._link(self._run()["thief@example.org"]))
        second = self._link(self._run()[NEW])
        self.zoe.totp_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        self.authenticate(None, None)
        self._send(undo)
        self.assertEqual(self.zoe.login, OLD)
        self.assertFalse(self.zoe.totp_enabled)
        self.assertIn("ne sert plus", self.url_open(second).text)

    def test_an_application_that_was_there_before_stays(self):
        self.zoe.with_context(told=True).totp_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        self.zoe._ask_for_address(NEW)
        link = self._link(self._run()[NEW])
        self._send(link)
        self._send(self._link(self._run()[OLD]))
        self.assertTrue(self.zoe.totp_enabled)

    def test_it_cannot_be_undone_when_somebody_has_the_old_address(self):
        undo = self._change()
        self._user(OLD, networks=self.blue)
        self.assertIn("02 40 00 00 01", self._send(undo).text)
        self.assertEqual(self.zoe.login, NEW)

    def test_nor_after_seven_days_nor_once_an_administrator_has_decided(self):
        undo = self._change()
        letter = self.env["collab.account.letter"].search([("kind", "=", "address_left")])
        week = fields.Datetime.now() + timedelta(days=7)
        self.assertAlmostEqual(letter.expires, week, delta=timedelta(minutes=5))
        letter.expires = fields.Datetime.now() - timedelta(minutes=1)
        self.assertIn("ne sert plus", self.url_open(undo).text)
        letter.expires = week
        self.assertNotIn("ne sert plus", self.url_open(undo).text)
        self.zoe.with_user(self.ada).login = "decided@example.org"
        self.assertIn("ne sert plus", self.url_open(undo).text)

    def test_a_closed_account_has_no_link_left(self):
        undo = self._change()
        self.zoe._leave()
        self.assertIn("ne sert plus", self.url_open(undo).text)
        self.zoe._forget()
        self.assertFalse(self.env["collab.account.letter"].search([("user_id", "=", self.zoe.id)]))
        self.assertFalse(self.zoe.email)
