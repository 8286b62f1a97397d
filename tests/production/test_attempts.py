"""Who guesses passwords, and whom he disturbs: two workers, and the proxy out of the way."""

import pytest

from .guesser import Guesser, addresses
from .person import PASSWORD

# As docs/exploitation.md says: for one account, from one address, in a quarter of an hour.
LOOKED_AT = 10
REFUSED = "Trop d’essais"


def looked_at(answers):
    return sum(REFUSED not in answer for answer in answers)


@pytest.fixture
def guesser(stack):
    return Guesser(stack)


def test_the_login_page(stack, guesser):
    token = guesser.token("/web/login")
    data = {"login": "bruno@collab.example", "csrf_token": token}

    def attempt(number):
        return guesser.post("/web/login", data={**data, "password": f"wrong-{number}"})

    # Ten times what is looked at.
    answers = guesser.guess(attempt)
    assert 0 < looked_at(answers) <= LOOKED_AT
    assert not guesser.comes_in("bruno")
    assert Guesser(stack).comes_in("bruno")


def test_the_login_page_with_a_new_session_each_time(stack):
    address = next(addresses)

    def attempt(number):
        return Guesser(stack, address).log_in("chloe", f"wrong-{number}")

    assert 0 < looked_at(Guesser(stack).guess(attempt)) <= LOOKED_AT
    assert Guesser(stack).comes_in("chloe")


def test_many_accounts_from_one_address(stack, guesser):
    token = guesser.token("/web/login")

    def attempt(number):
        data = {"login": f"person{number}@collab.example", "password": "demo-1234", "csrf_token": token}
        return guesser.post("/web/login", data=data)

    assert 0 < looked_at(guesser.guess(attempt, tries=300)) <= 100
    assert Guesser(stack).comes_in("david")


@pytest.mark.parametrize(
    "path", ["/web/session/authenticate", "/jsonrpc", "/xmlrpc/2/common", "/xmlrpc/2/object", "/json/2/res.users/read"]
)
@pytest.mark.parametrize("header", [{}, {"X-Odoo-Database": "x"}])
def test_what_machines_call(guesser, path, header):
    """No password is looked at there: nothing is."""
    body = {"db": "collab", "login": "emma@collab.example", "password": PASSWORD}
    service = {"service": "common", "method": "login", "args": ["collab", "emma@collab.example", PASSWORD]}
    params = service if path == "/jsonrpc" else body
    for number in range(20):
        headers = {**header, "Authorization": f"bearer {number}"}
        answer = guesser.post(path, json={"jsonrpc": "2.0", "method": "call", "params": params}, headers=headers)
        assert answer.status_code == 404 or answer.json()["error"]["code"] == 404
        assert "uid" not in answer.text


def test_the_screen_that_is_locked(stack, guesser):
    """The page that asks a moderator for his password again."""
    guesser.log_in("moderation.fnars")
    credential = {"type": "password", "login": "moderation.fnars@collab.example"}
    answers = guesser.guess(
        lambda number: guesser.call("/auth-timeout/session/check-identity", **credential, password=f"wrong-{number}")
    )
    assert 0 < looked_at(answers) <= LOOKED_AT
    assert Guesser(stack).comes_in("moderation.fnars")


@pytest.mark.parametrize("path", ["/mon-compte/mot-de-passe", "/mon-compte/second-facteur"])
def test_the_account_of_a_member(stack, guesser, path):
    guesser.log_in("emma")
    data = {"csrf_token": guesser.token("/mon-compte"), "password": "another-2026", "again": "another-2026"}

    def attempt(number):
        return guesser.post(path, data={**data, "current": f"wrong-{number}", "code": "1"})

    assert 0 < looked_at(guesser.guess(attempt)) <= LOOKED_AT
    assert Guesser(stack).comes_in("emma")
