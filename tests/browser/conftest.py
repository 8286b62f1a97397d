import contextlib
import gzip
import pathlib

import chromium
import forum_screens
import pytest
from federation_screens import come_in, make_by_hand, open_platform
from mail_sink import Mailbox
from playwright.sync_api import Error, expect, sync_playwright
from production.conftest import copy_of_demo
from production.stack import LOCAL, Stack, empty_folder
from server_log import announces, last_log  # noqa: F401 — they read the logs of whatever runs

PASSWORD = "demo-collab-2026"
# What never comes is late, whatever else the machine does.
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def base_url(mailbox):
    """The platform as in production, on a copy of the demonstration; its mails leave."""
    environ = {"ODOO_SMTP_SERVER": "127.0.0.1", "ODOO_SMTP_PORT": str(mailbox.port)}
    # Core hangs up after two seconds without a word, which a proxy may need on a busy machine.
    environ["ODOO_HTTP_SOCKET_TIMEOUT"] = "30"
    folder = empty_folder(LOCAL / "browser")
    database = "collab_browser"
    with (
        copy_of_demo(database) as cluster,
        # Everybody comes from one address here, and has come in before.
        Stack(cluster, database, folder, environ=environ, attempts="10r/s") as stack,
    ):
        yield stack.url


@pytest.fixture(scope="session")
def browser():
    assert chromium.EXECUTABLE, "Debian's chromium-headless-shell is installed by bin/bootstrap test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.EXECUTABLE, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


def refusals(response):
    """:return list[str]: what a screen of the federations has asked for in vain"""
    if response.request.resource_type not in ("fetch", "xhr") or "json" not in response.headers.get("content-type", ""):
        return []
    try:
        answer = response.json()
    except (Error, ValueError):
        # The page has been left meanwhile.
        return []
    refusal = answer.get("error", {}).get("data", {}).get("name", "") if "jsonrpc" in answer else ""
    closed = refusal.rpartition(".")[2] in ("AccessError", "MissingError", "NotFound")
    return [f"{response.url} {response.request.post_data}: {refusal}"] if closed else []


@pytest.fixture
def visitor(browser, base_url):
    """A person who opens the platform: each call is somebody else, with a browser of his own.

    Whatever he does, his browser asks nothing of anybody else than the platform, no script fails, no page asks for more
    than its policy allows, and no screen for what is closed to him.
    """
    with contextlib.ExitStack() as stack:
        faults = []

        def open_browser(viewport=DESK, another=None):
            context = (another or browser).new_context(
                viewport=viewport,
                locale="fr-FR",
                timezone_id="Europe/Paris",
                base_url=base_url,
                ignore_https_errors=True,
            )
            # A browser that has been killed closes nothing.
            stack.callback(lambda: (another or browser).is_connected() and context.close())
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on(
                "request",
                lambda request: request.url.startswith((base_url, "data:", "blob:")) or faults.append(request.url),
            )
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("response", lambda response: faults.extend(refusals(response)))
            page.on(
                "console",
                lambda said: "Content Security Policy" in said.text and faults.append(f"{page.url}: {said.text}"),
            )
            return page

        yield open_browser
        assert not faults


@pytest.fixture
def log_in(visitor):
    """A person who logs in, from the first page that he can see."""

    def as_person(login, viewport=DESK, another=None):
        page = visitor(viewport, another)
        page.goto("/web/login")
        page.get_by_label("Adresse e-mail").fill(f"{login}@collab.example")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_load_state()
        return page

    return as_person


@pytest.fixture
def address_to():
    return forum_screens.address_to


@pytest.fixture
def deposit(log_in, address_to):
    """Somebody deposits files, as anybody would: by what the pages show."""

    def go(login, files, title, folder, networks=(), territories=(), **browser):
        page = log_in(login, **browser)
        page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
        page.get_by_role("link", name="Déposer des documents").click()
        page.get_by_label("1. Vos fichiers").set_input_files(files)
        for _ in files:
            expect(page.get_by_text("Prêt")).to_have_count(len(files))
        if len(files) == 1:
            page.get_by_label("Titre").fill(title)
        page.get_by_label("2. Dans quel dossier ?").select_option(folder)
        address_to(page, *networks, *territories)
        page.get_by_role("button", name="Déposer").click()
        return page

    return go


@pytest.fixture
def among_others():
    return forum_screens.other


@pytest.fixture
def made_by_hand(log_in, visitor, mailbox):
    """:return: somebody whom the administrator makes by hand, and who comes in from his letter"""

    def make(firstname, lastname, role, *networks):
        admin = log_in("admin")
        open_platform(admin)
        address = make_by_hand(admin, firstname, lastname, role, *networks)
        person = visitor()
        come_in(person, mailbox, address, firstname)
        return person

    return make


@pytest.fixture(scope="session")
def french_pdfs(root, tmp_path_factory):
    """Documents that nobody here wrote: French manuals of Debian."""
    share = root / ".local/documents/usr/share"
    guide = tmp_path_factory.mktemp("pdf") / "guide-installation.pdf"
    with gzip.open(share / "doc/installation-guide-amd64/fr/install.fr.pdf.gz") as packed:
        guide.write_bytes(packed.read())
    manual = share / "doc/debian-edu-doc-fr/debian-edu-bookworm-manual.pdf"
    found = [guide, pathlib.Path(manual), share / "debian-reference/debian-reference.fr.pdf"]
    assert all(path.stat().st_size > 100_000 for path in found)
    return found
