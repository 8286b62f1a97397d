"""Somebody whom nobody knows, before two workers: what he learns, where he is not answered, and what their log says."""

import contextlib
import re
import socket
import ssl

import pytest
import requests
import server_log

from .guesser import Guesser
from .person import PASSWORD, Person
from .test_proxy import FromAnotherAddress

NOBODY, CLOSED, INVITED = "nobody", "closed", "invited"


@pytest.fixture(scope="module")
def people(stack):
    """Beside alice, who has an account: one that is closed, and one of somebody who has never come."""
    admin = Person(stack, "admin")
    for login in (CLOSED, INVITED):
        address = f"{login}@collab.example"
        [user] = admin.call("res.users", "web_save", [], {"login": address, "firstname": "A", "lastname": login}, {})
        stack.cluster.sql(
            f"UPDATE res_users SET active = {login != CLOSED},"
            " password = (SELECT password FROM res_users WHERE login = 'alice@collab.example')"
            f" WHERE id = {user['id']} AND '{login}' = '{CLOSED}'",
            stack.database,
        )
    return ("alice", CLOSED, INVITED, NOBODY)


def try_password(stack, login, password):
    """:return: what comes back to somebody at an address of his own, less what he typed"""
    answer = Guesser(stack).log_in(login, password)
    page = re.sub(r'value="[^"]*"', "", answer.text)
    return answer.status_code, int(answer.headers["X-Hashes"]), page


@pytest.mark.parametrize("password", ["not-hers", "", "x" * 5_000])
def test_who_has_an_account_is_told_to_nobody_who_tries_a_password(stack, people, password):
    """One hash each, by both workers: what takes as long and answers the same is the same."""
    answers = {login: {try_password(stack, login, password) for _ in range(4)} for login in people}
    [(status, hashes, page)] = set().union(*answers.values())
    assert (status, hashes) == (200, 1)
    assert "Se connecter" in page and 'role="alert"' in page


@pytest.mark.parametrize("kind", ["webauthn", "totp", "x"])
def test_the_login_page_takes_passwords_and_nothing_else(stack, kind):
    guesser = Guesser(stack)
    data = {"login": "alice@collab.example", "password": PASSWORD, "csrf_token": guesser.token("/web/login")}
    answer = guesser.post("/web/login", data={**data, "type": kind})
    assert (answer.status_code, answer.headers["X-Hashes"]) == (200, "1")


def test_a_login_without_an_address_is_refused_in_words(stack):
    guesser = Guesser(stack)
    answer = guesser.post("/web/login", data={"password": "x", "csrf_token": guesser.token("/web/login")})
    assert answer.status_code == 200 and 'role="alert"' in answer.text


# What werkzeug writes: queries, seconds of SQL, seconds of Python
ASKED = re.compile(r'"POST /web/reset_password HTTP/1\.[01]" 200 - (\d+) ')


def test_a_link_asked_for_anybody_is_the_same_work(stack, people):
    guesser = Guesser(stack)
    token = guesser.token("/web/reset_password")

    def ask(login):
        start = stack.log.stat().st_size
        answer = guesser.post("/web/reset_password", data={"login": f"{login}@collab.example", "csrf_token": token})
        stack.wait_for(lambda: ASKED.search(stack.log.read_bytes()[start:].decode()), "the line of the log")
        return answer.status_code, int(ASKED.search(stack.log.read_bytes()[start:].decode())[1])

    for login in people * 2:  # both workers have their caches
        ask(login)
    found = {login: [ask(login) for _ in range(6)] for login in people}
    # The pieces of work that come by chance, such as a worker's caches, can only add.
    assert len({min(answers) for answers in found.values()}) == 1, found


