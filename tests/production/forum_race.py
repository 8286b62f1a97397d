"""Two people who act in one discussion at the same moment; in an Odoo shell, on a database that nobody else uses.

Each has a connection of his own, as two requests have. Nothing is simulated: PostgreSQL says who waits, and who is to
begin again; Odoo then has him begin again, as it does for a request.
"""

import functools
import sys
import threading
import time
import types
import unittest
from typing import NamedTuple
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service import model as service
from odoo.service.model import retrying

SECONDS = 60
# The second one arrives while the first one is at work; or looked before the first one came, and acts once he has gone.
WAYS = ("during", "after")


class Outcome(NamedTuple):
    """What has become of whoever came second."""

    tries: int  # 1, unless PostgreSQL had him begin again
    refusal: str  # in words; nothing when he did what he wanted


def each_way(test):
    """Run a test for each of WAYS."""

    @functools.wraps(test)
    def run_each(case):
        for way in WAYS:
            with case.subTest(way):
                test(case, way)

    return run_each


class Race(unittest.TestCase):
    """Two people at once, and what each of them gets."""

    registry = None  # that of the shell

    @classmethod
    def setUpClass(cls):
        # Whoever is to begin again does at once: the one before has gone. Odoo lets up to two seconds pass, for crowds.
        cls.enterClassContext(patch.object(service, "random", types.SimpleNamespace(uniform=lambda low, _high: low)))
        cls.people = {}
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for login in ("alice", "bruno", "emma", "moderation.fnars", "admin"):
                cls.people[login] = env["res.users"].search([("login", "=", f"{login}@collab.example")]).id
            cls.theme, cls.other_theme = list(env["forum.forum"]._by_theme().values())[:2]
            cls.network = env.ref("collab_reseaux.network_fnars").id
            # People ask more here than in a day.
            for kind in ("question", "answer"):
                env["ir.config_parameter"].set_param(f"collab_reseaux.daily_{kind}", "1000")
            # Nobody sends what they are told.
            env["ir.cron"].search([]).active = False

    def _as(self, cr, person):
        return api.Environment(cr, self.people.get(person, SUPERUSER_ID), {"active_test": False})

    def _alone(self, person, act):
        """:return: what somebody gets who acts while nobody else does"""
        with self.registry.cursor() as cr:
            env = self._as(cr, person)
            result = act(env)
            env.flush_all()
        return result

    def _at_once(self, way, first, second):
        """Let two people act at the same moment.

        :param str way: of WAYS
        :param tuple[str, Callable] first: who, and what he does with his environment
        :param tuple[str, Callable] second: the same
        :return Outcome:
        """
        with self.registry.cursor() as one, self.registry.cursor() as two:
            # From its first query on, a request sees the base as it was then.
            two.execute("SELECT pg_backend_pid()")
            [pid] = two.fetchone()
            env = self._as(one, first[0])
            first[1](env)
            env.flush_all()
            if way == "after":
                one.commit()
                return self._try(two, *second)
            found = []
            thread = threading.Thread(target=lambda: found.append(self._try(two, *second)))
            thread.start()
            self._wait_until_blocked(pid, thread)
            one.commit()
            thread.join(SECONDS)
            return found[0]

    def _try(self, cr, person, act):
        tries, env = [], self._as(cr, person)

        def attempt():
            tries.append(1)
            act(env)
            env.flush_all()

        refusal = ""
        try:
            retrying(attempt, env)
        except (UserError, AccessError) as error:
            refusal = str(error)
            cr.rollback()
        return Outcome(len(tries), refusal)

    def _wait_until_blocked(self, pid, thread):
        limit = time.monotonic() + SECONDS
        while thread.is_alive() and time.monotonic() < limit:
            with self.registry.cursor() as cr:
                cr.execute("SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'", [pid])
                if cr.rowcount:
                    return
            time.sleep(0.02)
        self.fail("the second one does not wait for the first one")


