import os
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import root
from odoo.tests import tagged

from ..exceptions import AlreadyDone
from ..sessions import delete_sessions
from .common import AccountCase


@tagged("post_install", "-at_install")
class TestLife(AccountCase):
    """An account is closed, opened again, erased, by administrators alone; coming back undoes what leaving wrote."""

    STEPS = ("_close", "_reopen", "_erase")

    def test_administrators_alone_do_it(self):
        for doer in (self.alice, self.maud, self.gus):
            for step in self.STEPS:
                with self.subTest(doer.login, step=step), self.assertRaises(AccessError):
                    getattr(self._by(doer, self.chloe), step)()
        self.assertFalse(self._events(self.chloe))

    def test_an_account_of_odoo_is_nobody_s_to_close(self):
        for name in ("user_root", "user_admin", "public_user"):
            with self.subTest(name), self.assertRaises(UserError):
                self._by(self.ada, self.env.ref(f"base.{name}").with_context(active_test=False))._close()

    def test_each_step_in_its_order_and_once(self):
        alice = self._by(self.ada, self.alice)
        for early in ("_reopen", "_erase"):
            with self.subTest(early), self.assertRaises(UserError):
                getattr(alice, early)()
        alice._close("Elle a changé de métier")
        self.assertEqual((self.alice.active, self.alice.door_state), (False, "closed"))
        with self.assertRaisesRegex(AlreadyDone, r"^ada \(administration\) l’a déjà fait"):
            self._by(self.abel, self.alice)._close()
        alice._reopen()
        with self.assertRaises(AlreadyDone):
            alice._reopen()
        self.assertEqual((self.alice.active, self.alice.door_state), (True, "in"))
        alice._close()
        alice._erase()
        self.assertEqual(self.alice.door_state, "erased")
        with self.assertRaises(AlreadyDone):
            alice._erase()
        with self.assertRaisesRegex(UserError, "il n’y a plus rien à rouvrir"):
            alice._reopen()
        with self.assertRaises(AlreadyDone):
            alice._close()
        self.assertEqual(self._events(self.alice), ["closed", "reopened", "closed", "erased"])

    def test_the_last_administrator_does_not_leave(self):
        others = self.env["res.users"].search(
            [("group_ids", "in", self.env.ref("collab_reseaux.group_administrator").ids)]
        )
        (others - self.ada).platform_role = False
        with self.assertRaises(ValidationError):
            self.ada.with_user(self.ada)._leave()
        self.assertTrue(self.ada.active)

    def test_nothing_is_written_any_more_in_what_has_been_erased(self):
        alice = self._by(self.ada, self.alice)
        alice._close()
        alice._erase()
        for vals in ({"firstname": "Alice"}, {"login": "retour@example.org"}, {"platform_role": "administrator"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "effacé"):
                alice.write(vals)
        with self.assertRaisesRegex(UserError, "effacé"):
            alice.partner_id.write({"firstname": "Alice"})

    def test_erasing_finds_what_an_earlier_address_had_left(self):
        import_ = self.env["collab.import"].create({"filename": "x.csv"})
        line = {"import_id": import_.id, "number": 2, "state": "same", "email": "avant@example.org"}
        self.env["collab.import.line"].create(line)
        self.alice.login = "avant@example.org"
        self._by(self.ada, self.alice).login = "apres@example.org"
        self._by(self.ada, self.alice)._close()
        self._by(self.ada, self.alice)._erase()
        self.assertFalse(import_.exists())

    def test_nobody_closes_his_own_account_here_and_the_last_administrator_stays(self):
        with self.assertRaisesRegex(UserError, "^C’est votre propre compte.: demandez à un autre"):
            self._by(self.ada, self.ada)._close()
        view = self.env.ref("collab_reseaux.res_users_member_view_form")
        form = etree.fromstring(self._by(self.ada, self.ada).get_view(view.id, "form")["arch"])
        [button] = [button for button in form.iter("button") if button.get("string") == "Fermer le compte"]
        self.assertIn("id == uid", button.get("invisible"))
        others = self.env["res.users"].search(
            [("group_ids", "in", self.env.ref("collab_reseaux.group_administrator").ids)]
        )
        (others - self.ada - self.abel).filtered(lambda user: user.id not in user._accounts_of_odoo()).active = False
        self._by(self.ada, self.abel)._close()
        with self.assertRaisesRegex(ValidationError, "administrateur"):
            self._by(self.ada, self.ada)._close()
        self.assertTrue(self.ada.active)

    def test_closing_ends_what_lets_somebody_in(self):
        self.alice._ask_for_link()
        self.env["collab.link.request"]._ask(" alice".strip().upper())
        self.env["collab.link.request"]._ask("chloe")
        self.alice.partner_id.signup_prepare()
        self._by(self.ada, self.alice)._close()
        self.assertFalse(self.alice.link_asked)
        self.assertFalse(self.alice.partner_id.signup_type)
        self.assertEqual(self.env["collab.link.request"].search([]).mapped("login"), ["chloe"])

    def test_coming_back_undoes_what_leaving_wrote(self):
        accepted = self.alice.accepted_charter_id
        self.alice._leave()
        self.assertEqual((self.alice.door_state, self._events(self.alice)), ("left", ["left"]))
        self._by(self.ada, self.alice)._reopen()
        self.assertFalse(self.alice.left_date)
        self.assertEqual((self.alice.accepted_charter_id, self.alice.door_state), (accepted, "in"))
        # Closed by somebody else afterwards, he has not left by himself.
        self._by(self.ada, self.alice)._close()
        self.assertEqual(self.alice.door_state, "closed")

    def test_who_had_never_come_is_to_be_invited_again(self):
        never = self._user("never", accepts=False)
        never.write({"invited_date": "2026-11-01 10:00:00", "invitation_count": 1})
        self._by(self.ada, never)._close()
        self._by(self.ada, never)._reopen()
        self.assertEqual((never.door_state, never.invitation_count), ("new", 0))

    def test_a_suspension_goes_on_after_coming_back(self):
        self._by(self.maud, self.alice)._suspend("Injures")
        self._by(self.ada, self.alice)._close()
        self.assertEqual(self.alice.door_state, "closed")
        said = " ".join(self._by(self.ada, self.alice)._consequences("reopen"))
        self.assertIn("La suspension continue", said)
        self._by(self.ada, self.alice)._reopen()
        self.assertEqual(self.alice.door_state, "suspended")

    def test_a_moderator_comes_back_with_a_network(self):
        self._by(self.ada, self.gus)._close()
        self.gus.partner_id.network_ids = False
        with self.assertRaises(ValidationError):
            self._by(self.ada, self.gus)._reopen()

    def test_an_account_of_the_federations_is_erased_too(self):
        self.gus.partner_id.phone = "0240000000"
        self._by(self.ada, self.gus)._close()
        self._by(self.ada, self.gus)._erase()
        person = self.gus.partner_id
        self.assertEqual(
            (person.name, person.email, person.phone, person.network_ids.ids), ("Membre parti", False, False, [])
        )
        self.assertNotIn("gus", self.gus.login)
        self.assertTrue(self.gus.forgotten_date)

    def test_erasing_leaves_no_word_about_somebody(self):
        self._by(self.maud, self.alice)._suspend("Alice a injurié")
        self.env["collab.link.request"]._ask("alice@example.org")
        self.env["collab.attempt"]._take({f"{self.alice.id} 192.0.2.1": 9, f"link {self.alice.id}": 9})
        self._by(self.ada, self.alice)._close("Alice est partie")
        self._by(self.ada, self.alice)._erase()
        events = self.env["collab.account.event"].search([("user_id", "=", self.alice.id)])
        self.assertEqual([(event.reason, event.before, event.after) for event in events], [(False,) * 3] * 3)
        self.assertFalse(self.alice.suspended_date)
        self.assertFalse(self.env["collab.link.request"].search([]))
        keys = self.env["collab.attempt"].search([]).mapped("key")
        self.assertFalse([key for key in keys if str(self.alice.id) in key.split()])
        self.assertFalse(self.env["collab.notification"].search([("res_model", "=", "res.users")]))

    def test_each_state_is_found_and_named(self):
        people = {
            name: self._user(name, networks=[self.blue]) for name in ("closed", "left", "erased", "suspended", "in")
        }
        self._by(self.ada, people["closed"])._close()
        people["left"]._leave()
        self._by(self.ada, people["erased"])._close()
        self._by(self.ada, people["erased"])._erase()
        self._by(self.maud, people["suspended"])._suspend("x")
        labels = {
            "closed": "Compte fermé",
            "left": "A quitté la plateforme",
            "erased": "Effacé",
            "suspended": "Suspendu",
            "in": "Charte acceptée",
        }
        Users = self.env["res.users"].with_context(active_test=False, lang="fr_FR")
        known = [person.id for person in people.values()]
        for state, person in people.items():
            with self.subTest(state):
                found = Users.search([("door_state", "=", state), ("id", "in", known)])
                self.assertEqual(found, person)
                self.assertEqual((found.door_state, found.door_label), (state, labels[state]))
        self.assertEqual(len(Users.search([("door_state", "in", list(labels)), ("id", "in", known)])), len(people))

    def test_the_files_of_his_sessions_disappear_and_no_others(self):
        store, database = root.session_store, self.env.cr.dbname
        held = {
            "in": {"db": database, "uid": self.alice.id, "login": "x"},
            "between password and code": {"db": database, "pre_uid": self.alice.id, "pre_login": "alice"},
            "by his login": {"db": database, "uid": None, "login": " Alice "},
            "another person": {"db": database, "uid": self.chloe.id, "login": "chloe"},
            "another database": {"db": "elsewhere", "uid": self.alice.id, "login": "alice"},
            "nobody": {"db": database, "uid": None, "login": None},
        }
        sessions = {}
        for name, content in held.items():
            sessions[name] = store.new()
            sessions[name].update(content)
            store.save(sessions[name])
            self.addCleanup(store.delete, sessions[name])
        delete_sessions(database, {self.alice.id}, {"alice"})
        left = [name for name, session in sessions.items() if os.path.exists(store.get_session_filename(session.sid))]
        self.assertEqual(left, ["another person", "another database", "nobody"])

    def test_sessions_are_deleted_once_nobody_comes_in_with_them(self):
        before = len(self.env.cr.postcommit._funcs)
        with patch("odoo.addons.collab_comptes.models.res_users.delete_sessions") as deleted:
            self._by(self.ada, self.alice)._close()
            deleted.assert_not_called()
            for act in list(self.env.cr.postcommit._funcs)[before:]:
                act()
        deleted.assert_called_with(self.env.cr.dbname, {self.alice.id}, {"alice", "alice@example.org"})

    def test_the_contact_of_a_person_is_not_archived_beside_his_account(self):
        self._by(self.ada, self.alice)._close()
        person = self.alice.partner_id.with_user(self.ada)
        for archive in (lambda: person.write({"active": False}), person.action_archive):
            with self.assertRaises(AccessError):
                archive()

    def test_a_role_that_changes_is_logged_whoever_changes_it(self):
        self._by(self.ada, self.alice).write({"platform_role": "moderator"})
        self._by(self.ada, self.alice).write({"platform_role": "moderator", "function": "CIP"})
        self.alice.platform_role = "administrator"
        events = self.env["collab.account.event"].search([("user_id", "=", self.alice.id)], order="id")
        self.assertEqual(
            [(event.kind, event.before, event.after, event.create_uid) for event in events],
            [
                ("role", "Membre", "Modérateur", self.ada),
                ("role", "Moderator", "Administrator", self.env.user),
            ],
        )

    def test_of_two_who_change_a_role_the_second_is_told(self):
        self.ada.partner_id.write({"firstname": "Camille", "lastname": "Renaud"})
        self._by(self.ada, self.alice).web_save({"platform_role": "moderator", "role_seen": "member"}, {})
        late = self._by(self.abel, self.alice)
        said = (
            "^Camille Renaud vient de modifier le rôle de cette personne \\(Modérateur\\). Rechargez la page avant de "
            "le changer.$"
        )
        with self.assertRaisesRegex(UserError, said):
            late.web_save({"platform_role": "administrator", "role_seen": "member"}, {})
        self.assertEqual(self.alice.platform_role, "moderator")
        late.web_save({"platform_role": "administrator", "role_seen": "moderator"}, {})
        self.assertEqual(self.alice.platform_role, "administrator")

    def test_who_has_been_erased_has_no_address_in_the_list(self):
        self.env["res.users"].browse(self.alice.id).write({"login": "alice@example.org"})
        alice = self._by(self.ada, self.alice)
        shown = alice._exported_columns()["E-mail"]
        self.assertEqual(shown(alice), "alice@example.org")
        alice._close()
        alice._erase()
        self.assertFalse(shown(alice))
        view = self.env.ref("collab_reseaux.res_users_member_view_list")
        columns = etree.fromstring(alice.get_view(view.id, "list")["arch"])
        self.assertEqual(columns.find(".//field[@name='login']").get("invisible"), "forgotten_date")
