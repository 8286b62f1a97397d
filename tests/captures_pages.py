"""Takes a picture of each main page, on a phone and on a desk, as tall as the page: `make captures`.

    .local/venv/bin/python tests/captures_pages.py DATABASE FOLDER

DATABASE is a copy of the demonstration, which is served as in production; FOLDER is where the pictures go. A member
and a moderator of the demonstration log in by the screens; nothing is written but what having read a page writes. A
page that fails is told, the others are still taken, and the exit code is that of a failure.
"""

import pathlib
import sys

import captures
import chromium
from playwright.sync_api import Error, sync_playwright
from production.stack import LOCAL, Cluster, Stack, empty_folder

PASSWORD = "demo-collab-2026"
VIEWPORTS = [{"width": 390, "height": 844}, {"width": 1280, "height": 900}]
# Whose page, the name of the picture, the address; then what to press on it, as the demonstration names it.
PAGES = [
    ("alice", "accueil", "/", None),
    ("alice", "forum", "/forum", None),
    ("alice", "discussion", "/forum", "Rejoindre un chantier à 6 h 30"),
    ("alice", "poser-une-question", "/forum/demander", None),
    ("alice", "actualites", "/actualites", None),
    ("alice", "actualite", "/actualites", "Portes ouvertes de l’atelier menuiserie"),
    ("alice", "publier-une-actualite", "/actualites/publier", None),
    ("alice", "ressources", "/ressources", None),
    ("alice", "document", "/ressources", "Grille d'évaluation des compétences"),
    ("alice", "deposer-un-document", "/ressources/depot", None),
    ("alice", "recherche", "/recherche?q=mobilité", None),
    ("alice", "mon-compte", "/mon-compte", None),
    ("alice", "mes-e-mails", "/mon-compte/notifications", None),
    ("moderation.fnars", "bureau-des-federations", "/odoo", None),
    ("moderation.fnars", "moderation", "/moderation", None),
]


def log_in(browser, address, login, viewport):
    context = browser.new_context(
        base_url=address,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=viewport,
        reduced_motion="reduce",
        ignore_https_errors=True,
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/web/login")
    page.locator("input[name=login]").fill(f"{login}@collab.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def take(page, path, where, link):
    page.goto(where)
    if link:
        page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
    if where == "/odoo":
        # Its scripts draw it after it has loaded.
        captures.settle(page)
    page.evaluate("document.fonts.ready")
    # As tall as the page: what stays at the bottom of a phone is then under it, and hides nothing.
    viewport = page.viewport_size
    page.set_viewport_size({**viewport, "height": max(viewport["height"], page.evaluate("document.body.scrollHeight"))})
    captures.write(page.screenshot(animations="disabled"), path)
    page.set_viewport_size(viewport)


def take_all(browser, address, target):
    """:return int: how many pages could not be taken"""
    failed = 0
    for viewport in VIEWPORTS:
        people = {}
        for login, name, where, link in PAGES:
            try:
                if login not in people:
                    people[login] = log_in(browser, address, login, viewport)
                take(people[login], target / f"{name}-{viewport['width']}.png", where, link)
            except (AssertionError, Error) as error:
                failed += 1
                sys.stderr.write(f"{name}-{viewport['width']} FAILED: {str(error).splitlines()[0]}\n")
    return failed


def main(database, folder):
    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with (
        Stack(Cluster("run"), database, empty_folder(LOCAL / "captures"), attempts="10r/s") as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.EXECUTABLE, args=chromium.ARGUMENTS)
        failed = take_all(browser, stack.url, target)
        browser.close()
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
