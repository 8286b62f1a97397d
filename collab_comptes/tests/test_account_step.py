from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.tests import Form, tagged

from .common import AccountCase


@tagged("post_install", "-at_install")
class TestAccountStep(AccountCase):
    """Before each step, a small screen says what follows; then it is taken."""

    def _open(self, doer, person, kind):
        env = self.env(user=doer, su=False, context={"lang": "fr_FR"})
        return Form(env["collab.account.step"].with_context(active_id=person.id, default_kind=kind))

    def _said(self, form):
        return form.consequences.replace("\N{NO-BREAK SPACE}", " ")

    def test_it_says_what_follows_then_does_it(self):
        for doer, kind, said, state in (
            (self.maud, "suspend", "Les modérateurs de Green sont prévenus, sans le motif.", "suspended"),
            (self.gus, "resume", "alice pourra écrire de nouveau, partout.", "in"),
            (self.ada, "close", "alice ne pourra plus se connecter.", "closed"),
            (self.ada, "reopen", "La charte est déjà acceptée", "in"),
            (self.ada, "close", "Rien n’est effacé", "closed"),
            (self.ada, "erase", "sont effacés pour toujours", "erased"),
        ):
            with self.subTest(kind):
                form = self._open(doer, self.alice, kind)
                self.assertIn(said, self._said(form))
                if kind in ("suspend", "resume"):
                    form.reason = "Injures"
                step = form.save()
                told = step.action_confirm()
                self.assertEqual(told["tag"], "display_notification")
                self.assertFalse(step.exists(), "what was typed does not outlive it")
                self.env.invalidate_all()
                self.assertEqual(self.alice.door_state, state)

    def test_what_somebody_is_about_to_do_is_his_alone(self):
        step = self.env["collab.account.step"].with_user(self.gus)
        step = step.create({"user_id": self.alice.id, "kind": "suspend", "reason": "Motif des verts"})
        for other in (self.maud, self.ada):
            theirs = step.with_user(other)
            self.assertFalse(theirs.search([]))
            self.assertFalse(theirs.read(["reason"]))
            for act in (lambda s=theirs: s.write({"reason": "Autre"}), theirs.action_confirm):
                with self.subTest(other.login), self.assertRaises(MissingError):
                    act()
        self.assertEqual(step.reason, "Motif des verts")
        self.assertFalse(self.alice.suspended_date)

    def test_an_end_changes_what_is_said(self):
        form = self._open(self.maud, self.alice, "suspend")
        self.assertIn("Sans date, cela dure", self._said(form))
        form.until = "2030-05-06"
        self.assertIn("jusqu’au lundi 6 mai 2030 inclus", self._said(form))

    def test_an_end_that_is_past_is_refused_before_it_is_confirmed(self):
        form = self._open(self.maud, self.alice, "suspend")
        form.until = "2020-01-01"
        self.assertFalse(form.is_possible)
        self.assertIn("Cette date est passée", self._said(form))
        form.until = "2099-01-01"
        self.assertTrue(form.is_possible)

    def test_what_cannot_be_done_is_said_instead(self):
        form = self._open(self.ada, self.ada, "close")
        self.assertFalse(form.is_possible)
        self.assertIn("demandez à un autre administrateur", self._said(form))
        self.assertFalse(self._open(self.maud, self.alice, "resume").is_possible)

    def test_a_moderator_takes_his_own_steps_and_no_others(self):
        for kind in ("close", "reopen", "erase"):
            with self.subTest(kind):
                form = self._open(self.maud, self.alice, kind)
                self.assertIn("Seuls les administrateurs peuvent faire cela.", self._said(form))
                with self.assertRaises(AccessError):
                    form.save().action_confirm()
        self.assertTrue(self.alice.active)

    def test_of_somebody_whom_he_does_not_read_he_learns_nothing(self):
        Step = self.env(user=self.maud, su=False)["collab.account.step"]
        for number in (self.chloe.id, 999_999):
            for ask in (
                lambda number=number: Step.create({"user_id": number, "kind": "suspend", "reason": "x"}),
                lambda number=number: Step.with_context(active_id=number).default_get(["user_id"]),
            ):
                with self.assertRaises(MissingError):
                    ask()

    def test_a_step_that_is_open_does_not_change_its_person(self):
        step = self.env(user=self.maud, su=False)["collab.account.step"].create(
            {"user_id": self.alice.id, "kind": "suspend"}
        )
        for values in ({"user_id": self.gus.id}, {"kind": "close"}, {"is_possible": True}):
            with self.assertRaises(AccessError):
                step.write(values)
        with self.assertRaises(ValidationError):
            step.action_confirm()

    def test_what_is_no_step_is_refused(self):
        Step = self.env(user=self.ada, su=False)["collab.account.step"]
        with self.assertRaises(ValueError):
            Step.create({"user_id": self.alice.id, "kind": "delete"}).action_confirm()