FOREIGN = ("evil.example", "evil.example:443", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example, x")


@pytest.mark.parametrize("host", [*FOREIGN, ""])
def test_another_address_is_not_answered(stack, host):
    session = requests.Session()
    session.trust_env, session.verify = False, str(stack.certificate)
    plain = f"http://127.0.0.1:{stack.plain_port}"
    live = f"http://127.0.0.1:{stack.live_port}"
    for url in (stack.url, plain, stack.odoo_url, live):
        for path in ("/web/login", "/sante", "/web/static/img/favicon.ico", "/websocket"):
            answer = session.get(f"{url}{path}", headers={"Host": host}, allow_redirects=False)
            assert answer.status_code in (400, 421), (url, path)
            assert len(answer.content) < 300
    answer = session.get(f"{stack.odoo_url}/web/login", headers={"X-Forwarded-Host": host})
    assert answer.status_code == 421


def test_http_1_0_without_a_name_is_refused_and_the_health_is_told_to_the_machine_itself(stack):
    for port, wrap in ((stack.http_port, False), (stack.live_port, False), (stack.proxy_port, True)):
        with contextlib.ExitStack() as opened:
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            if wrap:
                context = ssl.create_default_context(cafile=str(stack.certificate))
                connection = opened.enter_context(context.wrap_socket(connection, server_hostname="127.0.0.1"))
            connection.sendall(b"GET /web/login HTTP/1.0\r\n\r\n")
            assert connection.recv(65536).split(b" ", 2)[1] == b"421", port
    for name in ("127.0.0.1", "localhost"):
        answer = requests.get(f"{stack.odoo_url}/sante", headers={"Host": f"{name}:{stack.http_port}"}, timeout=60)
        assert "database" in answer.json()["checks"]


def test_links_lead_to_the_operator_s_address_whoever_logs_in_from_wherever(stack):
    def known():
        query = "SELECT value FROM ir_config_parameter WHERE key = 'web.base.url'"
        return stack.cluster.sql(query, stack.database)

    before = known()
    guesser = Guesser(stack)
    # Past the proxy, under a name that the server itself accepts: core would have taken it for the platform's.
    guesser.session.headers["X-Forwarded-Host"] = "localhost:1234"
    data = {"login": "admin@collab.example", "password": PASSWORD, "csrf_token": guesser.token("/web/login")}
    assert guesser.post("/web/login", data=data).status_code == 303
    assert known() == before


def test_the_process_of_the_websocket_has_no_pages(stack):
    alice = Person(stack, "alice")
    cookies = {"session_id": alice.session.cookies["session_id"]}
    for path in ("/websocketx", "/websocket/x", "/nothing", "/web/login", "/"):
        answer = requests.get(f"http://127.0.0.1:{stack.live_port}{path}", cookies=cookies, timeout=60)
        assert (answer.status_code, len(answer.content) < 100) == (404, True), path
    # Through the proxy, what is only called alike is a page like any other.
    for path in ("/websocketx", "/websocket/x"):
        assert "Page introuvable" in alice.get(path).text, path


SPELLINGS = ("/web/login/", "/fr/web/login", "/web/login/totp", "//web/login", "/web/reset_password/")


@pytest.mark.parametrize("path", SPELLINGS)
def test_a_login_under_another_spelling_is_counted_too(stack, path):
    session = requests.Session()
    session.trust_env, session.verify = False, str(stack.certificate)
    session.mount("https://", FromAnotherAddress())
    statuses = [session.post(f"{stack.url}{path}", data={}, allow_redirects=False).status_code for _ in range(40)]
    assert statuses.count(429) >= 15, statuses


def test_nobody_is_logged_out_by_a_link(stack):
    alice = Person(stack, "alice")
    for path in ("/web/session/logout", "/web/session/logout?redirect=/", "/web/session/logout/"):
        assert "Se déconnecter ?" in alice.get(path).text
        assert alice.session.head(f"{stack.url}{path}").ok
    # Somebody else's form, or one of another day.
    for token in ("", "x", "deadbeefo99999999999"):
        data = {"csrf_token": token}
        assert "Se déconnecter ?" in alice.session.post(f"{stack.url}/web/session/logout", data=data).text
    assert "Bonjour Alice" in alice.get("/").text
    alice.read_token("/web/session/logout")
    assert alice.post("/web/session/logout", redirect="/web/login").status_code == 303
    assert "Bonjour" not in alice.get("/").text


def test_a_fault_of_the_server_is_a_failure_of_the_test_that_did_not_announce_it(stack, announces):
    announces("")  # whatever is said here has been read below
    server_log.check()
    stack.cluster.sql("ALTER TABLE collab_attempt RENAME TO collab_attempt_away", stack.database)
    try:
        answer = Guesser(stack).log_in("alice")
    finally:
        stack.cluster.sql("ALTER TABLE collab_attempt_away RENAME TO collab_attempt", stack.database)
    assert answer.status_code == 500
    with pytest.raises(AssertionError, match='relation "collab_attempt" does not exist'):
        server_log.check()
