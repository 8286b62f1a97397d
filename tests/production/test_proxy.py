"""The proxy of production, as its template describes it."""

import gzip
import re
import socket
import ssl
import time

import chromium
import pytest
import requests
import websocket
from federation_screens import open_menu, open_platform
from playwright.sync_api import sync_playwright
from requests.adapters import HTTPAdapter

from .person import PASSWORD, Person
from .stack import Stack


@pytest.fixture
def visitor(stack):
    session = requests.Session()
    session.trust_env = False
    session.verify = str(stack.certificate)
    return session


def test_what_is_not_encrypted_is_led_to_what_is(stack, visitor):
    answer = visitor.get(f"http://127.0.0.1:{stack.plain_port}/ressources", allow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{stack.url}/ressources"


def test_the_cookie_of_a_session_stays_on_this_site_and_encrypted(stack, visitor):
    cookie = visitor.get(f"{stack.url}/web/login").headers["Set-Cookie"].lower()
    for flag in ("secure", "httponly", "samesite=lax"):
        assert flag in cookie


def test_every_page_carries_the_headers_of_security(stack, alice):
    for path in ("/", "/page-absente", "/xmlrpc/2/common", "/web/login"):
        headers = alice.get(path).headers
        assert "max-age" in headers["Strict-Transport-Security"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "default-src 'self'" in headers["Content-Security-Policy"], path
        assert "nginx/" not in headers.get("Server", ""), path


def test_the_proxy_leaves_the_policy_of_the_pages_as_it_is(stack, alice):
    """Neither weaker nor twice; and brings one to what has none."""
    for path, script in (
        ("/", "'self'"),
        ("/ressources", "'self'"),
        ("/web/login", "'self' 'unsafe-inline' 'unsafe-eval'"),
    ):
        policy = alice.get(path).headers["Content-Security-Policy"]
        assert re.findall(r"script-src ([^;]*)", policy) == [script], path
    direct = requests.get(stack.odoo_url, cookies={"session_id": alice.session.cookies["session_id"]}, timeout=60)
    assert "script-src 'self';" in direct.headers["Content-Security-Policy"]


def test_nothing_that_only_machines_call_is_open(stack, alice):
    for path in ("/xmlrpc/2/common", "/xmlrpc/common", "/jsonrpc", "/json/2/res.users/read", "/web/database/manager"):
        for answer in (alice.get(path), alice.session.post(f"{stack.url}{path}", data="x")):
            assert answer.status_code == 404, path
            assert "Page introuvable" in answer.text, path


def test_remote_calls_stay_closed_should_their_module_be_loaded(cluster, folder):
    """Configuration, module, proxy: here without the first nor the third."""
    environ = {"ODOO_SERVER_WIDE_MODULES": "base,rpc,web,collab_serveur", "ODOO_WORKERS": "0"}
    stack = Stack(cluster, "collab", folder / "with-rpc", environ=environ)
    stack.folder.mkdir()
    stack.start_odoo()
    try:
        paths = ("/xmlrpc/2/common", "/xmlrpc/2/object", "/jsonrpc", "/json/2/res.users/read", "/web/database/manager")
        for path in paths:
            for headers in ({}, {"X-Odoo-Database": "x"}, {"X-Odoo-Database": "collab"}):
                answer = requests.post(f"{stack.odoo_url}{path}", json={}, headers=headers, timeout=60)
                assert answer.status_code == 404 or answer.json()["error"]["code"] == 404, (path, headers)
    finally:
        stack.stop_odoo()


def test_nobody_chooses_the_database(stack, alice):
    for database in ("postgres", "x"):
        assert "Bonjour Alice" in alice.get("/", headers={"X-Odoo-Database": database}).text


def test_the_address_that_a_visitor_claims_is_not_believed(stack, visitor):
    visitor.get(f"{stack.url}/web/login", headers={"X-Forwarded-For": "203.0.113.7"})
    # Odoo itself believes whoever reaches it: that is for the proxy alone.
    visitor.get(
        f"{stack.odoo_url}/web/login", headers={"X-Forwarded-For": "203.0.113.8", "X-Forwarded-Host": "127.0.0.1"}
    )
    log = stack.log.read_text()
    assert "203.0.113.8" in log
    assert "203.0.113.7" not in log


class FromAnotherAddress(HTTPAdapter):
    """Somebody on another machine: the whole of 127.0.0.0/8 is this one."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=("127.0.0.66", 0), **kwargs)


def test_who_tries_passwords_is_stopped_and_the_others_are_not(stack, visitor):
    visitor.mount("https://", FromAnotherAddress())
    answers = [
        visitor.post(f"{stack.url}/web/login", data={"login": "alice@collab.example", "password": "x"})
        for _ in range(40)
    ]
    stopped = [answer for answer in answers if answer.status_code == 429]
    # Twenty at once, then ten a minute.
    assert len(answers) - len(stopped) <= 25
    assert "Trop d’essais de connexion" in stopped[0].content.decode()
    assert visitor.get(f"{stack.url}/web/login").status_code == 200
    assert "Bonjour Alice" in Person(stack, "alice").get("/").text


def test_who_searches_all_the_time_waits_and_the_others_do_not(stack, alice):
    started = time.monotonic()
    answers = [alice.get(f"/recherche/suggestions?q=mot{number}") for number in range(200)]
    passed = [answer for answer in answers if answer.status_code == 200]
    # Forty at once, then ten a second.
    assert 10 <= len(passed) <= 45 + 10 * (time.monotonic() - started)
    assert {answer.status_code for answer in answers} == {200, 429}
    said = alice.get("/recherche?q=garage")
    assert said.status_code == 429
    assert "Vous avez cherché de nombreuses fois" in said.content.decode()
    assert alice.get("/forum").status_code == 200
    assert "garage" in Person(stack, "bruno").get("/recherche?q=garage").text


def test_a_request_that_is_too_large_is_refused_in_french_before_it_is_sent(stack):
    context = ssl.create_default_context(cafile=str(stack.certificate))
    with (
        socket.create_connection(("127.0.0.1", stack.proxy_port), timeout=30) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as connection,
    ):
        head = f"POST /web/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {60 * 1024 * 1024}\r\n\r\n"
        connection.sendall(head.encode())
        answer = b""
        while b"</html>" not in answer and (part := connection.recv(65536)):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413")
    assert "Ce fichier est trop gros" in answer.decode()


def test_files_are_sent_by_the_proxy_after_odoo_has_checked_the_right(stack, alice):
    alice.open_deposit()
    content = "Les élèves de l'atelier\n".encode() * 5_000
    document = alice.deposit_file("atelier.txt", content, "L'atelier")
    inside = alice.get(f"/ressources/{document}/telecharger")
    assert inside.content == content
    assert "X-Accel-Redirect" not in inside.headers
    assert inside.headers["Content-Disposition"].startswith("attachment")
    assert inside.headers["Content-Security-Policy"].startswith("default-src 'none'")
    # Odoo itself named the file, and sent nothing of it.
    direct = requests.get(
        f"{stack.odoo_url}/ressources/{document}/telecharger",
        cookies={"session_id": alice.session.cookies["session_id"]},
        timeout=60,
    )
    assert direct.content == b""
    path = direct.headers["X-Accel-Redirect"]
    assert path.startswith("/web/filestore/collab/")
    # Whoever knows that name gets nothing by it.
    assert alice.get(path).status_code == 404


def test_styles_and_scripts_leave_compressed_and_the_file_of_a_member_as_it_is(stack, alice):
    """As a browser asks for them: its first visit is made of little else."""
    offered = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    bundles = re.findall(r'(?:href|src)="(/web/assets/[^"]+)"', alice.get("/").text)
    assert {path.rsplit(".", 1)[1] for path in bundles} == {"css", "js"}
    for path in bundles:
        with alice.get(path, headers=offered, stream=True) as answer:
            sent = answer.raw.read(decode_content=False)
            assert answer.status_code == 200, path
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert answer.headers["Vary"] == "Accept-Encoding", path
            assert "immutable" in answer.headers["Cache-Control"], path
        plain = alice.get(path, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers, path
        assert len(sent) < len(plain.content) / 2, path
        assert gzip.decompress(sent) == plain.content, path
    alice.open_deposit()
    content = "Les élèves de l'atelier\n".encode() * 5_000
    document = alice.deposit_file("eleves.txt", content, "Les élèves de l'atelier")
    whole = alice.download(document, headers=offered)
    assert "Content-Encoding" not in whole.headers
    assert whole.headers["Content-Length"] == str(len(content))
    part = alice.download(document, headers={**offered, "Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert part.content == content[1000:2000]


def open_socket(stack, person):
    return websocket.create_connection(
        f"{stack.url.replace('https', 'wss')}/websocket?version=19.0-1",
        sslopt={"ca_certs": str(stack.certificate)},
        cookie=f"session_id={person.session.cookies['session_id']}",
        origin=stack.url,
        timeout=30,
    )


def test_the_websocket_passes(stack, alice):
    connection = open_socket(stack, alice)
    try:
        assert connection.connected
        connection.ping()
        assert connection.recv_data_frame(control_frame=True)[0] == websocket.ABNF.OPCODE_PONG
    finally:
        connection.close()


def test_the_websocket_is_behind_the_door(stack, visitor):
    nadia = requests.Session()
    nadia.trust_env, nadia.verify = False, str(stack.certificate)
    page = nadia.get(f"{stack.url}/web/login").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    data = {"login": "nadia@collab.example", "password": PASSWORD, "csrf_token": token}
    assert "La charte de la plateforme" in nadia.post(f"{stack.url}/web/login", data=data).text
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": stack.url,
    }
    for session, refusal in ((visitor, 303), (nadia, 403)):
        answer = session.get(f"{stack.url}/websocket?version=19.0-1", headers=handshake, allow_redirects=False)
        assert answer.status_code == refusal


@pytest.fixture
def publish(stack):
    """What an administrator does; those who were in before are let in again afterwards, for the next tests."""
    admin = Person(stack, "admin")
    before = "SELECT max(id) FROM collab_charter WHERE state = 'published'"
    [(before,)] = stack.cluster.sql(before, stack.database)

    def publish(body, minor=False):
        [charter] = admin.call("collab.charter", "web_save", [], {"body": body, "minor": minor}, {})
        admin.call("collab.charter", "action_publish", [charter["id"]])

    yield publish
    again = "UPDATE res_users SET accepted_charter_id = (SELECT max(id) FROM collab_charter WHERE state = 'published')"
    stack.cluster.sql(f"{again} WHERE accepted_charter_id >= {before}", stack.database)


def test_a_new_charter_closes_the_sockets_that_are_open(stack, alice, publish):
    connection = open_socket(stack, alice)
    try:
        connection.send('{"event_name": "subscribe", "data": {"channels": [], "last": 0}}')
        publish("<p>Une virgule.</p>", minor=True)
        operation, frame = connection.recv_data_frame()
        assert operation == websocket.ABNF.OPCODE_TEXT and b"collab_charte/published" in frame.data
        publish("<p>Une règle de plus.</p>")
        operation, frame = connection.recv_data_frame(control_frame=True)
        # Odoo's own code for a session that has ended: the browser does not try again.
        assert (operation, frame.data[:2]) == (websocket.ABNF.OPCODE_CLOSE, (4001).to_bytes(2, "big"))
    finally:
        # `close` would answer a socket that is closed already, and keep its descriptor.
        connection.shutdown()


def test_without_odoo_a_visitor_reads_in_french_when_to_come_back(stack, visitor):
    stack.stop_odoo()
    try:
        answer = visitor.get(f"{stack.url}/ressources")
    finally:
        stack.start_odoo()
    assert answer.status_code == 503
    assert "La plateforme revient dans un instant" in answer.text
    assert answer.headers["Retry-After"] == "10"


@pytest.fixture
def browse(stack):
    """Somebody in a browser, who logs in through the proxy; it says what the policy of the pages refused him."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.EXECUTABLE, args=chromium.ARGUMENTS)

        def log_in(login):
            page = browser.new_context(locale="fr-FR", ignore_https_errors=True).new_page()
            page.set_default_timeout(30_000)
            refused = []
            page.on("console", lambda m: "Content Security Policy" in m.text and refused.append(m.text))
            page.goto(f"{stack.url}/web/login")
            page.get_by_label("Adresse e-mail").fill(f"{login}@collab.example")
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            page.get_by_role("heading", name="Bonjour").wait_for()
            return page, refused

        yield log_in
        browser.close()


def test_the_policy_of_the_pages_lets_members_and_staff_work(browse):
    page, refused = browse("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    page.get_by_label("1. Vos fichiers").set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Par le mandataire"}
    )
    page.get_by_text("Prêt").wait_for()
    page.get_by_role("button", name="Je choisis", exact=True).click()
    page.get_by_label("FNARS", exact=True).check()
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    page.get_by_role("heading", name="Note").wait_for()
    assert refused == []
    page, refused = browse("moderation.fnars")
    open_platform(page)
    open_menu(page, "Membres", "Structures adhérentes")
    page.get_by_role("row", name="L'Ancre solidaire").first.wait_for()
    assert refused == []