class ForumRace(Race):
    def _ask(self):
        vals = {"name": "Comment faire ?", "content": "<p>Je cherche.</p>", "forum_id": self.theme}
        return self._alone("alice", lambda env: env["forum.post"].create(vals).id)

    def _ask_accepted(self):
        question = self._ask()
        self._alone("moderation.fnars", doing(question, "_accept"))
        return question

    def _answered(self, question):
        return self._alone("bruno", lambda env: answering(question)(env).id)

    def _read(self, number, *fields):
        """:return list: fields of a question or an answer, as they are in the base"""
        [values] = self._alone(None, lambda env: env["forum.post"].browse(number).read(fields, load=""))
        return [values[field] for field in fields]

    def _flags(self, question, **of):
        """:return int: how many flags there are on a question"""
        domain = [("res_model", "=", "forum.post"), ("res_id", "=", question), *((name, "=", of[name]) for name in of)]
        return self._alone(None, lambda env: env["collab.flag"].search_count(domain))

    def _answers(self, question):
        return self._alone(None, lambda env: len(env["forum.post"].search([("parent_id", "=", question)])))

    def _reviewed(self):
        """From now on and to the end of the test, what members write waits for a moderator."""

        def set_to(number):
            self._alone(None, lambda env: env["ir.config_parameter"].set_param("collab_contribution.reviewed", number))

        set_to(100_000)
        self.addCleanup(set_to, 0)

    # What must be true

    @each_way
    def test_of_two_answers_retained_at_once_one_is(self, way):
        question = self._ask()
        answers = [self._answered(question) for _ in range(2)]
        first, second = (("alice", doing(answer, "_retain", True)) for answer in answers)
        self.assertEqual(self._at_once(way, first, second), (2, ""))
        self.assertEqual([self._read(answer, "is_correct") for answer in answers], [[False], [True]])
        self.assertEqual(self._read(question, "has_validated_answer", "child_count"), [True, 2])

    @each_way
    def test_two_who_answer_at_once_count_as_two(self, way):
        question = self._ask()
        outcome = self._at_once(way, ("bruno", answering(question)), ("emma", answering(question)))
        self.assertEqual(outcome, (2, ""))
        self.assertEqual(self._read(question, "child_count", "last_author_id"), [2, self.people["emma"]])

    @each_way
    def test_two_who_comment_at_once_are_both_read(self, way):
        question = self._ask()
        outcome = self._at_once(way, ("bruno", commenting(question)), ("emma", commenting(question)))
        self.assertEqual(outcome, (2, ""))
        self.assertEqual(len(self._read(question, "comment_ids")[0]), 2)

    @each_way
    def test_nobody_answers_what_a_moderator_closes_at_that_moment(self, way):
        question = self._ask()
        closing = ("moderation.fnars", doing(question, "_close", "Terminé"))
        outcome = self._at_once(way, closing, ("bruno", answering(question)))
        self.assertEqual(outcome.tries, 2)
        self.assertIn("closed", outcome.refusal)
        self.assertEqual(self._read(question, "state", "child_count"), ["close", 0])

    @each_way
    def test_whoever_answered_first_is_read_in_the_discussion_that_is_closed(self, way):
        question = self._ask()
        closing = ("moderation.fnars", doing(question, "_close", "Terminé"))
        self.assertEqual(self._at_once(way, ("bruno", answering(question)), closing), (2, ""))
        self.assertEqual(self._read(question, "state", "child_count"), ["close", 1])

    @each_way
    def test_two_who_flag_at_once_are_both_heard(self, way):
        question = self._ask()
        flag = doing(question, "_report", "Une adresse")
        self.assertEqual(self._at_once(way, ("bruno", flag), ("emma", flag)), (2, ""))
        self.assertEqual(self._flags(question), 2)

    @each_way
    def test_whoever_flags_twice_at_once_is_told_so(self, way):
        question = self._ask()
        flag = ("bruno", doing(question, "_report", "Une adresse"))
        outcome = self._at_once(way, flag, flag)
        self.assertEqual(outcome.tries, 2)
        self.assertIn("already said so", outcome.refusal)
        self.assertEqual(self._flags(question), 1)

    @each_way
    def test_what_is_flagged_while_a_moderator_hides_it_awaits_nobody(self, way):
        question = self._ask()
        flagging = ("bruno", doing(question, "_report", "Une adresse"))
        hiding = ("moderation.fnars", doing(question, "_hide", "Une adresse"))
        self.assertEqual(self._at_once(way, flagging, hiding), (2, ""))
        self.assertEqual(self._flags(question, is_closed=False), 0)

    @each_way
    def test_whoever_thanks_twice_at_once_thanks_once(self, way):
        question = self._ask()
        thanks = ("bruno", doing(question, "_thank", True))
        self.assertEqual(self._at_once(way, thanks, thanks), (2, ""))
        self.assertEqual(self._read(question, "vote_count"), [1])

    @each_way
    def test_what_is_answered_while_it_is_merged_is_read_in_the_other_discussion(self, way):
        self._check_merge(way, self._ask, shown=2)

    @each_way
    def test_what_waits_for_a_moderator_while_its_question_is_merged_waits_in_the_other_discussion(self, way):
        self._reviewed()
        self._check_merge(way, self._ask_accepted, shown=1)

    def _check_merge(self, way, ask, shown):
        for answers_first in (True, False):
            kept, asked_again = ask(), ask()
            both = [("bruno", answering(asked_again)), ("moderation.fnars", merging(asked_again, kept))]
            with self.subTest(way, answers_first=answers_first):
                self.assertEqual(self._at_once(way, *(both if answers_first else reversed(both))), (2, ""))
                self.assertEqual((self._answers(kept), self._answers(asked_again)), (2, 0))
                self.assertEqual(self._read(kept, "child_count"), [shown])

    @each_way
    def test_what_waits_for_a_moderator_follows_its_question_wherever_it_goes(self, way):
        self._reviewed()
        elsewhere = {"forum_id": self.other_theme, "audience_network_ids": [Command.set([self.network])]}
        question = self._ask_accepted()
        changes = ("alice", doing(question, "write", elsewhere))
        self.assertEqual(self._at_once(way, ("emma", answering(question)), changes), (2, ""))
        [answer] = self._alone(None, lambda env: env["forum.post"].browse(question).child_ids.ids)
        for field in ("forum_id", "audience_id"):
            self.assertEqual(self._read(answer, field), self._read(question, field), field)

    @each_way
    def test_what_two_moderators_accept_at_once_is_accepted_once(self, way):
        self._reviewed()
        question = self._ask()
        accepts = doing(question, "_accept")
        tries, refusal = self._at_once(way, ("moderation.fnars", accepts), ("admin", accepts))
        self.assertEqual(tries, 2)
        self.assertRegex(refusal, "^.+ (has already done it, today|l’a déjà fait, aujourd’hui).$")
        done = [("res_model", "=", "forum.post"), ("res_id", "=", question), ("kind", "=", "accept")]
        self.assertEqual(self._alone(None, lambda env: env["collab.action"].search_count(done)), 1)


def answering(question):
    vals = {"parent_id": question, "content": "<p>Comme ceci.</p>"}
    return lambda env: env["forum.post"].create(vals)


def commenting(post):
    return lambda env: env["collab.forum.comment"].create({"post_id": post, "body": "Merci"})


def doing(post, method, *args):
    return lambda env: getattr(env["forum.post"].browse(post), method)(*args)


def merging(question, kept):
    return lambda env: env["forum.post"].browse(question)._merge_into(env["forum.post"].browse(kept), "La même")


def run(env, case=ForumRace):
    """Run them all, and end the process: with 0 when all is true, and nothing has vanished.

    :param odoo.api.Environment env: that of the shell
    :param type[Race] case: what is run
    """
    case.registry = env.registry
    # It has read: it would see the base as it was.
    env.cr.rollback()
    result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    sys.exit(0 if result.wasSuccessful() and result.testsRun and not result.skipped else 1)
