"""A code serves once: given in two sessions at the same moment, on two workers, it lets one in."""

import concurrent.futures
import re

import pytest
from codes import code_now
from mail_sink import Mailbox

from .conftest import copy_of_demo
from .guesser import Guesser
from .stack import Stack

STAFF, MEMBER = "moderation.fnars", "alice"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
ROUNDS = 2


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="module")
def stack(folder, mailbox):
    """The platform as it is installed: the federations are asked for a code that comes by mail; a member has an
    application."""
    environ = {"ODOO_SMTP_SERVER": "127.0.0.1", "ODOO_SMTP_PORT": str(mailbox.port)}
    with copy_of_demo("collab_factor") as cluster:
        policy = "DELETE FROM ir_config_parameter WHERE key = 'auth_totp.policy'"
        cluster.sql(policy, "collab_factor")
        policy = "INSERT INTO ir_config_parameter (key, value) VALUES ('auth_totp.policy', 'employee_required')"
        cluster.sql(policy, "collab_factor")
        member = f"UPDATE res_users SET totp_secret = '{SECRET}' WHERE login = '{MEMBER}@collab.example'"
        cluster.sql(member, "collab_factor")
        with Stack(cluster, "collab_factor", folder / "factor", environ=environ) as stack:
            yield stack


def start(stack, login):
    """:return Guesser: somebody whose password has been accepted, and who is asked for a code"""
    person = Guesser(stack)
    assert person.log_in(login).headers["Location"].startswith("/web/login/totp")
    person.form = person.token("/web/login/totp")
    return person


def let_in(people, code):
    """Give one code in all sessions at once.

    :return list[Guesser]: those who stay outside, and have the next form
    """

    def give(person):
        answer = person.post("/web/login/totp", data={"csrf_token": person.form, "totp_token": code})
        assert answer.status_code in (200, 303), answer.text[:500]
        return answer.status_code == 303

    with concurrent.futures.ThreadPoolExecutor(len(people)) as crowd:
        outside = [person for person, came in zip(people, crowd.map(give, people), strict=True) if not came]
    for person in outside:
        person.form = person.token("/web/login/totp")
    return outside


def test_a_mailed_code(stack, mailbox):
    address = f"{STAFF}@collab.example"
    for _round in range(ROUNDS):
        people = [start(stack, STAFF) for _person in range(3)]
        stack.wait_for(lambda: mailbox.count(address) >= 3, "the codes")
        # The last one is that of all sessions: it depends on the last time that the password was given.
        code = re.search(r">\s*(\d{6})\s*<", mailbox.of(address)[-1].html)[1]
        outside = let_in(people, code)
        assert len(outside) == len(people) - 1
        assert let_in(outside, code) == outside
        mailbox.forget()
        # Five mails an hour is core's limit, for one person.
        stack.cluster.sql("DELETE FROM auth_totp_rate_limit_log", stack.database)


def test_a_code_of_an_application(stack):
    people = [start(stack, MEMBER) for _person in range(3)]
    code = code_now(SECRET)
    outside = let_in(people, code)
    assert len(outside) == len(people) - 1
    assert let_in(outside, code) == outside
